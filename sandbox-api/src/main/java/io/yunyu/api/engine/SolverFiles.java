package io.yunyu.api.engine;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.launcher.EngineSpec;
import io.yunyu.launcher.SolverSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a solver's sandbox is made of: the engine's own classes, and beside them what the build laid out for solvers. */
final class SolverFiles {
    private static final String JARS = "solver-lib";
    private static final String NATIVES = "solver-natives/ortools-linux-x86-64";
    private static final String LIBRARY = "libjniortools.so";

    private final @Nullable Path lib;
    private final List<Path> engine;

    /**
     * @param lib the engine's directory
     * @param engine its own jar or classes
     */
    SolverFiles(@Nullable Path lib, List<Path> engine) {
        this.lib = lib;
        this.engine = List.copyOf(engine);
    }

    /** @throws ProblemException HOST_LACKS_LAYER if this installation has no solvers */
    EngineSpec spec() {
        if (lib == null
                || !Files.isDirectory(lib.resolve(JARS))
                || !Files.isRegularFile(lib.resolve(NATIVES).resolve(LIBRARY))) {
            throw new ProblemException(
                    ProblemCode.HOST_LACKS_LAYER,
                    "This installation cannot protect a table by secondary suppression: the solvers' jars and native"
                            + " libraries are not beside the engine. The operator builds them with bin/yunyu, on Linux on"
                            + " x86-64.");
        }
        List<Path> classPath = new ArrayList<>(engine);
        classPath.add(lib.resolve(JARS));
        return SolverSpec.of(classPath, lib.resolve(NATIVES));
    }
}
