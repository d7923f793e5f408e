package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.cli.client.ApiClient;
import io.yunyu.cli.client.JobClient;
import io.yunyu.cli.command.AgreementCommand;
import io.yunyu.cli.command.IngestCommand;
import io.yunyu.cli.command.ReviewCommand;
import io.yunyu.cli.demo.DemoParties;
import io.yunyu.cli.demo.DemoParties.Role;
import io.yunyu.cli.demo.Installation;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.system.egress.DatabaseRows;
import io.yunyu.system.egress.Egress;
import io.yunyu.system.egress.RecordingRelay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A whole installation under test: real vault, control plane, database and engines, and the people of the demo. */
final class Platform implements AutoCloseable {
    private static final Duration ENGINE_LIMIT = Duration.ofSeconds(180);

    private Installation installation;
    private final DemoParties parties;
    private final RecordingRelay relay;
    private boolean goesOn;

    private static @Nullable Platform shared;

    private Platform(Installation installation, DemoParties parties, RecordingRelay relay) {
        this.installation = installation;
        this.parties = parties;
        this.relay = relay;
    }

    static Platform start(Path home) throws Exception {
        return start(home, List.of());
    }

    private static Platform start(Path home, List<String> properties) throws Exception {
        EngineArchive.prepare();
        Files.createDirectories(home.resolve("keys"));
        Installation installation = Installation.start(Command.root(), home, List.of(), 0, properties);
        try {
            RecordingRelay relay = RecordingRelay.before(installation.awaitAddress());
            return new Platform(
                    installation,
                    DemoParties.register(relay.address(), installation.operatorCredentials(), home.resolve("keys")),
                    relay);
        } catch (Exception | Error e) {
            installation.close();
            throw e;
        }
    }

    /**
     * The one installation of this test process, for tests that harm none of its processes and name a dataset of their own;
     * closing it searches it, and it goes on. In the long form of the tests each has its own.
     *
     * @param home of an own one
     */
    static synchronized Platform shared(Path home) throws Exception {
        if (Heavy.ON) {
            return start(home);
        }
        if (shared == null) {
            // By its name not taken for something left beside a test's directories.
            Path directory = Files.createTempDirectory("junit-shared");
            // Engines of a test that is over are ended soon: another test needs the memory.
            Platform started = start(directory.resolve("home"), List.of("--yunyu.warm.idle-seconds=60"));
            started.goesOn = true;
            Runtime.getRuntime().addShutdownHook(new Thread(() -> started.end(directory)));
            shared = started;
        }
        return shared;
    }

