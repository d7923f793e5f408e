package io.yunyu.api.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.launcher.Bind;
import io.yunyu.launcher.EngineSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SolverFilesTest {
    private static final List<Path> ENGINE = List.of(Path.of("/app/engine.jar"));

    @TempDir
    private Path lib;

    private static void refused(@Nullable Path lib) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> new SolverFiles(lib, ENGINE).spec())
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.HOST_LACKS_LAYER))
                .withMessageContaining("not beside the engine");
    }

    @Test
    void spec_anythingMissing_isRefusedWithAReason() throws Exception {
        refused(null);
        refused(lib);
        Files.createDirectory(lib.resolve("solver-lib"));
        refused(lib);
        Path natives = Files.createDirectories(lib.resolve("solver-natives/ortools-linux-x86-64"));
        refused(lib);
        Files.createDirectory(natives.resolve("libjniortools.so"));
        refused(lib);
    }

    @Test
    void spec_allThere_isTheEnginesClassesTheSolversJarsAndReadOnlyNatives() throws Exception {
        Files.createDirectory(lib.resolve("solver-lib"));
        Files.createDirectory(lib.resolve("lib"));
        Path natives = Files.createDirectories(lib.resolve("solver-natives/ortools-linux-x86-64"));
        Files.createFile(natives.resolve("libjniortools.so"));
        EngineSpec spec = new SolverFiles(lib, ENGINE).spec();
        assertThat(spec.mainClass()).isEqualTo("io.yunyu.engine.SolverMain");
        assertThat(spec.classPath()).containsExactly(Path.of("/app/engine.jar"), lib.resolve("solver-lib"));
        assertThat(spec.binds()).containsExactly(Bind.readOnly(natives, "/natives"));
        assertThat(spec.network()).isEmpty();
    }
}
