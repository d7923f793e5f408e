package io.yunyu.system;

import io.yunyu.system.egress.Egress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of the command line as a process of its own, exactly as {@code bin/yunyu} starts it after the build.
 *
 * @param exitCode as a shell sees it
 */
record Command(int exitCode, String out, String err) {
    private static final long LIMIT_SECONDS = 300;

    static Path root() {
        return Path.of(System.getProperty("yunyu.root")).toAbsolutePath().normalize();
    }

    static Command run(Object... arguments) throws Exception {
        return runUnder(List.of(), arguments);
    }

    /** As {@link #run}, as the last arguments of another program. */
    static Command runUnder(List<String> program, Object... arguments) throws Exception {
        Path out = Files.createTempFile("yunyu-out", ".txt");
        Path err = Files.createTempFile("yunyu-err", ".txt");
        try {
            if (arguments[0].equals("demo")) {
                EngineArchive.prepare();
            }
            Process process = start(out, err, program, arguments);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
                throw new AssertionError("The command did not end within " + LIMIT_SECONDS + " s: " + List.of(arguments)
                        + "\n" + Files.readString(err));
            }
            Command command = new Command(process.exitValue(), Files.readString(out), Files.readString(err));
            Egress.left("stdout of " + List.of(arguments).get(0), command.out());
            Egress.left("stderr of " + List.of(arguments).get(0), command.err());
            return command;
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    /** Starts the command and returns at once; the caller ends it. */
    static Process start(Path out, Path err, Object... arguments) throws IOException {
        return start(out, err, List.of(), arguments);
    }

    private static Process start(Path out, Path err, List<String> program, Object[] arguments) throws IOException {
        Path target = root().resolve("cli/target");
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=" + StandardCharsets.UTF_8,
                "-Dyunyu.root=" + root(),
                "-cp",
                target.resolve("classes") + ":" + target.resolve("lib") + "/*",
                "io.yunyu.cli.Yunyu"));
        for (Object argument : arguments) {
            command.add(String.valueOf(argument));
        }
        return new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
    }
}
