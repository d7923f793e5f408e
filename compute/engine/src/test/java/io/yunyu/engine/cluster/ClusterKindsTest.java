package io.yunyu.engine.cluster;

import static io.yunyu.contract.agreement.ColumnUse.GROUP_BY;
import static io.yunyu.engine.ingest.IngestFixture.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.ElementTerms;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.agreement.ProtectionRules;
import io.yunyu.contract.agreement.Publication;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.policy.ReplayVerdict;
import io.yunyu.contract.policy.RuleChange;
import io.yunyu.engine.EngineMain;
import io.yunyu.engine.UnprotectedEngineMain;
import io.yunyu.engine.aggregate.ExitFixture;
import io.yunyu.engine.aggregate.PlannedExit;
import io.yunyu.engine.aggregate.PolicyReplay;
import io.yunyu.engine.channel.ChannelVault;
import io.yunyu.engine.channel.FakeChannel;
import io.yunyu.engine.channel.FakeVault;
import io.yunyu.engine.element.ElementExit;
import io.yunyu.engine.ingest.IngestFixture;
import io.yunyu.engine.session.SharedSession;
import io.yunyu.engine.solver.SolverSandbox;
import io.yunyu.engine.suppression.InProcessSolver;
import io.yunyu.launcher.EngineSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Data elements, planned publications and policy replays, each by the engine alone and as the driver of a cluster.
 * {@link ClusterTest} does so with a query, and searches what passes between the hosts. Every record is made up.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClusterKindsTest {
    private static final String LONG_FORM = "yunyu.tests.long";
    private static final long SEED = 20261130;
    private static final int PERSONS = 240;
    /** One file of the table each, so that both executors have a task. */
    private static final int BATCHES = 3;

    private static final String WEST = "QZVKCOUNTY-WEST";
    private static final List<String> COUNTIES = List.of("QZVKCOUNTY-NORTH", "QZVKCOUNTY-SOUTH", WEST);
    private static final String RARE = "QZVKILLNESS-RARE";
    private static final List<String> ILLNESSES = List.of("QZVKILLNESS-FLU", "QZVKILLNESS-COLD", RARE);
    /** Only of these persons the west may have a record of the rare illness: of fewer than may be published it has. */
    private static final int RARELY = 12;

    private static final ProtectionRules RULES = new ProtectionRules(10, 10, 5, 3, 2, 1000, "policy-1");
    private static final ElementTerms TERMS = new ElementTerms(
            ElementTerms.Policy.CONTROLLED,
            Map.of(
                    "age", AttributeRole.QUASI_IDENTIFIER,
                    "county", AttributeRole.QUASI_IDENTIFIER,
                    "illness", AttributeRole.SENSITIVE,
                    "fee", AttributeRole.INSENSITIVE));
    private static final Publication CUBE = new Publication(
            "SELECT county, illness, count(*) AS n FROM visits GROUP BY CUBE (county, illness)",
            Publication.Cost.UNITS,
            List.of());

    private final FakeVault vault = new FakeVault();
    private final Traces canaries =
            Traces.ofTexts(Stream.concat(COUNTIES.stream(), ILLNESSES.stream()).toList());

    @TempDir
    private static Path directory;

    private NamespaceHosts hosts;
    private TestCluster cluster;

    @BeforeAll
    void start() throws Exception {
        Optional<NamespaceHosts> opened = NamespaceHosts.open(TestCluster.HOSTS);
        assumeTrue(
                opened.isPresent(),
                "Skipped: this host lets no test make network namespaces with a bridge (iproute2).");
        hosts = opened.orElseThrow();
        assertThat(hosts.networks()).hasSize(1 + TestCluster.HOSTS.length).doesNotContain(NamespaceHosts.ownNetwork());
        System.out.println("ClusterKindsTest seed " + SEED);
        Random random = new Random(SEED);
        for (int batch = 0; batch < BATCHES; batch++) {
            ingest(batch, random);
        }
        cluster = new TestCluster(hosts, directory.resolve("cluster"), true);
        cluster.start();
    }

    @AfterAll
    void end() {
        if (hosts != null) {
            hosts.close();
        }
    }

    /** One executor is killed in its first task, and one between search and release, when what it held is gone. */
    @Test
    void element_ofTheCluster_isThatOfOneHost_thoughExecutorsAreKilled() throws Exception {
        EngineJob job = element("'redact','keepFirst':1");
        ClusterRun.Outcome alone = alone(job);
        List<String> killed = new ArrayList<>();
        List<byte[]> disk = new ArrayList<>();

        ClusterRun.Outcome outcome = onCluster(job, question -> {
            String at = placeOf(question);
            if (at.equals("guardReserve")) {
                disk.addAll(cluster.files());
            } else if (Set.of("illness", "guardKey").contains(at) && !killed.contains(at)) {
                killed.add(at);
                assertThat(cluster.executors().get(0).destroyForcibly()).isTrue();
            }
        });

        assertThat(outcome.result().problem()).isEmpty();
        assertThat(killed).containsExactly("illness", "guardKey");
        Map<String, byte[]> expected = ExitFixture.open(alone.sealed(), alone.result());
        Map<String, byte[]> files = ExitFixture.open(outcome.sealed(), outcome.result());
        assertThat(records(files)).hasSizeGreaterThan(400).isEqualTo(records(expected));
        assertThat(reportOf(files)).isEqualTo(reportOf(expected));
        assertThat(findings(outcome)).isEqualTo(findings(alone));
        assertThat(disk.stream().mapToLong(content -> content.length).sum()).isGreaterThan(10_000);
        assertThat(disk).noneMatch(canaries::in);
    }

    /** Which persons are drawn follows from the vault's key, on whatever host their records are. */
    @Test
    @EnabledIfSystemProperty(named = LONG_FORM, matches = "true")
    void privateElement_ofTheCluster_isTheDrawOfOneHost() throws Exception {
        EngineJob job = privateElement();
        ClusterRun.Outcome alone = alone(job);

        ClusterRun.Outcome outcome = onCluster(job, question -> {});

        assertThat(outcome.result().problem()).isEmpty();
        Map<String, byte[]> expected = ExitFixture.open(alone.sealed(), alone.result());
        Map<String, byte[]> files = ExitFixture.open(outcome.sealed(), outcome.result());
        // Of 240 persons with three records each: 152 on average, and six standard deviations are 45.
        assertThat(records(files)).hasSizeBetween(107, 198).isEqualTo(records(expected));
        assertThat(files.get("table.anonymization")).isEqualTo(expected.get("table.anonymization"));
        assertThat(findings(outcome)).isEqualTo(findings(alone));
    }

    /** The control of what is looked for on the workers' disks. */
    @Test
    @EnabledIfSystemProperty(named = LONG_FORM, matches = "true")
    void element_ofAnUnprotectedCluster_leavesItsValuesOnDisk() throws Exception {
        cluster.members().forEach(ProcessHandle::destroyForcibly);
        await(() -> cluster.members().isEmpty());
        TestCluster bare = new TestCluster(hosts, directory.resolve("bare"), false);
        bare.start();
        List<byte[]> disk = new ArrayList<>();
        ClusterRun.Outcome outcome = ClusterRun.of(
                bare.driver(UnprotectedEngineMain.class.getName(), ClusterTest.VISIBLE),
                element("'redact','keepFirst':1"),
                granting(),
                question -> {
                    if (placeOf(question).equals("guardReserve")) {
                        disk.addAll(bare.files());
                    }
                });
        bare.members().forEach(ProcessHandle::destroyForcibly);
        await(() -> bare.members().isEmpty());
        cluster.start();
        assertThat(outcome.result().problem()).isEmpty();
        assertThat(disk).anyMatch(canaries::in);
    }

    /** What a task refuses comes from another host, and is still the one refusal that says nothing of the records. */
    @Test
    @EnabledIfSystemProperty(named = LONG_FORM, matches = "true")
    void element_valueThatATaskRefuses_isRefusedAsOnOneHost() throws Exception {
        EngineJob job = element("'round','multiple':10");
        ClusterRun.Outcome alone = alone(job);
        assertThat(alone.result().status()).isEqualTo(EngineResult.Status.REFUSED);

        ClusterRun.Outcome outcome = onCluster(job, question -> {});

        assertThat(Json.write(outcome.result().toJson()))
                .contains("no-element")
                .isEqualTo(Json.write(alone.result().toJson()));
        assertThat(outcome.sealed()).isEmpty();
    }

    /** Where groups are too many for the driver, as of tables that a cluster is for: executors form the classes. */
    @Test
    @EnabledIfSystemProperty(named = LONG_FORM, matches = "true")
    void classes_formedByExecutors_areThoseOfOneHost() throws Exception {
        Process driver = cluster.driver(DistantClassesMain.class.getName(), List.of())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(driver.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        ended();
        assertThat(said)
                .isNotEmpty()
                .isEqualTo(DistantClassesMain.said(SharedSession.spark().newSession()));
    }

    @Test
    void publication_ofTheCluster_isThatOfOneHostBitForBit() throws Exception {
        EngineJob job = publication();
        ClusterRun.Outcome alone = alone(job);
        SolverSandbox.requireHost();
        Optional<EngineSpec> driver = driver();
        assumeTrue(driver.isPresent(), "Skipped: only the launcher starts a solver, and not on this host.");
        Path natives = SolverSandbox.natives(Files.createDirectory(directory.resolve("natives")));

        ClusterRun.Outcome outcome = ClusterRun.sandboxed(
                driver.orElseThrow(), Optional.of(SolverSandbox.solver(natives)), job, granting(), question -> {});
        ended();

        assertThat(outcome.result().problem()).isEmpty();
        Map<String, byte[]> expected = ExitFixture.open(alone.sealed(), alone.result());
        Map<String, byte[]> files = ExitFixture.open(outcome.sealed(), outcome.result());
        for (String name : List.of("table.csv", "table.json", "table.arrow")) {
            assertThat(files.get(name)).as(name).isNotEmpty().isEqualTo(expected.get(name));
        }
        assertThat(findings(outcome)).isEqualTo(findings(alone));
        // The rare cell, and what protects it: a table that withholds nothing needs no solver.
        assertThat(Json.parseObject(files.get("table.json"))
                        .list("suppressed", cell -> cell)
                        .size())
                .isGreaterThanOrEqualTo(4);
    }

    @Test
    @EnabledIfSystemProperty(named = LONG_FORM, matches = "true")
    void replay_onTheCluster_countsTheCellsOfOneHost() throws Exception {
        EngineJob job = replay();
        ClusterRun.Outcome alone = alone(job);

        ClusterRun.Outcome outcome = onCluster(job, question -> {});

        assertThat(Json.write(outcome.result().toJson()))
                .isEqualTo(Json.write(alone.result().toJson()));
        ReplayVerdict verdict = ReplayVerdict.parse(
                JsonObject.of(outcome.result().report().orElseThrow().protection())
                        .object("replay"));
        assertThat(verdict.cellsReplayed()).isTrue();
        assertThat(verdict.cells()).isEqualTo(8);
        assertThat(verdict.newlyWithheld()).isEqualTo(7);
    }

    private ClusterRun.Outcome onCluster(EngineJob job, ClusterRun.Onlooker onlooker) throws Exception {
        Optional<EngineSpec> sandboxed = driver();
        ClusterRun.Outcome outcome = sandboxed.isPresent()
                ? ClusterRun.sandboxed(sandboxed.get(), job, granting(), onlooker)
                : ClusterRun.of(
                        cluster.driver(EngineMain.class.getName(), ClusterTest.VISIBLE), job, granting(), onlooker);
        ended();
        return outcome;
    }

    private Optional<EngineSpec> driver() {
        return cluster.sandboxedDriver(table().getParent(), ClusterTest.VISIBLE);
    }

    /** Executors end with their driver; the next one's would find their port taken. */
    private void ended() {
        await(() -> cluster.executors().isEmpty());
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(50_000_000);
        }
    }

    /** The column whose key is asked for, or else what is asked. */
    private static String placeOf(JsonObject question) {
        String op = question.string("op");
        return op.equals("unwrapKeys") ? question.objects("columns").get(0).string("name") : op;
    }

    /** The same job by this very process. */
    private ClusterRun.Outcome alone(EngineJob job) {
        FakeChannel channel = new FakeChannel(granting());
        SparkSession spark = ExitFixture.session(2);
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        EngineResult result;
        if (job instanceof EngineJob.AnonymizeJob element) {
            ChannelVault questions = channel.vaultOf(element);
            result = ElementExit.run(spark, element, questions, questions, sealed::writeBytes, channel.sink());
        } else if (job instanceof EngineJob.PublicationJob publication) {
            ChannelVault questions = channel.vaultOf(publication);
            result = PlannedExit.run(
                    spark,
                    publication,
                    questions,
                    questions,
                    new InProcessSolver(),
                    sealed::writeBytes,
                    channel.sink());
        } else {
            EngineJob.ReplayJob replay = (EngineJob.ReplayJob) job;
            result = PolicyReplay.run(spark, replay, channel.vaultOf(replay));
        }
        return new ClusterRun.Outcome(result, sealed.toByteArray());
    }

    /** Their order is drawn at random. */
    private static List<String> records(Map<String, byte[]> files) {
        return new String(files.get("table.csv"), StandardCharsets.UTF_8)
                .lines()
                .sorted()
                .toList();
    }

    /** Risks and quality, which are exact; how long the search took is another matter. */
    private static String reportOf(Map<String, byte[]> files) {
        String report = new String(files.get("table.anonymization"), StandardCharsets.UTF_8);
        String timeless = report.replaceAll("\"seconds\":[^,}]*", "\"seconds\":0");
        assertThat(timeless).isNotEqualTo(report);
        return timeless;
    }

    private static String findings(ClusterRun.Outcome outcome) {
        return Json.write(outcome.result().report().orElseThrow().toJson());
    }

    private FakeVault granting() {
        return vault.forgetful().grant("visits", "__footer", "__log", "__unit", "county", "age", "illness", "fee");
    }

    private static Path table() {
        return directory.resolve("tables").resolve("visits");
    }

    private void ingest(int batch, Random random) throws IOException {
        StringBuilder csv = new StringBuilder("person,name,county,age,illness,fee\n");
        for (int i = 0; i < PERSONS; i++) {
            String county = COUNTIES.get(random.nextInt(COUNTIES.size()));
            String illness = ILLNESSES.get(random.nextInt(ILLNESSES.size()));
            if (county.equals(WEST) && illness.equals(RARE) && i >= RARELY) {
                illness = ILLNESSES.get(0);
            }
            csv.append("P")
                    .append(i)
                    .append(",name")
                    .append(i)
                    .append(',')
                    .append(county)
                    .append(',');
            csv.append(20 + i % 60).append(',').append(illness).append(',');
            csv.append(batch == 1 && i == 7 ? "none" : String.valueOf(10 + random.nextInt(80)))
                    .append('\n');
        }
        new IngestFixture(directory, vault)
                .loadCsv(
                        csv.toString(),
                        column("person", "STRING"),
                        column("name", "STRING"),
                        column("county", "STRING"),
                        column("age", "LONG"),
                        column("illness", "STRING"),
                        column("fee", "STRING"));
    }

    private static EngineJob element(String masking) {
        String counties = COUNTIES.stream()
                .map(county -> "['" + county + "','*']")
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        String spec = ("{'attributes':[{'name':'age','role':'QUASI_IDENTIFIER','dataType':'integer'},"
                        + "{'name':'county','role':'QUASI_IDENTIFIER','hierarchy':{'rows':[" + counties + "]}},"
                        + "{'name':'illness','role':'SENSITIVE'},"
                        + "{'name':'fee','role':'INSENSITIVE','masking':{'method':" + masking + "}}],"
                        + "'privacyModels':[{'model':'k-anonymity','k':11},"
                        + "{'model':'distinct-l-diversity','attribute':'illness','l':2}],"
                        + "'search':{'algorithm':'mondrian','mode':'relaxed'}}")
                .replace('\'', '"');
        Agreement agreement = agreement(Optional.of(TERMS));
        return anonymize(spec, agreement);
    }

    private static EngineJob anonymize(String spec, Agreement agreement) {
        return new EngineJob.AnonymizeJob(
                "job-1",
                "{\"dataset\":\"visits\",\"spec\":" + spec + "}",
                agreement.toText(),
                List.of(),
                grant(agreement),
                tablePaths(),
                ExitFixture.reviewKey(),
                5_000_000);
    }

    private static EngineJob privateElement() {
        String ages =
                IntStream.range(20, 80).mapToObj(age -> "['" + age + "','*']").collect(Collectors.joining(","));
        String counties =
                COUNTIES.stream().map(county -> "['" + county + "','*']").collect(Collectors.joining(","));
        String spec = ("{'attributes':[{'name':'age','role':'QUASI_IDENTIFIER','minLevel':1,'hierarchy':{'rows':["
                        + ages
                        + "]}},{'name':'county','role':'QUASI_IDENTIFIER','minLevel':1,'hierarchy':{'rows':[" + counties
                        + "]}}],'privacyModels':[{'model':'differential-privacy','generalization':'MEDIUM',"
                        + "'epsilon':1,'delta':0.000001}]}")
                .replace('\'', '"');
        Agreement agreement = agreement(
                Optional.of(TERMS),
                Optional.of(new PrivacyClause(5_000_000, 500_000, 1_000_000, 1, 1, Map.of(), Map.of())));
        return anonymize(spec, agreement);
    }

    private static EngineJob publication() {
        Agreement agreement = agreement(Optional.empty()).withPublications(List.of(CUBE));
        return new EngineJob.PublicationJob(
                "job-1",
                1,
                agreement.toText(),
                List.of(),
                grant(agreement),
                tablePaths(),
                ExitFixture.reviewKey(),
                1_000_000);
    }

    /** Of the cells that may be published one has more persons than these: the west's of the first illness. */
    private static EngineJob replay() {
        Agreement agreement = agreement(Optional.of(TERMS));
        return new EngineJob.ReplayJob(
                "job-1",
                "SELECT county, illness, count(*) AS n FROM visits GROUP BY county, illness",
                agreement.toText(),
                List.of(),
                grant(agreement),
                Json.write(RuleChange.of(List.of("min-units=100")).toJson()),
                tablePaths());
    }

    private static Map<String, String> tablePaths() {
        return Map.of("visits", table().toString());
    }

    private static Agreement agreement(Optional<ElementTerms> terms) {
        return agreement(terms, Optional.empty());
    }

    private static Agreement agreement(Optional<ElementTerms> terms, Optional<PrivacyClause> clause) {
        return new Agreement(
                "agreement-1",
                "provider",
                "developer",
                "ed25519:a",
                "ed25519:b",
                "flu",
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2027-01-01T00:00:00Z"),
                RULES.minUnits(),
                List.of(new Permission(
                        "visits", Map.of("county", Set.of(GROUP_BY), "illness", Set.of(GROUP_BY)), terms)),
                clause);
    }

    private static String grant(Agreement agreement) {
        GrantedTable granted = new GrantedTable(
                "visits",
                "visits",
                BATCHES - 1,
                "persons",
                "person",
                List.of(
                        new GrantedColumn("person", "STRING", Set.of()),
                        new GrantedColumn("name", "STRING", Set.of()),
                        new GrantedColumn("county", "STRING", Set.of(GROUP_BY)),
                        new GrantedColumn("age", "LONG", Set.of()),
                        new GrantedColumn("illness", "STRING", Set.of(GROUP_BY)),
                        new GrantedColumn("fee", "STRING", Set.of())),
                agreement.permissions().get(0).element());
        return new AccessGrant(
                        "grant-1",
                        agreement.uid(),
                        ExitFixture.digest(agreement.toText()),
                        "developer",
                        agreement.purpose(),
                        agreement.validFrom(),
                        agreement.validUntil(),
                        RULES,
                        List.of(granted),
                        agreement.privacy())
                .toText();
    }
}
