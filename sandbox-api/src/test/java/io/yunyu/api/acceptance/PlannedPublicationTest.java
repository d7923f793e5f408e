package io.yunyu.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.api.platform.Answer;
import io.yunyu.api.platform.Browser;
import io.yunyu.api.platform.FakePublications;
import io.yunyu.api.platform.Platform;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Planned publications: what can be agreed, who may have one made and how often, and what its reviewer and its readers see. */
class PlannedPublicationTest {
    private static final String CUBE = "SELECT area, count(*) AS n FROM visits GROUP BY CUBE (area)";
    private static final String ROLLUP = "SELECT area, sum(age) AS n FROM visits GROUP BY ROLLUP (area)";
    private static final String QUERY = "SELECT area, count(*) FROM visits GROUP BY area";

    @TempDir
    static Path home;

    static Platform platform;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.start(home);
        platform.restart("--yunyu.engine.slots=2");
        platform.load("visits", "CONDITIONAL", "ORIGINAL");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @BeforeEach
    void engines() {
        platform.engines.succeed();
    }

    private static Agreement planned() {
        return FakePublications.terms(
                platform, FakePublications.publication(CUBE), FakePublications.publication(ROLLUP));
    }

    private static String agreed() {
        return platform.agree(planned(), "developer");
    }

    private static String publish(String agreement, int number) {
        return Platform.require(202, FakePublications.submit(platform, "developer", agreement, (long) number))
                .json()
                .string("id");
    }

    static Stream<Arguments> documents() {
        String one = "{\"cost\":\"cells\",\"sql\":\"select 1\"}";
        String demand = "{\"area\":\"a\"}";
        return Stream.of(
                Arguments.of("{}", "publications"),
                Arguments.of("[1]", "publications"),
                Arguments.of("[]", "canonical"),
                Arguments.of("[{\"cost\":\"cells\"}]", "sql"),
                Arguments.of("[{\"cost\":\"cells\",\"sql\":\" \"}]", "needs a query"),
                Arguments.of("[{\"cost\":\"cells\",\"sql\":1}]", "sql"),
                Arguments.of("[{\"cost\":\"gold\",\"sql\":\"select 1\"}]", "cells or units"),
                Arguments.of("[{\"sql\":\"select 1\"}]", "canonical"),
                Arguments.of("[{\"cost\":\"cells\",\"minUnits\":1,\"sql\":\"select 1\"}]", "member"),
                Arguments.of("[{\"cost\":\"cells\",\"publish\":{},\"sql\":\"select 1\"}]", "publish"),
                Arguments.of("[{\"cost\":\"cells\",\"publish\":[\"a\"],\"sql\":\"select 1\"}]", "publish"),
                Arguments.of("[{\"cost\":\"cells\",\"publish\":[{\"area\":1}],\"sql\":\"select 1\"}]", "publish"),
                Arguments.of(
                        "[{\"cost\":\"cells\",\"publish\":[" + demand + "," + demand + "],\"sql\":\"select 1\"}]",
                        "canonical"),
                Arguments.of("[" + one + "," + one + "]", "all different"),
                Arguments.of("[" + numbered(101, "", "") + "]", "at most 100"),
                Arguments.of(
                        "[{\"cost\":\"cells\",\"publish\":["
                                + IntStream.range(0, 1_001)
                                        .mapToObj(i -> "{\"area\":\"" + i + "\"}")
                                        .collect(Collectors.joining(","))
                                + "],\"sql\":\"select 1\"}]",
                        "at most 1000 cells"),
                Arguments.of(
                        "[{\"cost\":\"cells\",\"sql\":\"" + "x".repeat(20_001) + "\"}]", "at most 20000 characters"),
                Arguments.of("[" + numbered(6, "x".repeat(19_000), "") + "]", "100000 characters together"));
    }

