package io.yunyu.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A host to attack that is none: a process in network, process, mount, IPC and host-name namespaces of its own, with
 * things planted in them that an attacker would like to reach. It starts sandboxes as the launcher does, whole or
 * without some layer, runs {@link HostileMain} in them and prints what came of each attempt: layers left out, name and
 * outcome, divided by tabs. So even a control with a layer off attacks nothing but this.
 *
 * <p>Arguments: the real host's namespaces, and the class path.
 */
public final class StandInHost {
    static final String DIRECTORY = "/mnt/stand-in";
    static final String SHARED_INSIDE = "/data/shared";
    static final String ROOT_ONLY_INSIDE = "/data/root-only";
    static final String PLANTED = "planted-5d1f0c";
    static final String VICTIM = "yunyu-victim";
    static final String HOST_NAME = "stand-in";
    /** What is printed in place of the layers left out, where the sandbox is that of a member of a cluster. */
    static final String DRIVER = "driver";

    static final String DRIVER_ON_THE_HOST = "driver-on-the-host";
    static final String WORKER = "worker";
    static final int GREETING = 'g';
    /** Of the documentation's addresses; on the stand-in's own loopback device. */
    static final String ROUTED = "198.51.100.1";

    static final int NAME_SERVICE = 53;
    static final int TMP_MIB = 16;
    static final int OPEN_FILES = 256;
    static final int THREADS = 64;
    static final int MANY_THREADS = 200;

    private static final Path NETWORK = Path.of(DIRECTORY, "network");
    private static final int PROCESSOR_SECONDS = 4;
    private static final int SHARED_MEMORY_KEY = 0x59554e59;
    private static final byte[] ABSTRACT_ADDRESS = "\1\0\0yunyu-stand-in".getBytes(StandardCharsets.US_ASCII);
    private static final boolean X86 = HostileCalls.isX86();

    private final String hostNamespaces;
    private final List<Path> classPath;
    private final RuntimeFiles files =
            RuntimeFiles.create(CpuArchitecture.ofHost().orElseThrow());
    private int port;

    private StandInHost(String hostNamespaces, List<Path> classPath) {
        this.hostNamespaces = hostNamespaces;
        this.classPath = classPath;
    }

    /** Kinds and numbers of this process's namespaces, as {@code net:[1],pid:[2],…}. */
    static String namespaces(String... kinds) throws IOException {
        List<String> all = new ArrayList<>();
        for (String kind : kinds) {
            all.add(Files.readSymbolicLink(Path.of("/proc/self/ns/" + kind)).toString());
        }
        return String.join(",", all);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        for (String namespace : arguments[0].split(",")) {
            if (!namespace.startsWith("user:")
                    && namespaces(namespace.substring(0, namespace.indexOf(':')))
                            .equals(namespace)) {
                System.exit(HostileMain.NOT_ISOLATED);
            }
        }
        List<Path> classPath =
                Arrays.stream(arguments[1].split(":")).map(Path::of).toList();
        StandInHost host = new StandInHost(arguments[0], classPath);
        try (AutoCloseable opened = host.plant()) {
            host.attackAll();
        } catch (Exception e) {
            throw new IllegalStateException("the stand-in could not be set up", e);
        } finally {
            host.files.close();
        }
    }

    private AutoCloseable plant() throws IOException, InterruptedException {
        run("mount", "-t", "tmpfs", "-o", "mode=0755", "stand-in", "/mnt");
        run("hostname", HOST_NAME);
        Path directory = Files.createDirectory(Path.of(DIRECTORY));
        Files.writeString(directory.resolve("host-file"), PLANTED);
        Files.writeString(Files.createDirectory(directory.resolve("other-job")).resolve("spill"), PLANTED);
        permit(Files.writeString(directory.resolve("root-only"), PLANTED), "rw-------");
        permit(Files.writeString(directory.resolve("shadow"), PLANTED), "rw-r-----");
        Files.writeString(Files.createDirectory(directory.resolve("home")).resolve("notes"), PLANTED);
        run("ip", "address", "add", ROUTED + "/32", "dev", "lo");
        Files.createFile(NETWORK);
        run("unshare", "--net=" + NETWORK, "ip", "link", "set", "lo", "up");
        Path shared = Files.createDirectory(directory.resolve("shared"));
        permit(shared, "rwxrwxrwx");
        permit(Files.writeString(shared.resolve("file"), "original"), "rw-rw-rw-");
        if (NativeCalls.call(X86 ? 29 : 194, SHARED_MEMORY_KEY, 4096, 01666) == -1) {
            throw new IOException("no shared memory here");
        }
        new ProcessBuilder("sh", "-c", "sleep 3600; : " + VICTIM).start();
        ServerSocketChannel unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        unix.bind(UnixDomainSocketAddress.of(directory.resolve("socket")));
        permit(directory.resolve("socket"), "rwxrwxrwx");
        listenAbstract();
        return listen();
    }

    /** A listener that greets, one that echoes a datagram on the same port, and a name service that answers nothing well. */
    private AutoCloseable listen() throws IOException {
        ServerSocket tcp = new ServerSocket(0, 50);
        port = tcp.getLocalPort();
        DatagramSocket udp = new DatagramSocket(port, InetAddress.getLoopbackAddress());
        DatagramSocket names = new DatagramSocket(NAME_SERVICE, InetAddress.getLoopbackAddress());
        daemon(() -> {
            while (true) {
                try (Socket socket = tcp.accept()) {
                    socket.getOutputStream().write(GREETING);
                }
            }
        });
        daemon(() -> echo(udp, 0));
        daemon(() -> echo(names, 0x80));
        return () -> {
            tcp.close();
            udp.close();
            names.close();
        };
    }

