package io.yunyu.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The limits of control groups by the kernel itself, where they are delegated to this process: by systemd with {@code
 * Delegate=}, or to root in a machine of its own. What is limited are programs of this test that do no harm without limits:
 * memory and processes in numbers that any host has.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DelegatedGroupTest {
    private static final EngineLimits LIMITS =
            EngineLimits.forHeap(64).withTmpfsMiB(16).withThreads(32);
    private ControlGroups groups;
    private Path group;

    @BeforeEach
    void delegated() {
        Optional<ControlGroups> found = ControlGroups.find();
        assumeTrue(
                found.isPresent(),
                "Skipped: no control groups are delegated here (cgroup v2 with the controllers memory and pids).");
        groups = found.orElseThrow().prepare();
    }

    @AfterEach
    void remove() {
        if (group != null) {
            ControlGroups.remove(group);
            assertThat(group).doesNotExist();
        }
    }

    private Process in(EngineLimits limits, String script) throws IOException {
        group = groups.create(limits);
        return new ProcessBuilder("sh", "-c", "echo $$ > \"$1/cgroup.procs\"\n" + script, "sh", group.toString())
                .redirectErrorStream(true)
                .start();
    }

    private long number(String file, String key) throws IOException {
        return Files.readAllLines(group.resolve(file)).stream()
                .map(line -> line.split(" "))
                .filter(words -> words[0].equals(key))
                .mapToLong(words -> Long.parseLong(words[1]))
                .findFirst()
                .orElseThrow();
    }

    /** Native memory within the address space but beyond what may be resident: only the group stops it. */
    @Test
    void memoryMax_engineTakesMore_isEndedAndSaysSo() {
        Sandboxed.requireHost();
        EngineSpec spec = Sandboxed.spec("touch-native-memory");
        try (EngineLauncher launcher = EngineLauncher.open(LauncherMode.PRODUCTION)) {
            Problem problem =
                    Sandboxed.run(launcher, spec, Map.of()).result().problem().orElseThrow();
            assertThat(problem.code()).isEqualTo(ProblemCode.OUT_OF_MEMORY);
            assertThat(problem.detail()).contains("at the limit of its memory");
        }
        try (EngineLauncher launcher = EngineLauncher.open(LauncherMode.EMBEDDED)) {
            assertThat(Sandboxed.run(launcher, spec, Map.of()).result().problem())
                    .as("control without a group")
                    .isEmpty();
        }
    }

    @Test
    void pidsMax_moreProcesses_areRefused() throws Exception {
        Process process = in(LIMITS, "for i in $(seq 200); do sleep 600 > /dev/null 2>&1 & done; exit 0");
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(said).contains("fork");
        assertThat(number("pids.events", "max")).isPositive();
        assertThat(Long.parseLong(Files.readString(group.resolve("pids.peak")).strip()))
                .isLessThanOrEqualTo(LIMITS.threads() + 8);
    }

    /** Two busy programs and one processor: time runs out in every period, until it has. */
    @Test
    void cpuMax_busierThanAllowed_isThrottled() throws Exception {
        assumeTrue(
                Runtime.getRuntime().availableProcessors() > 1,
                "Skipped: with one processor there is nothing to hold.");
        Process process = in(LIMITS.withProcessors(1), "(while :; do :; done) & while :; do :; done");
        assumeTrue(Files.exists(group.resolve("cpu.max")), "Skipped: the controller cpu is not delegated here.");
        while (number("cpu.stat", "nr_throttled") < 3) {
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(10);
        }
        ControlGroups.remove(group);
        Process control = in(LIMITS.withProcessors(2), "(while :; do :; done) & while :; do :; done");
        while (number("cpu.stat", "nr_periods") < 20) {
            assertThat(control.isAlive()).isTrue();
            Thread.sleep(10);
        }
        assertThat(number("cpu.stat", "nr_throttled"))
                .as("control: two may be busy")
                .isLessThan(10);
    }

    /** Whatever is left in a group ends with it. */
    @Test
    void remove_groupWithProcesses_endsThem() throws Exception {
        Process process = in(LIMITS, "sleep 600 & sleep 600 & wait");
        List<ProcessHandle> below = List.of();
        while (below.size() < 2) {
            below = process.descendants().toList();
        }
        ControlGroups.remove(group);
        assertThat(process.waitFor()).isNotZero();
        assertThat(below).noneMatch(SandboxProcess::isRunning);
        assertThat(group).doesNotExist();
    }
}
