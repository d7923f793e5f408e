package io.yunyu.engine.cluster;

import static io.yunyu.contract.agreement.ColumnUse.FILTER;
import static io.yunyu.contract.agreement.ColumnUse.GROUP_BY;
import static io.yunyu.contract.agreement.ColumnUse.MEASURE;
import static io.yunyu.engine.ingest.IngestFixture.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.ProtectionRules;
import io.yunyu.contract.cluster.ClusterConnection;
import io.yunyu.contract.cluster.ClusterRole;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.engine.EngineMain;
import io.yunyu.engine.UnprotectedEngineMain;
import io.yunyu.engine.aggregate.ExitFixture;
import io.yunyu.engine.channel.FakeVault;
import io.yunyu.engine.ingest.IngestFixture;
import io.yunyu.launcher.EngineSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * One job, by the same engine alone and as the driver of a cluster on other hosts, one of whose executors is killed in the
 * middle. The long form adds the controls of what is looked for: the same cluster with its protection off, and a stranger
 * who has the secret. Hosts are network namespaces of this test. Every record is made up.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClusterTest {
    private static final String LONG_FORM = "yunyu.tests.long";
    private static final boolean LONG = Boolean.getBoolean(LONG_FORM);
    private static final long SEED = 20261129;
    private static final int PERSONS = 2000;
    /** One file of the table each, so that both executors have a task. */
    private static final int BATCHES = 3;

    private static final List<String> CANARIES = List.of("QZVKCOUNTY-NORTH", "QZVKCOUNTY-SOUTH", "QZVKCOUNTY-WEST");
    private static final String SQL =
            "SELECT county, count(*) AS n, count(DISTINCT person) AS persons, sum(age) AS years FROM visits GROUP BY county";

    /** Plain text must be recognizable where it is, and a file of spill there at all. */
    static final List<String> VISIBLE = List.of(
            "-Dspark.shuffle.compress=false",
            "-Dspark.shuffle.spill.compress=false",
            "-Dspark.broadcast.compress=false",
            "-Dspark.shuffle.sort.bypassMergeThreshold=1",
            "-Dspark.shuffle.spill.numElementsForceSpillThreshold=200");

    private final FakeVault vault = new FakeVault();
    private final Traces canaries = Traces.ofTexts(CANARIES);

    @TempDir
    private static Path directory;

    private NamespaceHosts hosts;
    private Map<String, byte[]> alone = Map.of();
    private Watched safe;
    private Watched bare;
    private final Set<Long> executorsSeen = new HashSet<>();
    private boolean killed;
    private String strangerWithoutSecret = "";
    private String strangerWithSecret = "";
    private String largeResult = "";

    /** A run on a cluster, and what was seen of it from outside. */
    private static final class Watched {
        EngineResult result;
        Map<String, byte[]> files = Map.of();
        Map<String, byte[]> flows = Map.of();
        List<byte[]> disk = new ArrayList<>();
        List<byte[]> shown = new ArrayList<>();
    }

    @BeforeAll
    @Timeout(value = 600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void run() throws Exception {
        Optional<NamespaceHosts> opened = NamespaceHosts.open(TestCluster.HOSTS);
        Assumptions.assumeTrue(
                opened.isPresent(),
                "Skipped: this host lets no test make network namespaces with a bridge (iproute2).");
        hosts = opened.orElseThrow();
        assertThat(hosts.networks()).hasSize(1 + TestCluster.HOSTS.length).doesNotContain(NamespaceHosts.ownNetwork());
        ingest();
        ClusterRun.Outcome local = ClusterRun.of(localEngine(), job(), granting(), question -> {});
        assertThat(local.result().problem()).isEmpty();
        alone = ExitFixture.open(local.sealed(), local.result());
        assertThat(table().toFile().list((d, name) -> name.endsWith(".parquet")))
                .hasSizeGreaterThan(1);
        safe = watched("safe", true, this::onlookProtected);
        if (LONG) {
            bare = watched("bare", false, (cluster, question) -> {});
        }
    }

    @AfterAll
    void end() {
        if (hosts != null) {
            hosts.close();
        }
    }

    @Test
    void table_ofTheCluster_isTheTableOfOneHostBitForBit() {
        assertThat(safe.result.problem()).isEmpty();
        for (String name : List.of("table.csv", "table.json", "table.arrow")) {
            assertThat(safe.files.get(name)).as(name).isNotEmpty().isEqualTo(alone.get(name));
        }
        // Parquet's writer lists a column's encodings in an order that differs from process to process.
        assertThat(sorted(safe.files.get("table.parquet"))).isEqualTo(sorted(alone.get("table.parquet")));
    }

    @Test
    @EnabledIfSystemProperty(named = LONG_FORM, matches = "true")
    void table_ofTheUnprotectedCluster_isTheSame() {
        assertThat(bare.files.get("table.csv")).isEqualTo(alone.get("table.csv"));
    }

    @Test
    void executor_killedAmidItsTask_isReplacedAndItsTaskDoneAgain() {
        assertThat(killed).isTrue();
        assertThat(executorsSeen).hasSizeGreaterThan(2);
    }

    @Test
    void traffic_protected_showsNeitherValuesNorKeys() {
        assertThat(bytes(safe.flows.values())).isGreaterThan(100_000);
        assertThat(safe.flows.values()).noneMatch(canaries::in).noneMatch(keys()::in);
    }

    @Test
    @EnabledIfSystemProperty(named = LONG_FORM, matches = "true")
    void traffic_unprotected_showsBoth() {
        assertThat(bare.flows.values()).anyMatch(canaries::in).anyMatch(keys()::in);
    }

    /** What a NetworkPolicy or a firewall must let pass is all that is needed; a large result needs all of it. */
    @Test
    void traffic_connections_areThoseThatAreNamed() {
        List<ClusterRole> roles =
                List.of(ClusterRole.DRIVER, ClusterRole.MASTER, ClusterRole.WORKER, ClusterRole.WORKER);
        Set<ClusterConnection> seen = new HashSet<>();
        for (String flow : safe.flows.keySet()) {
            int[] ends =
                    Stream.of(flow.split("[.-]")).mapToInt(Integer::parseInt).toArray();
            // A connection has two flows; the one towards the fixed port says who opened it.
            if (ends[3] < ends[1] && Math.max(ends[0], ends[2]) <= roles.size()) {
                seen.add(new ClusterConnection(roles.get(ends[0] - 1), roles.get(ends[2] - 1), ends[3]));
            }
        }
        assertThat(seen).hasSizeGreaterThan(3).isSubsetOf(ClusterConnection.all());
        if (LONG) {
            assertThat(seen).hasSameSizeAs(ClusterConnection.all());
        }
    }

    /** By default {@code LargeResultTest} has one within a host. */
    @Test
    @EnabledIfSystemProperty(named = LONG_FORM, matches = "true")
    void results_ofMoreThanAMessage_arriveWhole() throws Exception {
        assertThat(largeResult).isEqualTo(LargeResultMain.expected());
    }

    @Test
    void spill_protected_showsNeitherValuesNorKeys() {
        assertThat(bytes(safe.disk)).isGreaterThan(10_000);
        assertThat(safe.disk).noneMatch(canaries::in).noneMatch(keys()::in);
    }

    @Test
    @EnabledIfSystemProperty(named = LONG_FORM, matches = "true")
    void spill_unprotected_showsValuesButNoKeys() {
        assertThat(bare.disk).anyMatch(canaries::in).noneMatch(keys()::in);
    }

    @Test
    void processes_ofTheCluster_showNoKeyInArgumentsOrEnvironment() {
        assertThat(safe.shown).hasSizeGreaterThanOrEqualTo(6).noneMatch(keys()::in);
    }

    @Test
    void executor_withoutTheSecret_doesNotJoin() {
        assertThat(strangerWithoutSecret).isNotEmpty().doesNotContain("Successfully registered with driver");
    }

    @Test
    @EnabledIfSystemProperty(named = LONG_FORM, matches = "true")
    void executor_withTheSecret_joins() {
        assertThat(strangerWithSecret).contains("Successfully registered with driver");
    }

    @Test
    void driver_withoutSecrets_refusesToStart() throws Exception {
        TestCluster cluster = new TestCluster(hosts, directory.resolve("other"), true);
        Files.delete(cluster.secrets().resolve(ClusterSecrets.SECRET_FILE));
        ClusterRun.Outcome outcome =
                ClusterRun.of(cluster.driver(EngineMain.class.getName(), List.of()), job(), granting(), question -> {});
        assertThat(outcome.result().problem().orElseThrow().code()).isEqualTo(ProblemCode.HOST_LACKS_LAYER);
    }

    private static byte[] sorted(byte[] bytes) {
        byte[] sorted = bytes.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private Traces keys() {
        return Traces.ofBytes(vault.dataKeys());
    }

    private static long bytes(Collection<byte[]> contents) {
        return contents.stream().mapToLong(c -> c.length).sum();
    }

    /** Looks at a run of the protected cluster, and disturbs it. */
    private void onlookProtected(TestCluster cluster, JsonObject question) throws Exception {
        cluster.executors().forEach(executor -> executorsSeen.add(executor.pid()));
        if (question.string("op").equals("noiseSecret")) {
            strangers(cluster);
        }
        // Asked for by a task of an executor, which waits for the answer.
        boolean inTask = question.string("op").equals("unwrapKeys")
                && question.objects("columns").get(0).string("name").equals("county");
        if (inTask && !killed) {
            killed = cluster.executors().get(0).destroyForcibly();
        }
    }

    private void strangers(TestCluster cluster) throws Exception {
        Path other = directory.resolve("other-secrets");
        TestCluster.makeSecrets(other, new Random(12));
        Process without = cluster.stranger(other).start();
        strangerWithoutSecret = new String(without.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (LONG) {
            strangerWithSecret = strangerWithSecret(cluster);
        }
    }

    private static String strangerWithSecret(TestCluster cluster) throws IOException {
        StringBuilder said = new StringBuilder();
        Process with = cluster.stranger(cluster.secrets()).start();
        BufferedReader lines = new BufferedReader(new InputStreamReader(with.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.contains("Successfully registered with driver")) {
                break;
            }
        }
        with.descendants().forEach(ProcessHandle::destroyForcibly);
        return said.toString();
    }

    /** Looks at a run. */
    private interface Onlooker {
        void asked(TestCluster cluster, JsonObject question) throws Exception;
    }

    private Watched watched(String name, boolean isProtected, Onlooker onlooker) throws Exception {
        Watched watched = new Watched();
        TestCluster cluster = new TestCluster(hosts, directory.resolve(name), isProtected);
        Path traffic = Files.createDirectories(directory.resolve(name + "-traffic"));
        Process sniffer = sniffer(traffic);
        cluster.start();
        if (isProtected && LONG) {
            largeResult = largeResult(cluster);
        }
        ClusterRun.Onlooker watch = question -> {
            onlooker.asked(cluster, question);
            if (question.string("op").equals("guardReserve")) {
                // Cells are computed; what the hosts wrote for that is still there.
                watched.disk.addAll(cluster.files());
                for (ProcessHandle member : cluster.members()) {
                    watched.shown.add(TestCluster.shown(member));
                }
            }
        };
        Optional<EngineSpec> sandboxed =
                isProtected ? cluster.sandboxedDriver(table().getParent(), VISIBLE) : Optional.empty();
        System.out.println("ClusterTest, " + name + ": driver in the engine's sandbox: " + sandboxed.isPresent());
        String main = isProtected ? EngineMain.class.getName() : UnprotectedEngineMain.class.getName();
        ClusterRun.Outcome outcome = sandboxed.isPresent()
                ? ClusterRun.sandboxed(sandboxed.get(), job(), granting(), watch)
                : ClusterRun.of(cluster.driver(main, VISIBLE), job(), granting(), watch);
        sniffer.getOutputStream().close();
        sniffer.waitFor();
        cluster.members().forEach(ProcessHandle::destroyForcibly);
        watched.result = outcome.result();
        watched.files = outcome.sealed().length == 0 ? Map.of() : ExitFixture.open(outcome.sealed(), outcome.result());
        watched.flows = contents(traffic);
        return watched;
    }

    private static String largeResult(TestCluster cluster) throws Exception {
        Process driver = cluster.driver(LargeResultMain.class.getName(), List.of())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(driver.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private Process sniffer(Path traffic) throws IOException {
        Path temporary = Files.createDirectories(directory.resolve("sniffer"));
        Process sniffer = hosts.between(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-Djava.io.tmpdir=" + temporary,
                        // Its number is one of its own namespace: another process may have a file of that name.
                        "-XX:-UsePerfData",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PacketSniffer.class.getName(),
                        NamespaceHosts.ownNetwork(),
                        traffic.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said =
                new BufferedReader(new InputStreamReader(sniffer.getInputStream(), StandardCharsets.UTF_8)).readLine();
        assertThat(said).as("the sniffer listens").isEqualTo("ready");
        return sniffer;
    }

    private static Map<String, byte[]> contents(Path at) throws IOException {
        Map<String, byte[]> contents = new HashMap<>();
        try (Stream<Path> files = Files.list(at)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return contents;
    }

    private FakeVault granting() {
        return vault.forgetful().grant("visits", "__footer", "__log", "__unit", "county", "age");
    }

    private ProcessBuilder localEngine() {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx600m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(f -> f.startsWith("--add-opens") || f.startsWith("-Djdk.reflect"))
                .forEach(command::add);
        command.addAll(List.of("-Dyunyu.engine.cores=2", "-Dyunyu.engine.scratch=" + directory.resolve("local")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), EngineMain.class.getName()));
        return new ProcessBuilder(command);
    }

    private static Path table() {
        return directory.resolve("tables").resolve("visits");
    }

    private void ingest() throws IOException {
        System.out.println("ClusterTest seed " + SEED);
        Random random = new Random(SEED);
        for (int batch = 0; batch < BATCHES; batch++) {
            ingest(random);
        }
    }

    private void ingest(Random random) throws IOException {
        StringBuilder csv = new StringBuilder("person,name,county,age\n");
        for (int i = 0; i < PERSONS; i++) {
            csv.append("P").append(i).append(",name").append(i).append(',');
            csv.append(CANARIES.get(random.nextInt(CANARIES.size())))
                    .append(',')
                    .append(random.nextInt(90))
                    .append('\n');
        }
        new IngestFixture(directory, vault)
                .loadCsv(
                        csv.toString(),
                        column("person", "STRING"),
                        column("name", "STRING"),
                        column("county", "STRING"),
                        column("age", "LONG"));
    }

    private static EngineJob.SqlJob job() {
        ProtectionRules rules = new ProtectionRules(10, 10, 5, 3, 2, 1000, "policy-1");
        GrantedTable granted = new GrantedTable(
                "visits",
                "visits",
                BATCHES - 1,
                "persons",
                "person",
                List.of(
                        new GrantedColumn("person", "STRING", Set.of()),
                        new GrantedColumn("name", "STRING", Set.of()),
                        new GrantedColumn("county", "STRING", Set.of(GROUP_BY, FILTER)),
                        new GrantedColumn("age", "LONG", Set.of(MEASURE))));
        AccessGrant loose = ExitFixture.grant(rules, granted);
        Agreement agreement = ExitFixture.agreement(loose);
        AccessGrant grant = new AccessGrant(
                "grant-1",
                agreement.uid(),
                ExitFixture.digest(agreement.toText()),
                "developer",
                loose.purpose(),
                loose.validFrom(),
                loose.validUntil(),
                rules,
                List.of(granted));
        return new EngineJob.SqlJob(
                "job-1",
                SQL,
                agreement.toText(),
                List.of(),
                grant.toText(),
                Map.of("visits", table().toString()),
                ExitFixture.reviewKey(),
                1_000_000);
    }
}
