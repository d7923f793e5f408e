package io.yunyu.launcher;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * System calls straight from Java, by the foreign-function module that Java 17 incubates; reached by reflection, since
 * the compiler hides it. A call counts as refused if it answers -1; those listed would succeed for an ordinary user if
 * no filter were there.
 */
final class NativeCalls {
    private static final String PACKAGE = "jdk.incubator.foreign.";
    private static final int ARGUMENTS = 6;

    private NativeCalls() {}

    /** Made once: the child of a fork has one thread and can load nothing. */
    private static final class Handle {
        private static final MethodHandle SYSCALL = syscall();
    }

    static boolean available() {
        return ModuleLayer.boot().findModule("jdk.incubator.foreign").isPresent();
    }

    /** Names and arguments by architecture; the first is the number. */
    static Map<String, long[]> harmful(boolean x86) {
        Map<String, long[]> calls = new TreeMap<>();
        calls.put("socket netlink", new long[] {x86 ? 41 : 198, 16, 3, 0});
        calls.put("socket vsock", new long[] {x86 ? 41 : 198, 40, 1, 0});
        calls.put("socket packet", new long[] {x86 ? 41 : 198, 17, 3, 0});
        calls.put("socket alg", new long[] {x86 ? 41 : 198, 38, 5, 0});
        calls.put("ptrace traceme", new long[] {x86 ? 101 : 117, 0, 0, 0});
        calls.put("personality", new long[] {x86 ? 135 : 92, 0xffffffffL, 0, 0});
        calls.put("keyctl", new long[] {x86 ? 250 : 219, 0, -3, 1});
        calls.put("shmget", new long[] {x86 ? 29 : 194, 0, 4096, 01600});
        calls.put("semget", new long[] {x86 ? 64 : 190, 0, 1, 01600});
        calls.put("unshare files", new long[] {x86 ? 272 : 97, 0x400, 0, 0});
        calls.put("inotify_init1", new long[] {x86 ? 294 : 26, 0, 0, 0});
        calls.put("timerfd_create", new long[] {x86 ? 283 : 85, 1, 0, 0});
        calls.put("pidfd_open", new long[] {434, 1, 0, 0});
        calls.put("landlock version", new long[] {444, 0, 0, 1});
        calls.put("ioprio_get", new long[] {x86 ? 252 : 31, 1, 0, 0});
        calls.put("clone as fork", new long[] {x86 ? 56 : 220, 17, 0, 0});
        if (x86) {
            calls.put("fork", new long[] {57, 0, 0, 0});
            calls.put("modify_ldt", new long[] {154, 0, 0, 0});
        }
        return calls;
    }

    /** Calls that must work, or the rest proves nothing. */
    static Map<String, long[]> harmless(boolean x86) {
        Map<String, long[]> calls = new TreeMap<>();
        calls.put("getpid", new long[] {x86 ? 39 : 172, 0, 0, 0});
        calls.put("socket inet", new long[] {x86 ? 41 : 198, 2, 1, 0});
        return calls;
    }

    static String run() {
        boolean x86 = CpuArchitecture.ofHost().orElseThrow() == CpuArchitecture.X86_64;
        return "worked " + working(harmless(x86)) + ", harmful " + working(harmful(x86));
    }

    /** One call: number and up to five arguments. */
    static long call(long... words) {
        long[] six = java.util.Arrays.copyOf(words, ARGUMENTS);
        try {
            return (long) Handle.SYSCALL.invoke(six[0], six[1], six[2], six[3], six[4], six[5]);
        } catch (Throwable e) {
            throw new IllegalStateException("call " + six[0], e);
        }
    }

    private static List<String> working(Map<String, long[]> calls) {
        List<String> working = new ArrayList<>();
        calls.forEach((name, words) -> {
            try {
                long answer = (long) Handle.SYSCALL.invoke(words[0], words[1], words[2], words[3], 0L, 0L);
                if (answer != -1) {
                    working.add(name);
                }
            } catch (Throwable e) {
                throw new IllegalStateException(name, e);
            }
        });
        return working;
    }

    private static MethodHandle syscall() {
        try {
            Class<?> linkerType = Class.forName(PACKAGE + "CLinker");
            Class<?> layoutType = Class.forName(PACKAGE + "MemoryLayout");
            Class<?> descriptorType = Class.forName(PACKAGE + "FunctionDescriptor");
            Object linker = linkerType.getMethod("getInstance").invoke(null);
            Object lookup = linkerType.getMethod("systemLookup").invoke(null);
            Optional<?> address = (Optional<?>) Class.forName(PACKAGE + "SymbolLookup")
                    .getMethod("lookup", String.class)
                    .invoke(lookup, "syscall");
            Object word = linkerType.getField("C_LONG").get(null);
            Object words = Array.newInstance(layoutType, ARGUMENTS);
            Class<?>[] types = new Class<?>[ARGUMENTS];
            for (int i = 0; i < ARGUMENTS; i++) {
                Array.set(words, i, word);
                types[i] = long.class;
            }
            Object descriptor =
                    descriptorType.getMethod("of", layoutType, words.getClass()).invoke(null, word, words);
            return (MethodHandle) linkerType
                    .getMethod(
                            "downcallHandle", Class.forName(PACKAGE + "Addressable"), MethodType.class, descriptorType)
                    .invoke(linker, address.orElseThrow(), MethodType.methodType(long.class, types), descriptor);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
