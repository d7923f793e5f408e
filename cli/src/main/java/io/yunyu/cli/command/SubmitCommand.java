package io.yunyu.cli.command;

import io.yunyu.cli.client.ApiClient;
import io.yunyu.cli.client.Connection;
import io.yunyu.cli.client.Console;
import io.yunyu.cli.client.InputFile;
import io.yunyu.cli.client.JobClient;
import io.yunyu.cli.job.JobFile;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
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
        description =
                "Submit an SQL query, a program that makes queries, a planned publication, or a request for a data element, under"
                        + " an agreement.")
public final class SubmitCommand implements Callable<Integer> {
    private static final Set<String> GOOD = Set.of("SUBMITTED", "RUNNING", "IN_REVIEW", "APPROVED", "RELEASED");

    @Option(names = "--agreement", paramLabel = "ID", description = "Required, unless --job names it.")
    private @Nullable String agreement;

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    static final class What {
        @Option(names = "--query", paramLabel = "FILE", description = "SQL.")
        private @Nullable Path query;

        @Option(
                names = "--job",
                paramLabel = "FILE",
                description = "A job file, the same as for 'yunyu run --local'. Options given here win over it.")
        private @Nullable Path job;

        @ArgGroup(exclusive = false)
        private @Nullable ProgramOptions program;

        @Option(
                names = "--publication",
                paramLabel = "N",
                description = "One of the agreement's planned publications, counted from 1.")
        private @Nullable Integer publication;

        @Option(
                names = "--anonymize",
                paramLabel = "SPEC",
                description = "A specification as of 'yunyu anonymize'; files of hierarchies are sent along.")
        private @Nullable Path anonymize;
    }

    @Option(
            names = "--dataset",
            paramLabel = "ID",
            description = "With --anonymize: the dataset, where the agreement has elements of several.")
    private @Nullable String dataset;

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
        Optional<JobFile> file = Optional.ofNullable(what.job).map(JobFile::read);
        String under = Optional.ofNullable(agreement)
                .or(() -> file.map(JobFile::agreement))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.BAD_REQUEST,
                        "Name the agreement with --agreement, or give a job file with --job."));
        ApiClient api = connection.client("developer");
        if (what.program != null) {
            return what.program.submit(api, under, Optional.ofNullable(idempotencyKey), wait, connection.json());
        }
        JobClient jobs = new JobClient(api);
        JsonObject job = submitted(api, jobs, under, file);
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

    private JsonObject submitted(ApiClient api, JobClient jobs, String under, Optional<JobFile> file) {
        Optional<String> key = Optional.ofNullable(idempotencyKey);
        if (what.query != null || file.isPresent()) {
            return jobs.submit(
                    under,
                    file.map(JobFile::sql).orElseGet(() -> InputFile.text(Objects.requireNonNull(what.query))),
                    Optional.ofNullable(priority).or(() -> file.flatMap(JobFile::priority)),
                    Optional.ofNullable(rhoMicros).or(() -> file.flatMap(JobFile::rhoMicros)),
                    key);
        }
        if (what.publication != null) {
            requireNoBudget();
            return jobs.submitPublication(under, what.publication, Optional.ofNullable(priority), key);
        }
        Path spec = Objects.requireNonNull(what.anonymize);
        return jobs.submitElement(
                under,
                Json.object("dataset", dataset(api, under), "spec", InlinedSpec.read(spec)),
                Optional.ofNullable(priority),
                Optional.ofNullable(rhoMicros),
                key);
    }

    private void requireNoBudget() {
        if (rhoMicros != null) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST, "A planned publication spends no privacy budget. Leave --rho-micros out.");
        }
    }

    private String dataset(ApiClient api, String under) {
        if (dataset != null) {
            return dataset;
        }
        List<String> permitted = api.get("/api/v1/agreements/" + under + "/grant").objects("tables").stream()
                .filter(table -> table.has("element"))
                .map(table -> table.string("dataset"))
                .toList();
        if (permitted.size() != 1) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "The agreement permits data elements of " + permitted.size()
                            + " datasets; name one with --dataset.");
        }
        return permitted.get(0);
    }
}
