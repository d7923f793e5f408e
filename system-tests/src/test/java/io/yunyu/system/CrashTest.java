package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.cli.demo.DemoParties.Role;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.system.egress.Planted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of the control plane or of an engine at each step of the main job: nothing lost, nothing twice, no half table. By
 * default at the steps where two stores could come to differ, in the long form at the others too.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrashTest {
    private static final int MOST_ATTEMPTS = 3;
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Planted ID = Planted.word("identifier");
    private static final String SQL = "SELECT town, count(*) AS n FROM people GROUP BY town";

    @TempDir
    static Path dir;

    private Platform platform;
    private String agreement = "";

    @BeforeAll
    void start() throws Exception {
        platform = Platform.start(dir.resolve("home"));
        StringBuilder rows = new StringBuilder("id,town,age\n");
        for (int i = 0; i < 20_000; i++) {
            rows.append(ID.text())
                    .append(i)
                    .append(i % 2 == 0 ? ",Dali," : ",Kunming,")
                    .append(i % 90)
                    .append('\n');
        }
        platform.source("people.csv", rows);
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    @Test
    @Heavy
    @Order(1)
    void kill_whileIngesting_batchIsLoadedOnceAfterRestart() throws Exception {
        platform.source("early.csv", Files.readString(platform.inbox().resolve("people.csv")));
        IngestOrder order = platform.order("early", "id", new Source.Csv("early.csv", ","), List.of());
        String id = platform.send(order);
        await("the ingest runs", () -> ingestState(id).equals("RUNNING"));
        platform.killControlPlane();
        platform.restartControlPlane();
        await("the ingest ends", () -> Set.of("DONE", "FAILED").contains(ingestState(id)));
        JsonObject done = platform.as(Role.STEWARD).get("/api/v1/ingests/" + id);
        assertThat(done.string("state")).as(Json.write(done.asMap())).isEqualTo("DONE");
        assertThat(done.object("report").longValue("rowsLoaded")).isEqualTo(20_000);
        JsonObject again = platform.ingest(order);
        assertThat(again.object("report").bool("alreadyLoaded")).isTrue();
    }

    /**
     * A lock on the catalog's table holds the control plane at the one instant between the two stores: the table's commit
     * is on the disk, the engine has ended, and the transaction with its catalog row is open.
     */
    @Test
    @Order(2)
    void kill_betweenTheTablesCommitAndItsCatalogRow_rowIsMadeOnceAfterRestart() throws Exception {
        IngestOrder order = platform.order("people", "id", new Source.Csv("people.csv", ","), List.of());
        Path log = platform.home().resolve("tables/people/_delta_log");
        String id;
        try (Connection catalog = platform.database()) {
            catalog.setAutoCommit(false);
            catalog.createStatement().execute("lock table dataset in exclusive mode");
            id = platform.send(order);
            await(
                    "the row waits",
                    () -> one(
                                    catalog,
                                    "select count(*) from pg_locks where not granted and relation = 'dataset'::regclass")
                            == 1);
            assertThat(commits(log)).isEqualTo(1);
            platform.killControlPlane();
            assertThat(one(catalog, "select count(*) from dataset where id = 'people'"))
                    .isZero();
        }
        platform.restartControlPlane();
        await("the ingest ends", () -> Set.of("DONE", "FAILED").contains(ingestState(id)));
        JsonObject done = platform.as(Role.STEWARD).get("/api/v1/ingests/" + id);
        assertThat(done.string("state")).as(Json.write(done.asMap())).isEqualTo("DONE");
        assertThat(done.object("report").bool("alreadyLoaded")).isTrue();
        assertThat(done.object("report").longValue("rowsLoaded")).isEqualTo(20_000);
        assertThat(commits(log)).isEqualTo(1);
        try (Connection catalog = platform.database()) {
            assertThat(one(catalog, "select count(*) from dataset_version where dataset = 'people'"))
                    .isEqualTo(1);
            assertThat(one(
                            catalog,
                            "select count(*) from act_subject s join ledger_opening o on o.idx = s.leaf where s.subject = '"
                                    + id + "' and o.event like '%INGEST_DONE%'"))
                    .isEqualTo(1);
        }
    }

    @Test
    @Order(3)
    void kill_whileTheJobRuns_jobRunsAgainAndIsReleasedOnce() throws Exception {
        agreement = platform.agree(
                5,
                new Permission("people", Map.of("town", Set.of(ColumnUse.GROUP_BY), "age", Set.of(ColumnUse.MEASURE))));
        String job = platform.submit(agreement, SQL);
        long engine = platform.awaitEngine(job, Set.of());
        assertThat(isRunning(engine)).isTrue();
        platform.killControlPlane();
        await("its engine is dead", () -> !isRunning(engine));
        platform.restartControlPlane();
        assertThat(platform.awaitRest(job).string("state")).isEqualTo("IN_REVIEW");
        if (Heavy.ON) {
            platform.killControlPlane();
            platform.restartControlPlane();
            assertThat(state(job)).isEqualTo("IN_REVIEW");
        }
        platform.approve(job);
        platform.killControlPlane();
        platform.restartControlPlane();
        await("the release", () -> state(job).equals("RELEASED"));
        assertThat(releases(job)).isEqualTo(1);
    }

    @Test
    @Order(4)
    void kill_engineOfARunningJob_jobRunsAgainOnAnother() throws Exception {
        String job = platform.submit(agreement, SQL);
        platform.killEngine(job);
        assertThat(platform.awaitRest(job).string("state")).isEqualTo("IN_REVIEW");
        try (Connection database = platform.database()) {
            assertThat(one(database, "select attempt from job where id = '" + job + "'"))
                    .isEqualTo(2);
            assertThat(one(database, "select count(*) from candidate where job = '" + job + "'"))
                    .isEqualTo(1);
        }
    }

    @Test
    @Order(5)
    void kill_engineAtEveryAttempt_jobFailsPlainlyAndLeavesNothing() throws Exception {
        String job = platform.submit(agreement, SQL);
        Set<Long> killed = new HashSet<>();
        while (killed.size() < MOST_ATTEMPTS) {
            long engine = platform.awaitEngine(job, killed);
            assertThat(ProcessHandle.of(engine).map(ProcessHandle::destroyForcibly))
                    .contains(true);
            killed.add(engine);
        }
        JsonObject end = platform.awaitRest(job);
        assertThat(end.string("state")).isEqualTo("FAILED");
        assertThat(end.object("problem").string("code")).isEqualTo("ENGINE_ENDED");
        try (Connection database = platform.database()) {
            assertThat(one(database, "select count(*) from candidate where job = '" + job + "'"))
                    .isZero();
        }
    }

    @Test
    @Heavy
    @Order(6)
    void tables_afterAllThis_answerAsBefore() throws Exception {
        String job = platform.submit(agreement, SQL);
        assertThat(platform.awaitRest(job).string("state")).isEqualTo("IN_REVIEW");
        JsonObject review = platform.as(Role.REVIEWER).get("/api/v1/reviews/" + job);
        assertThat(review.object("table").list("rows", row -> row)).hasSize(2);
    }

    private String ingestState(String id) {
        return platform.as(Role.STEWARD).get("/api/v1/ingests/" + id).string("state");
    }

    private String state(String job) {
        return platform.job(job).string("state");
    }

    /** A zombie is dead. */
    private static boolean isRunning(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return "ZX".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) < 0;
        } catch (IOException gone) {
            return false;
        }
    }

    private static long one(Connection database, String query) {
        try (ResultSet row = database.createStatement().executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long commits(Path log) throws Exception {
        try (Stream<Path> files = Files.list(log)) {
            return files.filter(f -> f.getFileName().toString().matches("[0-9]{20}\\.json"))
                    .count();
        }
    }

    private long releases(String job) {
        byte[] all = platform.as(Role.DEVELOPER).getBytes("/api/v1/releases");
        Object parsed = Json.parse(all);
        List<?> list = parsed instanceof List<?> l ? l : (List<?>) ((Map<?, ?>) parsed).get("releases");
        return list.stream()
                .filter(r -> job.equals(((Map<?, ?>) r).get("jobId")))
                .count();
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.sleep(50);
        }
    }
}
