package io.yunyu.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.api.platform.Answer;
import io.yunyu.api.platform.FakeEngines;
import io.yunyu.api.platform.Platform;
import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.ReviewFacts;
import io.yunyu.contract.job.Approval;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.ledger.release.ReleaseVerifier;
import io.yunyu.ledger.signature.SigningKey;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may open and decide on a candidate, and what a decision is bound to. */
class ReviewTest {
    @TempDir
    static Path home;

    static Platform platform;
    static String agreement;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.start(home);
        agreement = platform.agreed("visits");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void review_isForThatProvidersReviewersOnly_andEachOpeningIsAnEvent() throws Exception {
        String job = platform.inReview(agreement);
        assertThat(platform.get("other-reviewer", "/api/v1/reviews/" + job).verdict())
                .isEqualTo("404 NOT_FOUND");
        assertThat(platform.get("other-reviewer", "/api/v1/reviews").json().objects("reviews"))
                .isEmpty();
        assertThat(decide("other-reviewer", job, "approve", "").verdict()).isEqualTo("404 NOT_FOUND");
        assertThat(openings(job)).isEqualTo("0");
        platform.get("reviewer", "/api/v1/reviews/" + job);
        platform.get("reviewer", "/api/v1/reviews/" + job);
        assertThat(openings(job)).isEqualTo("2");
    }

    @Test
    void review_saysWhatProtectionTook_byColumnAndRule() {
        String job = platform.inReview(agreement);
        JsonObject view =
                platform.get("reviewer", "/api/v1/reviews/" + job).json().object("view");
        JsonObject column = view.objects("columns").get(1);
        assertThat(column.string("name")).isEqualTo("n");
        assertThat(column.longValue("shown")).isEqualTo(1);
        assertThat(column.longValue("withheld")).isEqualTo(1);
        assertThat(view.objects("rules").get(0).string("rule")).isEqualTo("min-units");
        assertThat(view.bool("averagingAlarm")).isFalse();
        assertThat(view.objects("budgets")).isEmpty();
    }

    /** Of the fake's table: a published and a withheld count, beside facts as an engine seals them. */
    static ReviewFacts facts(String job, List<ReviewFacts.Overlap> overlaps) {
        return new ReviewFacts(
                job,
                List.of(
                        ReviewFacts.ColumnNoise.of("label"),
                        ReviewFacts.ColumnNoise.of("units", new BigDecimal("1.732"), ReviewFacts.NoiseUnit.VALUE)),
                List.of(List.of("label", "repeated"), List.of("label", "min-units")),
                Optional.of(ReviewFacts.WithheldShare.QUARTER),
                overlaps,
                Optional.of(new ReviewFacts.Guarded(30, 12, 4)));
    }

    private static String inReviewWith(List<ReviewFacts.Overlap> overlaps) {
        platform.engines.script(run -> run.job() instanceof EngineJob.SqlJob job
                ? FakeEngines.computed(job, facts(job.jobId(), overlaps))
                : FakeEngines.failed(ProblemCode.INTERNAL, "Not in this test."));
        try {
            return platform.inReview(agreement);
        } finally {
            platform.engines.succeed();
        }
    }

