package io.yunyu.cli.demo;

import io.yunyu.cli.command.EngineFiles;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One installation on this machine: its home directory, its vault and its control plane, each a process of its own.
 * Closing it ends both, the control plane first.
 */
public final class Installation implements AutoCloseable {
    /** A Unix socket's path has at most 107 bytes. */
    private static final int MAX_SOCKET_PATH = 100;

    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final int EXIT_ADDRESS_IN_USE = 6;

    private final Path root;
    private final Path home;
    private final List<String> properties;
    private final Path socket;
    private final List<Process> processes = new ArrayList<>();
    private @Nullable Process started;

    private Installation(Path root, Path home, List<String> properties) throws IOException {
        this.root = root;
        this.properties = List.copyOf(properties);
        this.home = home;
        Path preferred = home.resolve("vault/vault.sock");
        this.socket = preferred.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_SOCKET_PATH
                ? preferred
                : Files.createTempDirectory("yunyu").resolve("vault.sock");
    }

    /** Starts the vault and the control plane side by side; returns without waiting for either. */
    public static Installation start(Path root, Path home, List<Path> inboxes, int port) throws IOException {
        return start(root, home, inboxes, port, List.of());
    }

    /** @param properties further settings of the control plane, such as {@code --yunyu.engine.slots=2} */
    public static Installation start(Path root, Path home, List<Path> inboxes, int port, List<String> properties)
            throws IOException {
        Installation installation = new Installation(root, home, properties);
        for (String part : List.of("", "vault", "server", "inbox", "tables", "scratch", "ledger")) {
            Path directory = Files.createDirectories(home.resolve(part));
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(installation::close));
        installation.startVault();
        installation.startControlPlane(inboxes, port);
        return installation;
    }

    /** Starts the control plane again after it ended; the vault goes on. */
    public void restartControlPlane(List<Path> inboxes, int port) throws IOException {
        processes.remove(controlPlane());
        startControlPlane(inboxes, port);
    }

    public Path home() {
        return home;
    }

    /** Waits until the control plane answers. @throws ProblemException if it ended instead, with its reason */
    public String awaitAddress() throws IOException, InterruptedException {
        Path file = home.resolve("server/address.txt");
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            if (Files.exists(file)) {
                String address = Files.readString(file).strip();
                if (!address.isEmpty()) {
                    return address;
                }
            }
            if (controlPlane().waitFor(100, TimeUnit.MILLISECONDS)) {
                throw ended();
            }
        }
        throw new ProblemException(
                ProblemCode.TIMEOUT,
                "The control plane did not start within " + START_LIMIT.toSeconds() + " s. See " + log());
    }

    /** What the operator needs to sign in for the first time. */
    public JsonObject operatorCredentials() throws IOException {
        return Json.parseObject(Files.readAllBytes(home.resolve("server/operator.json")));
    }

    /** Blocks until the control plane ends. */
    public int awaitEnd() throws InterruptedException {
        return controlPlane().waitFor();
    }

    public long controlPlanePid() {
        return controlPlane().pid();
    }

    @Override
    public void close() {
        for (int i = processes.size() - 1; i >= 0; i--) {
            stop(processes.get(i));
        }
    }

    private void startVault() throws IOException {
        List<String> command = java("256m");
        command.addAll(List.of(
                "-cp",
                classpath("compute/vault"),
                "io.yunyu.vault.VaultMain",
                "--home",
                home.resolve("vault").toString(),
                "--socket",
                socket.toString(),
                "--origin",
                "yunyu"));
        Process vault = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        home.resolve("vault/vault.log").toFile()))
                .start();
        processes.add(vault);
        BufferedReader out = new BufferedReader(new InputStreamReader(vault.getInputStream(), StandardCharsets.UTF_8));
        String ready = out.readLine();
        try {
            if (ready != null && Json.parseObject(ready).bool("ready")) {
                return;
            }
        } catch (JsonException notReady) {
            // Falls through to the same refusal as an end without a word.
        }
        throw new ProblemException(
                ProblemCode.INTERNAL, "The vault did not start. See " + home.resolve("vault/vault.log"));
    }

    private void startControlPlane(List<Path> inboxes, int port) throws IOException {
        // The address of an earlier run must not be taken for this one's.
        Files.deleteIfExists(home.resolve("server/address.txt"));
        List<String> command = java("512m");
        List<String> roots = new ArrayList<>(List.of(home.resolve("inbox").toString()));
        inboxes.forEach(inbox -> roots.add(inbox.toAbsolutePath().toString()));
        command.addAll(List.of(
                "-cp",
                classpath("sandbox-api"),
                "io.yunyu.api.ControlPlane",
                "--yunyu.home=" + home,
                "--yunyu.vault.socket=" + socket,
                "--yunyu.inbox=" + String.join(",", roots),
                "--yunyu.engine.lib=" + EngineFiles.directory(root),
                "--yunyu.program.lib=" + root.resolve("compute/program/target"),
                "--yunyu.engine.class-archive=" + EngineFiles.classArchive(root),
                "--server.port=" + port));
        command.addAll(properties);
        Process controlPlane = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        processes.add(controlPlane);
        started = controlPlane;
    }

    private Process controlPlane() {
        return Objects.requireNonNull(started);
    }

    private Path log() {
        return home.resolve("server/console.log");
    }

    private ProblemException ended() throws IOException {
        if (controlPlane().exitValue() == EXIT_ADDRESS_IN_USE) {
            return new ProblemException(
                    ProblemCode.ADDRESS_UNAVAILABLE,
                    "The address is occupied. Choose another port with --port, or 0 for a free one.");
        }
        return new ProblemException(ProblemCode.INTERNAL, "The control plane ended while starting. See " + log());
    }

    private static List<String> java(String heap) {
        return new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-Djava.awt.headless=true"));
    }

    private String classpath(String module) {
        Path target = root.resolve(module).resolve("target");
        return target.resolve("classes") + File.pathSeparator + target.resolve("lib") + "/*";
    }

    private static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
