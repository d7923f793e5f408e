package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import io.yunyu.cli.client.JobClient;
import io.yunyu.cli.demo.DemoParties;
import io.yunyu.cli.demo.DemoParties.Role;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.ElementTerms;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.agreement.Publication;
import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.system.egress.Planted;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same installation twice from the same state: alone, and with a cluster whose master and workers {@code yunyu cluster
 * node} runs in sandboxes on network namespaces of this test. What is released is the same, bit for bit, save the order of an
 * element's records. By default the engine's {@code ClusterTest} and {@code ClusterKindsTest} compare the two.
 */
@Heavy
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterJobTest {
    private static final long SEED = 20261129;
    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final Planted ID = Planted.word("identifier");
    private static final String EXECUTOR = "CoarseGrainedExecutorBackend";
    private static final String SQL =
            "SELECT town, count(*) AS n, count(DISTINCT id) AS persons, sum(age) AS years FROM people GROUP BY town";

    /** Cells of some thirty persons each, of which a stricter rule withholds some. */
    private static final String FINE = "SELECT town, age, count(*) AS n FROM people GROUP BY town, age";

    private static final String CUBE = "SELECT town, sex, count(*) AS n FROM planned GROUP BY CUBE (town, sex)";
    /** Records of the planned table: one cell of too few persons. */
    private static final Map<String, Integer> PLANNED =
            new TreeMap<>(Map.of("A,F", 3, "A,M", 25, "B,F", 40, "B,M", 31, "C,F", 28, "C,M", 33));

    @TempDir
    static Path dir;

    private ClusterHosts hosts;
    private Platform platform;
    private String agreement = "";
    private String fineAgreement = "";
    private String elementAgreement = "";
    private String plannedAgreement = "";
    private Map<String, byte[]> alone = Map.of();
    private Map<String, byte[]> elementAlone = Map.of();
    private Map<String, byte[]> plannedAlone = Map.of();
    private String replayAlone = "";
    private final List<Process> nodes = new ArrayList<>();

    @BeforeAll
    void start() throws Exception {
        assumeTrue(new UnixSystem().getUid() == 0, "Skipped: only root puts a sandbox into a network.");
        var opened = ClusterHosts.open("driver", "master", "worker1", "worker2");
        assumeTrue(opened.isPresent(), "Skipped: this host lets no test make network namespaces (iproute2).");
        hosts = opened.orElseThrow();
        platform = Platform.start(home());
        System.out.println("ClusterJobTest seed " + SEED);
        Random random = new Random(SEED);
        for (String file : List.of("first.csv", "second.csv", "third.csv")) {
            load("people", file, ID.text(), file.equals("first.csv"), random);
        }
        agreement = agree("people");
        // The family's noise secret is made when it is first asked for: before the state is saved, by a query on
        // others.
        load("others", "others.csv", ID.text() + "-other-", true, random);
        JsonObject others = platform.awaitRest(platform.submit(agree("others"), SQL.replace("people", "others")));
        assertThat(others.string("state")).isEqualTo("IN_REVIEW");
        agreeOnMore();
        platform.restart(List.of(), () -> done("cp", "-a", home().toString(), saved().toString()));
        alone = release(platform.submit(agreement, SQL));
        elementAlone = release(element());
        plannedAlone = release(publication());
        replayAlone = replayed(replay(fine()));
        assertThat(Command.run("cluster", "secrets", dir.resolve("secrets")).exitCode())
                .isZero();
        Files.write(
                settings(),
                Json.bytes(Json.object(
                        "secrets",
                        dir.resolve("secrets").toString(),
                        "workers",
                        2,
                        "coresPerWorker",
                        1,
                        "executorMemoryMiB",
                        512)));
        platform.restart(onCluster(hosts.network("driver")), () -> {
            done("rm", "-r", home().toString());
            done("mv", saved().toString(), home().toString());
        });
    }

    /** A family of its own is published, for its numbers are exact. */
    private void agreeOnMore() throws Exception {
        StringBuilder rows = new StringBuilder("id,town,sex\n");
        PLANNED.forEach((labels, n) -> {
            for (int i = 0; i < n; i++) {
                rows.append(ID.text())
                        .append("-planned-")
                        .append(labels.hashCode())
                        .append(i);
                rows.append(',').append(labels).append('\n');
            }
        });
        platform.source("planned.csv", rows);
        platform.ingest(platform.order("planned", "id", new Source.Csv("planned.csv", ","), List.of()));
        plannedAgreement = platform.sign(platform.text(
                        10,
                        new Permission(
                                "planned",
                                Map.of("town", Set.of(ColumnUse.GROUP_BY), "sex", Set.of(ColumnUse.GROUP_BY))))
                .withPublications(List.of(new Publication(CUBE, Publication.Cost.UNITS, List.of()))));
        fineAgreement = platform.agree(
                5,
                new Permission(
                        "people", Map.of("town", Set.of(ColumnUse.GROUP_BY), "age", Set.of(ColumnUse.GROUP_BY))));
        elementAgreement = platform.agree(
                5,
                new Permission(
                        "people",
                        Map.of(),
                        Optional.of(new ElementTerms(
                                ElementTerms.Policy.CONTROLLED,
                                Map.of(
                                        "town", AttributeRole.QUASI_IDENTIFIER,
                                        "age", AttributeRole.QUASI_IDENTIFIER)))));
    }

    private void load(String dataset, String file, String prefix, boolean replace, Random random) throws Exception {
        StringBuilder rows = new StringBuilder("id,town,age\n");
        for (int i = 0; i < 3000; i++) {
            rows.append(prefix)
                    .append(i)
                    .append(List.of(",Dali,", ",Kunming,", ",Lijiang,").get(random.nextInt(3)))
                    .append(random.nextInt(90))
                    .append('\n');
        }
        platform.source(file, rows);
        platform.ingest(new IngestOrder(
                dataset,
                "测试数据",
                "Test data",
                DemoParties.PROVIDER,
                platform.parties().publicKey(Role.STEWARD),
                "people",
                "id",
                "CONDITIONAL",
                "ORIGINAL",
                LocalDate.of(2026, 10, 31),
                replace,
                true,
                new Source.Csv(file, ","),
                List.of()));
    }

    private String agree(String dataset) throws Exception {
        return platform.agree(
                5,
                new Permission(dataset, Map.of("town", Set.of(ColumnUse.GROUP_BY), "age", Set.of(ColumnUse.MEASURE))));
    }

    @AfterAll
    void stop() {
        nodes.forEach(Process::destroy);
        if (platform != null) {
            platform.close();
        }
        if (hosts != null) {
            hosts.close();
        }
    }

    @Test
    @Order(1)
    void submit_withoutAMaster_failsAndSaysWhoHasToAct() throws Exception {
        JsonObject end = platform.awaitRest(platform.submit(agreement, SQL));
        assertThat(end.string("state")).isEqualTo("FAILED");
        assertThat(end.object("problem").string("detail")).contains("master of the cluster does not answer");
    }

    @Test
    @Order(2)
    void submit_toTheCluster_releasesTheTableOfOneHost() throws Exception {
        startNodes();
        String job = platform.submit(agreement, SQL);
        Map<Long, String> seen = new HashMap<>();
        await("both workers have an executor", () -> look(seen) >= 2);
        assertThat(seen.values()).allSatisfy(status -> assertThat(status)
                .contains("Seccomp:\t2", "NoNewPrivs:\t1", "CapEff:\t0000000000000000", "CapBnd:\t0000000000000000")
                .doesNotContainPattern("Uid:\t0\t"));
        Map<String, byte[]> table = release(job);
        for (String name : List.of("table.csv", "table.json", "table.arrow")) {
            assertThat(table.get(name)).as(name).isNotEmpty().isEqualTo(alone.get(name));
        }
        await("its executors end with it", () -> executors().isEmpty());
    }

    @Test
    @Order(3)
    void kill_ofTheDriver_endsItsExecutorsAndTheJobRunsAgain() throws Exception {
        String job = platform.submit(agreement, SQL);
        long engine = platform.awaitEngine(job, Set.of());
        Set<Long> first = new HashSet<>();
        await("an executor works for it", () -> first.addAll(executors()));
        assertThat(ProcessHandle.of(engine).map(ProcessHandle::destroyForcibly)).contains(true);
        platform.awaitEngine(job, Set.of(engine));
        assertThat(platform.awaitRest(job).string("state")).isEqualTo("IN_REVIEW");
        assertThat(executors()).doesNotContainAnyElementsOf(first);
    }

    /** Full-domain search: classes by levels, and a join with those that are suppressed. */
    @Test
    @Order(4)
    void submitElement_toTheCluster_releasesTheRecordsOfOneHost() throws Exception {
        String job = element();
        await("an executor works for it", () -> !executors().isEmpty());
        Map<String, byte[]> files = release(job);
        assertThat(records(files)).hasSizeGreaterThan(1000).isEqualTo(records(elementAlone));
        assertThat(timeless(files)).isEqualTo(timeless(elementAlone));
    }

    /** Its pattern is sought in a second sandbox, on the server's host and without network. */
    @Test
    @Order(5)
    void submitPublication_toTheCluster_releasesTheTableOfOneHost() throws Exception {
        String job = publication();
        await("an executor works for it", () -> !executors().isEmpty());
        Map<String, byte[]> files = release(job);
        for (String name : List.of("table.csv", "table.json", "table.arrow")) {
            assertThat(files.get(name)).as(name).isNotEmpty().isEqualTo(plannedAlone.get(name));
        }
    }

    @Test
    @Order(6)
    void replay_onTheCluster_tellsTheNumbersOfOneHost() throws Exception {
        String query = fine();
        await("executors of the query are gone", () -> executors().isEmpty());
        String replay = replay(query);
        await("an executor works for it", () -> !executors().isEmpty());
        assertThat(replayed(replay)).isEqualTo(replayAlone);
    }

    @Test
    @Order(7)
    void server_givenTheHostsOwnNetwork_doesNotStart() throws Exception {
        Assertions.assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> platform.restart(onCluster(Path.of("/proc/self/ns/net")), () -> {}));
        assertThat(Files.readString(home().resolve("server/console.log"))).contains("is the host's own");
        platform.restart(List.of(), () -> {});
    }

    private Path home() {
        return dir.resolve("home");
    }

    private Path saved() {
        return dir.resolve("saved");
    }

    private Path settings() {
        return dir.resolve("settings.json");
    }

    private List<String> onCluster(Path network) {
        String prefix = "--yunyu.engine.cluster.";
        return List.of(
                prefix + "provider=" + DemoParties.PROVIDER,
                prefix + "settings=" + settings(),
                prefix + "master=" + hosts.address("master"),
                prefix + "host=" + hosts.address("driver"),
                prefix + "network=" + network);
    }

    private void startNodes() throws Exception {
        node("master", "MASTER");
        await("the master listens", this::masterListens);
        for (String worker : List.of("worker1", "worker2")) {
            node(
                    worker,
                    "WORKER",
                    "--master",
                    hosts.address("master"),
                    "--tables",
                    home().resolve("tables"),
                    "--scratch",
                    dir.resolve("scratch-" + worker));
        }
    }

    private void node(String name, String role, Object... more) throws IOException {
        List<Object> arguments = new ArrayList<>(List.of("cluster", "node", role));
        arguments.addAll(List.of("--settings", settings(), "--network", hosts.network(name)));
        arguments.addAll(List.of("--host", hosts.address(name)));
        arguments.addAll(List.of(more));
        nodes.add(Command.start(dir.resolve(name + ".out"), dir.resolve(name + ".err"), arguments.toArray()));
    }

    private boolean masterListens() {
        assertThat(nodes).as("nodes that live; see their output").allMatch(Process::isAlive);
        return nodes.get(0).descendants().anyMatch(process -> {
            String table = text(process, "net/tcp") + text(process, "net/tcp6");
            return table.lines().anyMatch(line -> line.contains(":1BA5 ") && line.contains(" 0A "));
        });
    }

    /** Executors of the workers that live now. */
    private Set<Long> executors() {
        Set<Long> pids = new HashSet<>();
        for (Process node : nodes) {
            node.descendants()
                    .filter(process -> text(process, "cmdline").contains(EXECUTOR))
                    .forEach(process -> pids.add(process.pid()));
        }
        return pids;
    }

    private int look(Map<Long, String> seen) {
        for (long pid : executors()) {
            String status = ProcessHandle.of(pid)
                    .map(process -> text(process, "status"))
                    .orElse("");
            if (!status.isEmpty()) {
                seen.put(pid, status);
            }
        }
        return seen.size();
    }

    private static String text(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid(), file), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private String element() {
        List<Object> ages = new ArrayList<>();
        for (int age = 0; age < 90; age++) {
            ages.add(List.of(String.valueOf(age), String.valueOf(age / 30), "*"));
        }
        List<Object> towns = List.of(List.of("Dali", "*"), List.of("Kunming", "*"), List.of("Lijiang", "*"));
        Map<String, Object> spec = Json.object(
                "attributes",
                List.of(quasiIdentifier("town", towns), quasiIdentifier("age", ages)),
                "privacyModels",
                List.of(Json.object("model", "k-anonymity", "k", 90L)),
                "suppressionLimit",
                new BigDecimal("0.5"));
        return new JobClient(platform.as(Role.DEVELOPER))
                .submitElement(
                        elementAgreement,
                        Json.object("dataset", "people", "spec", spec),
                        Optional.empty(),
                        Optional.empty())
                .string("id");
    }

    private static Map<String, Object> quasiIdentifier(String column, List<Object> rows) {
        return Json.object("name", column, "role", "QUASI_IDENTIFIER", "hierarchy", Json.object("rows", rows));
    }

    private String publication() {
        return new JobClient(platform.as(Role.DEVELOPER))
                .submitPublication(plannedAgreement, 1, Optional.empty(), Optional.empty())
                .string("id");
    }

    /** Their order is drawn at random. */
    private static List<String> records(Map<String, byte[]> files) {
        return new String(files.get("table.csv"), StandardCharsets.UTF_8)
                .lines()
                .sorted()
                .toList();
    }

    /** The report but for how long the search took. */
    private static String timeless(Map<String, byte[]> files) {
        return new String(files.get("table.anonymization"), StandardCharsets.UTF_8)
                .replaceAll("\"seconds\":[^,}]*", "\"seconds\":0");
    }

    /** A query that ended well, to be replayed. */
    private String fine() {
        String query = platform.submit(fineAgreement, FINE);
        JsonObject end = platform.awaitRest(query);
        assertThat(end.string("state")).as(Json.write(end.asMap())).isEqualTo("IN_REVIEW");
        return query;
    }

    private String replay(String query) {
        return platform.as(Role.STEWARD)
                .post("/api/v1/policy/replays", Json.object("rules", List.of("min-units=35"), "jobs", List.of(query)))
                .string("id");
    }

    /** What a replay of one job says of it once it is done. */
    private String replayed(String replay) throws Exception {
        JsonObject[] done = new JsonObject[1];
        await("the replay", () -> {
            done[0] = platform.as(Role.STEWARD).get("/api/v1/policy/replays/" + replay);
            return done[0].string("state").equals("DONE");
        });
        JsonObject job = done[0].objects("jobs").get(0);
        assertThat(job.bool("cellsReplayed")).isTrue();
        assertThat(job.longValue("newlyWithheld")).isBetween(1L, job.longValue("cells") - 1);
        return job.string("after") + " " + job.longValue("cells") + " " + job.longValue("newlyWithheld") + " "
                + job.objects("findings").stream()
                        .map(finding -> Json.write(finding.asMap()))
                        .toList();
    }

    private Map<String, byte[]> release(String job) throws Exception {
        JsonObject end = platform.awaitRest(job);
        assertThat(end.string("state")).as(Json.write(end.asMap())).isEqualTo("IN_REVIEW");
        platform.approve(job);
        await("the release", () -> platform.job(job).string("state").equals("RELEASED"));
        return CanonicalContainer.read(platform.as(Role.DEVELOPER)
                .getBytes("/api/v1/releases/" + platform.job(job).string("releaseId") + "/bundle"));
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private static void done(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                .as(String.join(" ", command))
                .isZero();
    }
}
