package io.yunyu.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attempts from inside the real sandbox. The program refuses to run outside namespaces of its own, and its only targets
 * are listeners opened here.
 */
class SandboxAttackTest {
    private static EngineLauncher launcher;

    @BeforeAll
    static void open() {
        launcher = Sandboxed.launcher();
    }

    @AfterAll
    static void close() {
        if (launcher != null) {
            launcher.close();
        }
    }

    private static String attempt(String name, Map<String, String> facts) {
        return Sandboxed.output(Sandboxed.run(launcher, Sandboxed.spec(name), facts));
    }

    private static String attempt(String name) {
        return attempt(name, Map.of());
    }

    @Test
    void connect_hostLoopback_isUnreachable() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String found = attempt("tcp-host-loopback", Map.of("port", Integer.toString(listener.getLocalPort())));
            assertThat(found).startsWith("refused: ConnectException");
        }
    }

    @Test
    void connect_hostUnixSocket_isAbsent(@TempDir Path directory) throws IOException {
        Path socket = directory.resolve("s");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket));
            try (SocketChannel control = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                assertThat(control.isConnected()).isTrue();
            }
            assertThat(attempt("unix-host-path", Map.of("socket", socket.toString())))
                    .startsWith("refused: SocketException");
        }
    }

    @Test
    void resolve_anyName_isUnknown() {
        assertThat(attempt("dns")).startsWith("refused: UnknownHostException");
    }

    @Test
    void send_datagram_isUnreachable() {
        assertThat(attempt("udp")).startsWith("refused: ");
    }

    @Test
    void listInterfaces_showsLoopbackOnly() {
        assertThat(attempt("interfaces")).isEqualTo("[lo]");
    }

    @Test
    void look_hostFiles_areAbsent() {
        assertThat(attempt("files")).isEqualTo("[]");
    }

    @Test
    void look_environment_isTheSandboxsOwn() {
        assertThat(attempt("environment"))
                .startsWith("[HOME, LC_ALL, MALLOC_ARENA_MAX, PWD, SPARK_LOCAL_HOSTNAME, SPARK_LOCAL_IP]")
                .endsWith(" false");
    }

    @Test
    void execute_program_isRefused() {
        assertThat(attempt("exec")).startsWith("refused: IOException").contains("Operation not permitted");
    }

    @Test
    void call_kernelDirectly_isRefused() {
        assumeTrue(
                ModuleFinder.ofSystem().find("jdk.incubator.foreign").isPresent(),
                "needs the foreign-function module that Java 17 incubates");
        EngineSpec spec = Sandboxed.spec("native-calls")
                .withJvmFlags(List.of("--add-modules=jdk.incubator.foreign", "--enable-native-access=ALL-UNNAMED"));
        assertThat(Sandboxed.output(Sandboxed.run(launcher, spec, Map.of())))
                .isEqualTo("worked [getpid, socket inet], harmful []");
    }

    @Test
    void listProcesses_showsOwnNamespaceOnly() {
        assertThat(attempt("pids")).isEqualTo("2");
    }

    @Test
    void look_status_hasNoPrivilege() {
        assertThat(attempt("status"))
                .contains("Uid:\t10001\t10001\t10001\t10001")
                .contains("CapEff:\t0000000000000000")
                .contains("CapBnd:\t0000000000000000")
                .contains("NoNewPrivs:\t1")
                .contains("Seccomp:\t2");
    }

    @Test
    void look_limits_areSet() {
        assertThat(attempt("limits"))
                .containsPattern("Max core file size +0 +0 ")
                .containsPattern("Max locked memory +0 +0 ")
                .containsPattern("Max processes +64 +64 ")
                .containsPattern(
                        "Max address space +" + Sandboxed.spec("").limits().addressSpaceBytes() + " ");
    }

    @Test
    void fill_tmp_stopsAtItsSize() {
        String found = attempt("fill-tmp");
        assertThat(found).startsWith("refused after ");
        assertThat(Integer.parseInt(found.substring("refused after ".length()))).isBetween(8, 16);
    }

    @Test
    void extend_sparseFile_stopsAtTheLimit() {
        assertThat(attempt("sparse-file")).startsWith("refused: IOException");
    }

    @Test
    void write_outsideTmp_isRefused() {
        assertThat(attempt("write-outside")).isEqualTo("[]");
    }

    @Test
    void write_kernelSettings_isRefused() {
        assertThat(attempt("proc-writes")).isEqualTo("[]");
    }

    @Test
    void start_manyThreads_stopsAtTheLimit() {
        EngineOutcome outcome = Sandboxed.run(launcher, Sandboxed.spec("thread-bomb"), Map.of());
        // Java counts a failed thread start as memory exhausted and ends.
        assertThat(outcome.result().problem().isPresent()
                        || Sandboxed.output(outcome).startsWith("refused after "))
                .isTrue();
        assertThat(Sandboxed.output(outcome)).doesNotStartWith("started");
    }
}
