package io.yunyu.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.api.engine.EngineRun;
import io.yunyu.api.platform.Answer;
import io.yunyu.api.platform.FakeEngines;
import io.yunyu.api.platform.Platform;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.ledger.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders to load batches: who may give them, what they can reach, what comes of them. */
class IngestTest {
    @TempDir
    static Path home;

    @TempDir
    static Path elsewhere;

    static Platform platform;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.start(home);
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
    void ingest_done_showsCountsToTheProviderOnly() throws Exception {
        platform.load("visits", "CONDITIONAL", "ORIGINAL");
        JsonObject mine = platform.get("steward", "/api/v1/ingests").json().objects("ingests").stream()
                .filter(ingest -> ingest.string("dataset").equals("visits"))
                .findFirst()
                .orElseThrow();
        assertThat(mine.object("report").longValue("rowsRead")).isEqualTo(100);
        assertThat(platform.get("other-steward", "/api/v1/ingests/" + mine.string("id"))
                        .status())
                .isEqualTo(404);
        Answer entry = platform.get("developer", "/api/v1/datasets/visits");
        assertThat(entry.json().objects("attributes")).hasSize(4);
        assertThat(entry.json().string("acquiredOn")).isEqualTo("2026-11-20");
        assertThat(entry.text()).doesNotContain("rows", "97", "BAD_CHECK_DIGIT");
        Answer profile = platform.get("developer", "/api/v1/datasets/visits/profile");
        assertThat(profile.json().objects("attributes")).hasSize(4);
        assertThat(profile.json().has("protected"))
                .as("told of values without permission")
                .isFalse();
        assertThat(platform.get("developer", "/api/v1/datasets/nonesuch/profile")
                        .status())
                .isEqualTo(404);
        EngineRun run = platform.engines.runs.stream()
                .filter(r -> r.job().jobId().equals(mine.string("id")))
                .findFirst()
                .orElseThrow();
        assertThat(run.mounts())
                .extracting(mount -> mount.target() + " " + mount.writable())
                .containsExactly("/data/visits true", "/data/visits.problems true", "/source/batch false");
    }

