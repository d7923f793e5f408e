package io.yunyu.cli.command;

import io.yunyu.cli.client.ApiClient;
import io.yunyu.cli.client.Connection;
import io.yunyu.cli.client.Console;
import io.yunyu.cli.client.InputFile;
import io.yunyu.cli.client.JobClient;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        description = "Submit an SQL query, or a program that makes queries, under an agreement.")
public final class SubmitCommand implements Callable<Integer> {
    private static final Set<String> GOOD = Set.of("SUBMITTED", "RUNNING", "IN_REVIEW", "APPROVED", "RELEASED");

    @Option(names = "--agreement", required = true, paramLabel = "ID")
    private String agreement = "";

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    static final class What {
        @Option(names = "--query", paramLabel = "FILE")
        private @Nullable Path query;

        @ArgGroup(exclusive = false)
        private @Nullable ProgramOptions program;
    }

    @Option(names = "--wait", description = "Wait until the output is in review, or the job refused or failed.")
    private boolean wait;

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "The same key submits the same job only once.")
    private @Nullable String idempotencyKey;

    @Option(
            names = "--priority",
            paramLabel = "high|normal|low",
            description = "Which of your organization's own waiting jobs comes first.")
    private @Nullable String priority;

    @Option(
            names = "--rho-micros",
            paramLabel = "N",
            description = "Under a privacy clause: spend less than the agreement allows, in millionths of rho.")
    private @Nullable Long rhoMicros;

    @Mixin
    private Connection connection = new Connection();

    @Override
    public Integer call() {
        ApiClient api = connection.client("developer");
        if (what.program != null) {
            return what.program.submit(api, agreement, wait, connection.json());
        }
        JobClient jobs = new JobClient(api);
        JsonObject job = jobs.submit(
                agreement,
                InputFile.text(Objects.requireNonNull(what.query)),
                Optional.ofNullable(priority),
                Optional.ofNullable(rhoMicros),
                Optional.ofNullable(idempotencyKey));
        if (wait) {
            job = jobs.awaitRest("/api/v1/jobs/" + job.string("id"), "job");
            if (!GOOD.contains(job.string("state"))) {
                if (!connection.json()) {
                    job.optionalString("state").ifPresent(s -> Console.progress("The job ended as " + s + "."));
                    CheckCommand.printFindings(job);
                }
                JobClient.require(job, "IN_REVIEW");
            }
        }
        Console.result(connection.json() ? Json.write(job.asMap()) : job.string("id") + " " + job.string("state"));
        return 0;
    }
}
