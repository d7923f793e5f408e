package io.yunyu.launcher;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * The one network address an ingest may reach: a Unix socket, bound into the engine's sandbox, each connection to which
 * is relayed to exactly the host and port that the order names. The address is resolved once, when the relay is opened,
 * so that a name cannot be pointed elsewhere during the job. Bytes pass unchanged in both directions; nothing of them
 * is kept.
 *
 * <p>Close it when the engine is dead: the binding of a relay to one job is the caller's to keep.
 */
public final class SourceRelay implements AutoCloseable {
    private static final String SOCKET = "source.sock";
    private static final int MOST_CONNECTIONS = 16;
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path directory;
    private final ServerSocketChannel server;
    private final InetSocketAddress source;
    private final Semaphore free = new Semaphore(MOST_CONNECTIONS);
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private SourceRelay(Path directory, ServerSocketChannel server, InetSocketAddress source) {
        this.directory = directory;
        this.server = server;
        this.source = source;
    }

    /**
     * @param port 1 to 65535
     * @throws ProblemException SOURCE_UNREADABLE if the name has no address
     */
    public static SourceRelay open(String host, int port) {
        InetSocketAddress source = new InetSocketAddress(host, port);
        if (source.isUnresolved()) {
            throw new ProblemException(
                    ProblemCode.SOURCE_UNREADABLE,
                    "The order's database host has no network address. Correct the order's host name.");
        }
        try {
            Path directory = Files.createTempDirectory("yunyu-relay-");
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(directory.resolve(SOCKET)));
            SourceRelay relay = new SourceRelay(directory, server, source);
            daemon(relay::accept, "source-relay");
            return relay;
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.INTERNAL,
                    "The relay to the source could not be opened in the system's temporary directory.");
        }
    }

    /** To be bound into the engine; the socket in it is {@code source.sock}. Connecting needs write permission. */
    public Bind bindAt(String target) {
        return Bind.writable(directory, target);
    }

    /** Where an engine finds the socket that {@link #bindAt} made visible at {@code target}. */
    public static String socketIn(String target) {
        return target + "/" + SOCKET;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel engine = server.accept();
                open.add(engine);
                free.acquireUninterruptibly();
                daemon(() -> relay(engine), "source-relay-connection");
            }
        } catch (IOException e) {
            // Closed: the job is over.
            closeAll();
        }
    }

    private void relay(SocketChannel engine) {
        try (engine;
                SocketChannel database = SocketChannel.open()) {
            open.add(database);
            try {
                between(engine, database);
            } finally {
                open.remove(database);
            }
        } catch (IOException e) {
            // The engine sees its connection end, and says that the source cannot be read.
            closeQuietly(engine);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(engine);
            free.release();
        }
    }

    private void between(SocketChannel engine, SocketChannel database) throws IOException, InterruptedException {
        database.setOption(StandardSocketOptions.TCP_NODELAY, true);
        database.connect(source);
        Thread back = daemon(() -> pump(database, engine), "source-relay-answers");
        pump(engine, database);
        back.join();
    }

    private static void pump(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                writeAll(buffer, to);
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void writeAll(ByteBuffer buffer, ByteChannel to) throws IOException {
        while (buffer.hasRemaining()) {
            to.write(buffer);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void closeAll() {
        open.forEach(SourceRelay::closeQuietly);
        open.clear();
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is of no more use either way.
            return;
        }
    }

    /** Ends all connections and removes the socket. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            // The socket file is removed below; nobody can connect to it then.
            closeAll();
        }
        closeAll();
        RuntimeFiles.deleteTree(directory);
    }
}
