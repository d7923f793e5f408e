package io.yunyu.launcher;

import static io.yunyu.launcher.Layer.*;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * An attempt to get out of a sandbox or to take more than its share.
 *
 * @param name of the attempt in {@link HostileAttempts}
 * @param what it tries
 * @param stoppedBy the layers that stop it, each alone; without them it must work
 * @param alone run in a process of its own, since it may end it
 */
record HostAttack(String name, String what, Set<Layer> stoppedBy, boolean alone) {
    HostAttack {
        stoppedBy = Set.copyOf(stoppedBy);
    }

    private static HostAttack of(String name, String what, Layer... layers) {
        return new HostAttack(name, what, Set.of(layers), false);
    }

    private static HostAttack alone(String name, String what, Layer... layers) {
        return new HostAttack(name, what, Set.of(layers), true);
    }

    static List<HostAttack> all() {
        List<HostAttack> all = new ArrayList<>(List.of(
                of("tcp", "TCP connection to a listener on the host's loopback", NETWORK_NAMESPACE),
                of("udp", "datagram to a listener on the host's loopback", NETWORK_NAMESPACE),
                of("abstract-socket", "abstract Unix socket of the host", NETWORK_NAMESPACE),
                of("unix-socket", "Unix socket by its path on the host", FILE_VIEW),
                of("host-file", "a file of the host that everybody may read", FILE_VIEW),
                of("other-job", "another job's scratch by its path", FILE_VIEW),
                of("root-only-file", "a bound file that only root may read", ROOT_DROP),
                of("shared-write", "write to a file that is bound for reading", READ_ONLY_BINDS),
                of("write-root", "a new file in the root directory", READ_ONLY_ROOT),
                of("write-etc", "a new file beside the bound files of /etc", READ_ONLY_ROOT),
                of("write-dev", "a new file in /dev", READ_ONLY_DEVICES),
                of("environ-of-1", "environment of the chain through /proc/1/environ", OUTER_ENVIRONMENT),
                of("environment", "environment of the chain, inherited", OUTER_ENVIRONMENT, INNER_ENVIRONMENT),
                of("host-processes", "command line of a process of the host", PROCESS_NAMESPACE),
                of("host-name", "the host's name", HOST_NAME_NAMESPACE),
                of("shared-memory", "a shared-memory segment of the host", IPC_NAMESPACE, SYSTEM_CALL_FILTER),
                of("exec", "another program, started", SYSTEM_CALL_FILTER),
                of("exec-own", "a program of one's own making, started from /tmp", SYSTEM_CALL_FILTER),
                of(
                        "nested-user-namespace",
                        "a nested user namespace, with all capabilities in it",
                        NO_NESTED_NAMESPACES,
                        SYSTEM_CALL_FILTER),
                of("map-huge", "16 GiB of shared anonymous memory", ADDRESS_SPACE_LIMIT),
                of("sparse-file", "a sparse file of 10 TiB", FILE_SIZE_LIMIT),
                of("fill-tmp", "twice the size of /tmp, written there", TMP_SIZE),
                of("open-files", "more open files than allowed", OPEN_FILES_LIMIT),
                alone("thread-bomb", "more threads than allowed", THREAD_LIMIT),
                alone("spin", "more processor time than allowed", PROCESSOR_LIMIT)));
        HostileCalls.names()
                .forEach(name -> all.add(new HostAttack(
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
