package io.yunyu.engine.solver;

import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.channel.FrameReader;
import io.yunyu.contract.channel.FrameWriter;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.engine.channel.SealKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A hostile program in the place of a solver. Arguments: the host's namespaces as {@code name=link,…} and a port of the
 * host's loopback. It ends at once, before it tries anything, unless each of its namespaces is another than the host's and
 * it is not root.
 */
public final class SolverAttackMain {
    private static final int NOT_ISOLATED = 77;

    private SolverAttackMain() {}

    public static void main(String[] args) throws IOException {
        for (String namespace : args[0].split(",")) {
            String[] parts = namespace.split("=", 2);
            if (Files.readSymbolicLink(Path.of("/proc/self/ns/" + parts[0]))
                    .toString()
                    .equals(parts[1])) {
                System.exit(NOT_ISOLATED);
            }
        }
        if ((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0) {
            System.exit(NOT_ISOLATED);
        }
        FrameWriter out = new FrameWriter(System.out);
        out.write(Frame.json(
                Frame.HELLO,
                Json.object(
                        "protocol",
                        1L,
                        "engine",
                        "hostile",
                        "sealTo",
                        SealKeys.generate().sealTo())));
        new FrameReader(System.in).next();
        String report = String.join(
                "\n",
                "isolated",
                "interfaces "
                        + NetworkInterface.networkInterfaces()
                                .map(NetworkInterface::getName)
                                .toList(),
                "connect " + connect(Integer.parseInt(args[1])),
                "present "
                        + Stream.of("/data", "/scratch", "/source", "/root", "/home", "/var", "/sys", "/bin/sh", "/cds")
                                .filter(path -> Files.exists(Path.of(path)))
                                .toList(),
                "write " + write(),
                "exec " + exec(),
                "environment " + System.getenv().keySet().stream().sorted().toList(),
                "mounts " + mounts());
        out.write(new Frame(Frame.OUTPUT, report.getBytes(StandardCharsets.UTF_8)));
        out.write(Frame.json(Frame.END, EngineResult.done().toJson()));
    }

    private static String connect(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 3000);
            return "reached";
        } catch (IOException e) {
            return "refused";
        }
    }

    private static String write() {
        for (String path : List.of("/natives/x", "/app/x", "/app/0/x", "/etc/x", "/x", "/dev/shm/x")) {
            try {
                Files.writeString(Path.of(path), "x");
                return path;
            } catch (IOException e) {
                continue;
            }
        }
        return "refused";
    }

    private static String exec() {
        try {
            return "started "
                    + new ProcessBuilder("/usr/bin/prlimit", "--version")
                            .start()
                            .pid();
        } catch (IOException e) {
            return "refused";
        }
    }

    private static List<String> mounts() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
            return lines.map(line -> line.split(" ")[4]).sorted().distinct().toList();
        }
    }
}
