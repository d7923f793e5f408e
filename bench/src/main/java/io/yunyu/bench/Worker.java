package io.yunyu.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A side of a benchmark in a process of its own: told what to do line by line, it answers with the seconds it took. */
final class Worker implements AutoCloseable {
    private final Process process;
    private final PrintStream in;
    private final BufferedReader out;

    private Worker(Process process) {
        this.process = process;
        this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @param kind {@code plain}: Spark as it comes; {@code engine}: the engine's session */
    static Worker start(String kind, Path directory) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(io.yunyu.launcher.EngineSpec.sparkFlags());
        command.addAll(List.of(
                "-Xmx3g",
                "-XX:+UseG1GC",
                "-cp",
                System.getProperty("java.class.path"),
                WorkerMain.class.getName(),
                kind,
                directory.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(new File(directory.toFile(), kind + ".log"))
                .start();
        return new Worker(process);
    }

    /** Sends one command. @return the seconds it took */
    double tell(Object... words) throws IOException {
        in.println(String.join(" ", List.of(words).stream().map(String::valueOf).toList()));
        String line;
        while ((line = out.readLine()) != null) {
            if (line.startsWith("seconds ")) {
                return Double.parseDouble(line.substring(8));
            }
        }
        throw new IOException("A side of the benchmark ended; its log is beside the tables.");
    }

    @Override
    public void close() {
        in.close();
        process.destroy();
    }
}
