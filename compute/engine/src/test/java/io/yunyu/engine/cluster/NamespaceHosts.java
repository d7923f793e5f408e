package io.yunyu.engine.cluster;

import com.sun.security.auth.module.UnixSystem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hosts of a network that exists only here: one network namespace each, joined by a bridge in a further namespace that
 * has no way to anywhere else. All processes live in one process namespace, whose end ends them. As root or as an
 * ordinary user; what they share is the file system.
 */
final class NamespaceHosts implements AutoCloseable {
    private static final String SCRIPT =
            """
            set -e
            mount -t tmpfs none /run
            mkdir /run/netns
            ip link set lo up
            ip link add bridge0 type bridge
            ip link set bridge0 up
            n=1
            for host in "$@"; do
              ip netns add "$host"
              ip link add "to$n" type veth peer name eth0 netns "$host"
              ip link set "to$n" master bridge0 up
              ip -n "$host" addr add "10.77.0.$n/24" dev eth0
              ip -n "$host" link set eth0 up
              ip -n "$host" link set lo up
              n=$((n+1))
            done
            echo ready
            exec cat
            """;

    private final Process holder;
    private final boolean root;
    private final List<String> names;
    private final long inside;

    private NamespaceHosts(Process holder, boolean root, List<String> names, long inside) {
        this.holder = holder;
        this.root = root;
        this.names = names;
        this.inside = inside;
    }

    /** Empty if this host does not allow it. */
    static Optional<NamespaceHosts> open(String... names) throws IOException {
        boolean root = new UnixSystem().getUid() == 0;
        List<String> command = new ArrayList<>(List.of("unshare"));
        if (!root) {
            command.addAll(List.of("--user", "--map-root-user"));
        }
        command.addAll(List.of("--net", "--mount", "--pid", "--fork", "--kill-child", "bash", "-c", SCRIPT, "hosts"));
        command.addAll(List.of(names));
        Process holder;
        try {
            holder = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return Optional.empty();
        }
        String line =
                new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (!"ready".equals(line)) {
            holder.destroyForcibly();
            return Optional.empty();
        }
        long inside = holder.children().findFirst().orElseThrow().pid();
        return Optional.of(new NamespaceHosts(holder, root, List.of(names), inside));
    }

    String address(String name) {
        return "10.77.0." + (names.indexOf(name) + 1);
    }

    /** The network namespace of this very process, which none of the hosts may be in. */
    static String ownNetwork() throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
    }

    /** Network namespaces of all hosts and of the bridge between them. */
    Set<String> networks() throws IOException, InterruptedException {
        Set<String> networks = new HashSet<>();
        networks.add(
                Files.readSymbolicLink(Path.of("/proc/" + inside + "/ns/net")).toString());
        for (String name : names) {
            Process process = on(name, Map.of(), List.of("/usr/bin/readlink", "/proc/self/ns/net"))
                    .start();
            networks.add(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
            process.waitFor();
        }
        return networks;
    }

    /** A program with nothing in its environment but what is given, on one of the hosts. */
    ProcessBuilder on(String name, Map<String, String> environment, List<String> program) {
        return command(List.of("nsenter", "--net=/run/netns/" + name, "--"), environment, program);
    }

    /** A program where all that goes between the hosts passes. */
    ProcessBuilder between(List<String> program) {
        return command(List.of(), Map.of(), program);
    }

    /** Where the network namespace of a host is found by processes that are on none; empty where only root may enter it. */
    Optional<Path> network(String name) {
        if (!root) {
            return Optional.empty();
        }
        return Optional.of(Path.of("/proc/" + inside + "/root/run/netns/" + name));
    }

    private ProcessBuilder command(List<String> enter, Map<String, String> environment, List<String> program) {
        List<String> command = new ArrayList<>(List.of("nsenter", "--target", Long.toString(inside)));
        if (!root) {
            command.addAll(List.of("--user", "--preserve-credentials"));
        }
        command.addAll(List.of("--net", "--mount", "--pid", "--"));
        command.addAll(enter);
        command.addAll(List.of("env", "-i", "PATH=/usr/bin:/bin"));
        environment.forEach((key, value) -> command.add(key + "=" + value));
        command.addAll(program);
        return new ProcessBuilder(command);
    }

    /** Ends every process on every host. */
    @Override
    public void close() {
        holder.destroyForcibly();
    }
}
