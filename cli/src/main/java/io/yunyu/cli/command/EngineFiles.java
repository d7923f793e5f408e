package io.yunyu.cli.command;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.launcher.EngineLimits;
import io.yunyu.launcher.EngineSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where the built engine lies, and how it is started from there. */
public final class EngineFiles {
    private static final String MAIN_CLASS = "io.yunyu.engine.EngineMain";
    private static final int HEAP_MIB = 1024;

    private EngineFiles() {}

    /** Directory of the engine's jar; its dependencies are below it in {@code lib}. */
    public static Path directory(Path root) {
        return root.resolve("compute/engine/target");
    }

    /** The class archive, whether or not one was made. */
    public static Path classArchive(Path root) {
        return directory(root).resolve("engine.jsa");
    }

    public static Path root() {
        return Path.of(System.getProperty("yunyu.root", ".")).toAbsolutePath().normalize();
    }

    /** The same class path in the same order as the control plane's engines: a class archive fits no other. */
    static EngineSpec spec(Path root, List<String> moreFlags) {
        List<String> flags = new ArrayList<>(EngineSpec.sparkFlags());
        flags.addAll(moreFlags);
        EngineSpec spec = EngineSpec.of(classPath(root), MAIN_CLASS)
                .withJvmFlags(flags)
                .withLimits(EngineLimits.forHeap(HEAP_MIB))
                .withHelloTimeout(Duration.ofMinutes(3));
        return Files.isRegularFile(classArchive(root)) ? spec.withClassArchive(classArchive(root)) : spec;
    }

    /** The engine's jar, and the directory of the jars it needs. */
    public static List<Path> classPath(Path root) {
        Path directory = directory(root);
        List<Path> classPath = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(f -> f.getFileName().toString().matches(".*(?<!-sources|-tests|-javadoc)\\.jar"))
                    .sorted()
                    .forEach(classPath::add);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.INTERNAL, "The engine is not built. Run bin/yunyu, which builds it.");
        }
        classPath.add(directory.resolve("lib"));
        return classPath;
    }
}
