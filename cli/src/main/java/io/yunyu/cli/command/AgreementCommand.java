package io.yunyu.cli.command;

import io.yunyu.cli.client.ApiClient;
import io.yunyu.cli.client.Connection;
import io.yunyu.cli.client.Console;
import io.yunyu.cli.client.InputFile;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.ledger.signature.SigningKey;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "agreement",
        mixinStandardHelpOptions = true,
        description = "Draft, read and sign agreements.",
        subcommands = {AgreementCommand.Create.class, AgreementCommand.Sign.class, AgreementCommand.Show.class})
public final class AgreementCommand {
    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Send a draft; nobody is bound before both have signed.")
    static final class Create implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "ODRL agreement, JSON.")
        private Path file = Path.of("agreement.json");

        @Mixin
        private Connection connection = new Connection();

        @Override
        public Integer call() {
            String text = Agreement.draft(InputFile.text(file)).toText();
            JsonObject created =
                    connection.client("developer").post("/api/v1/agreements", Json.object("document", text));
            Console.result(connection.json() ? Json.write(created.asMap()) : created.string("id"));
            return 0;
        }
    }

    @Command(
            name = "sign",
            mixinStandardHelpOptions = true,
            description = "Sign an agreement with a key the server does not hold.")
    static final class Sign implements Callable<Integer> {
        @Parameters(paramLabel = "ID")
        private String id = "";

        @Option(names = "--key", required = true, paramLabel = "FILE")
        private Path key = Path.of("party.key");

        @Mixin
        private Connection connection = new Connection();

        @Override
        public Integer call() throws Exception {
            JsonObject signed = sign(connection.client("developer"), id, SigningKey.load(key));
            Console.result(connection.json() ? Json.write(signed.asMap()) : signed.string("state"));
            return 0;
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Print an agreement, or the grant compiled from it.")
    static final class Show implements Callable<Integer> {
        @Parameters(paramLabel = "ID")
        private String id = "";

        @Option(names = "--grant", description = "The access grant, for `yunyu check --grant`.")
        private boolean grant;

        @Mixin
        private Connection connection = new Connection();

        @Override
        public Integer call() {
            ApiClient api = connection.client("developer");
            Console.result(Json.write(api.get("/api/v1/agreements/" + id + (grant ? "/grant" : ""))
                    .asMap()));
            return 0;
        }
    }

    /** Signs exactly the text that the server holds, after parsing it: a party signs what it has read. */
    public static JsonObject sign(ApiClient api, String id, SigningKey key) throws Exception {
        String document = api.get("/api/v1/agreements/" + id).string("document");
        Agreement.parse(document);
        Signature signature = key.sign(Agreement.TYPE, document);
        return api.post("/api/v1/agreements/" + id + "/signatures", signature.toJson());
    }
}
