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

/**
 * What a developer waits for: from submitting a query to its candidate in review, through the whole platform, with an
 * engine started for the job. Engines that are started before their job comes do not exist yet.
 */
final class LatencyBench {
    private static final int PERSONS = 100_000;

    private LatencyBench() {}

    static void run(Path directory, int rounds) throws Exception {
        Path root =
                Path.of(System.getProperty("yunyu.root", ".")).toAbsolutePath().normalize();
        try (Site site = new Site(root, directory.resolve("site"))) {
            new Rounds()
                    .side("cold engine", site::job)
                    .side("cold engine again (A/A)", site::job)
                    .run(rounds)
                    .print("submit to review, outpatient visits of " + PERSONS + " persons")
                    .ratio("cold engine again (A/A)", "cold engine");
        }
    }

    /** An installation with one dataset and one agreement. */
    private static final class Site implements AutoCloseable {
        private final Installation installation;
        private final DemoParties parties;
        private final String agreement;

        Site(Path root, Path home) throws Exception {
            Files.createDirectories(home.resolve("keys"));
            Files.createDirectories(home.resolve("inbox"));
            Generator.write(
                    Table.MED_OUTPATIENT,
                    PERSONS,
                    BenchData.SEED,
                    false,
                    home.resolve("inbox/visits.csv"),
                    home.resolve("inbox/visits.dirt.csv"),
                    (rows, done, total) -> {});
            installation = Installation.start(root, home, List.of(), 0);
            parties = DemoParties.register(
                    installation.awaitAddress(), installation.operatorCredentials(), home.resolve("keys"));
            JsonObject ingested = IngestCommand.send(
                    parties.client(Role.STEWARD), order().toText(), parties.signer(Role.STEWARD), Optional.empty());
            JobClient.require(ingested, "DONE");
            agreement = agree();
        }

        /** One job. */
        double job() throws Exception {
            JobClient jobs = new JobClient(parties.client(Role.DEVELOPER));
            long begin = System.nanoTime();
            String id = jobs.submit(
                            agreement,
                            "SELECT prefecture, dept, count(*) AS n, avg(fee_total) AS fee FROM visits GROUP BY prefecture, dept",
                            Optional.of(UUID.randomUUID().toString()))
                    .string("id");
            JsonObject job = jobs.awaitRest("/api/v1/jobs/" + id, "job");
            JobClient.require(job, "IN_REVIEW");
            return (System.nanoTime() - begin) / 1e9;
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
}
