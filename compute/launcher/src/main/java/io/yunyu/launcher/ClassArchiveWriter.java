package io.yunyu.launcher;

import io.yunyu.contract.channel.ChannelException;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Lets an engine write its class archive inside the sandbox and moves it to its place whole. */
final class ClassArchiveWriter {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private ClassArchiveWriter() {}

    static void write(Path target, Function<Path, EngineProcess> start, Optional<EngineJob> warmUp) {
        Path parent = target.toAbsolutePath().getParent();
        try {
            Path directory = Files.createTempDirectory(parent, "class-archive-");
            try (EngineProcess engine = start.apply(directory)) {
                Path written = directory.resolve("engine.jsa");
                if (!engine.endByItself(warmUp, TIMEOUT) || !Files.isRegularFile(written)) {
                    throw noArchive("The engine did not end by itself, or left no archive.");
                }
                Files.move(written, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                RuntimeFiles.deleteTree(directory);
            }
        } catch (IOException | ChannelException | JsonException e) {
            throw noArchive("The engine could not be talked to, or the disk refused the file.");
        }
    }

    private static ProblemException noArchive(String why) {
        return new ProblemException(
                ProblemCode.ENGINE_ENDED, "No class archive was made. " + why + " Engines start without it, slower.");
    }
}
