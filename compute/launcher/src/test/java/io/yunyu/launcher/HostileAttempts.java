package io.yunyu.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** The attempts of {@link HostAttack} by name. What throws was refused. */
final class HostileAttempts {
    private static final String HOST = "/host" + StandInHost.DIRECTORY;
    private static final long SPIN_SECONDS = 8;
    private static final boolean X86 = HostileCalls.isX86();

    private HostileAttempts() {}

    static String attempt(String name, int port) throws IOException {
        return outcome(
                switch (name) {
                    case "tcp" -> tcp(InetAddress.getLoopbackAddress(), port);
                    case "routed-tcp" -> tcp(InetAddress.getByName(StandInHost.ROUTED), port);
                    case "udp" -> udp(port);
                    case "dns" -> dns();
                    case "abstract-socket" -> StandInHost.connectAbstract();
                    case "unix-socket" -> unix(Path.of(HOST, "socket"));
                    case "host-file" ->
                        Files.readString(Path.of(HOST, "host-file")).contains(StandInHost.PLANTED);
                    case "shadow" -> Files.readString(Path.of(HOST, "shadow")).contains(StandInHost.PLANTED);
                    case "home" ->
                        Files.readString(Path.of(HOST, "home", "notes")).contains(StandInHost.PLANTED);
                    case "other-job" ->
                        Files.readString(Path.of(HOST, "other-job", "spill")).contains(StandInHost.PLANTED);
                    case "root-only-file" ->
                        Files.readString(Path.of(StandInHost.ROOT_ONLY_INSIDE)).contains(StandInHost.PLANTED);
                    case "shared-write" -> written(Path.of(StandInHost.SHARED_INSIDE, "file"));
                    case "write-root" -> written(Path.of("/new"));
                    case "write-etc" -> written(Path.of("/etc/ld.so.preload"));
                    case "write-dev" -> written(Path.of("/dev/new"));
                    case "environ-of-1" ->
                        Files.readString(Path.of("/proc/1/environ")).contains(StandInHost.PLANTED);
                    case "environment" -> System.getenv().containsValue(StandInHost.PLANTED);
                    case "host-processes" -> victim().isPresent();
                    case "signal" -> victim().filter(HostileAttempts::maySignal).isPresent();
                    case "host-name" ->
                        Files.readString(Path.of("/proc/sys/kernel/hostname"))
                                .strip()
                                .equals(StandInHost.HOST_NAME);
                    case "shared-memory" -> StandInHost.attachSharedMemory();
                    case "exec" -> started("/usr/bin/prlimit", "--version");
                    case "exec-shell" -> started("/host/usr/bin/sh", "-c", "exit 0");
                    case "exec-java" -> secondJava();
                    case "exec-own" -> started(ownProgram());
                    case "nested-user-namespace" -> HostileCalls.worksInNewUserNamespace(0, X86 ? 39 : 172);
                    case "packet-socket" ->
                        HostileCalls.worksInNewUserNamespace(HostileCalls.NEW_NETWORK, X86 ? 41 : 198, 17, 3, 0);
                    case "mount" -> mounted();
                    case "io-uring" -> NativeCalls.call(425, 4, HostileCalls.memory(new byte[4096])) != -1;
                    case "map-huge" -> mapped();
                    case "native-memory" -> allocated();
                    case "sparse-file" -> sparse();
                    case "fill-tmp" -> filled();
                    case "open-files" -> opened();
                    case "thread-bomb" -> threads();
                    case "spin" -> spun();
                    default -> throw new IllegalArgumentException(name);
                });
    }

    private static String outcome(boolean worked) {
        return worked ? "worked" : "refused";
    }

