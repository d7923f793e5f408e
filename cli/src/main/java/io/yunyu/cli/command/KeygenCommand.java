package io.yunyu.cli.command;

import io.yunyu.cli.client.Console;
import io.yunyu.contract.json.Json;
import io.yunyu.ledger.signature.SigningKey;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "keygen",
        mixinStandardHelpOptions = true,
        description = "Make a signing key in FILE (mode 0600) that no server ever holds, and print its public key.")
public final class KeygenCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE")
    private Path file = Path.of("yunyu.key");

    @Option(names = "--json")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        SigningKey key = SigningKey.generate();
        key.save(file);
        String publicKey = key.verificationKey().toString();
        if (json) {
            Console.result(Json.object("file", file.toString(), "publicKey", publicKey));
        } else {
            Console.result(publicKey);
        }
        return 0;
    }
}
