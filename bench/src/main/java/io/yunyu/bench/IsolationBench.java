package io.yunyu.bench;

import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.channel.FrameReader;
import io.yunyu.contract.channel.FrameWriter;
import io.yunyu.contract.json.Json;
import io.yunyu.launcher.EngineLauncher;
import io.yunyu.launcher.EngineProcess;
import io.yunyu.launcher.EngineSpec;
import io.yunyu.launcher.LauncherMode;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the sandbox adds to the start of a process: a Java program that says hello, with it and without. */
final class IsolationBench {
    private static final int ROUNDS = 20;

    private IsolationBench() {}

    static void run(Report report) throws Exception {
        EngineSpec spec = EngineSpec.of(
                List.of(origin(IsolationBench.class), origin(Frame.class), origin(EngineLauncher.class)),
                IsolationBench.class.getName());
        try (EngineLauncher launcher = EngineLauncher.open(LauncherMode.EMBEDDED)) {
            Rounds rounds = new Rounds()
                    .side("bare", () -> bare(spec))
                    .side("bare again (A/A)", () -> bare(spec))
                    .side("sandboxed", () -> sandboxed(launcher, spec))
                    .run(ROUNDS);
            report.rounds(rounds, "start of a process to its first word", "bare", "sandboxed", "bare again (A/A)", "");
            report.value(
                    "isolation, milliseconds more than a bare process, median of the differences (target at most 50)",
                    rounds.medianDifference("sandboxed", "bare") * 1000);
        }
    }

    private static double sandboxed(EngineLauncher launcher, EngineSpec spec) {
        long begin = System.nanoTime();
        try (EngineProcess engine = launcher.start(spec)) {
            return (System.nanoTime() - begin) / 1e9;
        }
    }

    private static double bare(EngineSpec spec) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-cp"));
        command.add(String.join(
                File.pathSeparator,
                spec.classPath().stream().map(Path::toString).toList()));
        command.add(spec.mainClass());
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (new FrameReader(process.getInputStream()).next().isEmpty()) {
                throw new IOException("The program ended without a word.");
            }
            return (System.nanoTime() - begin) / 1e9;
        } finally {
            process.destroyForcibly();
        }
    }

    private static Path origin(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** The program: says hello as an engine does, and ends with its input. */
    public static void main(String[] args) throws IOException {
        new FrameWriter(System.out)
                .write(Frame.json(Frame.HELLO, Json.object("protocol", 1L, "engine", "bench", "sealTo", "hpke:bench")));
        while (System.in.read() >= 0) {
            // Nothing to do: the start is what is measured.
        }
    }
}
