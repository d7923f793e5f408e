package io.yunyu.cli.command;

import io.yunyu.cli.client.Console;
import io.yunyu.cli.client.TextTable;
import io.yunyu.cli.dummy.DummyPackage;
import io.yunyu.cli.job.JobFile;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.disclosure.RefusalCertificate;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description =
                "Try a job on dummy data on this machine: the same check, the same protection and the same refusals as on"
                        + " the platform, which it does not need. The answer is fictional.")
public final class RunCommand implements Callable<Integer> {
    private static final int MOST_ROWS = 200;

    @Parameters(paramLabel = "JOB.yaml", description = "The job file, as `yunyu submit --job` takes it.")
    private Path job = Path.of("job.yaml");

    @Option(names = "--local", required = true, description = "Jobs on original records are submitted, not run.")
    private boolean local;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "What `yunyu dummy --agreement` wrote (default: the job file's member 'data').")
    private @Nullable Path data;

    @Option(names = "--json", description = "One JSON object on stdout; problems as problem+json.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        JobFile file = JobFile.read(job);
        DummyPackage dummy = DummyPackage.open(data(file));
        AccessGrant grant = grant(file, dummy);
        try (DryRunProcess process = new DryRunProcess()) {
            JsonObject answer = process.ask(Json.object(
                    "what",
                    "run",
                    "sql",
                    file.sql(),
                    "grant",
                    grant.toText(),
                    "agreement",
                    dummy.agreementText(),
                    "tables",
                    dummy.unpack(process.scratch())));
            EngineResult result = EngineResult.parse(answer.object("result"));
            if (result.status() != EngineResult.Status.DONE || !answer.has("table")) {
                refuse(result, json);
            }
            print(result, answer.object("table"));
        }
        return 0;
    }

    private Path data(JobFile file) {
        return java.util.Optional.ofNullable(data)
                .or(file::data)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.BAD_REQUEST,
                        "No dummy data are named. Give --data, or write the member 'data' into the job file; make them"
                                + " with `yunyu dummy --agreement ID --output FILE`."));
    }

    /** The grant as the platform would compile it for this job, with what it would refuse before any engine is asked. */
    private static AccessGrant grant(JobFile file, DummyPackage dummy) {
        AccessGrant grant = dummy.grant();
        if (!file.agreement().equals(grant.agreement())) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "The dummy data were made under agreement '" + grant.agreement()
                            + "', the job is under another one. Make them again for the job's.");
        }
        if (!dummy.agreement().isInForceAt(Instant.now())) {
            throw new ProblemException(
                    ProblemCode.AGREEMENT_NOT_IN_FORCE,
                    "The agreement is not in force today: it is valid from " + grant.validFrom() + " until "
                            + grant.validUntil() + ".");
        }
        if (file.rhoMicros().isEmpty()) {
            return grant;
        }
        return grant.with(grant.privacy()
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.BAD_REQUEST, "The agreement has no privacy clause; leave 'rhoMicros' out."))
                .spending(file.rhoMicros().get()));
    }

    /** Ends with the result's own problem, after its findings. */
    static void refuse(EngineResult result, boolean json) {
        if (!json) {
            CheckCommand.printFindings(JsonObject.of(Json.object(
                    "findings",
                    findings(result),
                    "problem",
                    Json.object(
                            "certificate",
                            result.report()
                                    .flatMap(DisclosureReport::certificate)
                                    .map(RefusalCertificate::toJson)
                                    .orElse(null)))));
        }
        throw new ProblemException(result.problem()
                .orElse(new Problem(ProblemCode.ENGINE_ENDED, "The dry run ended without an answer. Run it again.")));
    }

    private void print(EngineResult result, JsonObject table) {
        Console.progress(
                "FICTIONAL: made-up records went through the real check and protection. No figure means anything.");
        if (json) {
            Console.result(Json.write(Json.object(
                    "fictional",
                    true,
                    "verdict",
                    "pass",
                    "findings",
                    findings(result),
                    "protection",
                    result.report().map(DisclosureReport::protection).orElse(Map.of()),
                    "table",
                    table.asMap())));
            return;
        }
        CheckCommand.printFindings(JsonObject.of(Json.object("findings", findings(result))));
        Console.result(TextTable.render(table, MOST_ROWS));
        if (table.list("rows", row -> 1).isEmpty()) {
            Console.progress(
                    "No group is large enough to be published. Make the dummy data with --query, or more rows.");
        }
    }

    private static List<Map<String, Object>> findings(EngineResult result) {
        return result.report().map(DisclosureReport::findings).orElse(List.of()).stream()
                .map(DisclosureFinding::toJson)
                .toList();
    }
}