    private void end(Path directory) {
        installation.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            System.err.println("left behind: " + directory);
        }
    }

    Path inbox() {
        return installation.home().resolve("inbox");
    }

    Path home() {
        return installation.home();
    }

    /** A file of the provider in the inbox. It holds planted values; nothing that leaves may. */
    Path source(String name, CharSequence content) throws IOException {
        return Files.writeString(Egress.source(inbox().resolve(name)), content);
    }

    /** Whoever calls here has all answers kept for the search of what leaves. */
    String address() {
        return relay.address();
    }

    DemoParties parties() {
        return parties;
    }

    ApiClient as(Role role) {
        return parties.client(role);
    }

    long controlPlanePid() {
        return installation.controlPlanePid();
    }

    /** A connection by the side door to the installation's own database. */
    Connection database() throws Exception {
        Path directory = home().resolve("pg");
        String port = Files.readAllLines(directory.resolve("data/postmaster.pid"))
                .get(3)
                .strip();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                "yunyu",
                Files.readString(directory.resolve("password")).strip());
    }

    /** The process of a job's engine, by the launcher's record; waits until there is one that is none of these. */
    long awaitEngine(String job, Set<Long> others) throws InterruptedException {
        long deadline = System.nanoTime() + ENGINE_LIMIT.toNanos();
        while (true) {
            for (JsonObject engine : as(Role.OPERATOR).get("/api/v1/engines").objects("processes")) {
                if (engine.string("jobId").equals(job) && !others.contains(engine.longValue("pid"))) {
                    return engine.longValue("pid");
                }
            }
            assertThat(System.nanoTime()).as("the job reaches an engine").isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    /** kill -9 of the engine that runs this job. */
    void killEngine(String job) throws InterruptedException {
        assertThat(ProcessHandle.of(awaitEngine(job, Set.of())).map(ProcessHandle::destroyForcibly))
                .as("an engine that lives")
                .contains(true);
    }

    /** kill -9. */
    void killControlPlane() throws Exception {
        ProcessHandle process = ProcessHandle.of(controlPlanePid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get();
    }

    void restartControlPlane() throws Exception {
        installation.restartControlPlane(List.of(), 0);
        relay.moveTo(installation.awaitAddress());
        parties.moveTo(relay.address());
    }

    /** Something to be done while no process of the installation runs. */
    interface Interlude {
        void run() throws Exception;
    }

    /** Ends all processes and starts them again over the same home. @param properties of the control plane */
    void restart(List<String> properties, Interlude between) throws Exception {
        Path home = home();
        installation.close();
        between.run();
        installation = Installation.start(Command.root(), home, List.of(), 0, properties);
        relay.moveTo(installation.awaitAddress());
        parties.moveTo(relay.address());
    }

    IngestOrder order(String dataset, String unit, Source source, List<AttributeSpec> attributes) {
        return new IngestOrder(
                dataset,
                "测试数据",
                "Test data",
                DemoParties.PROVIDER,
                parties.publicKey(Role.STEWARD),
                dataset,
                unit,
                "CONDITIONAL",
                "ORIGINAL",
                LocalDate.of(2026, 10, 31),
                true,
                true,
                source,
                attributes);
    }

    /** Sends an order and returns at once with its id. */
    String send(IngestOrder order) {
        return as(Role.STEWARD)
                .post(
                        "/api/v1/ingests",
                        Json.object(
                                "order",
                                order.toText(),
                                "signature",
                                parties.signer(Role.STEWARD)
                                        .sign(IngestOrder.TYPE, order.toText())
                                        .toJson()))
                .string("id");
    }

    JsonObject ingest(IngestOrder order) throws Exception {
        return IngestCommand.send(as(Role.STEWARD), order.toText(), parties.signer(Role.STEWARD), Optional.empty());
    }

    /** An agreement that nobody has signed yet. */
    Agreement draft(int minUnits, Permission... permissions) {
        return draft(minUnits, Optional.empty(), permissions);
    }

    private Agreement draft(int minUnits, Optional<PrivacyClause> privacy, Permission... permissions) {
        return draft(text(minUnits, privacy, permissions));
    }

    private Agreement draft(Agreement agreement) {
        as(Role.DEVELOPER).post("/api/v1/agreements", Json.object("document", agreement.toText()));
        return agreement;
    }

    /** An agreement that nobody has sent yet. */
    Agreement text(int minUnits, Permission... permissions) {
        return text(minUnits, Optional.empty(), permissions);
    }

    private Agreement text(int minUnits, Optional<PrivacyClause> privacy, Permission... permissions) {
        return new Agreement(
                "agreement-" + UUID.randomUUID(),
                DemoParties.PROVIDER,
                DemoParties.DEVELOPER,
                parties.publicKey(Role.STEWARD),
                parties.publicKey(Role.DEVELOPER),
                "测试",
                Instant.now().minus(1, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS),
                Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS),
                minUnits,
                List.of(permissions),
                privacy);
    }

    String agree(int minUnits, Permission... permissions) throws Exception {
        return agree(minUnits, Optional.empty(), permissions);
    }

    String agree(int minUnits, Optional<PrivacyClause> privacy, Permission... permissions) throws Exception {
        return sign(text(minUnits, privacy, permissions));
    }

    /** Sends the agreement and has both parties sign it. */
    String sign(Agreement agreement) throws Exception {
        String id = draft(agreement).uid();
        AgreementCommand.sign(as(Role.DEVELOPER), id, parties.signer(Role.DEVELOPER));
        JsonObject signed = AgreementCommand.sign(as(Role.STEWARD), id, parties.signer(Role.STEWARD));
        assertThat(signed.string("state")).isEqualTo("ACTIVE");
        return id;
    }

    String submit(String agreement, String sql) {
        return new JobClient(as(Role.DEVELOPER))
                .submit(agreement, sql, Optional.of(UUID.randomUUID().toString()))
                .string("id");
    }

    JsonObject job(String id) {
        return as(Role.DEVELOPER).get("/api/v1/jobs/" + id);
    }

    JsonObject awaitRest(String id) {
        return new JobClient(as(Role.DEVELOPER)).awaitRest("/api/v1/jobs/" + id, "job");
    }

    void approve(String id) throws Exception {
        ReviewCommand.decide(as(Role.REVIEWER), id, true, "", Optional.of(parties.signer(Role.REVIEWER)));
    }

    /** Hands over what can only be seen while it runs: rows, and command lines and environments of its processes. */
    @Override
    public void close() {
        try {
            if (goesOn) {
                leave();
                Egress.check(List.of(home()));
                return;
            }
            try (Installation ending = installation;
                    relay) {
                leave();
            }
        } catch (Exception e) {
            throw new AssertionError("What left by the database or the processes could not be searched.", e);
        }
    }

    private void leave() throws Exception {
        requireOnlySources();
        try (Connection database = database()) {
            assertThat(DatabaseRows.leave(database)).as("rows searched").isPositive();
        }
        for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
            for (String part : List.of("cmdline", "environ")) {
                leave(Path.of("/proc/" + process.pid(), part));
            }
        }
    }

    private static void leave(Path file) throws IOException {
        try {
            Egress.stream(file.getFileName() + " of a process").write(Files.readAllBytes(file));
        } catch (IOException gone) {
            // A process that has ended shows nothing any more.
            return;
        }
    }

    private void requireOnlySources() throws IOException {
        try (Stream<Path> files = Files.list(inbox())) {
            assertThat(files).as("files in the inbox, by Platform.source()").allMatch(Egress::isSource);
        }
    }
}
