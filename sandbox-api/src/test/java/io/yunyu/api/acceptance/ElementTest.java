package io.yunyu.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.api.platform.Answer;
import io.yunyu.api.platform.Browser;
import io.yunyu.api.platform.FakeElements;
import io.yunyu.api.platform.FakeEngines;
import io.yunyu.api.platform.Platform;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.ElementTerms.Policy;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data elements: who may ask for them, how often in vain, and how they become datasets that others may work on. */
class ElementTest {
    @TempDir
    static Path home;

    static Platform platform;
    static String release;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.start(home);
        platform.load("visits", "CONDITIONAL", "ORIGINAL");
        release = FakeElements.released(platform, "visits", Policy.CONTROLLED);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @BeforeEach
    void engines() {
        platform.engines.succeed();
    }

    @Test
    void element_loaded_isADerivedVersionReclassifiedOnRecord() throws Exception {
        JsonObject element =
                platform.get("auditor", "/api/v1/elements/" + release).json();
        FakeElements.awaitIngest(platform, FakeElements.order(platform, release, "visits_element"), "DONE");
        JsonObject entry =
                platform.get("secondary", "/api/v1/datasets/visits_element").json();
        JsonObject origin = entry.object("derivedFrom");
        assertThat(origin.string("releaseId")).isEqualTo(release);
        assertThat(origin.string("dataset")).isEqualTo("visits");
        assertThat(origin.longValue("version")).isEqualTo(1);
        assertThat(origin.string("openAttribute")).isEqualTo("CONDITIONAL");
        assertThat(origin.string("basis")).contains("第三十二条第二款");
        assertThat(origin.string("schemeDigest"))
                .startsWith("sha256:")
                .isNotEqualTo(origin.string("assessmentDigest"))
                .isEqualTo(element.string("schemeDigest"));
        assertThat(platform.get("developer", "/api/v1/datasets/visits").json().has("derivedFrom"))
                .isFalse();
        assertThat(reclassifications("visits_element")).isEqualTo("1");
        assertThat(new Browser(platform.address(), "zh")
                        .signIn("secondary", Platform.PASSWORD)
                        .open("/datasets")
                        .text())
                .contains(release, "由 visits 第 1 版去标识化", "按协议");

        FakeElements.awaitIngest(platform, FakeElements.order(platform, release, "visits_element"), "DONE");
        assertThat(reclassifications("visits_element")).isEqualTo("1");
        assertThat(Files.exists(home.resolve("inbox/elements"))).isFalse();
        try (var left = Files.list(home.resolve("elements"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void review_ofAnElementWithoutLevels_saysThatTheyDiffer() throws Exception {
        String agreement = FakeElements.agree(platform, "visits", Policy.CONTROLLED);
        String job = Platform.require(202, FakeElements.submit(platform, agreement, "visits", "regions"))
                .json()
                .string("id");
        platform.awaitJob(job, "IN_REVIEW");
        for (Map.Entry<String, String> said :
                Map.of("zh", "各等价类不同", "en", "differs from class to class").entrySet()) {
            Answer page = new Browser(platform.address(), said.getKey())
                    .signIn("reviewer", Platform.PASSWORD)
                    .open("/reviews/" + job);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.text()).contains(said.getValue(), "</html>");
        }
    }

    @Test
    void review_ofAnElement_framesTheReport_andNamesEarlierElements() throws Exception {
        String agreement = FakeElements.agree(platform, "visits", Policy.CONTROLLED);
        String job = Platform.require(202, FakeElements.submit(platform, agreement, "visits", ""))
                .json()
                .string("id");
        platform.awaitJob(job, "IN_REVIEW");
        for (String language : List.of("zh", "en")) {
            Answer page = new Browser(platform.address(), language)
                    .signIn("reviewer", Platform.PASSWORD)
                    .open("/reviews/" + job);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.text())
                    .contains("/reviews/" + job + "/report#" + language, release, "</html>")
                    .doesNotContain("??");
        }
        Browser reviewer = new Browser(platform.address(), "zh").signIn("reviewer", Platform.PASSWORD);
        Answer report = reviewer.open("/reviews/" + job + "/report");
        assertThat(report.text()).contains("<p>report</p>");
        assertThat(report.response().headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("sandbox;"));
        assertThat(new Browser(platform.address(), "zh")
                        .signIn("developer", Platform.PASSWORD)
                        .open("/reviews/" + job + "/report")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void order_thatDiffersFromTheRegister_isRefused() throws Exception {
        IngestOrder order = FakeElements.order(platform, release, "forged");
        Files.createDirectories(home.resolve("inbox/elements"));
        Files.writeString(home.resolve("inbox/elements/rel-none.csv"), "area,age\r\n");
        Map<String, IngestOrder> forged = new LinkedHashMap<>();
        forged.put("'source'", with(order, order.source(), order.attributes(), "forged", "CONDITIONAL", false));
        forged.put("'unitColumn'", unit(order, "age"));
        forged.put("'family'", with(order, order.source(), order.attributes(), "visits", "CONDITIONAL", true));
        forged.put(
                "'attributes'",
                with(order, order.source(), order.attributes().subList(0, 1), "forged", "CONDITIONAL", true));
        forged.put("everyone", with(order, order.source(), order.attributes(), "forged", "UNCONDITIONAL", true));
        forged.forEach((named, other) -> {
            Answer answer = platform.ingest("steward", other);
            assertThat(answer.status()).as(named).isBetween(400, 422);
            assertThat(answer.json().string("detail")).contains(named);
        });
    }

    /** With {@code registered} false the file is one that lies in an inbox, and no release. */
    private static IngestOrder with(
            IngestOrder order,
            Source source,
            List<AttributeSpec> attributes,
            String family,
            String open,
            boolean registered) {
        return order(
                order,
                registered ? source : new Source.Csv("elements/rel-none.csv", ","),
                attributes,
                family,
                open,
                order.unitColumn());
    }

    private static IngestOrder unit(IngestOrder order, String unit) {
        return order(order, order.source(), order.attributes(), order.family(), order.openAttribute(), unit);
    }

    private static IngestOrder order(
            IngestOrder order, Source source, List<AttributeSpec> attributes, String family, String open, String unit) {
        return new IngestOrder(
                order.dataset(),
                order.titleZh(),
                order.titleEn(),
                order.provider(),
                order.providerKey(),
                family,
                unit,
                open,
                order.kind(),
                LocalDate.of(2026, 11, 20),
                order.replace(),
                order.allowSyntheticRegions(),
                source,
                attributes);
    }

    @Test
    void order_ofAnElementMadeForEveryone_mayOpenIt() throws Exception {
        String open = FakeElements.released(platform, "visits", Policy.PUBLIC);
        IngestOrder order = FakeElements.order(platform, open, "open_element");
        FakeElements.awaitIngest(
                platform,
                with(order, order.source(), order.attributes(), order.family(), "UNCONDITIONAL", true),
                "DONE");
        assertThat(platform.get("developer", "/api/v1/datasets/open_element")
                        .json()
                        .string("openAttribute"))
                .isEqualTo("UNCONDITIONAL");
    }

    @Test
    void element_whoseReleaseOrLoadedBatchWasChanged_doesNotEnterTheCatalog() throws Exception {
        platform.engines.script(run -> FakeEngines.ingested((EngineJob.IngestJob) run.job()));
        JsonObject other =
                FakeElements.awaitIngest(platform, FakeElements.order(platform, release, "changed"), "FAILED");
        assertThat(other.object("problem").string("detail")).contains("What was loaded is not");
        assertThat(platform.get("developer", "/api/v1/datasets/changed").status())
                .isEqualTo(404);
        platform.engines.succeed();
        String second = FakeElements.released(platform, "visits", Policy.CONTROLLED);
        platform.sql("update data_element set content_digest = 'sha256:0' where release = '" + second + "'");
        JsonObject gone = FakeElements.awaitIngest(platform, FakeElements.order(platform, second, "changed"), "FAILED");
        assertThat(gone.object("problem").string("detail")).contains("no longer holds");
        assertThat(platform.get("developer", "/api/v1/datasets/changed").status())
                .isEqualTo(404);
    }

    @Test
    void submit_inVain_isLimitedByAgreement_alsoAtOnce() throws Exception {
        String agreement = FakeElements.agree(platform, "visits", Policy.CONTROLLED);
        for (int i = 0; i < 3; i++) {
            String job = Platform.require(
                            202, FakeElements.submit(platform, agreement, "visits", "unsolvable before reading"))
                    .json()
                    .string("id");
            platform.awaitJob(job, "REFUSED");
        }
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            calls.add(() -> FakeElements.submit(platform, agreement, "visits", "unsolvable"));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        int accepted = 0;
        String refusal = "";
        for (Future<Answer> answer : threads.invokeAll(calls)) {
            if (answer.get().status() == 202) {
                platform.awaitJob(answer.get().json().string("id"), "REFUSED");
                accepted++;
            } else {
                refusal = answer.get().verdict() + answer.get().text();
            }
        }
        threads.shutdown();
        assertThat(accepted).isEqualTo(20);
        assertThat(refusal).contains("422 QUERY_REFUSED", "20 specifications");
        String anew = FakeElements.agree(platform, "visits", Policy.CONTROLLED);
        assertThat(FakeElements.submit(platform, anew, "visits", "").status()).isEqualTo(202);
    }

    @Test
    void submit_whereNoElementIsAgreed_isRefusedBeforeAnEngineRuns() throws Exception {
        String queries = platform.agree(platform.agreement(Platform.DEVELOPER, "developer", "visits"), "developer");
        String elements = FakeElements.agree(platform, "visits", Policy.CONTROLLED);
        int runs = platform.engines.runs.size();
        assertThat(FakeElements.submit(platform, queries, "visits", "").verdict())
                .isEqualTo("422 QUERY_REFUSED");
        assertThat(FakeElements.submit(platform, elements, "other", "").verdict())
                .isEqualTo("422 QUERY_REFUSED");
        assertThat(platform.post(
                                "developer",
                                "/api/v1/jobs",
                                Json.object("agreementId", elements, "kind", "anonymize", "request", "{\"dataset\":1}"))
                        .status())
                .isEqualTo(400);
        assertThat(platform.engines.runs).hasSize(runs);
        Agreement bySecondary =
                FakeElements.terms(platform, Platform.SECONDARY, "secondary", "visits", Policy.CONTROLLED);
        assertThat(platform.draft("secondary", bySecondary).status()).isEqualTo(422);
    }

    /** A clause opens the door for elements that spend its budget, and none of the other doors. */
    @Test
    void draft_withElementsUnderAPrivacyClause_isHeldAgainstTheSameTerms() {
        Agreement terms = FakeElements.terms(platform, Platform.DEVELOPER, "developer", "visits", Policy.CONTROLLED);
        assertThat(platform.draft("developer", noisy(terms)).status()).isEqualTo(201);
        Agreement bySecondary =
                FakeElements.terms(platform, Platform.SECONDARY, "secondary", "visits", Policy.CONTROLLED);
        assertThat(platform.draft("secondary", noisy(bySecondary)).status()).isEqualTo(422);
    }

    private static Agreement noisy(Agreement terms) {
        return new Agreement(
                terms.uid(),
                terms.assigner(),
                terms.assignee(),
                terms.assignerKey(),
                terms.assigneeKey(),
                terms.purpose(),
                terms.validFrom(),
                terms.validUntil(),
                terms.minUnits(),
                terms.permissions(),
                Optional.of(new PrivacyClause(10_000, 1_000, 1000, 2, 1, Map.of(), Map.of())));
    }

    private static String reclassifications(String dataset) throws Exception {
        return platform.query(
                "select count(*) from act_subject s join ledger_opening o on o.idx = s.leaf where s.subject = '"
                        + dataset + "' and o.event like '%DATASET_RECLASSIFIED%'");
    }
}
