package io.yunyu.cli.command;

import io.yunyu.cli.client.ApiClient;
import io.yunyu.cli.client.Connection;
import io.yunyu.cli.client.Console;
import io.yunyu.cli.client.TextTable;
import io.yunyu.contract.job.Approval;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.ledger.signature.SigningKey;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "review",
        mixinStandardHelpOptions = true,
        description = "As a provider's reviewer: list what waits, open one, or decide on it.")
public final class ReviewCommand implements Callable<Integer> {
    @Parameters(paramLabel = "JOB", arity = "0..1")
    private @Nullable String job;

    @Option(names = "--approve")
    private boolean approve;

    @Option(names = "--refuse")
    private boolean refuse;

    @Option(names = "--reason", defaultValue = "", description = "Needed for a refusal.")
    private String reason = "";

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Sign with this key of yours; without it the provider's key in the vault signs.")
    private @Nullable Path key;

    @Mixin
    private Connection connection = new Connection();

    @Override
    public Integer call() throws Exception {
        ApiClient api = connection.client("reviewer");
        if (job == null) {
            list(api);
        } else if (approve && refuse) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "Decide for one: --approve or --refuse.");
        } else if (approve || refuse) {
            Optional<SigningKey> signer = key == null ? Optional.empty() : Optional.of(SigningKey.load(key));
            JsonObject decided = decide(api, job, approve, reason, signer);
            Console.result(connection.json() ? Json.write(decided.asMap()) : job + " " + decided.string("state"));
        } else {
            show(api.get("/api/v1/reviews/" + job));
        }
        return 0;
    }

    private void list(ApiClient api) {
        JsonObject reviews = api.get("/api/v1/reviews");
        if (connection.json()) {
            Console.result(Json.write(reviews.asMap()));
        } else {
            for (JsonObject review : reviews.objects("reviews")) {
                Console.result(review.string("jobId") + "  " + review.string("submittedBy"));
            }
        }
    }

    private void show(JsonObject review) {
        if (connection.json()) {
            Console.result(Json.write(review.asMap()));
        } else {
            Console.result(review.string("sql").strip());
            Console.result("");
            CheckCommand.printFindings(review.object("report"));
            Console.result(TextTable.render(review.object("table"), 200));
            if (review.has("view")) {
                ReviewLines.of(review.object("view")).forEach(Console::result);
            }
            if (review.has("anonymization")) {
                Console.result("Risk and quality:");
                Console.result(Json.write(review.object("anonymization").asMap()));
            }
        }
    }

    /** Decides on exactly what the review shows: the approval names the digests of candidate and report. */
    public static JsonObject decide(
            ApiClient api, String job, boolean approve, String reason, Optional<SigningKey> signer) throws Exception {
        String decision = approve ? "approve" : "refuse";
        if (signer.isEmpty()) {
            return api.post(
                    "/api/v1/reviews/" + job + "/decision", Json.object("decision", decision, "reason", reason));
        }
        JsonObject review = api.get("/api/v1/reviews/" + job);
        Approval approval = new Approval(
                job,
                review.string("candidateDigest"),
                review.string("reportDigest"),
                review.string("policyVersion"),
                decision.toUpperCase(java.util.Locale.ROOT),
                reason,
                review.string("reviewer"),
                review.string("organization"),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
        String document = approval.toText();
        return api.post(
                "/api/v1/reviews/" + job + "/decision",
                Json.object(
                        "decision",
                        decision,
                        "reason",
                        reason,
                        "approval",
                        Json.object(
                                "document",
                                document,
                                "signature",
                                signer.get().sign(Approval.TYPE, document).toJson())));
    }
}
