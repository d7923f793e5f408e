package io.yunyu.cli.command;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.launcher.EngineSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The engine's classes in an ordinary Java process on this machine: no sandbox, for there is nothing to guard. */
final class DryRunProcess implements AutoCloseable {
    private static final String MAIN_CLASS = "io.yunyu.engine.DryRunMain";
    private static final int LIMIT_MINUTES = 30;

    private final Path scratch;

    DryRunProcess() {
        try {
            scratch = Files.createTempDirectory("yunyu-dry-run");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the process keeps its files, and its input may lie; gone when this is closed. */
    Path scratch() {
        return scratch;
    }

    JsonObject ask(Map<String, Object> job) throws IOException, InterruptedException {
        Path answer = scratch.resolve("answer.json");
        Process process = new ProcessBuilder(command())
                .redirectOutput(answer.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            try (OutputStream in = process.getOutputStream()) {
                in.write(Json.bytes(job));
            }
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                throw new ProblemException(
                        ProblemCode.TIMEOUT,
                        "The dry run did not end within " + LIMIT_MINUTES + " minutes. Try fewer rows.");
            }
            return Json.parseObject(Files.readAllBytes(answer));
        } catch (JsonException e) {
            throw new ProblemException(
                    ProblemCode.ENGINE_ENDED,
                    "The dry run ended without an answer, perhaps for lack of memory. Try fewer rows.");
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command() throws IOException {
        List<String> command = new ArrayList<>(
                List.of(ProcessHandle.current().info().command().orElse("java"), "-Xmx1g", "-XX:+UseSerialGC"));
        command.addAll(EngineSpec.sparkFlags());
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-Djava.io.tmpdir=" + scratch,
                "-cp",
                classPath(),
                MAIN_CLASS));
        return command;
    }

    private static String classPath() {
        return EngineFiles.classPath(EngineFiles.root()).stream()
                .map(entry -> Files.isDirectory(entry) ? entry + "/*" : entry.toString())
                .collect(Collectors.joining(":"));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(scratch)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
