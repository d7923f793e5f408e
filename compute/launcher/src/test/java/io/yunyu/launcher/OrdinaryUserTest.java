package io.yunyu.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same launcher where nobody is root: run by root under uid 65534, by an ordinary user as it is. */
class OrdinaryUserTest {
    @Test
    void kill_launcherProcess_takesItsEnginesAlong(@TempDir Path temporary) throws IOException {
        Sandboxed.requireHost();
        String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process launcher = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        own,
                        OrdinaryUserMain.class.getName(),
                        "wait-to-be-killed")
                .start();
        List<ProcessHandle> engines;
        try {
            BufferedReader said =
                    new BufferedReader(new InputStreamReader(launcher.getInputStream(), StandardCharsets.UTF_8));
            assertThat(said.readLine()).isEqualTo("started");
            engines = launcher.descendants().toList();
            assertThat(engines).isNotEmpty();
        } finally {
            launcher.destroyForcibly();
        }
        long deadline = System.nanoTime() + Sandboxed.PATIENCE.toNanos();
        while (engines.stream().anyMatch(SandboxProcess::isRunning) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(engines).noneMatch(SandboxProcess::isRunning);
    }

    @Test
    void run_asOrdinaryUser_isolatesAsWell(@TempDir Path shared) throws IOException, InterruptedException {
        Sandboxed.requireHost();
        List<Path> classPath =
                BindAccessTest.ownerOnly(Sandboxed.spec(""), shared).classPath();
        openToAll(shared);
        List<String> command = new ArrayList<>();
        if (SandboxUser.isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        command.addAll(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx64m", "-cp"));
        command.add(classPath.stream().map(Path::toString).collect(Collectors.joining(":")));
        command.addAll(List.of(OrdinaryUserMain.class.getName(), "exec", "pids", "write-outside", "environment"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said)
                .contains("exec refused: IOException")
                .contains("pids 2")
                .contains("write-outside []")
                .contains(" false");
    }

    private static void openToAll(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }
}
