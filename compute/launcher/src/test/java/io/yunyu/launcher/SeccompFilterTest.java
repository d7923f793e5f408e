package io.yunyu.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the generated program in a small interpreter, so that both architectures are judged on either. */
class SeccompFilterTest {
    private static final int ALLOW = 0x7fff0000;
    private static final int KILL = 0x80000000;
    private static final int EPERM = 0x00050001;
    private static final int ENOSYS = 0x00050026;
    private static final int EAFNOSUPPORT = 0x00050061;

    /** The verdict on one call, as the kernel would reach it. */
    private static int verdict(CpuArchitecture filter, int arch, int number, long... arguments) {
        return verdict(SeccompFilter.bytes(filter), arch, number, arguments);
    }

    private static int verdict(byte[] filter, int arch, int number, long... arguments) {
        ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(0, number).putInt(4, arch);
        for (int i = 0; i < arguments.length; i++) {
            data.putLong(16 + 8 * i, arguments[i]);
        }
        ByteBuffer program = ByteBuffer.wrap(filter).order(ByteOrder.LITTLE_ENDIAN);
        int accumulator = 0;
        for (int at = 0; ; at++) {
            int code = program.getShort(8 * at);
            int value = program.getInt(8 * at + 4);
            boolean taken;
            switch (code) {
                case 0x20 -> {
                    accumulator = data.getInt(value);
                    continue;
                }
                case 0x15 -> taken = accumulator == value;
                case 0x35 -> taken = Integer.compareUnsigned(accumulator, value) >= 0;
                case 0x45 -> taken = (accumulator & value) != 0;
                case 0x06 -> {
                    return value;
                }
                default -> throw new AssertionError("unknown instruction " + code);
            }
            at += Byte.toUnsignedInt(program.get(8 * at + (taken ? 2 : 3)));
        }
    }

    private static int verdict(CpuArchitecture architecture, String name, long... arguments) {
        int number = SyscallTable.allowedOn(architecture).getOrDefault(name, -1);
        assertThat(number).as(name).isNotNegative();
        return verdict(architecture, architecture.auditNumber(), number, arguments);
    }

    @ParameterizedTest
    @EnumSource
    void filter_foreignArchitecture_kills(CpuArchitecture architecture) {
        assertThat(verdict(architecture, 0x40000003, 1)).isEqualTo(KILL);
    }

    @Test
    void filter_x32Call_kills() {
        assertThat(verdict(CpuArchitecture.X86_64, CpuArchitecture.X86_64.auditNumber(), 0x40000001))
                .isEqualTo(KILL);
    }

