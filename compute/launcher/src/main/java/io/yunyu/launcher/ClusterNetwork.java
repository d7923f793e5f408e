package io.yunyu.launcher;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The network namespace that an operator made for a driver or a node of a cluster. Looked at before anything is put into
 * it: it is there, it is not the host's own, and nothing in it leads further than the segments it is joined to.
 *
 * <p>Does not promise that only the cluster's hosts are on these segments: that is for the operator to see to.
 */
public final class ClusterNetwork {
    private static final long ENTER_SECONDS = 10;
    private static final List<Path> HOSTS_OWN = List.of(Path.of("/proc/self/ns/net"), Path.of("/proc/1/ns/net"));
    private static final String LOOK =
            """
            readlink /proc/self/ns/net
            echo ---; cat /proc/self/net/route
            echo ---; cat /proc/self/net/ipv6_route 2>/dev/null || :
            echo ---; cat /proc/self/net/fib_trie
            """;

    private static final int IPV4_DESTINATION = 1;
    private static final int IPV4_GATEWAY = 2;
    private static final int IPV4_MASK = 7;
    private static final int IPV6_PREFIX = 1;
    private static final int IPV6_NEXT_HOP = 4;
    private static final int IPV6_DEVICE = 9;

    private ClusterNetwork() {}

    /** @throws ProblemException HOST_LACKS_LAYER or BAD_REQUEST, saying what is wrong with it */
    public static void require(Path namespace) {
        look(namespace);
    }

    /**
     * As above, and that it has this address.
     *
     * @param address IPv4: a sandbox has no name service
     */
    public static void require(Path namespace, String address) {
        List<String> lines = look(namespace).get(3).lines().map(String::strip).toList();
        int at = lines.indexOf("|-- " + address);
        if (at < 0 || at + 1 == lines.size() || !lines.get(at + 1).equals("/32 host LOCAL")) {
            throw refused(namespace, "has no interface with the address " + address + "; give it one");
        }
    }

    /** What is seen from inside: its name, its IPv4 routes, its IPv6 routes, its addresses. */
    private static List<String> look(Path namespace) {
        if (!SandboxUser.isRoot()) {
            throw new ProblemException(
                    ProblemCode.HOST_LACKS_LAYER,
                    "An engine gets the network of a cluster only from a launcher that runs as root.");
        }
        if (!Files.exists(namespace)) {
            throw refused(namespace, "is not there; make it, as docs/clusters.md says");
        }
        if (HOSTS_OWN.stream().anyMatch(own -> isSame(namespace, own))) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "The network given to an engine is the host's own. Make one for the cluster alone.");
        }
        String seen = fromInside(namespace)
                .orElseThrow(() -> refused(namespace, "cannot be entered; name a network namespace"));
        List<String> parts = Stream.of(seen.split("---\n", -1)).toList();
        if (parts.size() != 4) {
            throw refused(namespace, "cannot be looked at");
        }
        if (leadsFurther(parts)) {
            throw refused(
                    namespace,
                    "has a route by a gateway, so that an engine would reach more than the cluster;"
                            + " leave it the segment of the cluster alone");
        }
        return parts;
    }

    private static boolean leadsFurther(List<String> parts) {
        Stream<String[]> four =
                parts.get(1).lines().skip(1).map(line -> line.strip().split("\\s+"));
        Stream<String[]> six = parts.get(2).lines().map(line -> line.strip().split("\\s+"));
        return four.anyMatch(route ->
                        !isZero(route[IPV4_GATEWAY]) || isZero(route[IPV4_DESTINATION]) && isZero(route[IPV4_MASK]))
                || six.filter(route -> !route[IPV6_DEVICE].equals("lo"))
                        .anyMatch(route -> !isZero(route[IPV6_NEXT_HOP]) || isZero(route[IPV6_PREFIX]));
    }

    private static boolean isZero(String hexadecimal) {
        return hexadecimal.chars().allMatch(c -> c == '0');
    }

    private static boolean isSame(Path namespace, Path own) {
        try {
            return Files.isSameFile(namespace, own);
        } catch (IOException unseen) {
            // Another process's namespace that may not be looked at is none of ours.
            return false;
        }
    }

    private static Optional<String> fromInside(Path namespace) {
        ProcessBuilder builder = new ProcessBuilder("nsenter", "--net=" + namespace, "--", "/bin/sh", "-c", LOOK)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String seen = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(ENTER_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? Optional.of(seen)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static ProblemException refused(Path namespace, String why) {
        return new ProblemException(
                ProblemCode.HOST_LACKS_LAYER, "The network of the cluster, " + namespace + ", " + why + ".");
    }
}
