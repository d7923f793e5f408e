package io.yunyu.launcher;

import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** System calls that would work for an ordinary user if no filter were there, with arguments that the kernel takes. */
final class HostileCalls {
    /** Flags of clone. */
    static final long NEW_MOUNTS = 0x20000;

    static final long NEW_NETWORK = 0x40000000;
    private static final long NEW_USER = 0x10000000;
    private static final long SIGCHLD = 17;
    private static final int MOST_COPIES = 6;
    private static final int MOST_WAITS = 200;
    private static final String TRACEME = "ptrace traceme";

    private HostileCalls() {}

    static List<String> names() {
        return List.copyOf(calls(isX86(), 0).keySet());
    }

    /** In the list of attacks. */
    static int number(String name) {
        return switch (name) {
            case "socket netlink", "socket vsock" -> 3;
            case TRACEME, "unshare files", "keyctl" -> 7;
            default -> 0;
        };
    }

    /** Whether the process may be unusable afterwards: a traced process stops at its next signal. */
    static boolean endsProcess(String name) {
        return name.equals(TRACEME);
    }

    static String attempt(String name) {
        long zeros = memory(new byte[4096]);
        long answer = NativeCalls.call(calls(isX86(), zeros).getOrDefault(name, new long[6]));
        if (answer == 0 && name.endsWith("fork")) {
            endChild();
        }
        return answer == -1 ? "refused" : "worked";
    }

    /** Whether a child in a user namespace of its own, where it has all capabilities, can make this call. */
    static boolean worksInNewUserNamespace(long moreNamespaces, long... call) {
        // A copy of one thread stands still if another one was to be waited for; then another copy is made.
        for (int copy = 0; copy < MOST_COPIES; copy++) {
            long child = NativeCalls.call(isX86() ? 56 : 220, NEW_USER | moreNamespaces | SIGCHLD);
            if (child == 0) {
                NativeCalls.call(isX86() ? 231 : 94, NativeCalls.call(call) == -1 ? 1 : 0);
            }
            Optional<Boolean> ended = child == -1 ? Optional.of(false) : endsWell(child);
            if (ended.isPresent()) {
                return ended.get();
            }
        }
        return false;
    }

    /** Empty if it had to be ended. */
    private static Optional<Boolean> endsWell(long child) {
        long status = memory(new byte[8]);
        for (int tries = 0; tries < MOST_WAITS; tries++) {
            if (NativeCalls.call(isX86() ? 61 : 260, child, status, 1, 0) == child) {
                return Optional.of(unsafe().getInt(status) == 0);
            }
            LockSupport.parkNanos(10_000_000);
        }
        NativeCalls.call(isX86() ? 62 : 129, child, 9);
        return Optional.empty();
    }

    /** The child of a fork that worked has one thread and must not go on as if it were the program. */
    private static void endChild() {
        NativeCalls.call(isX86() ? 231 : 94, 0);
    }

    private static Map<String, long[]> calls(boolean x86, long zeros) {
        Map<String, long[]> calls = new LinkedHashMap<>(new TreeMap<>(NativeCalls.harmful(x86)));
        // Packet sockets need a capability that an engine lacks: see "packet-socket". AF_ALG is in few kernels.
        calls.keySet().removeAll(List.of("socket packet", "socket alg"));
        calls.put("memfd_create", new long[] {x86 ? 319 : 279, zeros, 0, 0});
        calls.put("userfaultfd", new long[] {x86 ? 323 : 282, 1, 0, 0});
        calls.put("msgget", new long[] {x86 ? 68 : 186, 0, 01600, 0});
        calls.put("sched_setscheduler batch", new long[] {x86 ? 144 : 119, 0, 3, zeros});
        calls.put("setpgid", new long[] {x86 ? 109 : 154, 0, 0, 0});
        calls.put(
                "name_to_handle_at",
                new long[] {x86 ? 303 : 264, -100, memory("/tmp\0".getBytes()), handle(), zeros, 0});
        calls.put("seccomp action available", new long[] {x86 ? 317 : 277, 2, 0, action()});
        return calls;
    }

    /** A struct file_handle with room for 128 bytes. */
    private static long handle() {
        byte[] bytes = new byte[256];
        bytes[0] = (byte) 128;
        return memory(bytes);
    }

    /** SECCOMP_RET_ALLOW, which every kernel with seccomp says is available. */
    private static long action() {
        return memory(new byte[] {0, 0, (byte) 0xff, 0x7f, 0, 0, 0, 0});
    }

    static boolean isX86() {
        return CpuArchitecture.ofHost().orElseThrow() == CpuArchitecture.X86_64;
    }

    /** Native memory with this content; never freed, the program is short. */
    static long memory(byte[] content) {
        long address = unsafe().allocateMemory(content.length);
        for (int i = 0; i < content.length; i++) {
            unsafe().putByte(address + i, content[i]);
        }
        return address;
    }

    static sun.misc.Unsafe unsafe() {
        try {
            Field field = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return (sun.misc.Unsafe) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
