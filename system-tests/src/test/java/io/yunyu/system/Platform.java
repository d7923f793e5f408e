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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A whole installation under test: real vault, control plane, database and engines, and the people of the demo. */
final class Platform implements AutoCloseable {
    private final Installation installation;
    private final DemoParties parties;
    private String address;

    private Platform(Installation installation, DemoParties parties, String address) {
        this.installation = installation;
        this.parties = parties;
        this.address = address;
    }

    static Platform start(Path home) throws Exception {
        Files.createDirectories(home.resolve("keys"));
        Installation installation = Installation.start(Command.root(), home, List.of(), 0);
        try {
            String address = installation.awaitAddress();
            return new Platform(
                    installation,
                    DemoParties.register(address, installation.operatorCredentials(), home.resolve("keys")),
                    address);
        } catch (Exception | Error e) {
            installation.close();
            throw e;
        }
    }

    Path inbox() {
        return installation.home().resolve("inbox");
    }

    Path home() {
        return installation.home();
    }

    String address() {
        return address;
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

    /** kill -9. */
    void killControlPlane() throws Exception {
        ProcessHandle process = ProcessHandle.of(controlPlanePid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get();
    }

    void restartControlPlane() throws Exception {
        installation.restartControlPlane(List.of(), 0);
        address = installation.awaitAddress();
        parties.moveTo(address);
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

    @Override
    public void close() {
        installation.close();
    }
}
