package io.yunyu.cli.command;

import io.yunyu.cli.client.Console;
import io.yunyu.cli.demo.Installation;
import io.yunyu.contract.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description =
                "Run an installation: vault, database and control plane, until Ctrl-C. Starting again goes on where it ended.")
public final class ServeCommand implements Callable<Integer> {
    @Option(
            names = "--home",
            defaultValue = ".yunyu",
            paramLabel = "DIR",
            description = "Home of the installation (default ${DEFAULT-VALUE}).")
    private Path home = Path.of(".yunyu");

    @Option(
            names = "--port",
            defaultValue = "8443",
            paramLabel = "P",
            description = "Port on loopback (default ${DEFAULT-VALUE}; 0: a free one).")
    private int port;

    @Option(names = "--inbox", paramLabel = "DIR", description = "A further directory that providers may ingest from.")
    private List<Path> inboxes = List.of();

    @Option(names = "--json")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Path root =
                Path.of(System.getProperty("yunyu.root", ".")).toAbsolutePath().normalize();
        try (Installation installation =
                Installation.start(root, home.toAbsolutePath().normalize(), inboxes, port)) {
            String address = installation.awaitAddress();
            Console.result(
                    json
                            ? Json.write(Json.object("address", address, "home", home.toString()))
                            : "Serving at " + address);
            Console.progress("The first operator's password is in " + home.resolve("server/operator.json"));
            return installation.awaitEnd() == 0 ? 0 : 1;
        }
    }
}
