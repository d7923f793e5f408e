package io.yunyu.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An engine's exit code, which it chooses, as a channel of eight bits. */
class EngineEndTest {
    @Test
    void ofExit_anyCode_isOneOfFourSentences() {
        List<Problem> said = IntStream.rangeClosed(-1, 255)
                .mapToObj(EngineEnd::ofExit)
                .distinct()
                .toList();
        assertThat(said).hasSize(4);
        assertThat(said).extracting(Problem::detail).noneMatch(detail -> detail.matches(".*\\d.*"));
    }

    @ParameterizedTest
    @CsvSource({
        "3, OUT_OF_MEMORY, ran out of memory",
        "152, TIMEOUT, processor time",
        "137, ENGINE_ENDED, killed from outside",
        "136, ENGINE_ENDED, before it had a result",
        "0, ENGINE_ENDED, before it had a result",
        "42, ENGINE_ENDED, before it had a result"
    })
    void ofExit_codesOfHost_areUnderstood(int exitCode, ProblemCode code, String said) {
        assertThat(EngineEnd.ofExit(exitCode).code()).isEqualTo(code);
        assertThat(EngineEnd.ofExit(exitCode).detail()).contains(said);
    }

    /** The code that an engine chooses does come out of its sandbox; it is the launcher that hands on none of it. */
    @Test
    void control_chosenCode_reachesTheLauncher() throws Exception {
        Sandboxed.requireHost();
        try (RuntimeFiles files = RuntimeFiles.create(CpuArchitecture.ofHost().orElseThrow())) {
            SandboxFactory.prepareStage(SandboxUser.ofThisProcess());
            Process process = new ProcessBuilder(
                            new SandboxCommand(files, SandboxUser.ofThisProcess(), JavaRuntime.current())
                                    .bind(Bind.readOnly(java.nio.file.Path.of("/usr/bin/bash"), "/usr/bin/bash"))
                                    .running(List.of("/usr/bin/bash", "-c", "exit 42")))
                    .start();
            assertThat(process.waitFor()).isEqualTo(42);
        }
    }
}
