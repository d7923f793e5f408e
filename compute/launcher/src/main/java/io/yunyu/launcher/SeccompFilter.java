package io.yunyu.launcher;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The system-call filter of every engine: an allow-list, as the {@code struct sock_filter} bytes that
 * {@code bwrap --seccomp} reads.
 *
 * <p>It guarantees that the one process of a sandbox cannot become two ({@code fork}, {@code vfork} and {@code clone}
 * without {@code CLONE_THREAD} fail with EPERM, so limits per process are limits of the job), cannot open sockets but
 * Unix and Internet ones (the namespace has only a loopback; AF_VSOCK, which ignores network namespaces before Linux
 * 7.0, AF_NETLINK and AF_PACKET fail with EAFNOSUPPORT), and reaches none of the kernel's less-trodden interfaces.
 * {@code clone3}, whose flags lie in memory where a filter cannot look, and all younger calls fail with ENOSYS, upon
 * which the C library falls back to older ones. A call by a foreign ABI kills the process.
 *
 * <p>{@code execve} stays allowed, since the filter is in force before the engine's own program is executed; without
 * fork it can only replace the engine by a program under the same filter.
 */
final class SeccompFilter {
    /** Numbers from here on are younger than every kernel we know: "no such call" instead of "not permitted". */
    private static final int YOUNGER_CALLS = 400;

    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    private static final int EAFNOSUPPORT = 97;

    private static final int ALLOW = 0x7fff0000;
    private static final int ERRNO = 0x00050000;
    private static final int KILL_PROCESS = 0x80000000;

    private static final int LOAD_WORD = 0x20;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_GREATER_EQUAL = 0x35;
    private static final int JUMP_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;

    private static final int NUMBER_OFFSET = 0;
    private static final int ARCH_OFFSET = 4;
    private static final int FIRST_ARGUMENT_OFFSET = 16;
    private static final int X32_BIT = 0x40000000;

    private static final int CLONE_THREAD = 0x00010000;
    private static final int CLONE_NEW_NAMESPACES = 0x7E020080;
    private static final List<Integer> SOCKET_FAMILIES = List.of(1, 2, 10);
    private static final List<Integer> SOCKETPAIR_FAMILIES = List.of(1);
    /** Terminal size and mode, bytes waiting, blocking mode, and what {@code NetworkInterface} asks about loopback. */
    private static final List<Integer> IOCTLS = List.of(
            0x5401, 0x5413, 0x541B, 0x5421, 0x8910, 0x8912, 0x8913, 0x8915, 0x8919, 0x891B, 0x8921, 0x8927, 0x8933);
    /** Parent-death signal, dumpable, names of threads and mappings, timer slack, capability reads, no-new-privileges. */
    private static final List<Integer> PRCTLS = List.of(1, 3, 4, 15, 16, 23, 29, 38, 39, 0x53564d41);

    private final ByteBuffer out = ByteBuffer.allocate(8 * 4096).order(ByteOrder.LITTLE_ENDIAN);

    private final boolean processes;

    private SeccompFilter(boolean processes) {
        this.processes = processes;
    }

    /** The filter's bytes: eight per instruction, little-endian, as both architectures are. */
    static byte[] bytes(CpuArchitecture architecture) {
        return bytes(architecture, false);
    }

    /**
     * The filter of a cluster's nodes: the same, but {@code clone} may make processes, which inherit it. Namespaces it still
     * may not make.
     */
    static byte[] bytesForNodes(CpuArchitecture architecture) {
        return bytes(architecture, true);
    }

    private static byte[] bytes(CpuArchitecture architecture, boolean processes) {
        SeccompFilter filter = new SeccompFilter(processes);
        filter.assemble(architecture);
        byte[] bytes = new byte[filter.out.position()];
        filter.out.flip().get(bytes);
        return bytes;
    }

    private void assemble(CpuArchitecture architecture) {
        load(ARCH_OFFSET);
        jump(JUMP_EQUAL, architecture.auditNumber(), 1, 0);
        answer(KILL_PROCESS);
        load(NUMBER_OFFSET);
        if (architecture == CpuArchitecture.X86_64) {
            jump(JUMP_GREATER_EQUAL, X32_BIT, 0, 1);
            answer(KILL_PROCESS);
        }
        Map<String, Integer> numbers = SyscallTable.allowedOn(architecture);
        List<String> checked = new ArrayList<>();
        numbers.forEach((name, number) -> {
            if (isChecked(name)) {
                checked.add(name);
            } else {
                jump(JUMP_EQUAL, number, 0, 1);
                answer(ALLOW);
            }
        });
        for (String name : checked) {
            check(name, numbers.getOrDefault(name, -1));
        }
        jump(JUMP_GREATER_EQUAL, YOUNGER_CALLS, 0, 1);
        answer(ERRNO | ENOSYS);
        answer(ERRNO | EPERM);
    }

    private static boolean isChecked(String name) {
        return switch (name) {
            case "clone", "socket", "socketpair", "ioctl", "prctl" -> true;
            default -> false;
        };
    }

    private void check(String name, int number) {
        switch (name) {
            case "clone" -> {
                jump(JUMP_EQUAL, number, 0, processes ? 4 : 6);
                load(FIRST_ARGUMENT_OFFSET);
                if (!processes) {
                    jump(JUMP_ANY_BIT, CLONE_THREAD, 1, 0);
                    answer(ERRNO | EPERM);
                }
                jump(JUMP_ANY_BIT, CLONE_NEW_NAMESPACES, 0, 1);
                answer(ERRNO | EPERM);
                answer(ALLOW);
            }
            case "socket" -> oneOf(number, 0, SOCKET_FAMILIES, EAFNOSUPPORT);
            case "socketpair" -> oneOf(number, 0, SOCKETPAIR_FAMILIES, EAFNOSUPPORT);
            case "ioctl" -> oneOf(number, 1, IOCTLS, EPERM);
            default -> oneOf(number, 0, PRCTLS, EPERM);
        }
    }

    /** Only the low word of the argument is looked at: the kernel takes these as 32-bit numbers. */
    private void oneOf(int number, int argument, List<Integer> permitted, int errno) {
        jump(JUMP_EQUAL, number, 0, 2 + 2 * permitted.size());
        load(FIRST_ARGUMENT_OFFSET + 8 * argument);
        for (int value : permitted) {
            jump(JUMP_EQUAL, value, 0, 1);
            answer(ALLOW);
        }
        answer(ERRNO | errno);
    }

    private void load(int offset) {
        instruction(LOAD_WORD, 0, 0, offset);
    }

    private void jump(int kind, int value, int ifTrue, int ifFalse) {
        instruction(kind, ifTrue, ifFalse, value);
    }

    private void answer(int action) {
        instruction(RETURN, 0, 0, action);
    }

    private void instruction(int code, int ifTrue, int ifFalse, int value) {
        out.putShort((short) code).put((byte) ifTrue).put((byte) ifFalse).putInt(value);
    }
}