    @Test
    void ingest_sameBatchAgain_makesNoNewVersion() throws Exception {
        platform.load("twice", "CONDITIONAL", "ORIGINAL");
        platform.load("twice", "CONDITIONAL", "ORIGINAL");
        assertThat(platform.get("developer", "/api/v1/datasets/twice").json().longValue("version"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.csv",
                "a/../../secret.csv",
                "/etc/passwd",
                "link.csv",
                "dir/link.csv",
                "none.csv",
                "dir",
                "",
                "a\0b"
            })
    void ingest_fileOutsideTheInbox_isUnreadable(String name) throws IOException {
        Path inbox = Files.createDirectories(home.resolve("inbox"));
        Files.writeString(elsewhere.resolve("secret.csv"), "x\n");
        Files.writeString(home.resolve("secret.csv"), "x\n");
        Files.createDirectories(inbox.resolve("dir"));
        for (String link : new String[] {"link.csv", "dir/link.csv"}) {
            if (!Files.exists(inbox.resolve(link))) {
                Files.createSymbolicLink(inbox.resolve(link), elsewhere.resolve("secret.csv"));
            }
        }
        assertThat(platform.ingest("steward", from("visits2", new Source.Csv(name, ",")))
                        .verdict())
                .isEqualTo("422 SOURCE_UNREADABLE");
    }

    @Test
    void ingest_ofAnotherProvidersDataOrWithAnotherKey_isRefused() throws Exception {
        IngestOrder order = platform.order("mine", Platform.PROVIDER, "steward", "CONDITIONAL", "ORIGINAL");
        assertThat(platform.ingest("other-steward", order).verdict()).isEqualTo("403 NOT_ALLOWED");
        SigningKey stranger = SigningKey.generate();
        assertThat(post(order, stranger, order.toText()).verdict()).isEqualTo("403 KEY_REFUSED");
        assertThat(post(order, platform.key("steward"), order.toText().replace("2026-11-20", "2026-11-21"))
                        .verdict())
                .isEqualTo("403 KEY_REFUSED");
        platform.load("taken", "CONDITIONAL", "ORIGINAL");
        IngestOrder stolen =
                platform.order("taken", Platform.OTHER_PROVIDER, "other-steward", "CONDITIONAL", "ORIGINAL");
        assertThat(platform.ingest("other-steward", stolen).verdict()).isEqualTo("409 CONFLICT");
    }

    @Test
    void ingest_failing_saysWhy_andMakesNoDataset() throws Exception {
        platform.engines.script(run -> FakeEngines.failed(ProblemCode.COLUMN_MISSING, "Column 'id_no' is missing."));
        String id = accepted(platform.ingest(
                "steward", platform.order("bad", Platform.PROVIDER, "steward", "CONDITIONAL", "ORIGINAL")));
        awaitState(id, "FAILED");
        JsonObject ingest = platform.get("steward", "/api/v1/ingests/" + id).json();
        assertThat(ingest.object("problem").string("code")).isEqualTo("COLUMN_MISSING");
        assertThat(ingest.strings("progress")).containsExactly("JOB_RECEIVED", "ROWS_READ");
        assertThat(ingest.longValue("rowsRead")).isEqualTo(3);
        assertThat(platform.get("developer", "/api/v1/datasets/bad").status()).isEqualTo(404);
    }

    @Test
    void ingest_byJdbc_getsOneRelay_andItsPasswordIsKeptNowhere() throws Exception {
        IngestOrder order = from("jdbc", new Source.Jdbc("db.example.org", 5432, "his", "visits", "reader", "2026-11"));
        assertThat(platform.ingest("steward", order).verdict()).isEqualTo("400 BAD_REQUEST");
        String id = accepted(platform.post(
                "steward",
                "/api/v1/ingests",
                Json.object(
                        "order", order.toText(),
                        "signature",
                                platform.key("steward")
                                        .sign(IngestOrder.TYPE, order.toText())
                                        .toJson(),
                        "password", "planted-password-71")));
        awaitState(id, "DONE");
        EngineRun run = platform.engines.runs.stream()
                .filter(r -> r.job().jobId().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(run.relay()).contains(new EngineRun.Relay("db.example.org", 5432));
        assertThat(((EngineJob.IngestJob) run.job()).password()).contains("planted-password-71");
        assertThat(platform.query("select string_agg(i::text, ' ') from ingest i"))
                .doesNotContain("planted-password-71");
        assertThat(Files.readString(home.resolve("server/server.log"))).doesNotContain("planted-password-71");
    }

    private static IngestOrder from(String dataset, Source source) throws IOException {
        IngestOrder plain = platform.order(dataset, Platform.PROVIDER, "steward", "CONDITIONAL", "ORIGINAL");
        return new IngestOrder(
                plain.dataset(),
                plain.titleZh(),
                plain.titleEn(),
                plain.provider(),
                plain.providerKey(),
                plain.family(),
                plain.unitColumn(),
                plain.openAttribute(),
                plain.kind(),
                plain.acquiredOn(),
                plain.replace(),
                plain.allowSyntheticRegions(),
                source,
                plain.attributes());
    }

    private static Answer post(IngestOrder order, SigningKey key, String signed) {
        return platform.post(
                "steward",
                "/api/v1/ingests",
                Json.object(
                        "order",
                        order.toText(),
                        "signature",
                        key.sign(IngestOrder.TYPE, signed).toJson()));
    }

    private static String accepted(Answer answer) {
        return Platform.require(202, answer).json().string("id");
    }

    private static void awaitState(String id, String state) {
        Platform.await("ingest to be " + state, () -> Optional.of(platform.get("steward", "/api/v1/ingests/" + id))
                .map(answer -> answer.json().string("state").equals(state))
                .orElse(false));
    }
}
