package io.yunyu.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Network namespaces for the members of a cluster, joined by a bridge in a further namespace that leads nowhere else. As an
 * operator would make them by {@code ip netns}; root only.
 */
final class ClusterHosts implements AutoCloseable {
    private static final String SCRIPT =
            """
            set -e
            mount -t tmpfs none /run
            mkdir /run/netns
            ip link add bridge0 type bridge
            ip link set bridge0 up
            n=1
            for host in "$@"; do
              ip netns add "$host"
              ip link add "to$n" type veth peer name eth0 netns "$host"
              ip link set "to$n" master bridge0 up
              ip -n "$host" addr add "10.78.0.$n/24" dev eth0
              ip -n "$host" link set eth0 up
              ip -n "$host" link set lo up
              n=$((n+1))
            done
            echo ready
            exec cat
            """;

    private final Process holder;
    private final long inside;
    private final List<String> names;

    private ClusterHosts(Process holder, long inside, List<String> names) {
        this.holder = holder;
        this.inside = inside;
        this.names = names;
    }

    /** Empty if this machine does not allow it. */
    static Optional<ClusterHosts> open(String... names) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("unshare", "--net", "--mount", "--pid", "--fork", "--kill-child"));
        command.addAll(List.of("bash", "-c", SCRIPT, "hosts"));
        command.addAll(List.of(names));
        Process holder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out = new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
        if (!"ready".equals(out.readLine())) {
            holder.destroyForcibly();
            return Optional.empty();
        }
        return Optional.of(new ClusterHosts(
                holder, holder.children().findFirst().orElseThrow().pid(), List.of(names)));
    }

    String address(String name) {
        return "10.78.0." + (names.indexOf(name) + 1);
    }

    Path network(String name) {
        return Path.of("/proc/" + inside + "/root/run/netns/" + name);
    }

    @Override
    public void close() {
        holder.destroyForcibly();
    }
}
