package io.yunyu.cli.cluster;

import io.yunyu.cli.client.Console;
import io.yunyu.cli.command.EngineFiles;
import io.yunyu.contract.cluster.ClusterRole;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.launcher.ClusterNetwork;
import io.yunyu.launcher.ClusterNode;
import io.yunyu.launcher.EngineLauncher;
import io.yunyu.launcher.LauncherMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        description = "Run a master or a worker in the sandbox of engines, until Ctrl-C. Root only.")
final class NodeCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ROLE", descriptionKey = "ROLE", description = "MASTER or WORKER.")
    private ClusterRole role = ClusterRole.MASTER;

    @Option(names = "--settings", required = true, paramLabel = "FILE", description = "Settings of the cluster.")
    private Path settings = Path.of("settings.json");

    @Option(names = "--network", required = true, paramLabel = "FILE", description = "Its network namespace.")
    private Path network = Path.of("/run/netns/node");

    @Option(names = "--host", required = true, paramLabel = "IP", description = "Its IPv4 address there.")
    private String host = "";

    @Option(names = "--master", paramLabel = "IP", description = "Address of the master. For a worker.")
    private @Nullable String master;

    @Option(names = "--tables", paramLabel = "DIR", description = "Directory of the encrypted tables. For a worker.")
    private @Nullable Path tables;

    @Option(names = "--scratch", paramLabel = "DIR", description = "Where spill goes. For a worker.")
    private @Nullable Path scratch;

    @Option(
            names = "--production",
            description = "Require control groups too; without them limits are of each process only.")
    private boolean production;

    @Override
    public Integer call() throws IOException {
        ClusterNode node = node();
        ClusterNetwork.require(network, host);
        try (EngineLauncher launcher =
                EngineLauncher.open(production ? LauncherMode.PRODUCTION : LauncherMode.EMBEDDED)) {
            Console.progress(launcher.capabilities().describe());
            return launcher.runNode(node) == 0 ? 0 : 1;
        }
    }

    private ClusterNode node() throws IOException {
        Optional<ClusterNode.Worker> worker = Optional.empty();
        if (role == ClusterRole.WORKER) {
            if (master == null || tables == null || scratch == null) {
                throw bad("A worker needs --master, --tables and --scratch.");
            }
            worker = Optional.of(new ClusterNode.Worker(
                    master, tables.toAbsolutePath().normalize(), Files.createDirectories(scratch.toAbsolutePath())));
        } else if (role == ClusterRole.DRIVER) {
            throw bad("Drivers are started by the server for each job: see yunyu.engine.cluster in docs/clusters.md.");
        }
        return new ClusterNode(EngineFiles.classPath(EngineFiles.root()), settings, host, network, worker);
    }

    private static ProblemException bad(String what) {
        return new ProblemException(ProblemCode.BAD_REQUEST, what);
    }
}
