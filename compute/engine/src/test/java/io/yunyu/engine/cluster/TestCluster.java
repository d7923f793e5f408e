package io.yunyu.engine.cluster;

import io.yunyu.contract.cluster.ClusterConnection;
import io.yunyu.contract.cluster.ClusterSettings;
import io.yunyu.contract.json.Json;
import io.yunyu.engine.EngineMain;
import io.yunyu.launcher.Bind;
import io.yunyu.launcher.EngineLimits;
import io.yunyu.launcher.EngineSpec;
import io.yunyu.launcher.HostCapabilities;
import io.yunyu.launcher.LauncherMode;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A master and two workers on hosts of their own, protected or, as a control, not; and the commands of who joins them. */
final class TestCluster {
    static final String[] HOSTS = {"driver", "master", "worker1", "worker2", "stranger"};
    private static final String EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend";
    private static final String JAVA = System.getProperty("java.home") + "/bin/java";
    private static final String HEAP = "-Xmx256m";
    private static final String STRANGER = "77";

    private final NamespaceHosts hosts;
    private final Path directory;
    private final boolean isProtected;

    TestCluster(NamespaceHosts hosts, Path directory, boolean isProtected) throws IOException, InterruptedException {
        this.hosts = hosts;
        this.directory = Files.createDirectories(directory);
        this.isProtected = isProtected;
        makeSecrets(secrets(), new Random(11));
        Files.createDirectories(directory.resolve("home/jars"));
        Files.write(settings(), Json.bytes(new ClusterSettings(secrets(), 2, 1, 512).toJson()));
    }

    /** As {@code yunyu cluster secrets} does. */
    static void makeSecrets(Path at, Random random) throws IOException, InterruptedException {
        Files.createDirectories(at);
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String secret = HexFormat.of().formatHex(bytes);
        Files.writeString(at.resolve(ClusterSecrets.SECRET_FILE), secret);
        String keytool = System.getProperty("java.home") + "/bin/keytool";
        List<String> command = new ArrayList<>(List.of(keytool, "-genkeypair", "-alias", "member", "-keyalg", "EC"));
        command.addAll(List.of("-groupname", "secp256r1", "-dname", "CN=cluster", "-storetype", "PKCS12"));
        command.addAll(List.of("-keystore", at.resolve(ClusterSecrets.KEY_FILE).toString(), "-storepass", secret));
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        for (String file : List.of(ClusterSecrets.SECRET_FILE, ClusterSecrets.KEY_FILE)) {
            Files.setPosixFilePermissions(at.resolve(file), PosixFilePermissions.fromString("rw-------"));
        }
    }

    Path secrets() {
        return directory.resolve("secrets");
    }

    Path settings() {
        return directory.resolve("settings.json");
    }

    void start() throws IOException {
        String master = hosts.address("master");
        if (isProtected) {
            node(
                    "master",
                    List.of(
                            ClusterNodeMain.class.getName(),
                            "master",
                            master,
                            settings().toString()));
        } else {
            node("master", List.of("org.apache.spark.deploy.master.Master", "--host", master, "--port", "7077"));
        }
        awaitMaster();
        for (String worker : List.of("worker1", "worker2")) {
            String host = hosts.address(worker);
            String scratch = scratch(worker).toString();
            if (isProtected) {
                node(
                        worker,
                        List.of(
                                ClusterNodeMain.class.getName(),
                                "worker",
                                host,
                                settings().toString(),
                                scratch,
                                master));
            } else {
                List<String> program = new ArrayList<>(List.of("-Dspark.local.dir=" + scratch + "/spill"));
                program.addAll(List.of("org.apache.spark.deploy.worker.Worker", "--host", host, "--cores", "1"));
                program.addAll(List.of("--memory", "512M", "--work-dir", scratch + "/work"));
                program.add("spark://" + master + ":7077");
                node(worker, program);
            }
        }
    }

