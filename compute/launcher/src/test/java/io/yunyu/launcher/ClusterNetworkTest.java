package io.yunyu.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Namespaces of this test's own, with an interface and routes that lead nowhere. */
class ClusterNetworkTest {
    private static final String ADDRESS = "10.79.0.1";
    private static final String MADE =
            """
            set -e
            mount -t tmpfs none /run
            : > /run/own; mount --bind /proc/self/ns/net /run/own
            : > /run/network
            unshare --net=/run/network sh -ec '
            ip link set lo up
            ip link add eth0 type veth peer name eth1
            ip addr add 10.79.0.1/24 dev eth0
            ip link set eth0 up
            ip link set eth1 up
            :; %s'
            echo ready
            exec cat
            """;

    private Process holder;

    @BeforeEach
    void root() {
        assumeTrue(SandboxUser.isRoot(), "Skipped: only root makes network namespaces.");
    }

    @AfterEach
    void end() {
        if (holder != null) {
            holder.destroyForcibly();
        }
    }

    /** A private mount namespace with files that are namespaces: one made so, and this very process's own. */
    private Path made(String more) throws IOException {
        holder = new ProcessBuilder("unshare", "--mount", "sh", "-c", MADE.formatted(more))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(holder.inputReader().readLine()).isEqualTo("ready");
        return Path.of("/proc/" + holder.pid() + "/root/run");
    }

    private static void refused(Path network, String why) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> ClusterNetwork.require(network))
                .withMessageContaining(why);
    }

    @Test
    void require_segmentAlone_passes() throws Exception {
        Path network = made("").resolve("network");
        assertThatCode(() -> ClusterNetwork.require(network, ADDRESS)).doesNotThrowAnyException();
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> ClusterNetwork.require(network, "10.79.0.2"))
                .withMessageContaining("no interface with the address 10.79.0.2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip route add default via 10.79.0.2",
                "ip route add default dev eth0",
                "ip route add 192.0.2.0/24 via 10.79.0.2",
                "ip -6 route add default dev eth0",
                "ip -6 addr add 2001:db8::1/64 dev eth0 nodad; ip -6 route add 2001:db8:1::/64 via 2001:db8::2"
            })
    void require_routeThatLeadsFurther_isRefused(String route) throws Exception {
        refused(made(route).resolve("network"), "has a route by a gateway");
    }

    @Test
    void require_theHostsOwn_isRefusedByWhateverName() throws Exception {
        refused(Path.of("/proc/thread-self/ns/net"), "the host's own");
        refused(made("").resolve("own"), "the host's own");
    }

    @Test
    void require_noNamespace_isRefused(@TempDir Path directory) throws IOException {
        refused(directory.resolve("absent"), "is not there");
        refused(Files.createFile(directory.resolve("file")), "cannot be entered");
        refused(Path.of("/proc/self/ns/uts"), "cannot be entered");
    }
}
