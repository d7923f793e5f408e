package io.yunyu.api.database;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real PostgreSQL server of this installation, on a free port of the loopback address, its data below
 * {@code home/pg}. It keeps its data when the control plane is killed: a server left running by an earlier control
 * plane is adopted, and one that died is recovered by PostgreSQL itself.
 *
 * <p>It asks for a password (a random one, mode 0600 beside the data), so that other users of the machine cannot read it.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final String USER = "yunyu";
    private static final String DATABASE = "postgres";
    private static final int START_SECONDS = 60;

    private final Path data;
    private final Path programs;
    private final Path log;
    private final String password;
    private int port;

    private EmbeddedDatabase(Path directory, Path programs, String password) {
        this.data = directory.resolve("data");
        this.log = directory.resolve("postgres.log");
        this.programs = programs;
        this.password = password;
    }

    /** Starts or adopts the server. */
    public static EmbeddedDatabase start(Path directory, Path binaries) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        EmbeddedDatabase database =
                new EmbeddedDatabase(directory, PostgresBinaries.unpack(binaries), password(directory));
        if (!database.adopt()) {
            database.initialise(directory);
            database.launch();
        }
        return database;
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    /** URL of another database of the same server. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    /** Stops the server; clients are disconnected, nothing is lost. */
    @Override
    public void close() throws IOException {
        run(List.of(program("pg_ctl"), "-D", data.toString(), "-m", "fast", "-w", "stop"), "stop");
    }

    private static String password(Path directory) throws IOException {
        Path file = directory.resolve("password");
        if (!Files.exists(file)) {
            byte[] secret = new byte[24];
            new SecureRandom().nextBytes(secret);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, HexFormat.of().formatHex(secret));
        }
        return Files.readString(file).strip();
    }

    private boolean adopt() throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return false;
        }
        List<String> lines = Files.readAllLines(pidFile);
        Optional<ProcessHandle> left = lines.size() < 4
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
        if (left.isPresent() && left.get().isAlive() && !isZombie(left.get().pid())) {
            port = Integer.parseInt(lines.get(3).strip());
            if (answers(10)) {
                return true;
            }
        }
        // PostgreSQL itself decides whether the file is stale; it refuses to start beside a live server.
        return false;
    }

    /** Killed, but not yet taken note of by whoever should: where no init process does, it stays so. */
    private static boolean isZombie(long pid) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), "stat"))
                    .contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }

    private boolean answers(int seconds) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < until) {
            try (Connection connection = DriverManager.getConnection(url(), USER, password)) {
                return connection.isValid(2);
            } catch (SQLException e) {
                if ("28P01".equals(e.getSQLState())) {
                    return false;
                }
                Thread.onSpinWait();
                try {
                    TimeUnit.MILLISECONDS.sleep(50);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        }
        return false;
    }

    private void initialise(Path directory) throws IOException {
        if (Files.exists(data.resolve("PG_VERSION")) && Files.exists(directory.resolve("initialised"))) {
            return;
        }
        // initdb was cut off before it was done: there is nothing in it yet.
        if (Files.exists(data)) {
            Files.move(data, Files.createTempDirectory(directory, "cut-off").resolve("data"));
        }
        run(
                List.of(
                        program("initdb"),
                        "-D",
                        data.toString(),
                        "-U",
                        USER,
                        "-E",
                        "UTF8",
                        "--locale=C",
                        "--auth=scram-sha-256",
                        "--pwfile=" + directory.resolve("password"),
                        "--no-instructions"),
                "initialise");
        Files.createFile(directory.resolve("initialised"));
    }

    private void launch() throws IOException {
        port = freePort();
        String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
                + " -c shared_buffers=64MB -c max_connections=40 -c log_statement=none"
                // A failing statement must not carry its values into a log file.
                + " -c log_min_error_statement=panic -c log_parameter_max_length_on_error=0 -c log_error_verbosity=terse";
        run(
                List.of(
                        program("pg_ctl"),
                        "-D",
                        data.toString(),
                        "-l",
                        log.toString(),
                        "-w",
                        "-t",
                        String.valueOf(START_SECONDS),
                        "-o",
                        options,
                        "start"),
                "start");
        if (!answers(START_SECONDS)) {
            throw new IOException("The embedded PostgreSQL does not answer; see " + log + ".");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String program(String name) {
        return programs.resolve("bin").resolve(name).toString();
    }

    private void run(List<String> command, String act) throws IOException {
        List<String> full = new ArrayList<>();
        if (Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            // PostgreSQL refuses uid 0; a user namespace without a mapping shows it another one.
            full.addAll(List.of("unshare", "-U"));
        }
        full.addAll(command);
        Process process = new ProcessBuilder(full)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("The embedded PostgreSQL could not " + act + "; see " + log
                        + ". Another server can be named by yunyu.database.url.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the embedded PostgreSQL was to " + act + ".", e);
        }
    }
}
