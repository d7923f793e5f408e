package io.yunyu.launcher;

import java.nio.file.Path;
import java.util.List;

/** How the sandbox of a solver of secondary suppression is started: a virtual machine, native libraries, nothing else. */
public final class SolverSpec {
    private static final String MAIN_CLASS = "io.yunyu.engine.SolverMain";
    private static final String NATIVES = "/natives";

    /** The heap holds a table and its proof, native memory the solvers' models; nothing is written to a file. */
    private static final EngineLimits LIMITS = new EngineLimits(384, 1024, 1, 7200, 1, 64, 256, 1);

    private SolverSpec() {}

    /**
     * @param classPath the engine's classes, the contract, Tink and OR-tools; no Spark is needed
     * @param natives directory of OR-tools' libraries
     */
    public static EngineSpec of(List<Path> classPath, Path natives) {
        return EngineSpec.of(classPath, MAIN_CLASS)
                .withJvmFlags(List.of("-Dyunyu.solver.natives=" + NATIVES))
                .withBinds(List.of(Bind.readOnly(natives, NATIVES)))
                .withLimits(LIMITS);
    }
}