    @Test
    void review_ofACandidateSealedWithFacts_tellsMarksNoiseAndOverlaps() throws Exception {
        String released = platform.inReview(agreement);
        assertThat(decide("reviewer-two", released, "approve", "").status()).isEqualTo(200);
        platform.awaitJob(released, "RELEASED");
        String foreign = platform.inReview(agreement);
        platform.sql("update job set provider = '" + Platform.OTHER_PROVIDER + "' where id = '" + foreign + "'");
        String refused = refusedByTheGuard();

        String job = inReviewWith(List.of(new ReviewFacts.Overlap(foreign, 1), new ReviewFacts.Overlap(released, 2)));
        JsonObject review = platform.get("reviewer", "/api/v1/reviews/" + job).json();
        JsonObject view = review.object("view");

        assertThat(view.list("marks", row -> row))
                .containsExactly(List.of("label", "repeated"), List.of("label", "min-units"));
        JsonObject column = view.objects("columns").get(1);
        assertThat(column.string("kind")).isEqualTo("units");
        assertThat(column.object("marks").asMap()).isEqualTo(Map.of("repeated", 1L, "min-units", 1L));
        assertThat(column.decimal("deviation")).isEqualByComparingTo("1.732");
        // 1.732 of 1203.
        assertThat(column.list("percents", p -> String.valueOf(p))).containsExactly("0.144", "null");
        assertThat(column.decimal("largestPercent")).isEqualByComparingTo("0.144");
        assertThat(view.string("withheldUnits")).isEqualTo("QUARTER");
        JsonObject first = view.objects("overlaps").get(0);
        assertThat(first.longValue("cells")).isEqualTo(2);
        assertThat(first.string("jobId")).isEqualTo(released);
        assertThat(first.string("releaseId")).isEqualTo("rel-" + released.substring(released.indexOf('-') + 1));
        assertThat(first.string("developer")).isEqualTo("yunling-data");
        assertThat(view.objects("overlaps").get(1).asMap()).isEqualTo(Map.of("cells", 1L));
        assertThat(view.object("guarded").asMap())
                .isEqualTo(Map.of("days", 30L, "repeated", 12L, "withheld", 4L, "refusedJobs", 1L));
        assertThat(refused).isNotEqualTo(job);
    }

    private static String refusedByTheGuard() {
        platform.engines.script(run -> FakeEngines.refused("guard-limit"));
        String job = platform.submit(agreement, "SELECT count(*) FROM visits", Optional.empty())
                .json()
                .string("id");
        platform.awaitJob(job, "REFUSED");
        platform.engines.succeed();
        return job;
    }

    /** The release is that of the candidate alone: what the reviewer was told is in no file, and the digests agree. */
    @Test
    void release_ofACandidateSealedWithFacts_holdsNothingOfThem_andVerifies() throws Exception {
        String job = inReviewWith(List.of());
        JsonObject review = platform.get("reviewer", "/api/v1/reviews/" + job).json();
        assertThat(review.object("view").has("marks")).isTrue();
        assertThat(decide("reviewer", job, "approve", "").status()).isEqualTo(200);
        platform.awaitJob(job, "RELEASED");
        String release = platform.get("developer", "/api/v1/jobs/" + job).json().string("releaseId");
        byte[] bundle = platform.get("developer", "/api/v1/releases/" + release + "/bundle")
                .response()
                .body();
        assertThat(ReleaseVerifier.verify(bundle, platform.vault.trust(), Optional.empty())
                        .verified())
                .isTrue();
        assertThat(CanonicalContainer.read(bundle).keySet())
                .contains("table.json", "candidate.json")
                .doesNotContain("view.json", "candidate");
        assertThat(new String(bundle, StandardCharsets.UTF_8)).doesNotContain("ReviewFacts", "withheldUnits");
    }

    @Test
    void review_ofACandidateSealedBeforeThereWereFacts_tellsNone() {
        JsonObject view = platform.get("reviewer", "/api/v1/reviews/" + platform.inReview(agreement))
                .json()
                .object("view");
        assertThat(view.asMap()).doesNotContainKeys("marks", "withheldUnits", "overlaps", "guarded");
        assertThat(view.objects("columns").get(1).asMap()).doesNotContainKeys("kind", "percents");
    }

    @Test
    void review_factsOfAnotherJobOrTable_areRefused() {
        for (String which : List.of("job", "table")) {
            platform.engines.script(run -> {
                EngineJob.SqlJob job = (EngineJob.SqlJob) run.job();
                ReviewFacts facts = facts(which.equals("job") ? "job-other" : job.jobId(), List.of());
                return FakeEngines.computed(
                        job,
                        which.equals("job")
                                ? facts
                                : new ReviewFacts(
                                        facts.job(),
                                        facts.columns(),
                                        facts.marks().subList(0, 1),
                                        facts.withheld(),
                                        facts.overlaps(),
                                        facts.guarded()));
            });
            String job = platform.inReview(agreement);
            platform.engines.succeed();
            assertThat(platform.get("reviewer", "/api/v1/reviews/" + job).verdict())
                    .as(which)
                    .isEqualTo("500 INTERNAL");
        }
    }

