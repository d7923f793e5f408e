package io.yunyu.engine.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yunyu.launcher.Bind;
import io.yunyu.launcher.EngineLimits;
import io.yunyu.launcher.EngineSpec;
import io.yunyu.launcher.HostCapabilities;
import io.yunyu.launcher.LauncherMode;
import io.yunyu.launcher.SolverSpec;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What sandboxes of solvers are made of, from this test's own class path. */
public final class SolverSandbox {
    private static final String NATIVES_JAR = "ortools-linux-x86-64.*\\.jar";
    private static final String JARS = "(ortools-java|jna|jna-platform|protobuf-java|tink|gson|yunyu-contract).*\\.jar";

    private SolverSandbox() {}

    public static void requireHost() {
        HostCapabilities host = HostCapabilities.probe(LauncherMode.EMBEDDED);
        assumeTrue(host.missing().isEmpty(), host.describe());
    }

    /** Classes of engine and contract, and the jars a solver needs; the test's own classes if asked for. */
    private static List<Path> classPath(boolean tests) {
        List<Path> all = new ArrayList<>();
        for (Path entry : entries()) {
            String name = entry.getFileName().toString();
            if (name.matches(JARS) || name.equals("classes") || (tests && name.equals("test-classes"))) {
                all.add(entry);
            }
        }
        assertThat(all).hasSizeGreaterThan(5).noneMatch(path -> path.toString().contains("spark"));
        return all;
    }

    private static List<Path> entries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists)
                .toList();
    }

    /** Lays the native libraries out as the build does. */
    public static Path natives(Path directory) throws IOException {
        Path jar = entries().stream()
                .filter(entry -> entry.getFileName().toString().matches(NATIVES_JAR))
                .findFirst()
                .orElseThrow();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().contains(".so")) {
                    Path target = directory.resolve(
                            Path.of(entry.getName()).getFileName().toString());
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, target);
                    }
                }
            }
        }
        return directory;
    }

    public static EngineSpec solver(Path natives) {
        return SolverSpec.of(classPath(false), natives);
    }

    /** Another program in the solver's very sandbox. */
    static EngineSpec inPlaceOfSolver(Path natives, Class<?> main, List<Bind> more, String... arguments) {
        EngineSpec solver = solver(natives);
        List<Bind> binds = new ArrayList<>(solver.binds());
        binds.addAll(more);
        return EngineSpec.of(classPath(true), main.getName())
                .withJvmFlags(solver.jvmFlags())
                .withLimits(solver.limits())
                .withBinds(binds)
                .withArguments(List.of(arguments));
    }

    static EngineSpec engine() {
        return EngineSpec.of(classPath(true), SolvingEngineMain.class.getName()).withLimits(EngineLimits.forHeap(256));
    }
}
