package io.yunyu.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.vault.store.VaultStartException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class VaultProcessTest {
    @TempDir
    Path directory;

    @Test
    void start_fresh_filesAreForTheirOwnerOnly() throws IOException {
        try (RunningVault vault = new RunningVault(directory)) {
            vault.ok("op", "reviewKey", "organization", "health");
            assertThat(mode(vault.home)).isEqualTo("rwx------");
            assertThat(mode(vault.socket)).isEqualTo("rw-------");
            try (Stream<Path> files = Files.walk(vault.home)) {
                assertThat(files.filter(Files::isRegularFile))
                        .hasSizeGreaterThan(4)
                        .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void start_homeOrMasterKeyOthersMayRead_isRefused() throws IOException {
        RunningVault vault = new RunningVault(directory);
        vault.stop();
        for (String name : new String[] {"", "keys", "master.key"}) {
            Path path = vault.home.resolve(name);
            String before = mode(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(before.substring(0, 3) + "r-----"));
            assertRefused(vault, 4, "chmod");
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(before));
        }
        vault.start(Optional.empty()).close();
    }

    @Test
    void start_masterKeyMissingOrAnother_isRefusedAndNothingChanges() throws IOException {
        RunningVault vault = new RunningVault(directory);
        vault.stop();
        Path master = vault.home.resolve("master.key");
        byte[] right = Files.readAllBytes(master);
        Files.delete(master);
        assertRefused(vault, 4, "master.key");
        assertThat(master).doesNotExist();

        RunningVault other = new RunningVault(Files.createDirectory(directory.resolve("other")));
        other.stop();
        Files.copy(other.home.resolve("master.key"), master);
        assertRefused(vault, 4, "not the key");
        Files.writeString(master, "{\"key\":[]}");
        assertRefused(vault, 4, "not a master key");

        Files.write(master, right);
        vault.start(Optional.empty()).close();
    }

    @Test
    void start_keyFileSwappedForAnother_isNotUsed() throws IOException {
        RunningVault vault = new RunningVault(directory);
        vault.ok("op", "reviewKey", "organization", "health");
        List<Path> before = keyFiles(vault);
        vault.ok("op", "reviewKey", "organization", "tax");
        List<Path> tax = new ArrayList<>(keyFiles(vault));
        tax.removeAll(before);
        vault.ok("op", "approvalKey", "organization", "tax");
        List<Path> approval = new ArrayList<>(keyFiles(vault));
        approval.removeAll(before);
        approval.removeAll(tax);
        Files.write(approval.get(0), Files.readAllBytes(tax.get(0)));
        JsonObject answer = vault.ask("op", "approvalKey", "organization", "tax");
        assertThat(answer.string("refused")).isEqualTo("INTERNAL");
        assertThat(answer.string("detail")).contains("approval/tax").contains("was changed");
        vault.stop();
    }

    @Test
    void start_secondVaultOnSameHomeOrSocket_isRefusedAsOccupied() throws IOException {
        try (RunningVault vault = new RunningVault(directory)) {
            assertRefused(vault, 6, "already runs");
            Path otherHome = directory.resolve("other");
            assertThatThrownBy(() -> VaultProcess.start(
                            otherHome,
                            vault.socket,
                            Optional.empty(),
                            vault.clock,
                            new VaultLog(System.err, vault.clock)))
                    .isInstanceOfSatisfying(VaultStartException.class, e -> assertThat(e.exitCode())
                            .isEqualTo(6));
            assertThat(vault.ok("op", "status").bool("ready")).isTrue();
        }
    }

    @Test
    void start_originOtherThanBefore_isRefused() throws IOException {
        RunningVault vault = new RunningVault(directory);
        vault.stop();
        assertThatThrownBy(() -> vault.start(Optional.of("renamed")))
                .isInstanceOf(VaultStartException.class)
                .hasMessageContaining("yunyu.example/log");
        vault.start(Optional.of("yunyu.example/log")).close();
    }

    @Nested
    class Garbage {
        @Test
        void connection_garbage_isClosedAndOthersGoOn() throws IOException {
            byte[][] garbage = {
                {-1, -1, -1, -1},
                {127, 0, 0, 0},
                {0, 0, 0, 2, '[', ']'},
                {0, 0, 0, 3, '{', '}', '{'},
                "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                {0, 0, 0, 4, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff}
            };
            try (RunningVault vault = new RunningVault(directory)) {
                for (byte[] bytes : garbage) {
                    try (SocketClient client = new SocketClient(vault.socket)) {
                        client.raw(bytes);
                        assertThat(client.isClosed()).isTrue();
                    }
                    assertThat(vault.ok("op", "status").bool("ready")).isTrue();
                }
                try (SocketClient cutOff = new SocketClient(vault.socket)) {
                    cutOff.raw(new byte[] {0, 0, 0, 9, '{'});
                    cutOff.finishSending();
                    assertThat(cutOff.isClosed()).isTrue();
                }
            }
        }

        @Test
        void connections_manyAtOnce_agreeOnFreshKeys() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try (RunningVault vault = new RunningVault(directory)) {
                List<Future<String>> keys = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    keys.add(threads.submit(() -> {
                        try (SocketClient client = new SocketClient(vault.socket)) {
                            client.ask("op", "reviewKey", "organization", "health");
                            return client.ask("op", "reviewKey", "organization", "health")
                                    .object("ok")
                                    .string("sealTo");
                        }
                    }));
                }
                String first = keys.get(0).get();
                for (Future<String> key : keys) {
                    assertThat(key.get()).isEqualTo(first);
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void main_killedAndStartedAgain_replacesTheStaleSocketAndEndsOnSigterm() throws Exception {
        Path socket = directory.resolve("vault.sock");
        Process first = main();
        String ready = ready(first);
        assertThat(Json.parseObject(ready).bool("ready")).isTrue();
        Process occupied = main();
        assertThat(occupied.waitFor()).isEqualTo(6);
        first.destroyForcibly().waitFor();
        assertThat(Files.exists(socket)).isTrue();

        Process second = main();
        assertThat(ready(second)).isEqualTo(ready);
        try (SocketClient client = new SocketClient(socket)) {
            assertThat(client.ask("op", "status").object("ok").bool("ready")).isTrue();
        }
        second.destroy();
        assertThat(second.waitFor()).isEqualTo(143);
        assertThat(Files.exists(socket)).isFalse();
    }

    @Test
    void main_wrongUsage_exits2() throws Exception {
        Process process =
                new ProcessBuilder(command("--home")).redirectErrorStream(true).start();
        assertThat(process.waitFor()).isEqualTo(2);
    }

    private Process main() throws IOException {
        return new ProcessBuilder(command(
                        "--home",
                        directory.resolve("vault").toString(),
                        "--socket",
                        directory.resolve("vault.sock").toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static List<String> command(String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                VaultMain.class.getName()));
        command.addAll(List.of(args));
        return command;
    }

    private static String ready(Process process) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return Objects.requireNonNull(lines.readLine(), "the vault ended without a line");
    }

    private static void assertRefused(RunningVault vault, int exitCode, String words) {
        assertThatThrownBy(() -> vault.start(Optional.empty()))
                .isInstanceOfSatisfying(
                        VaultStartException.class, e -> assertThat(e.exitCode()).isEqualTo(exitCode))
                .hasMessageContaining(words);
    }

    private static List<Path> keyFiles(RunningVault vault) throws IOException {
        try (Stream<Path> files = Files.list(vault.home.resolve("keys"))) {
            return files.toList();
        }
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
