package io.yunyu.cli.command;

import io.yunyu.cli.client.Console;
import io.yunyu.ledger.release.VerifyMain;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify-release",
        mixinStandardHelpOptions = true,
        description = "Verify a release offline against a pinned key: exit 0 verified, 1 not verified.")
public final class VerifyReleaseCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE")
    private String file = "";

    @Option(names = "--trust", required = true, paramLabel = "KEY", description = "trust.pub, pinned earlier.")
    private String trust = "";

    @Option(
            names = "--since",
            paramLabel = "CHECKPOINT",
            description = "A checkpoint seen earlier: the log must extend it.")
    private @Nullable String since;

    @Option(names = "--json")
    private boolean json;

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>(List.of(file, "--trust", trust));
        if (since != null) {
            arguments.addAll(List.of("--since", since));
        }
        if (json) {
            arguments.add("--json");
        }
        return VerifyMain.run(
                arguments.toArray(String[]::new),
                Console.language(),
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    }
}
