package io.yunyu.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as text: what must be in it, and in which order. */
class SandboxCommandTest {
    private static List<String> command(Optional<SandboxUser> user, Path data) {
        try (RuntimeFiles files = RuntimeFiles.create(CpuArchitecture.X86_64)) {
            return new SandboxCommand(files, user, JavaRuntime.current())
                    .bind(Bind.readOnly(data, "/data/a"))
                    .limits(EngineLimits.forHeap(1024).withCpuSeconds(60))
                    .running(List.of("/usr/bin/cat"));
        }
    }

    @Test
    void running_ordinaryUser_needsNoRootTools(@TempDir Path home) {
        List<String> command = command(Optional.empty(), home);
        assertThat(command).startsWith("/usr/bin/env", "-i");
        assertThat(command).doesNotContain("setpriv", "unshare");
        assertThat(command).containsSequence("--ro-bind", home.toString(), "/data/a");
        assertThat(command)
                .contains("--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts")
                .contains("--unshare-cgroup", "--disable-userns", "--die-with-parent", "--clearenv", "--new-session")
                .containsSequence("--cap-drop", "ALL")
                .containsSequence("--seccomp", "9")
                .contains(
                        "--core=0",
                        "--cpu=60:65",
                        "--as=" + EngineLimits.forHeap(1024).addressSpaceBytes());
        assertThat(command).endsWith("--", "/usr/bin/prlimit", "--nproc=512", "--", "/usr/bin/cat");
    }

    @Test
    void running_root_stagesItsBindsThenDropsBeforeBubblewrap(@TempDir Path home) {
        org.junit.jupiter.api.Assumptions.assumeTrue(SandboxUser.isRoot(), "only root opens binds to a group");
        List<String> command = command(Optional.of(new SandboxUser(70_000, 10, 69_999)), home);
        assertThat(command.indexOf("unshare")).isLessThan(command.indexOf("setpriv"));
        assertThat(command.indexOf("setpriv")).isLessThan(command.indexOf("bwrap"));
        assertThat(command).contains("--regid=69999", "--groups=69999", "--bounding-set=-all", home.toString());
        int target = command.indexOf("/data/a");
        assertThat(command.get(target - 1)).startsWith(SandboxCommand.STAGE + "/");
        assertThat(command.stream().filter(word -> word.startsWith("--reuid=700")))
                .hasSize(1);
    }

    @Test
    void running_networkOfACluster_isEnteredByRootBeforeAllElse() throws IOException {
        org.junit.jupiter.api.Assumptions.assumeTrue(SandboxUser.isRoot(), "only root enters a network");
        Process holder = new ProcessBuilder("unshare", "--net", "sh", "-c", "echo ready; exec cat").start();
        try (RuntimeFiles files = RuntimeFiles.create(CpuArchitecture.X86_64)) {
            assertThat(holder.inputReader().readLine()).isEqualTo("ready");
            String network = "/proc/" + holder.pid() + "/ns/net";
            List<String> command = new SandboxCommand(
                            files, Optional.of(new SandboxUser(70_000, 10, 69_999)), JavaRuntime.current())
                    .network(Optional.of(Path.of(network)))
                    .running(List.of("/usr/bin/cat"));
            assertThat(command).containsSubsequence("nsenter", "--net=" + network, "unshare", "setpriv", "bwrap");
            assertThat(command).doesNotContain("--unshare-net").contains("--unshare-user", "--seccomp");
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void limits_addressSpace_growsWithTheHeap() {
        long small = EngineLimits.forHeap(512).addressSpaceBytes();
        long large = EngineLimits.forHeap(4096).addressSpaceBytes();
        assertThat(large - small).isGreaterThanOrEqualTo(3584L << 20);
    }

    @Test
    void limits_tooSmall_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> EngineLimits.forHeap(8));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineLimits.forHeap(64).withThreads(2));
    }

    @Test
    void bind_targetThatLeavesItsPlace_isRefused(@TempDir Path home) {
        assertThatIllegalArgumentException().isThrownBy(() -> Bind.readOnly(home, "/data/../etc"));
        assertThatIllegalArgumentException().isThrownBy(() -> Bind.readOnly(home, "data"));
    }

    @Test
    void classPath_directoryOfJars_isListedByName(@TempDir Path home) throws IOException {
        Files.createFile(home.resolve("b.jar"));
        Files.createFile(home.resolve("a.jar"));
        Files.createFile(home.resolve("notes.txt"));
        ClassPathBinds binds = ClassPathBinds.of(List.of(home, home.resolve("b.jar")));
        assertThat(binds.classPath()).isEqualTo("/app/0/a.jar:/app/0/b.jar:/app/1/b.jar");
    }

    @Test
    void sparkFlags_comeFromTheBuild() {
        assertThat(EngineSpec.sparkFlags())
                .hasSizeGreaterThan(5)
                .allMatch(flag -> flag.startsWith("-") && !flag.contains("${"));
    }

    @Test
    void user_rootIds_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SandboxUser(0, 1, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> new SandboxUser(5, 1, 0));
    }

    @Test
    void capabilities_missingLayer_isNamedWithItsRemedy() {
        HostCapabilities host = new HostCapabilities(
                LauncherMode.EMBEDDED,
                Optional.empty(),
                List.of(new MissingLayer(
                        MissingLayer.Layer.BUBBLEWRAP, "no program 'bwrap'", "install the Debian package bubblewrap")));
        org.assertj.core.api.Assertions.assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(host::requireAll)
                .satisfies(e -> {
                    assertThat(e.problem().code()).isEqualTo(ProblemCode.HOST_LACKS_LAYER);
                    assertThat(e.problem().detail()).contains("BUBBLEWRAP", "install the Debian package bubblewrap");
                });
        assertThat(host.describe()).startsWith("Sandbox unavailable");
    }
}
