package io.yunyu.cli.demo;

import io.yunyu.cli.client.ApiClient;
import io.yunyu.cli.client.Console;
import io.yunyu.cli.client.JobClient;
import io.yunyu.cli.client.TextTable;
import io.yunyu.cli.command.AgreementCommand;
import io.yunyu.cli.command.IngestCommand;
import io.yunyu.cli.command.ReviewCommand;
import io.yunyu.cli.demo.DemoParties.Role;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.ledger.release.VerifyMain;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The main job, step by step, through the same doors that everyone uses, with the evidence of each step. */
final class DemoRun {
    private final DemoOptions options;
    private final DemoData data;
    private final Path out;
    private final long begin = System.nanoTime();

    DemoRun(DemoOptions options, DemoData data) {
        this.options = options;
        this.data = data;
        this.out = options.out();
    }

    /** @return exit code */
    int run(Path root) throws Exception {
        Path home = DemoHome.fresh(out);
        CompletableFuture<Void> generated = CompletableFuture.runAsync(() -> prepare(home.resolve("inbox")));
        step("Start", "database, control plane, vault");
        try (Installation installation = Installation.start(root, home, data.inboxes(), options.port(), properties())) {
            String address = installation.awaitAddress();
            evidence("server at " + address + "; keys in a process of their own");
            generated.join();
            DemoParties parties =
                    DemoParties.register(address, installation.operatorCredentials(), home.resolve("keys"));
            ingest(parties, home);
            String agreement = agree(parties);
            refuse(parties, agreement);
            JsonObject released = submitAndRelease(parties, agreement);
            ReleaseFiles files = fetch(parties, released);
            Map<String, Object> result = finish(files, released);
            if (options.serve()) {
                serve(installation, parties, address, agreement, released.string("releaseId"));
            }
            Console.progress("");
            if (options.json()) {
                Console.result(result);
            }
            if (options.serve()) {
                return installation.awaitEnd() == 0 ? 0 : 1;
            }
        }
        return 0;
    }

    /** Both tables are loaded side by side, and engines for the check and the query are started while the longer load runs. */
    private List<String> properties() {
        return List.of("--yunyu.engine.slots=2", "--yunyu.warm.ahead=check," + String.join("+", data.datasets()));
    }

    private void prepare(Path inbox) {
        try {
            Files.createDirectories(inbox);
            data.prepare(inbox);
        } catch (java.io.IOException e) {
            throw new ProblemException(
                    ProblemCode.DISK_FULL, "The generated data could not be written to " + inbox + ".");
        }
    }

    private void ingest(DemoParties parties, Path home) throws Exception {
        step(
                "Ingest",
                "the provider signs an order for each dataset; an engine in the sandbox loads, checks and encrypts");
        ApiClient steward = parties.client(Role.STEWARD);
        Map<String, CompletableFuture<JsonObject>> loads = new LinkedHashMap<>();
        for (IngestOrder order : data.orders(DemoParties.PROVIDER, parties.publicKey(Role.STEWARD))) {
            String text = order.toText();
            loads.put(
                    order.dataset(),
                    CompletableFuture.supplyAsync(
                            () -> IngestCommand.send(steward, text, parties.signer(Role.STEWARD), Optional.empty())));
        }
        for (Map.Entry<String, CompletableFuture<JsonObject>> load : loads.entrySet()) {
            JsonObject done = awaitLoad(load.getValue());
            JobClient.require(done, "DONE");
            JsonObject report = done.object("report");
            evidence(load.getKey() + ": " + report.longValue("rowsLoaded") + " of " + report.longValue("rowsRead")
                    + " rows loaded, problems kept aside: "
                    + Json.write(report.object("problems").asMap()));
            evidence("batch " + report.string("batchDigest"));
        }
        CiphertextEvidence found =
                CiphertextEvidence.search(home.resolve("inbox").resolve(data.evidenceSource()), home.resolve("tables"));
        evidence(found.hits() + " of " + found.files() + " files at rest (" + found.bytes() / 1024
                + " KiB) hold any of " + found.values() + " values looked for");
        if (found.hits() > 0) {
            throw new ProblemException(ProblemCode.INTERNAL, "Original values were found in files at rest.");
        }
    }

    private static JsonObject awaitLoad(CompletableFuture<JsonObject> load) {
        try {
            return load.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ProblemException problem ? problem : e;
        }
    }

