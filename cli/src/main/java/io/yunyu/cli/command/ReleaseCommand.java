package io.yunyu.cli.command;

import io.yunyu.cli.client.ApiClient;
import io.yunyu.cli.client.Connection;
import io.yunyu.cli.client.Console;
import io.yunyu.contract.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        description = "Fetch a release: the bundle, and the key to verify it with.")
public final class ReleaseCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID")
    private String id = "";

    @Option(names = "--out", defaultValue = ".", paramLabel = "DIR")
    private Path out = Path.of(".");

    @Mixin
    private Connection connection = new Connection();

    @Override
    public Integer call() throws Exception {
        ApiClient api = connection.client("developer");
        Path bundle = out.resolve("release.yunyu");
        Files.createDirectories(out);
        Files.write(bundle, api.getBytes("/api/v1/releases/" + id + "/bundle"));
        Console.result(connection.json() ? Json.write(Json.object("bundle", bundle.toString())) : bundle.toString());
        Console.progress("Verify it against the platform's key, got by another way than the bundle:"
                + " yunyu verify-release " + bundle + " --trust trust.pub");
        return 0;
    }
}