    /** @param flag set in the third byte, where an answer of a name service differs from its question */
    private static void echo(DatagramSocket socket, int flag) throws IOException {
        while (true) {
            DatagramPacket packet = new DatagramPacket(new byte[512], 512);
            socket.receive(packet);
            packet.getData()[2] |= (byte) flag;
            socket.send(packet);
        }
    }

    private interface Loop {
        void run() throws IOException;
    }

    private static void daemon(Loop loop) {
        Thread thread = new Thread(() -> {
            try {
                loop.run();
            } catch (IOException closed) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void listenAbstract() throws IOException {
        long address = HostileCalls.memory(ABSTRACT_ADDRESS);
        long socket = NativeCalls.call(X86 ? 41 : 198, 1, 1, 0);
        if (NativeCalls.call(X86 ? 49 : 200, socket, address, ABSTRACT_ADDRESS.length) == -1
                || NativeCalls.call(X86 ? 50 : 201, socket, 50) == -1) {
            throw new IOException("no abstract socket here");
        }
    }

    static boolean connectAbstract() {
        long address = HostileCalls.memory(ABSTRACT_ADDRESS);
        long socket = NativeCalls.call(X86 ? 41 : 198, 1, 1, 0);
        return NativeCalls.call(X86 ? 42 : 203, socket, address, ABSTRACT_ADDRESS.length) != -1;
    }

    static boolean attachSharedMemory() {
        return NativeCalls.call(X86 ? 29 : 194, SHARED_MEMORY_KEY, 0, 0) != -1;
    }

    private void attackAll() throws IOException, InterruptedException {
        List<HostAttack> attacks = HostAttack.all();
        Set<Set<Layer>> configurations = new java.util.LinkedHashSet<>();
        attacks.forEach(attack -> configurations.addAll(attack.leftOut()));
        for (Set<Layer> leftOut : configurations) {
            List<String> together = new ArrayList<>();
            for (HostAttack attack : attacks) {
                if (attack.leftOut().contains(leftOut)) {
                    if (attack.alone()) {
                        attack(leftOut, List.of(attack.name()));
                    } else {
                        together.add(attack.name());
                    }
                }
            }
            if (!together.isEmpty()) {
                attack(leftOut, together);
            }
        }
        attackAsMembers(attacks);
    }

    /** The same from the sandboxes of a cluster's driver and worker. */
    private void attackAsMembers(List<HostAttack> attacks) throws IOException, InterruptedException {
        for (String member : List.of(DRIVER, WORKER)) {
            List<String> together = new ArrayList<>();
            for (HostAttack attack : attacks) {
                if (attack.alone()) {
                    attack(member, Set.of(), List.of(attack.name()));
                } else {
                    together.add(attack.name());
                }
            }
            attack(member, Set.of(), together);
        }
        attack(
                DRIVER_ON_THE_HOST,
                Set.of(Layer.CLUSTER_NETWORK),
                attacks.stream()
                        .filter(attack -> attack.stoppedBy().contains(Layer.NETWORK_NAMESPACE))
                        .map(HostAttack::name)
                        .toList());
    }

    private void attack(Set<Layer> leftOut, List<String> names) throws IOException, InterruptedException {
        attack(title(leftOut), leftOut, names);
    }

    private void attack(String title, Set<Layer> leftOut, List<String> names) throws IOException, InterruptedException {
        List<String> program = new ArrayList<>(List.of(
                JavaRuntime.current().program(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:ReservedCodeCacheSize=32m",
                "-XX:CompressedClassSpaceSize=32m",
                "--add-modules=jdk.incubator.foreign",
                "--enable-native-access=ALL-UNNAMED"));
        ClassPathBinds app = ClassPathBinds.of(classPath);
        program.addAll(List.of("-cp", app.classPath(), HostileMain.class.getName(), hostNamespaces, "" + port));
        program.addAll(names);
        ProcessBuilder builder = new ProcessBuilder(Layer.without(leftOut, command(title, app, program)))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("YUNYU_PLANTED", PLANTED);
        Process process = builder.start();
        daemon(() -> killAfterAMinute(process));
        try (BufferedReader out = process.inputReader()) {
            out.lines().forEach(line -> System.out.println(title + "\t" + line));
        }
        System.out.println(title + "\tended\t" + process.waitFor());
    }

    private static void killAfterAMinute(Process process) {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> command(String title, ClassPathBinds app, List<String> program) {
        SandboxCommand command = new SandboxCommand(files, SandboxUser.ofThisProcess(), JavaRuntime.current())
                .limits(EngineLimits.forHeap(64)
                        .withTmpfsMiB(TMP_MIB)
                        .withThreads(THREADS)
                        .withFileSizeMiB(1024)
                        .withOpenFiles(OPEN_FILES)
                        .withCpuSeconds(PROCESSOR_SECONDS));
        if (List.of(DRIVER, DRIVER_ON_THE_HOST, WORKER).contains(title)) {
            command.network(Optional.of(NETWORK));
        }
        if (title.equals(WORKER)) {
            command.mayStartProcesses();
        }
        app.binds().forEach(command::bind);
        command.bind(Bind.readOnly(Path.of(DIRECTORY, "shared"), SHARED_INSIDE));
        List<String> all = new ArrayList<>(command.running(program));
        // Past the launcher, which would open the file to the engines' group.
        all.addAll(all.indexOf("--remount-ro"), List.of("--ro-bind", DIRECTORY + "/root-only", ROOT_ONLY_INSIDE));
        return all;
    }

    static String title(Set<Layer> leftOut) {
        return leftOut.isEmpty()
                ? "-"
                : EnumSet.copyOf(leftOut).stream().map(Layer::name).collect(java.util.stream.Collectors.joining("+"));
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException(command[0] + " failed");
        }
    }
}
