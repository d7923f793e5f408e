package io.yunyu.cli.command;

import io.yunyu.cli.client.ApiClient;
import io.yunyu.cli.client.Connection;
import io.yunyu.cli.client.Console;
import io.yunyu.cli.client.InputFile;
import io.yunyu.cli.client.JobClient;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.ledger.signature.SigningKey;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description =
                "As a provider, order one batch to be loaded: sign ORDER with your key, send it, wait for the report.")
public final class IngestCommand implements Callable<Integer> {
    @Option(names = "--order", required = true, paramLabel = "ORDER", description = "JSON; providerKey is filled in.")
    private Path order = Path.of("order.json");

    @Option(names = "--key", required = true, paramLabel = "FILE", description = "The provider's signing key.")
    private Path key = Path.of("provider.key");

    @Option(
            names = "--password-env",
            paramLabel = "NAME",
            description = "Environment variable with the source's password.")
    private @Nullable String passwordVariable;

    @Mixin
    private Connection connection = new Connection();

    @Override
    public Integer call() throws Exception {
        SigningKey signer = SigningKey.load(key);
        Map<String, Object> members =
                new LinkedHashMap<>(Json.parseObject(InputFile.text(order)).asMap());
        members.put("@type", IngestOrder.TYPE);
        members.put("providerKey", signer.verificationKey().toString());
        // Parsed and written again, so that defaults are filled in and the canonical text is what gets signed.
        ApiClient api = connection.client("steward");
        JsonObject done = send(
                api,
                Json.write(members),
                signer,
                Optional.ofNullable(passwordVariable).map(System::getenv));
        JobClient.require(done, "DONE");
        Console.result(
                connection.json()
                        ? Json.write(done.asMap())
                        : "Loaded: " + Json.write(done.object("report").asMap()));
        return 0;
    }

    /** Sends a signed order and waits for its end. */
    public static JsonObject send(ApiClient api, String order, SigningKey signer, Optional<String> password) {
        Signature signature = signer.sign(IngestOrder.TYPE, order);
        JsonObject accepted = api.post(
                "/api/v1/ingests",
                Json.object("order", order, "signature", signature.toJson(), "password", password.orElse(null)));
        return new JobClient(api)
                .awaitRest(
                        "/api/v1/ingests/" + accepted.string("id"),
                        "ingest " + IngestOrder.parse(order).dataset());
    }
}