    private static String numbered(int many, String filler, String end) {
        return IntStream.range(0, many)
                .mapToObj(i -> "{\"cost\":\"cells\",\"sql\":\"select " + i + filler + "\"}" + end)
                .collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void draft_malformedOrHugeOrRepeated_isRefusedWithItsReason_inBothLanguages(String publications, String words) {
        String text = FakePublications.terms(platform, FakePublications.publication("planned"))
                .toText()
                .replace("[{\"cost\":\"cells\",\"sql\":\"planned\"}]", publications);
        assertThat(text).contains("\"publications\":" + publications);
        for (String language : List.of("en", "zh")) {
            Answer answer = platform.send(platform.as("developer", "/api/v1/agreements")
                    .header("Content-Type", "application/json")
                    .header("Accept-Language", language)
                    .POST(BodyPublishers.ofByteArray(Json.bytes(Json.object("document", text)))));
            assertThat(answer.verdict()).isEqualTo("400 BAD_REQUEST");
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            String detail = answer.json().string("detail");
            if (language.equals("en")) {
                assertThat(detail).contains(words);
            } else {
                // Whole sentences: what has no translation would stand in brackets.
                assertThat(detail).containsPattern("\\p{IsHan}").doesNotContain("（The ", "（A ", "（An ", "（Member");
            }
        }
    }

    /** Which of them hold each other is for the engine to say; they are no repetition. */
    @Test
    void draft_publicationsThatOverlap_areAgreed_andAreJobsOfTheirOwn() {
        String agreement = agreed();
        String first = publish(agreement, 1);
        String second = publish(agreement, 2);
        assertThat(second).isNotEqualTo(first);
        platform.awaitJob(first, "IN_REVIEW");
        platform.awaitJob(second, "IN_REVIEW");
        assertThat(runsOf(second)).singleElement().satisfies(job -> {
            assertThat(job.publication()).isEqualTo(2);
            assertThat(Agreement.parse(job.agreement()).publications().get(1).sql())
                    .isEqualTo(ROLLUP);
            assertThat(job.signatures()).hasSize(2);
            assertThat(job.tablePaths()).containsOnlyKeys("visits");
        });
        assertThat(platform.get("developer", "/api/v1/jobs/" + second).json().string("sql"))
                .isEqualTo(ROLLUP);
    }

    private static List<EngineJob.PublicationJob> runsOf(String job) {
        return platform.engines.runs.stream()
                .map(run -> run.job())
                .filter(run -> run.jobId().equals(job))
                .map(EngineJob.PublicationJob.class::cast)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 3, 101, 4294967297L, Long.MAX_VALUE})
    void submit_numberThatTheAgreementLacks_isRefused(long number) {
        Answer answer = FakePublications.submit(platform, "developer", agreed(), number);
        assertThat(answer.verdict()).isEqualTo("400 BAD_REQUEST");
        assertThat(answer.json().string("detail")).contains("has 2 planned publications", "counted from 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"publication\":null",
                ",\"publication\":\"1\"",
                ",\"publication\":1.5",
                ",\"publication\":true",
                ",\"publication\":[1]",
                ",\"publication\":99999999999999999999",
                ",\"publication\":1,\"sql\":\"select 1\"",
                ",\"publication\":1,\"request\":\"{}\"",
                ",\"publication\":1,\"rhoMicros\":5",
                ",\"publication\":1,\"publish\":[]"
            })
    void submit_otherThanANumberAlone_isRefused(String members) {
        Answer answer = post("{\"agreementId\":\"" + agreed() + "\",\"kind\":\"publication\"" + members + "}");
        assertThat(answer.verdict()).isEqualTo("400 BAD_REQUEST");
        assertThat(answer.json().string("detail")).isNotBlank();
    }

