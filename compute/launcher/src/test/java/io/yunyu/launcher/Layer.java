package io.yunyu.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A layer of the sandbox, and how a command is written that has all others but not this one. For controls only. */
enum Layer {
    OUTER_ENVIRONMENT("empty environment of the whole chain (env -i)"),
    INNER_ENVIRONMENT("empty environment inside (--clearenv)"),
    ROOT_DROP("a slot uid instead of root (setpriv)"),
    SYSTEM_CALL_FILTER("system-call filter (--seccomp)"),
    NETWORK_NAMESPACE("own network namespace"),
    CLUSTER_NETWORK("network namespace of the cluster"),
    PROCESS_NAMESPACE("own process namespace"),
    IPC_NAMESPACE("own IPC namespace"),
    HOST_NAME_NAMESPACE("own host-name namespace"),
    NO_NESTED("no nested user namespaces (--disable-userns)"),
    FILE_VIEW("nothing of the host in view but what is bound"),
    READ_ONLY_BINDS("read-only binds"),
    READ_ONLY_ROOT("read-only root"),
    READ_ONLY_DEVICES("read-only /dev"),
    ADDRESS_SPACE_LIMIT("limit of the address space"),
    FILE_SIZE_LIMIT("limit of a file's size"),
    PROCESSOR_LIMIT("limit of processor time"),
    LOCKED_MEMORY_LIMIT("limit of locked memory"),
    OPEN_FILES_LIMIT("limit of open files"),
    THREAD_LIMIT("limit of threads"),
    TMP_SIZE("size of /tmp");

    private final String title;

    Layer(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    static List<String> without(Set<Layer> layers, List<String> command) {
        List<String> weaker = new ArrayList<>(command);
        layers.forEach(layer -> layer.removeFrom(weaker));
        return weaker;
    }

    private void removeFrom(List<String> command) {
        switch (this) {
            case OUTER_ENVIRONMENT -> removeWords(command, command.indexOf("/usr/bin/env"), 3);
            case INNER_ENVIRONMENT -> removeWords(command, command.indexOf("--clearenv"), 1);
            case ROOT_DROP ->
                removeWords(
                        command, command.indexOf("setpriv"), command.indexOf("prlimit") - command.indexOf("setpriv"));
            case SYSTEM_CALL_FILTER -> removeWords(command, command.indexOf("--seccomp"), 2);
            case NETWORK_NAMESPACE -> removeWords(command, command.indexOf("--unshare-net"), 1);
            case CLUSTER_NETWORK -> removeWords(command, command.indexOf("nsenter"), 3);
            case PROCESS_NAMESPACE -> removeWords(command, command.indexOf("--unshare-pid"), 1);
            case IPC_NAMESPACE -> removeWords(command, command.indexOf("--unshare-ipc"), 1);
            case HOST_NAME_NAMESPACE -> {
                removeWords(command, command.indexOf("--unshare-uts"), 1);
                removeWords(command, command.indexOf("--hostname"), 2);
            }
            case NO_NESTED -> {
                removeWords(command, command.indexOf("--disable-userns"), 1);
                removeWords(command, command.indexOf("--assert-userns-disabled"), 1);
            }
            case FILE_VIEW -> command.addAll(command.indexOf("--remount-ro"), List.of("--ro-bind", "/", "/host"));
            case READ_ONLY_BINDS -> {
                int target = command.indexOf(StandInHost.SHARED_INSIDE);
                if (target < 2 || !command.get(target - 2).equals("--ro-bind")) {
                    throw new IllegalStateException("the bind is not read-only in the first place");
                }
                command.set(target - 2, "--bind");
            }
            case READ_ONLY_ROOT -> removePair(command, "--remount-ro", "/");
            case READ_ONLY_DEVICES -> removePair(command, "--remount-ro", "/dev");
            case ADDRESS_SPACE_LIMIT -> removeStartingWith(command, "--as=");
            case FILE_SIZE_LIMIT -> removeStartingWith(command, "--fsize=");
            case PROCESSOR_LIMIT -> removeStartingWith(command, "--cpu=");
            case LOCKED_MEMORY_LIMIT -> removeStartingWith(command, "--memlock=");
            case OPEN_FILES_LIMIT -> removeStartingWith(command, "--nofile=");
            case THREAD_LIMIT -> {
                int at = indexStartingWith(command, "--nproc=");
                // The program must still be started by prlimit, now with a limit that does not bind.
                command.set(at, "--nproc=" + StandInHost.MANY_THREADS * 2);
            }
            case TMP_SIZE -> removeWords(command, command.indexOf("--size"), 2);
        }
    }

    private static void removePair(List<String> command, String option, String value) {
        for (int i = 0; i + 1 < command.size(); i++) {
            if (command.get(i).equals(option) && command.get(i + 1).equals(value)) {
                removeWords(command, i, 2);
                return;
            }
        }
        throw new IllegalStateException("the command has no " + option + " " + value);
    }

    private static void removeStartingWith(List<String> command, String start) {
        removeWords(command, indexStartingWith(command, start), 1);
    }

    private static int indexStartingWith(List<String> command, String start) {
        for (int i = 0; i < command.size(); i++) {
            if (command.get(i).startsWith(start)) {
                return i;
            }
        }
        throw new IllegalStateException("the command has no " + start);
    }

    private static void removeWords(List<String> command, int at, int count) {
        if (at < 0) {
            throw new IllegalStateException("the command lacks a layer that was to be removed");
        }
        command.subList(at, at + count).clear();
    }
}
