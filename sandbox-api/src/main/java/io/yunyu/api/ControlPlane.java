package io.yunyu.api;

import io.yunyu.api.engine.Workers;
import io.yunyu.api.identity.FirstOperator;
import java.io.IOException;
import java.net.BindException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/**
 * The control plane of one installation: the server that people and programs talk to. It never holds an original row,
 * nor a key that opens one.
 *
 * <p>Exit codes: 1 it could not start, 5 the host lacks a required layer, 6 its address or its home is occupied.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ControlPlane {
    private static final int OCCUPIED = 6;

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    public static void main(String[] arguments) {
        Instant begin = Instant.now();
        try {
            ConfigurableApplicationContext context = start(arguments);
            System.err.println("yunyu: serving at " + address(context) + " after "
                    + Duration.between(begin, Instant.now()).toMillis() + " ms");
        } catch (Throwable e) {
            System.err.println("yunyu: " + reason(e));
            System.exit(exitCode(e));
        }
    }

    /** Starts the server, further classes beside its own, and writes its address; returns when it answers. */
    public static ConfigurableApplicationContext start(String[] arguments, Class<?>... more) throws IOException {
        String named = new SimpleCommandLinePropertySource(arguments).getProperty("yunyu.home");
        Path home = Path.of(named == null ? ".yunyu" : named).toAbsolutePath().normalize();
        Path server = home.resolve("server");
        Files.createDirectories(server);
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        FileLock lock = lock(server);
        ConfigurableApplicationContext context = null;
        try {
            Class<?>[] sources = new Class<?>[more.length + 1];
            sources[0] = ControlPlane.class;
            System.arraycopy(more, 0, sources, 1, more.length);
            context = new SpringApplication(sources).run(arguments);
            context.getBean(FirstOperator.class).ensure();
            context.getBean(Workers.class).start();
            Path address = server.resolve("address.txt");
            Path partial = server.resolve("address.txt.part");
            Files.writeString(partial, address(context) + "\n");
            Files.move(partial, address, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            context.addApplicationListener(event -> {
                if (event instanceof org.springframework.context.event.ContextClosedEvent) {
                    release(lock, address);
                }
            });
            return context;
        } catch (Throwable e) {
            if (context != null) {
                context.close();
            }
            lock.channel().close();
            throw e;
        }
    }

    static String address(ConfigurableApplicationContext context) {
        String host = context.getEnvironment().getProperty("server.address", "127.0.0.1");
        var web = ((WebServerApplicationContext) context).getWebServer();
        return "http://" + host + ":" + (web == null ? 0 : web.getPort());
    }

    private static FileLock lock(Path server) throws IOException {
        FileChannel channel =
                FileChannel.open(server.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new OccupiedException(
                    "Another control plane runs on this home. Stop it, or choose another yunyu.home.");
        }
        return lock;
    }

    private static void release(FileLock lock, Path address) {
        try {
            Files.deleteIfExists(address);
            lock.channel().close();
        } catch (IOException e) {
            // The process ends; the lock goes with it.
            Thread.yield();
        }
    }

    static int exitCode(@Nullable Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof PortInUseException || t instanceof BindException || t instanceof OccupiedException) {
                return OCCUPIED;
            }
            if (t instanceof io.yunyu.contract.problem.ProblemException problem) {
                return problem.problem().code().kind().exitCode();
            }
        }
        return 1;
    }

    private static String reason(Throwable thrown) {
        Throwable root = thrown;
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof PortInUseException port) {
                return "port " + port.getPort()
                        + " is occupied. Choose another with --server.port, or 0 for a free one.";
            }
            if (t instanceof io.yunyu.contract.problem.ProblemException problem) {
                return problem.problem().detail();
            }
            if (t instanceof OccupiedException occupied) {
                return String.valueOf(occupied.getMessage());
            }
            root = t;
        }
        return "could not start: " + root.getMessage() + " (" + root.getClass().getSimpleName() + ")";
    }

    /** The home is in use. */
    static final class OccupiedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OccupiedException(String message) {
            super(message);
        }
    }
}