    /** Who comes before the master listens tries again only after many seconds. */
    private void awaitMaster() throws IOException {
        String listening =
                ":" + Integer.toHexString(ClusterConnection.MASTER_PORT).toUpperCase(Locale.ROOT) + " ";
        while (true) {
            for (ProcessHandle member : members()) {
                for (String table : List.of("tcp", "tcp6")) {
                    boolean open = Files.readAllLines(Path.of("/proc/" + member.pid() + "/net/" + table)).stream()
                            .anyMatch(line -> line.contains(listening) && line.contains(" 0A "));
                    if (open) {
                        return;
                    }
                }
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private void node(String host, List<String> program) throws IOException {
        Files.createDirectories(scratch(host).resolve("tmp"));
        hosts.on(host, environment(), java(host, List.of(HEAP), program))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(host + ".log").toFile())
                .start();
    }

    /** Spark's own part of an installation; the class path is that of this test. */
    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("SPARK_LOCAL_IP", "127.0.0.1");
        environment.put("SPARK_HOME", directory.resolve("home").toString());
        environment.put("SPARK_SCALA_VERSION", "2.13");
        environment.put("SPARK_DIST_CLASSPATH", System.getProperty("java.class.path"));
        environment.put("MALLOC_ARENA_MAX", "2");
        return environment;
    }

    /** @param moreFlags of the virtual machine, {@code -Dspark.…} among them */
    ProcessBuilder driver(String main, List<String> moreFlags) throws IOException {
        Files.createDirectories(scratch("driver").resolve("tmp"));
        List<String> flags = new ArrayList<>(List.of("-Xmx600m"));
        flags.addAll(moreFlags);
        flags.addAll(membership());
        flags.add("-Dyunyu.engine.scratch=" + scratch("driver"));
        return hosts.on("driver", Map.of("SPARK_LOCAL_IP", "127.0.0.1"), java("driver", flags, List.of(main)));
    }

    /** The driver as the launcher starts it, in the engine's sandbox, if this host can put one on the hosts' network. */
    Optional<EngineSpec> sandboxedDriver(Path tables, List<String> moreFlags) {
        Optional<Path> network = hosts.network("driver");
        if (network.isEmpty()
                || !HostCapabilities.probe(LauncherMode.EMBEDDED).missing().isEmpty()) {
            return Optional.empty();
        }
        List<String> flags = new ArrayList<>(EngineSpec.sparkFlags());
        flags.addAll(moreFlags);
        flags.addAll(membership());
        List<Path> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists)
                .toList();
        return Optional.of(EngineSpec.of(classPath, EngineMain.class.getName())
                .withJvmFlags(flags)
                .withLimits(EngineLimits.forHeap(600))
                .withNetwork(network.get())
                .withBinds(List.of(
                        Bind.readOnly(tables, tables.toString()),
                        Bind.readOnly(secrets(), secrets().toString()),
                        Bind.readOnly(settings(), settings().toString())))
                .withHelloTimeout(Duration.ofMinutes(2)));
    }

    private List<String> membership() {
        return List.of(
                "-Dyunyu.engine.cluster=" + settings(),
                "-Dyunyu.engine.master=" + hosts.address("master"),
                "-Dyunyu.engine.host=" + hosts.address("driver"));
    }

    /** An executor that somebody starts who has these secrets, and what it says. */
    ProcessBuilder stranger(Path secrets) throws IOException {
        ClusterSecrets known = ClusterSecrets.read(secrets);
        Map<String, String> environment = new LinkedHashMap<>(environment());
        environment.put("_SPARK_AUTH_SECRET", known.secret());
        environment.put("_SPARK_SSL_RPC_KEY_STORE_PASSWORD", known.secret());
        environment.put("_SPARK_SSL_RPC_KEY_PASSWORD", known.secret());
        List<String> flags =
                new ArrayList<>(List.of("-Xmx512m", "-Dspark.authenticate=true", "-Dspark.ssl.rpc.enabled=true"));
        flags.addAll(List.of("-Dspark.ssl.rpc.protocol=TLSv1.3", "-Dspark.ssl.rpc.keyStore=" + known.keyFile()));
        Files.createDirectories(scratch("stranger").resolve("tmp"));
        Path log = Files.writeString(
                directory.resolve("log4j2.properties"),
                """
                rootLogger.level = info
                rootLogger.appenderRef.out.ref = out
                appender.out.type = Console
                appender.out.name = out
                """);
        flags.add("-Dlog4j2.configurationFile=" + log);
        String driver =
                "spark://CoarseGrainedScheduler@" + hosts.address("driver") + ":" + ClusterConnection.DRIVER_PORT;
        List<String> program = new ArrayList<>(List.of(EXECUTOR, "--driver-url", driver, "--executor-id", STRANGER));
        program.addAll(List.of("--hostname", hosts.address("stranger"), "--cores", "1", "--app-id", "app-1"));
        return hosts.on("stranger", environment, java("stranger", flags, program))
                .redirectErrorStream(true);
    }

    private List<String> java(String host, List<String> flags, List<String> program) {
        List<String> command =
                new ArrayList<>(List.of(JAVA, "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(f -> f.startsWith("--add-opens") || f.startsWith("-Djdk.reflect"))
                .forEach(command::add);
        command.add("-Djava.io.tmpdir=" + scratch(host).resolve("tmp"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(program);
        return command;
    }

    Path scratch(String host) {
        return directory.resolve("scratch").resolve(host);
    }

    /** Executors of the cluster's own workers that live now. */
    List<ProcessHandle> executors() {
        return members().stream()
                .filter(p -> commandLine(p).contains(EXECUTOR))
                .filter(p -> !commandLine(p).contains("--executor-id\0" + STRANGER))
                .toList();
    }

    /** Every process of this cluster. */
    List<ProcessHandle> members() {
        return ProcessHandle.current()
                .descendants()
                .filter(p -> commandLine(p).contains(directory.toString()))
                .toList();
    }

    /** What a process shows of itself: its arguments and environment. */
    static byte[] shown(ProcessHandle process) throws IOException {
        try {
            byte[] arguments = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/cmdline"));
            byte[] environment = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/environ"));
            return (new String(arguments, StandardCharsets.ISO_8859_1)
                            + new String(environment, StandardCharsets.ISO_8859_1))
                    .getBytes(StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** Contents of every file that workers and executors have written. */
    List<byte[]> files() throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (String worker : List.of("worker1", "worker2")) {
            for (String part : List.of("spill", "work")) {
                try (Stream<Path> files = Files.walk(scratch(worker).resolve(part))) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        contents.add(Files.readAllBytes(file));
                    }
                }
            }
        }
        return contents;
    }
}