    @Test
    void review_ofAnotherCandidateOrReportThanAnnounced_isRefused() throws Exception {
        Map<String, String> changed = Map.of(
                "digest", "is not the one that the engine announced",
                "report_digest", "another disclosure report than the engine announced");
        for (Map.Entry<String, String> change : changed.entrySet()) {
            String job = platform.inReview(agreement);
            assertThat(platform.get("reviewer", "/api/v1/reviews/" + job).status())
                    .isEqualTo(200);
            platform.sql("update candidate set " + change.getKey() + " = 'sha256:" + "0".repeat(64) + "' where job = '"
                    + job + "'");
            Answer answer = platform.get("reviewer", "/api/v1/reviews/" + job);
            assertThat(answer.verdict()).as(change.getKey()).isEqualTo("500 INTERNAL");
            assertThat(answer.json().string("detail")).contains(change.getValue());
        }
    }

    /** Reviewers see the table; a file that nobody looks at must not leave with it, nor a name of the engine's choice. */
    @Test
    void review_ofACandidateWithOtherFiles_isRefused() {
        for (String name : List.of("rows", "table.340102", "manifest.json", "citation.txt")) {
            platform.engines.script(run -> FakeEngines.computed((EngineJob.SqlJob) run.job(), name));
            String job = platform.inReview(agreement);
            platform.engines.succeed();
            Answer answer = platform.get("reviewer", "/api/v1/reviews/" + job);
            assertThat(answer.verdict()).as(name).isEqualTo("500 INTERNAL");
            assertThat(answer.json().string("detail")).contains("holds other files than a table");
        }
    }

    @Test
    void review_ofManyPartitions_raisesTheAlarm() {
        platform.engines.script(run -> FakeEngines.computed(
                (EngineJob.SqlJob) run.job(),
                new DisclosureFinding(
                        "averaging-alarm", Optional.empty(), Optional.empty(), "agreement", "Ask what for.", false)));
        String job = platform.inReview(agreement);
        platform.engines.succeed();
        JsonObject view =
                platform.get("reviewer", "/api/v1/reviews/" + job).json().object("view");
        assertThat(view.bool("averagingAlarm")).isTrue();
        // The rule of cells beside it: the alarm has none.
        assertThat(view.objects("rules")).isEmpty();
    }

    @Test
    void candidate_liesSealedInTheDatabase() throws Exception {
        String job = platform.inReview(agreement);
        // The fake seals by a header that names provider and job; the real vault is tried in the system tests.
        assertThat(platform.query("select convert_from(substring(sealed for 20), 'UTF8') from candidate where job = '"
                        + job + "'"))
                .isEqualTo("sealed for yn-health");
    }

    @Test
    void refuse_needsAReason_andEndsTheJob() {
        String job = platform.inReview(agreement);
        assertThat(decide("reviewer", job, "refuse", " ").verdict()).isEqualTo("400 BAD_REQUEST");
        assertThat(decide("reviewer", job, "refuse", "太细").json().string("state"))
                .isEqualTo("DENIED");
        assertThat(decide("reviewer", job, "approve", "").verdict()).isEqualTo("409 CONFLICT");
    }