    private static boolean tcp(InetAddress address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 3000);
            return socket.getInputStream().read() == StandInHost.GREETING;
        }
    }

    private static boolean udp(int port) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(3000);
            socket.send(new DatagramPacket(new byte[1], 1, InetAddress.getLoopbackAddress(), port));
            socket.receive(new DatagramPacket(new byte[1], 1));
            return true;
        }
    }

    /** Asks for the address of {@code a.example}; an answer has the first bit of its third byte set. */
    private static boolean dns() throws IOException {
        byte[] question = "\1\2\1\0\0\1\0\0\0\0\0\0\1a\7example\0\0\1\0\1".getBytes(StandardCharsets.ISO_8859_1);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(3000);
            InetAddress host = InetAddress.getLoopbackAddress();
            socket.send(new DatagramPacket(question, question.length, host, StandInHost.NAME_SERVICE));
            DatagramPacket answer = new DatagramPacket(new byte[512], 512);
            socket.receive(answer);
            return answer.getData()[2] < 0;
        }
    }

    private static boolean unix(Path path) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return channel.isConnected();
        }
    }

    private static boolean written(Path file) throws IOException {
        Files.writeString(file, "x");
        return Files.readString(file).equals("x");
    }

    private static Optional<Path> victim() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            return entries.filter(entry -> entry.getFileName().toString().matches("[0-9]+"))
                    .filter(HostileAttempts::isVictim)
                    .findFirst();
        }
    }

    /** Signal 0 asks for the permission and does nothing. */
    private static boolean maySignal(Path process) {
        return NativeCalls.call(
                        X86 ? 62 : 129, Long.parseLong(process.getFileName().toString()), 0)
                == 0;
    }

    private static boolean isVictim(Path process) {
        try {
            return Files.readString(process.resolve("cmdline")).contains(StandInHost.VICTIM);
        } catch (IOException gone) {
            return false;
        }
    }

    private static boolean started(String... command) throws IOException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean secondJava() throws IOException {
        return started(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=16m",
                "-XX:CompressedClassSpaceSize=16m",
                "-version");
    }

    /** A tmpfs of one's own over /tmp, in namespaces of one's own. */
    private static boolean mounted() {
        long type = HostileCalls.memory("tmpfs\0".getBytes(StandardCharsets.US_ASCII));
        long target = HostileCalls.memory("/tmp\0".getBytes(StandardCharsets.US_ASCII));
        return HostileCalls.worksInNewUserNamespace(HostileCalls.NEW_MOUNTS, X86 ? 165 : 40, type, target, type, 0, 0);
    }

    /** A copy of a program that is there anyway, as one smuggled in would lie. */
    private static String ownProgram() throws IOException {
        Path copy = Files.copy(Path.of("/usr/bin/prlimit"), Path.of("/tmp/own"));
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
        return copy.toString();
    }

    /** PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE; no page is touched. */
    private static boolean mapped() {
        return NativeCalls.call(X86 ? 9 : 222, 0, 16L << 30, 3, 0x4021, -1) != -1;
    }

    /** Java throws an error where the system gives none. */
    private static boolean allocated() {
        long address = HostileCalls.unsafe().allocateMemory(16L << 30);
        HostileCalls.unsafe().freeMemory(address);
        return true;
    }

    private static boolean sparse() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile("/tmp/sparse", "rw")) {
            file.setLength(10L << 40);
            return file.length() == 10L << 40;
        } finally {
            Files.deleteIfExists(Path.of("/tmp/sparse"));
        }
    }

    private static boolean filled() throws IOException {
        Path file = Path.of("/tmp/filler");
        byte[] piece = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < 2 * StandInHost.TMP_MIB; i++) {
                out.write(piece);
            }
            return true;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static boolean opened() throws IOException {
        List<RandomAccessFile> open = new ArrayList<>();
        try {
            for (int i = 0; i < StandInHost.OPEN_FILES + 10; i++) {
                open.add(new RandomAccessFile("/etc/passwd", "r"));
            }
            return true;
        } finally {
            for (RandomAccessFile file : open) {
                file.close();
            }
        }
    }

    private static boolean threads() {
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < StandInHost.MANY_THREADS; i++) {
            Thread thread = new Thread(null, () -> waitFor(end), "bomb", 64 << 10);
            thread.setDaemon(true);
            thread.start();
        }
        end.countDown();
        return true;
    }

    private static void waitFor(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean spun() {
        var threads = java.lang.management.ManagementFactory.getThreadMXBean();
        while (threads.getCurrentThreadCpuTime() < SPIN_SECONDS * 1_000_000_000L) {
            Thread.onSpinWait();
        }
        return true;
    }
}