    @ParameterizedTest
    @EnumSource
    void filter_everyListedCall_isAllowed(CpuArchitecture architecture) {
        SyscallTable.allowedOn(architecture).forEach((name, number) -> {
            if (!name.matches("clone|socket|socketpair|ioctl|prctl")) {
                assertThat(verdict(architecture, name)).as(name).isEqualTo(ALLOW);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void filter_clone_allowsThreadsOnly(CpuArchitecture architecture) {
        assertThat(verdict(architecture, "clone", 0x3d0f00)).isEqualTo(ALLOW);
        assertThat(verdict(architecture, "clone", 17)).isEqualTo(EPERM);
        assertThat(verdict(architecture, "clone", 0x10000000 | 17)).isEqualTo(EPERM);
        assertThat(verdict(architecture, "clone", 0x3d0f00 | 0x40000000)).isEqualTo(EPERM);
        assertThat(verdict(architecture, architecture.auditNumber(), 435)).isEqualTo(ENOSYS);
    }

    /** The one difference: a process may come of clone, which inherits the filter. */
    @ParameterizedTest
    @EnumSource
    void filterOfNodes_clone_allowsProcessesButNoNamespaces(CpuArchitecture architecture) {
        int clone = SyscallTable.allowedOn(architecture).getOrDefault("clone", -1);
        byte[] nodes = SeccompFilter.bytesForNodes(architecture);
        int arch = architecture.auditNumber();
        assertThat(verdict(nodes, arch, clone, 17)).isEqualTo(ALLOW);
        assertThat(verdict(nodes, arch, clone, 0x4111)).isEqualTo(ALLOW);
        assertThat(verdict(nodes, arch, clone, 0x3d0f00)).isEqualTo(ALLOW);
        assertThat(verdict(nodes, arch, clone, 0x10000000 | 17)).isEqualTo(EPERM);
        for (int number = 0; number < 500; number++) {
            if (number != clone) {
                assertThat(verdict(nodes, arch, number, 2))
                        .as("call %d", number)
                        .isEqualTo(verdict(architecture, arch, number, 2));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void filter_socket_allowsUnixAndInternetOnly(CpuArchitecture architecture) {
        for (int family = 0; family < 64; family++) {
            boolean allowed = family == 1 || family == 2 || family == 10;
            assertThat(verdict(architecture, "socket", family)).isEqualTo(allowed ? ALLOW : EAFNOSUPPORT);
        }
        // The kernel looks at the low half only; the filter must not be led astray by the high one.
        assertThat(verdict(architecture, "socket", 0x100000028L)).isEqualTo(EAFNOSUPPORT);
        assertThat(verdict(architecture, "socketpair", 2)).isEqualTo(EAFNOSUPPORT);
    }

    @ParameterizedTest
    @EnumSource
    void filter_terminalInjectionAndSecurityBits_areRefused(CpuArchitecture architecture) {
        assertThat(verdict(architecture, "ioctl", 0, 0x5412)).isEqualTo(EPERM);
        assertThat(verdict(architecture, "ioctl", 0, 0x541B)).isEqualTo(ALLOW);
        assertThat(verdict(architecture, "prctl", 22)).isEqualTo(EPERM);
        assertThat(verdict(architecture, "prctl", 15)).isEqualTo(ALLOW);
    }

    @ParameterizedTest
    @CsvSource({
        "fork,57",
        "vfork,58",
        "ptrace,101",
        "mount,165",
        "unshare,272",
        "setns,308",
        "bpf,321",
        "keyctl,250",
        "memfd_create,319",
        "execveat,322",
        "userfaultfd,323",
        "process_vm_readv,310",
        "perf_event_open,298",
        "shmget,29",
        "setuid,105",
        "chown,92",
        "mknod,133",
        "seccomp,317",
        "init_module,175",
        "reboot,169"
    })
    void filter_unlistedCall_isNotPermitted(String name, int number) {
        assertThat(SyscallTable.allowedOn(CpuArchitecture.X86_64)).doesNotContainKey(name);
        assertThat(verdict(CpuArchitecture.X86_64, CpuArchitecture.X86_64.auditNumber(), number))
                .isEqualTo(EPERM);
    }

    @ParameterizedTest
    @CsvSource({"io_uring_setup,425", "pidfd_open,434", "open_tree,428", "landlock_create_ruleset,444", "mseal,462"})
    void filter_youngCall_doesNotExist(String name, int number) {
        for (CpuArchitecture architecture : CpuArchitecture.values()) {
            assertThat(verdict(architecture, architecture.auditNumber(), number))
                    .as(name)
                    .isEqualTo(ENOSYS);
        }
    }

    @Test
    void table_numbers_agreeWithTheKernelsHeaders() throws IOException {
        Path x86 = Path.of("/usr/include/x86_64-linux-gnu/asm/unistd_64.h");
        Path generic = Path.of("/usr/include/asm-generic/unistd.h");
        assumeTrue(Files.exists(x86) && Files.exists(generic), "no kernel headers here (package linux-libc-dev)");
        agree(CpuArchitecture.X86_64, numbersOf(x86));
        Map<String, Integer> arm = numbersOf(generic);
        arm.put("newfstatat", arm.getOrDefault("fstatat", -1));
        agree(CpuArchitecture.AARCH64, arm);
    }

    private static void agree(CpuArchitecture architecture, Map<String, Integer> headers) {
        SyscallTable.allowedOn(architecture).forEach((name, number) -> {
            if (headers.get(name) != null) {
                assertThat(number).as(name).isEqualTo(headers.get(name));
            } else {
                // Younger than the headers.
                assertThat(number).as(name).isGreaterThan(440);
            }
        });
    }

    private static Map<String, Integer> numbersOf(Path header) throws IOException {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        Matcher line = Pattern.compile("#define __NR(?:3264)?_(\\w+)\\s+(\\d+)").matcher(Files.readString(header));
        while (line.find()) {
            numbers.put(line.group(1), Integer.valueOf(line.group(2)));
        }
        return numbers;
    }
}
