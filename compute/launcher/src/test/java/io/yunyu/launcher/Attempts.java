package io.yunyu.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** The attempts of {@link AttackProgram}, by name. */
final class Attempts {
    private Attempts() {}

    static String run(String name, Map<String, String> facts) throws IOException {
        return switch (name) {
            case "tcp-host-loopback" -> tcp(Integer.parseInt(facts.getOrDefault("port", "0")));
            case "unix-host-path" -> unix(Path.of(facts.getOrDefault("socket", "")));
            case "dns" -> "reached " + InetAddress.getByName("example.invalid");
            case "udp" -> udp();
            case "interfaces" -> interfaces();
            case "files" ->
                existing("/etc/shadow", "/root", "/home", "/work", "/var", "/sys", "/usr/bin/sh", "/bin/sh");
            case "environment" ->
                System.getenv().keySet().stream().sorted().toList() + " "
                        + Files.readString(Path.of("/proc/1/environ")).length() + " "
                        + Files.readString(Path.of("/proc/self/environ")).contains("YUNYU_PLANTED");
            case "exec" ->
                "started "
                        + new ProcessBuilder("/usr/bin/prlimit", "--version")
                                .start()
                                .pid();
            case "pids" -> pids();
            case "status" -> Files.readString(Path.of("/proc/self/status"));
            case "limits" -> Files.readString(Path.of("/proc/self/limits"));
            case "fill-tmp" -> fill(Path.of("/tmp/filler"), 1L << 40);
            case "sparse-file" -> sparse();
            case "write-outside" -> writeOutside();
            case "thread-bomb" -> threads();
            case "native-calls" -> NativeCalls.run();
            case "binds" -> binds();
            case "proc-writes" -> procWrites();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static String tcp(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 3000);
            return "reached";
        }
    }

    private static String unix(Path path) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return "reached " + channel.isConnected();
        }
    }

    private static String udp() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            // TEST-NET-1: documentation addresses, nobody's.
            socket.send(new DatagramPacket(new byte[1], 1, new InetSocketAddress("192.0.2.1", 9)));
            return "sent";
        }
    }

    private static String interfaces() throws IOException {
        return java.net.NetworkInterface.networkInterfaces()
                .map(java.net.NetworkInterface::getName)
                .toList()
                .toString();
    }

    private static String existing(String... paths) {
        return Stream.of(paths)
                .filter(path -> Files.exists(Path.of(path)))
                .toList()
                .toString();
    }

    private static String pids() throws IOException {
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            return Long.toString(
                    entries.filter(entry -> entry.getFileName().toString().matches("[0-9]+"))
                            .count());
        }
    }

    private static String fill(Path file, long bytes) throws IOException {
        long written = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] piece = new byte[1 << 20];
            while (written < bytes) {
                out.write(piece);
                written += piece.length;
            }
            return "wrote everything";
        } catch (IOException e) {
            return "refused after " + (written >> 20);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static String sparse() throws IOException {
        try (java.io.RandomAccessFile file = new java.io.RandomAccessFile("/tmp/sparse", "rw")) {
            file.setLength(10L << 40);
            return "set to " + file.length();
        }
    }

    private static String writeOutside() {
        List<String> written = new ArrayList<>();
        for (String path : List.of(
                "/x", "/app/x", "/app/0/x", "/usr/lib/x", "/etc/x", "/etc/passwd", "/dev/x", "/dev/shm/x", "/data/x")) {
            try {
                Files.writeString(Path.of(path), "x");
                written.add(path);
            } catch (IOException e) {
                continue;
            }
        }
        return written.toString();
    }

    private static String binds() throws IOException {
        Path input = Path.of("/data/input.csv");
        int read = Files.readString(input).length();
        String written = "writable";
        try {
            Files.writeString(input, "x");
        } catch (IOException e) {
            written = "unwritable";
        }
        Files.writeString(Path.of("/data/table/new"), "2");
        try (Stream<Path> files = Files.list(Path.of("/data/table"))) {
            return read + " read, input.csv " + written + ", " + files.count() + " in the table";
        }
    }

    /** Nothing is changed of the machine: an opened setting gets no byte, and the score is this process's own. */
    private static String procWrites() {
        List<String> written = new ArrayList<>();
        for (String path : List.of(
                "/proc/sys/kernel/core_pattern",
                "/proc/sys/kernel/hostname",
                "/proc/sys/vm/drop_caches",
                "/proc/sysrq-trigger",
                "/proc/self/oom_score_adj")) {
            try {
                Files.writeString(Path.of(path), path.endsWith("_adj") ? "-500" : "");
                written.add(path);
            } catch (IOException e) {
                continue;
            }
        }
        return written.toString();
    }

    private static String threads() {
        CountDownLatch end = new CountDownLatch(1);
        int started = 0;
        try {
            for (; started < 3000; started++) {
                Thread thread = new Thread(() -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                thread.setDaemon(true);
                thread.start();
            }
        } catch (OutOfMemoryError e) {
            return "refused after " + started;
        } finally {
            end.countDown();
        }
        return "started " + started;
    }
}