    private static Answer post(String body) {
        return platform.send(platform.as("developer", "/api/v1/jobs")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    @Test
    void submit_otherQuestionsUnderSuchAnAgreement_areRefusedWithoutAnEngine() {
        String agreement = agreed();
        int runs = platform.engines.runs.size();
        String sql = "{\"agreementId\":\"" + agreement + "\",\"kind\":\"sql\",\"sql\":\"" + QUERY + "\"";
        assertThat(post(sql + "}").json().string("detail")).contains("which a job names by number");
        assertThat(post(sql + "}").verdict()).isEqualTo("422 QUERY_REFUSED");
        assertThat(post(sql + ",\"publication\":1}").verdict()).isEqualTo("400 BAD_REQUEST");
        assertThat(post("{\"agreementId\":\"" + agreement + "\",\"kind\":\"anonymize\",\"request\":\"{}\"}")
                        .verdict())
                .isEqualTo("422 QUERY_REFUSED");
        assertThat(platform.post("developer", "/api/v1/checks", Json.object("agreementId", agreement, "sql", QUERY))
                        .verdict())
                .isEqualTo("422 QUERY_REFUSED");
        assertThat(platform.engines.runs).hasSize(runs);
    }

    @Test
    void submit_numberUnderAnotherAgreement_meansThatAgreements() throws Exception {
        Answer free = FakePublications.submit(
                platform,
                "developer",
                platform.agree(platform.agreement(Platform.DEVELOPER, "developer", "visits"), "developer"),
                1L);
        assertThat(free.verdict()).isEqualTo("400 BAD_REQUEST");
        assertThat(free.json().string("detail")).contains("has no planned publications");
        String one = platform.agree(FakePublications.terms(platform, FakePublications.publication(CUBE)), "developer");
        agreed();
        assertThat(FakePublications.submit(platform, "developer", one, 2L).verdict())
                .isEqualTo("400 BAD_REQUEST");
    }

    @Test
    void submit_byAnyoneButTheAssignee_isRefused() {
        String agreement = agreed();
        assertThat(FakePublications.submit(platform, "secondary", agreement, 1L).verdict())
                .isEqualTo("404 NOT_FOUND");
        assertThat(FakePublications.submit(platform, "steward", agreement, 1L).status())
                .isEqualTo(403);
        assertThat(FakePublications.submit(platform, "reviewer", agreement, 1L).status())
                .isEqualTo(403);
        String job = publish(agreement, 1);
        assertThat(platform.get("secondary", "/api/v1/jobs/" + job).verdict()).isEqualTo("404 NOT_FOUND");
    }

    @Test
    void submit_beforeSignaturesAfterRevocationOrTerm_isNotInForce() {
        Agreement draft = planned();
        Platform.require(201, platform.draft("developer", draft));
        assertThat(FakePublications.submit(platform, "developer", draft.uid(), 1L)
                        .verdict())
                .isEqualTo("403 AGREEMENT_NOT_IN_FORCE");
        Platform.require(200, platform.sign("developer", draft));
        Platform.require(200, platform.sign("steward", draft));
        publish(draft.uid(), 1);
        Platform.require(200, platform.post("steward", "/api/v1/agreements/" + draft.uid() + "/revocation", Map.of()));
        for (long number : List.of(1L, 2L)) {
            Answer revoked = FakePublications.submit(platform, "developer", draft.uid(), number);
            assertThat(revoked.verdict()).isEqualTo("403 AGREEMENT_NOT_IN_FORCE");
            assertThat(revoked.json().string("detail")).contains("revoked");
        }
        Agreement plain = planned();
        Agreement brief = new Agreement(
                        plain.uid(),
                        plain.assigner(),
                        plain.assignee(),
                        plain.assignerKey(),
                        plain.assigneeKey(),
                        plain.purpose(),
                        plain.validFrom(),
                        Instant.now().plus(10, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS),
                        plain.minUnits(),
                        plain.permissions())
                .withPublications(plain.publications());
        platform.agree(brief, "developer");
        platform.clock().jump(Duration.ofMinutes(20));
        try {
            assertThat(FakePublications.submit(platform, "developer", brief.uid(), 1L)
                            .verdict())
                    .isEqualTo("403 AGREEMENT_NOT_IN_FORCE");
        } finally {
            platform.clock().jump(Duration.ZERO);
        }
    }

    @Test
    void submit_again_isTheSameJob_whateverItsReviewerDecided_butNotAfterARefusal() throws Exception {
        String agreement = agreed();
        platform.engines.script(run -> FakePublications.refused("infeasible-suppression"));
        String refused = publish(agreement, 1);
        platform.awaitJob(refused, "REFUSED");
        platform.engines.succeed();
        assertThat(page("developer", "en", "/jobs/" + refused))
                .contains("infeasible-suppression", "No change of the text is proposed")
                .doesNotContain("None of 0", "??");
        assertThat(page("developer", "zh", "/jobs/" + refused))
                .contains("不提出修改建议")
                .doesNotContain("试过 0", "??");
        String job = publish(agreement, 1);
        assertThat(job).isNotEqualTo(refused);
        platform.awaitJob(job, "IN_REVIEW");
        assertThat(publish(agreement, 1)).isEqualTo(job);
        assertThat(platform.send(platform.as("developer", "/api/v1/jobs")
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", "publication-again")
                                .POST(BodyPublishers.ofString("{\"agreementId\":\"" + agreement
                                        + "\",\"kind\":\"publication\",\"publication\":1}")))
                        .json()
                        .string("id"))
                .isEqualTo(job);
        Platform.require(
                200,
                platform.post(
                        "reviewer",
                        "/api/v1/reviews/" + job + "/decision",
                        Json.object("decision", "refuse", "reason", "太细")));
        assertThat(publish(agreement, 1)).isEqualTo(job);
        assertThat(runsOf(job)).hasSize(1);
    }

    @Test
    void submit_atOnce_isOneJob() throws Exception {
        for (int round = 0; round < 3; round++) {
            String agreement = agreed();
            List<Callable<String>> calls = Collections.nCopies(8, () -> publish(agreement, 1));
            ExecutorService threads = Executors.newFixedThreadPool(8);
            for (Future<String> job : threads.invokeAll(calls)) {
                assertThat(job.get()).isEqualTo(publish(agreement, 1));
            }
            threads.shutdown();
            assertThat(platform.query("select count(*) from job where agreement = '" + agreement + "'"))
                    .isEqualTo("1");
        }
    }

    @Test
    void review_tellsWhatIsWithheldAndWhy_andNoValueOfIt() throws Exception {
        String job = publish(agreed(), 1);
        platform.awaitJob(job, "IN_REVIEW");
        JsonObject review = platform.get("reviewer", "/api/v1/reviews/" + job).json();
        JsonObject view = review.object("view");
        assertThat(view.object("suppression").asMap())
                .isEqualTo(Map.of("primary", 1L, "secondary", 1L, "optimal", true, "ratio", "ONE"));
        assertThat(view.list("marks", row -> row))
                .containsExactly(
                        List.of("label", "exact"),
                        List.of("label", "min-units"),
                        List.of("label", "secondary"),
                        List.of("label", "exact"));
        JsonObject column = view.objects("columns").get(0);
        assertThat(column.string("name")).isEqualTo("n");
        assertThat(column.longValue("shown")).isEqualTo(2);
        assertThat(column.longValue("withheld")).isEqualTo(2);
        assertThat(column.object("marks").asMap()).isEqualTo(Map.of("exact", 2L, "min-units", 1L, "secondary", 1L));
        assertThat(column.list("percents", p -> String.valueOf(p))).containsOnly("null");
        assertThat(view.asMap()).doesNotContainKeys("withheldUnits", "guarded");
        assertThat(review.object("table").list("rows", row -> String.valueOf(((List<?>) row).get(1))))
                .containsExactly("1203", "null", "null", "1313");
        for (Map.Entry<String, List<String>> said : Map.of(
                        "en",
                        List.of("1 listed cells are withheld by rules, and 1", "published exactly", "No safe choice"),
                        "zh",
                        List.of("计划发布", "精确"))
                .entrySet()) {
            String page = page("reviewer", said.getKey(), "/reviews/" + job);
            assertThat(page).contains(said.getValue()).contains("1203", "1313", "</html>");
            assertThat(page).doesNotContain("??", "carry noise", "已加入扰动");
            assertThat(page).contains("data-mark=\"min-units\"", "data-mark=\"secondary\"");
        }
    }

    private static String page(String person, String language, String path) throws Exception {
        Answer page = new Browser(platform.address(), language)
                .signIn(person, Platform.PASSWORD)
                .open(path);
        assertThat(page.status()).isEqualTo(200);
        return page.text();
    }

    /** Its readers are told that it is exact, and not which cells are small and which only hide them. */
    @Test
    void release_tellsNeitherWhichCellsAreSmall_norThatItCarriesNoise() throws Exception {
        String job = publish(agreed(), 1);
        platform.awaitJob(job, "IN_REVIEW");
        assertThat(Json.write(
                        platform.get("developer", "/api/v1/jobs/" + job).json().asMap()))
                .doesNotContain("1203", "secondary", "min-units", "suppression");
        Platform.require(
                200,
                platform.post(
                        "reviewer",
                        "/api/v1/reviews/" + job + "/decision",
                        Json.object("decision", "approve", "reason", "")));
        platform.awaitJob(job, "RELEASED");
        JsonObject released = platform.get("developer", "/api/v1/jobs/" + job).json();
        assertThat(Json.write(released.asMap())).doesNotContain("secondary", "min-units");
        String release = released.string("releaseId");
        byte[] bundle = platform.get("developer", "/api/v1/releases/" + release + "/bundle")
                .response()
                .body();
        assertThat(CanonicalContainer.read(bundle).keySet()).doesNotContain("view.json");
        assertThat(new String(bundle, StandardCharsets.UTF_8))
                .contains("exact values")
                .doesNotContain("secondary\"", "min-units", "ReviewFacts");
        assertThat(page("developer", "en", "/releases/" + release))
                .contains("All other values are exact.")
                .doesNotContain("carry noise", "??", "data-mark");
        assertThat(page("developer", "zh", "/releases/" + release))
                .contains("均为精确值")
                .doesNotContain("已加入扰动", "??");
        assertThat(publish(
                        platform.get("developer", "/api/v1/jobs/" + job).json().string("agreementId"), 1))
                .isEqualTo(job);
    }
}
