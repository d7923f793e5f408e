package io.yunyu.api.engine;

import io.yunyu.api.Settings;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.launcher.EngineLimits;
import io.yunyu.launcher.EngineSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a program's sandbox is made of: the runtime that offers it Spark Connect, and its jar. No table, no scratch. */
final class ProgramFiles {
    private static final String MAIN_CLASS = "io.yunyu.program.ProgramMain";
    private static final String PREFIX = "program-";
    private static final int HEAP_MIB = 384;
    private static final int TMP_MIB = 64;
    private static final int THREADS = 128;

    private final Settings settings;

    ProgramFiles(Settings settings) {
        this.settings = settings;
    }

    /** @throws ProblemException HOST_LACKS_LAYER if the runtime is not there */
    void require() {
        classPath();
    }

    /** Removes what a server that was killed has left. */
    void clear() {
        try (DirectoryStream<Path> left =
                Files.newDirectoryStream(Files.createDirectories(settings.scratch()), PREFIX + "*.jar")) {
            for (Path jar : left) {
                Files.delete(jar);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The directory for programs' jars could not be cleared.", e);
        }
    }

    /** Writes the jar where a sandbox can be given it; delete it when the program is over. */
    Path store(byte[] jar) {
        try {
            Path file = Files.createTempFile(Files.createDirectories(settings.scratch()), PREFIX, ".jar");
            return Files.write(file, jar);
        } catch (IOException e) {
            throw new UncheckedIOException("The program's jar could not be written.", e);
        }
    }

    EngineSpec spec(Path jar) {
        List<Path> classPath = classPath();
        // Last, so that no class of the program's stands in for one of the runtime's by accident.
        classPath.add(jar);
        return EngineSpec.of(classPath, MAIN_CLASS)
                .withJvmFlags(EngineSpec.sparkFlags())
                .withLimits(EngineLimits.forHeap(HEAP_MIB)
                        .withTmpfsMiB(TMP_MIB)
                        .withFileSizeMiB(TMP_MIB)
                        .withThreads(THREADS));
    }

    /** The runtime's own jar, or its classes where it was not packaged, and the jars it needs. */
    private List<Path> classPath() {
        Path lib = lib();
        if (lib == null || !Files.isDirectory(lib.resolve("lib"))) {
            throw new ProblemException(
                    ProblemCode.HOST_LACKS_LAYER,
                    "This installation cannot run programs: their runtime is not there. The operator fetches and builds it"
                            + " with bin/yunyu program-runtime, or names its directory in yunyu.program.lib.");
        }
        List<Path> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(lib)) {
            files.filter(file -> file.getFileName().toString().matches(".*(?<!-sources|-tests|-javadoc)\\.jar"))
                    .sorted()
                    .forEach(entries::add);
        } catch (IOException e) {
            throw new UncheckedIOException("The directory of the programs' runtime cannot be read.", e);
        }
        if (entries.isEmpty()) {
            entries.add(lib.resolve("classes"));
        }
        entries.add(lib.resolve("lib"));
        return entries;
    }

    private @Nullable Path lib() {
        return settings.programSettings().lib();
    }
}
