package io.yunyu.launcher;

import static io.yunyu.launcher.Layer.*;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * An attempt to get out of a sandbox or to take more than its share.
 *
 * @param number in the list of attacks of docs/attacks.md; 0 is one of our own
 * @param name of the attempt in {@link HostileAttempts}
 * @param what it tries
 * @param stoppedBy the layers that stop it, each alone; without them it must work
 * @param alone run in a process of its own, since it may end it
 */
record HostAttack(int number, String name, String what, Set<Layer> stoppedBy, boolean alone) {
    HostAttack {
        stoppedBy = Set.copyOf(stoppedBy);
    }

    private static HostAttack of(int number, String name, String what, Layer... layers) {
        return new HostAttack(number, name, what, Set.of(layers), false);
    }

    private static HostAttack alone(int number, String name, String what, Layer... layers) {
        return new HostAttack(number, name, what, Set.of(layers), true);
    }

    static List<HostAttack> all() {
        List<HostAttack> all = new ArrayList<>(List.of(
                of(1, "tcp", "TCP connection to a listener on the host's loopback", NETWORK_NAMESPACE),
                of(1, "routed-tcp", "TCP connection to another address of the host", NETWORK_NAMESPACE),
                of(1, "udp", "datagram to a listener on the host's loopback", NETWORK_NAMESPACE),
                of(1, "dns", "question to the host's name service", NETWORK_NAMESPACE),
                of(2, "abstract-socket", "abstract Unix socket of the host", NETWORK_NAMESPACE),
                of(2, "unix-socket", "Unix socket by its path on the host", FILE_VIEW),
                of(3, "packet-socket", "a packet socket, by a nested user namespace", NO_NESTED, SYSTEM_CALL_FILTER),
                of(4, "host-file", "a file of the host that everybody may read", FILE_VIEW),
                of(4, "shadow", "the host's shadow file", FILE_VIEW, ROOT_DROP),
                of(4, "home", "a file of a home directory", FILE_VIEW),
                of(4, "other-job", "another job's scratch by its path", FILE_VIEW),
                of(4, "root-only-file", "a bound file that only root may read", ROOT_DROP),
                of(8, "shared-write", "write to a file that is bound for reading", READ_ONLY_BINDS),
                of(8, "write-root", "a new file in the root directory", READ_ONLY_ROOT),
                of(8, "write-etc", "a new file beside the bound files of /etc", READ_ONLY_ROOT),
                of(8, "write-dev", "a new file in /dev", READ_ONLY_DEVICES),
                of(5, "environ-of-1", "environment of the chain through /proc/1/environ", OUTER_ENVIRONMENT),
                of(5, "environment", "environment of the chain, inherited", OUTER_ENVIRONMENT, INNER_ENVIRONMENT),
                of(9, "host-processes", "command line of a process of the host", PROCESS_NAMESPACE),
                of(9, "signal", "permission to end a process of the host", PROCESS_NAMESPACE, ROOT_DROP),
                of(0, "host-name", "the host's name", HOST_NAME_NAMESPACE),
                of(0, "shared-memory", "a shared-memory segment of the host", IPC_NAMESPACE, SYSTEM_CALL_FILTER),
                of(6, "exec", "another program, started", SYSTEM_CALL_FILTER),
                of(6, "exec-shell", "a shell of the host, started", FILE_VIEW, SYSTEM_CALL_FILTER),
                of(6, "exec-java", "a second Java, started", SYSTEM_CALL_FILTER),
                of(6, "exec-own", "a program of one's own making, started from /tmp", SYSTEM_CALL_FILTER),
                of(
                        0,
                        "nested-user-namespace",
                        "a nested user namespace, with all capabilities in it",
                        NO_NESTED,
                        SYSTEM_CALL_FILTER),
                of(7, "mount", "a mount, by a nested user namespace", NO_NESTED, SYSTEM_CALL_FILTER),
                of(7, "io-uring", "an io_uring", SYSTEM_CALL_FILTER, LOCKED_MEMORY_LIMIT),
                of(11, "map-huge", "16 GiB of shared anonymous memory", ADDRESS_SPACE_LIMIT),
                of(10, "native-memory", "16 GiB of memory outside Java's heap", ADDRESS_SPACE_LIMIT),
                of(12, "sparse-file", "a sparse file of 10 TiB", FILE_SIZE_LIMIT),
                of(12, "fill-tmp", "twice the size of /tmp, written there", TMP_SIZE),
                of(0, "open-files", "more open files than allowed", OPEN_FILES_LIMIT),
                alone(10, "thread-bomb", "more threads than allowed", THREAD_LIMIT),
                alone(0, "spin", "more processor time than allowed", PROCESSOR_LIMIT)));
        HostileCalls.names()
                .forEach(name -> all.add(new HostAttack(
                        HostileCalls.number(name),
                        "call:" + name,
                        "system call: " + name,
                        Set.of(SYSTEM_CALL_FILTER),
                        HostileCalls.endsProcess(name))));
        return List.copyOf(all);
    }

    /** The sets of layers to leave out: none, all that stop it, and all of these but one. */
    List<Set<Layer>> leftOut() {
        List<Set<Layer>> configurations = new ArrayList<>(List.of(Set.of(), stoppedBy));
        if (stoppedBy.size() > 1) {
            for (Layer kept : stoppedBy) {
                Set<Layer> others = EnumSet.copyOf(stoppedBy);
                others.remove(kept);
                configurations.add(others);
            }
        }
        return configurations;
    }
}