    @Test
    void twoDecisionsAtOnce_exactlyOneWins() throws Exception {
        for (int round = 0; round < 5; round++) {
            String job = platform.inReview(agreement);
            List<Callable<Answer>> calls = List.of(
                    () -> decide("reviewer", job, "approve", ""), () -> decide("reviewer-two", job, "refuse", "太细"));
            ExecutorService threads = Executors.newFixedThreadPool(2);
            List<String> verdicts = threads.invokeAll(calls).stream()
                    .map(future -> {
                        try {
                            return future.get().verdict();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .toList();
            threads.shutdown();
            assertThat(verdicts).containsExactlyInAnyOrder("200", "409 CONFLICT");
            assertThat(platform.query("select count(*) from review_decision where job = '" + job + "'"))
                    .isEqualTo("1");
        }
    }

    @Test
    void ownJob_isNeverOnesToDecide() throws Exception {
        String job = platform.inReview(agreement);
        platform.sql("update job set person = 'reviewer' where id = '" + job + "'");
        assertThat(decide("reviewer", job, "approve", "").verdict()).isEqualTo("403 NOT_ALLOWED");
        assertThat(decide("reviewer-two", job, "approve", "").status()).isEqualTo(200);
    }

    @Test
    void approvalByTheVault_needsAFreshSignIn() throws Exception {
        String job = platform.inReview(agreement);
        platform.sql("update api_token set created_at = now() - interval '16 minutes' where person = 'reviewer-two'");
        assertThat(decide("reviewer-two", job, "approve", "").verdict()).isEqualTo("403 NOT_ALLOWED");
        platform.sql("update api_token set created_at = now() where person = 'reviewer-two'");
        assertThat(decide("reviewer-two", job, "approve", "").status()).isEqualTo(200);
        platform.awaitJob(job, "RELEASED");
        String release = platform.get("developer", "/api/v1/jobs/" + job).json().string("releaseId");
        byte[] bundle = platform.get("reviewer", "/api/v1/releases/" + release + "/bundle")
                .response()
                .body();
        assertThat(ReleaseVerifier.verify(bundle, platform.vault.trust(), Optional.empty())
                        .verified())
                .isTrue();
        assertThat(platform.get("secondary", "/api/v1/releases/" + release + "/bundle")
                        .status())
                .isEqualTo(404);
        assertThat(platform.get("other-reviewer", "/api/v1/releases/" + release).status())
                .isEqualTo(404);
    }

    @Test
    void signedApproval_ofAnotherCandidateReviewerKeyOrTime_isRefused() {
        String job = platform.inReview(agreement);
        JsonObject review = platform.get("reviewer", "/api/v1/reviews/" + job).json();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String other = "sha256:" + "0".repeat(64);
        SigningKey mine = platform.key("reviewer");
        assertThat(signed(job, approval(review, other, "APPROVE", "reviewer", now), mine))
                .isEqualTo("409 CONFLICT");
        assertThat(signed(job, approval(review, digest(review), "REFUSE", "reviewer", now), mine))
                .isEqualTo("409 CONFLICT");
        assertThat(signed(job, approval(review, digest(review), "APPROVE", "reviewer-two", now), mine))
                .isEqualTo("409 CONFLICT");
        assertThat(signed(job, approval(review, digest(review), "APPROVE", "reviewer", now.minusSeconds(3600)), mine))
                .isEqualTo("409 CONFLICT");
        assertThat(signed(
                        job,
                        approval(review, digest(review), "APPROVE", "reviewer", now),
                        platform.key("reviewer-two")))
                .isEqualTo("403 KEY_REFUSED");
        assertThat(signed(job, approval(review, digest(review), "APPROVE", "reviewer", now), mine))
                .isEqualTo("200");
    }

    private static String digest(JsonObject review) {
        return review.string("candidateDigest");
    }

    private static String approval(JsonObject review, String digest, String decision, String reviewer, Instant at) {
        return new Approval(
                        review.string("jobId"),
                        digest,
                        review.string("reportDigest"),
                        review.string("policyVersion"),
                        decision,
                        "checked",
                        reviewer,
                        review.string("organization"),
                        at)
                .toText();
    }

    private static String signed(String job, String document, SigningKey key) {
        return platform.post(
                        "reviewer",
                        "/api/v1/reviews/" + job + "/decision",
                        Json.object(
                                "decision",
                                "approve",
                                "approval",
                                Json.object(
                                        "document",
                                        document,
                                        "signature",
                                        key.sign(Approval.TYPE, document).toJson())))
                .verdict();
    }

    private static Answer decide(String reviewer, String job, String decision, String reason) {
        Map<String, Object> body = Json.object("decision", decision, "reason", reason);
        return platform.post(reviewer, "/api/v1/reviews/" + job + "/decision", body);
    }

    private static String openings(String job) throws Exception {
        return platform.query(
                "select count(*) from act_subject s join ledger_opening o on o.idx = s.leaf where s.subject = '" + job
                        + "' and o.event like '%CANDIDATE_OPENED%'");
    }
}