    private String agree(DemoParties parties) throws Exception {
        step("Agreement", "both parties sign with keys that the server does not hold; the grant is compiled from it");
        ApiClient developer = parties.client(Role.DEVELOPER);
        Agreement agreement = new Agreement(
                "agreement-" + java.util.UUID.randomUUID(),
                DemoParties.PROVIDER,
                DemoParties.DEVELOPER,
                parties.publicKey(Role.STEWARD),
                parties.publicKey(Role.DEVELOPER),
                "演示：门诊利用的统计 / demonstration",
                Instant.now().minus(1, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS),
                Instant.now().plus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS),
                options.minUnits(),
                data.permissions(id -> parties.client(Role.STEWARD).get("/api/v1/datasets/" + id)));
        String id = developer
                .post("/api/v1/agreements", Json.object("document", agreement.toText()))
                .string("id");
        AgreementCommand.sign(developer, id, parties.signer(Role.DEVELOPER));
        JsonObject signed = AgreementCommand.sign(parties.client(Role.STEWARD), id, parties.signer(Role.STEWARD));
        evidence(id + ": " + signed.string("state"));
        return id;
    }

    private void refuse(DemoParties parties, String agreement) {
        step("Check", "a query that asks for rows is refused before anything runs");
        String table = data.orders(DemoParties.PROVIDER, parties.publicKey(Role.STEWARD))
                .get(0)
                .dataset();
        JsonObject verdict = parties.client(Role.DEVELOPER)
                .post("/api/v1/checks", Json.object("agreementId", agreement, "sql", "SELECT * FROM " + table));
        for (JsonObject finding : verdict.objects("findings")) {
            evidence("SELECT * FROM " + table + ": " + verdict.string("verdict") + ", " + finding.string("rule") + ". "
                    + Console.say(finding.string("suggestion")));
        }
    }

    private JsonObject submitAndRelease(DemoParties parties, String agreement) throws Exception {
        step("Submit", "the query runs on the encrypted records in the sandbox");
        ApiClient developer = parties.client(Role.DEVELOPER);
        Console.progress(data.query().strip().indent(6).stripTrailing());
        JobClient jobs = new JobClient(developer);
        String id = jobs.submit(agreement, data.query(), Optional.empty()).string("id");
        JsonObject job = jobs.awaitRest("/api/v1/jobs/" + id, "query");
        if (!job.string("state").equals("IN_REVIEW")) {
            io.yunyu.cli.command.CheckCommand.printFindings(job);
        }
        JobClient.require(job, "IN_REVIEW");
        evidence(id + " waits, sealed, for the provider's review");

        step("Review", "the provider opens the protected table and signs an approval with a key of its own");
        JsonObject review = ReviewCommand.decide(
                parties.client(Role.REVIEWER), id, true, "", Optional.of(parties.signer(Role.REVIEWER)));
        evidence("decision: " + review.string("state"));
        JsonObject released = jobs.awaitRest("/api/v1/jobs/" + id, "release");
        JobClient.require(released, "RELEASED");
        return released;
    }

    private ReleaseFiles fetch(DemoParties parties, JsonObject released) throws Exception {
        step("Release", "table, citation, proof");
        ApiClient developer = parties.client(Role.DEVELOPER);
        ReleaseFiles files =
                ReleaseFiles.of(developer.getBytes("/api/v1/releases/" + released.string("releaseId") + "/bundle"));
        files.write(out, developer.getBytes("/api/v1/trust"));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream quiet = new PrintStream(said, true, StandardCharsets.UTF_8);
        int verified = VerifyMain.run(
                new String[] {
                    out.resolve("release.yunyu").toString(),
                    "--trust",
                    out.resolve("trust.pub").toString()
                },
                quiet,
                quiet);
        evidence("verify-release: " + (verified == 0 ? "verified offline against trust.pub" : "NOT VERIFIED"));
        if (verified != 0) {
            throw new ProblemException(
                    ProblemCode.INTERNAL, "The release does not verify:\n" + said.toString(StandardCharsets.UTF_8));
        }
        return files;
    }

    private Map<String, Object> finish(ReleaseFiles files, JsonObject released) throws Exception {
        JsonObject table = files.table();
        double seconds = (System.nanoTime() - begin) / 1e9;
        Map<String, Object> result = Json.object(
                "jobId", released.string("id"),
                "releaseId", released.string("releaseId"),
                "rows", (long) table.list("rows", r -> 1).size(),
                "suppressedCells", files.report().longValue("suppressedCells"),
                "seconds", java.math.BigDecimal.valueOf(Math.round(seconds * 10), 1),
                "checkpoint", files.text("checkpoint.txt"));
        Files.write(out.resolve("result.json"), Json.bytes(result));
        if (!options.json()) {
            Console.result("");
            Console.result(TextTable.render(table, 40));
            if (Long.valueOf(0).equals(result.get("rows"))) {
                Console.result("No group is large enough to be published. Try more persons, or coarser groups.");
            }
            Console.result("x = withheld: fewer than " + options.minUnits()
                    + " persons, or one who dominates. Counts carry cell-key noise.");
            Console.result("");
            Console.result(files.text("citation.txt").strip());
        }
        step("Done", String.format("%.1f s from start to the released table; files in %s", seconds, out));
        return result;
    }

    private void serve(Installation installation, DemoParties parties, String address, String agreement, String release)
            throws Exception {
        Files.writeString(out.resolve("address.txt"), address + "\n");
        parties.writeCredentials(out.resolve("credentials.json"), agreement, release);
        evidence("the server stays up at " + address + " (process " + installation.controlPlanePid()
                + "); sign in with credentials.json; stop with Ctrl-C");
    }

    private void step(String name, String what) {
        Console.progress(String.format(
                "%n[%5.1f s] %s — %s", (System.nanoTime() - begin) / 1e9, Console.say(name), Console.say(what)));
    }

    private static void evidence(String text) {
        Console.progress("      " + text);
    }
}
