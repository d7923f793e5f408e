package io.yunyu.cli.command;

import io.yunyu.cli.client.ApiClient;
import io.yunyu.cli.client.Connection;
import io.yunyu.cli.client.Console;
import io.yunyu.cli.client.JobClient;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.ledger.signature.SigningKey;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "element",
        mixinStandardHelpOptions = true,
        description =
                "Data elements: list them, show one, or, as its provider, load one as a dataset for secondary developers.")
public final class ElementCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RELEASE", arity = "0..1")
    private @Nullable String release;

    @Option(names = "--load", paramLabel = "DATASET", description = "Id of the dataset that it becomes.")
    private @Nullable String load;

    @Option(names = "--title-zh", paramLabel = "TEXT")
    private @Nullable String titleZh;

    @Option(names = "--title-en", paramLabel = "TEXT")
    private @Nullable String titleEn;

    @Option(names = "--key", paramLabel = "FILE", description = "With --load: the provider's signing key.")
    private @Nullable Path key;

    @Mixin
    private Connection connection = new Connection();

    @Override
    public Integer call() throws Exception {
        ApiClient api = connection.client(load == null ? "developer" : "steward");
        if (release == null) {
            Console.result(Json.write(api.get("/api/v1/elements").asMap()));
        } else if (load == null) {
            Console.result(Json.write(api.get("/api/v1/elements/" + release).asMap()));
        } else if (key == null || titleZh == null || titleEn == null) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "--load needs --key, --title-zh and --title-en: the provider signs the order.");
        } else {
            SigningKey signer = SigningKey.load(key);
            IngestOrder order = order(api.get("/api/v1/elements/" + release), load, titleZh, titleEn, signer);
            JsonObject done = IngestCommand.send(api, order.toText(), signer, Optional.empty());
            JobClient.require(done, "DONE");
            Console.result(
                    connection.json()
                            ? Json.write(done.asMap())
                            : "Loaded: " + Json.write(done.object("report").asMap()));
        }
        return 0;
    }

    /** The order that loads an element: its records are nobody's any more, so that each is its own unit. */
    public static IngestOrder order(
            JsonObject element, String dataset, String titleZh, String titleEn, SigningKey signer) {
        return new IngestOrder(
                dataset,
                titleZh,
                titleEn,
                element.string("provider"),
                signer.verificationKey().toString(),
                dataset,
                GrantedTable.ROW_UNIT,
                "CONDITIONAL",
                "ELEMENT",
                LocalDate.parse(element.string("registeredAt").substring(0, 10)),
                true,
                element.bool("allowSyntheticRegions"),
                new Source.Csv(element.string("file"), ","),
                element.objects("attributes").stream().map(AttributeSpec::parse).toList());
    }
}
