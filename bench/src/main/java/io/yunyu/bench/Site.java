package io.yunyu.bench;

import io.yunyu.cli.client.JobClient;
import io.yunyu.cli.command.AgreementCommand;
import io.yunyu.cli.command.IngestCommand;
import io.yunyu.cli.demo.DemoParties;
import io.yunyu.cli.demo.DemoParties.Role;
import io.yunyu.cli.demo.Installation;
import io.yunyu.cli.generate.Generator;
import io.yunyu.cli.generate.Table;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** An installation with one dataset and one agreement. */
final class Site implements AutoCloseable {
    static final String SQL =
            "SELECT prefecture, dept, count(*) AS n, avg(fee_total) AS fee FROM visits GROUP BY prefecture, dept";
    private static final Set<String> MOVING = Set.of("SUBMITTED", "RUNNING");
    private static final long PAUSE_MILLIS = 20;
    private static final long REST_MILLIS = 500;

    private final Installation installation;
    private final DemoParties parties;
    private final String agreement;

    /** @param properties settings of its control plane */
    Site(Path root, Path home, int persons, List<String> properties) throws Exception {
        Files.createDirectories(home.resolve("keys"));
        Files.createDirectories(home.resolve("inbox"));
        Generator.write(
                Table.MED_OUTPATIENT,
                persons,
                BenchData.SEED,
                false,
                home.resolve("inbox/visits.csv"),
                home.resolve("inbox/visits.dirt.csv"),
                (rows, done, total) -> {});
        installation = Installation.start(root, home, List.of(), 0, properties);
        parties = DemoParties.register(
                installation.awaitAddress(), installation.operatorCredentials(), home.resolve("keys"));
        JsonObject ingested = IngestCommand.send(
                parties.client(Role.STEWARD), order().toText(), parties.signer(Role.STEWARD), Optional.empty());
        JobClient.require(ingested, "DONE");
        agreement = agree();
    }

    /** One job, from its submission to its candidate in review. @return seconds */
    double job() throws Exception {
        long begin = System.nanoTime();
        awaitReview(submit());
        return (System.nanoTime() - begin) / 1e9;
    }

    String submit() {
        return new JobClient(parties.client(Role.DEVELOPER))
                .submit(agreement, SQL, Optional.of(UUID.randomUUID().toString()))
                .string("id");
    }

    void awaitReview(String id) throws Exception {
        while (true) {
            JsonObject job = parties.client(Role.DEVELOPER).get("/api/v1/jobs/" + id);
            if (!MOVING.contains(job.string("state"))) {
                JobClient.require(job, "IN_REVIEW");
                return;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Waits until so many idle engines have rehearsed, and the server has rested a moment. @return seconds */
    double awaitRehearsed(int engines) throws Exception {
        long begin = System.nanoTime();
        while (parties.client(Role.OPERATOR).get("/api/v1/engines").intValue("rehearsed") < engines) {
            Thread.sleep(PAUSE_MILLIS);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        Thread.sleep(REST_MILLIS);
        return seconds;
    }

    JsonObject engines() {
        return parties.client(Role.OPERATOR).get("/api/v1/engines");
    }

    Path source() {
        return installation.home().resolve("inbox/visits.csv");
    }

    private IngestOrder order() {
        List<AttributeSpec> columns = Table.MED_OUTPATIENT.columns().stream()
                .map(c -> new AttributeSpec(
                        c.name(),
                        c.type(),
                        AttributeRole.QUASI_IDENTIFIER,
                        2,
                        c.identifier(),
                        c.required(),
                        c.titleZh(),
                        c.titleEn()))
                .toList();
        return new IngestOrder(
                "visits",
                "门诊",
                "Visits",
                DemoParties.PROVIDER,
                parties.publicKey(Role.STEWARD),
                "person",
                "id_no",
                "CONDITIONAL",
                "ORIGINAL",
                LocalDate.of(2026, 10, 31),
                true,
                true,
                new Source.Csv("visits.csv", ","),
                columns);
    }

    private String agree() throws Exception {
        Map<String, Set<ColumnUse>> columns = Map.of(
                "prefecture",
                Set.of(ColumnUse.GROUP_BY),
                "dept",
                Set.of(ColumnUse.GROUP_BY),
                "fee_total",
                Set.of(ColumnUse.MEASURE));
        Agreement text = new Agreement(
                "bench-" + UUID.randomUUID(),
                DemoParties.PROVIDER,
                DemoParties.DEVELOPER,
                parties.publicKey(Role.STEWARD),
                parties.publicKey(Role.DEVELOPER),
                "benchmark",
                Instant.now().minus(1, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS),
                Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS),
                10,
                List.of(new Permission("visits", columns)));
        String id = parties.client(Role.DEVELOPER)
                .post("/api/v1/agreements", Json.object("document", text.toText()))
                .string("id");
        AgreementCommand.sign(parties.client(Role.DEVELOPER), id, parties.signer(Role.DEVELOPER));
        AgreementCommand.sign(parties.client(Role.STEWARD), id, parties.signer(Role.STEWARD));
        return id;
    }

    @Override
    public void close() {
        installation.close();
    }
}
