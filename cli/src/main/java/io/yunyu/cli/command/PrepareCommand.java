package io.yunyu.cli.command;

import io.yunyu.cli.client.Console;
import io.yunyu.launcher.EngineLauncher;
import io.yunyu.launcher.LauncherMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "prepare",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "After a build: make the class archive that lets engines start faster. Works without it, slower.")
public final class PrepareCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        Path root = EngineFiles.root();
        Path archive = EngineFiles.classArchive(root);
        Files.deleteIfExists(archive);
        try (EngineLauncher launcher = EngineLauncher.open(LauncherMode.EMBEDDED)) {
            launcher.writeClassArchive(
                    EngineFiles.spec(root, List.of("-Dyunyu.engine.rehearse=ALL", "-Dyunyu.engine.orderly-end=true")),
                    Optional.empty(),
                    archive);
        }
        Console.result(archive + " " + (Files.size(archive) >> 20) + " MiB");
        return 0;
    }
}
