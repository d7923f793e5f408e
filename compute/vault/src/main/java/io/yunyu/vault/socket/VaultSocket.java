package io.yunyu.vault.socket;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.vault.store.VaultStartException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import jdk.net.ExtendedSocketOptions;

/**
 * Listens on a Unix-domain socket of mode 0600 and answers requests of the same user. A connection may ask many times;
 * one that sends something else than frames of JSON objects is closed, and nothing else happens.
 */
public final class VaultSocket implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 64;

    private final Path path;
    private final ServerSocketChannel server;
    private final Function<JsonObject, Map<String, Object>> requests;
    private final Consumer<String> closedBecause;
    private final ExecutorService threads;
    private final Semaphore free = new Semaphore(MAX_CONNECTIONS);
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

    private VaultSocket(
            Path path,
            ServerSocketChannel server,
            Function<JsonObject, Map<String, Object>> requests,
            Consumer<String> closedBecause) {
        this.path = path;
        this.server = server;
        this.requests = requests;
        this.closedBecause = closedBecause;
        this.threads = Executors.newCachedThreadPool(task -> new Thread(task, "vault-connection"));
    }

    /**
     * Begins to listen.
     *
     * @param requests answers one request and never throws
     * @param closedBecause told why a connection was closed, never what it sent
     * @throws VaultStartException if another vault listens there; a socket that a killed one left behind is replaced
     */
    public static VaultSocket listen(
            Path path, Function<JsonObject, Map<String, Object>> requests, Consumer<String> closedBecause)
            throws IOException {
        removeStale(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        VaultSocket socket = new VaultSocket(path, server, requests, closedBecause);
        socket.threads.execute(socket::accept);
        return socket;
    }

    private static void removeStale(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new VaultStartException(6, path + " exists and is not a socket. Give another --socket.");
        }
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            throw new VaultStartException(6, "Another vault already listens on " + path + ". Stop it first.");
        } catch (IOException e) {
            // Nobody answers: the process that made it is gone.
            Files.delete(path);
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel connection = server.accept();
                if (!isOwnUser(connection) || !free.tryAcquire()) {
                    closedBecause.accept("another user, or too many connections");
                    connection.close();
                    continue;
                }
                hand(connection);
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                closedBecause.accept("a connection could not be accepted");
            }
        }
    }

    private void hand(SocketChannel connection) throws IOException {
        connections.add(connection);
        try {
            threads.execute(() -> serve(connection));
        } catch (RejectedExecutionException e) {
            // Accepted in the moment of closing.
            connections.remove(connection);
            free.release();
            connection.close();
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            var in = Channels.newInputStream(connection);
            var out = new BufferedOutputStream(Channels.newOutputStream(connection));
            Optional<byte[]> payload;
            while ((payload = RequestFrames.read(in)).isPresent()) {
                JsonObject request = Json.parseObject(payload.get());
                RequestFrames.write(out, Json.bytes(requests.apply(request)));
            }
        } catch (JsonException e) {
            closedBecause.accept("a request was not a JSON object");
        } catch (IOException e) {
            if (server.isOpen()) {
                closedBecause.accept("a frame was cut off or out of bounds");
            }
        } finally {
            connections.remove(connection);
            free.release();
        }
    }

    /** The mode of the socket keeps others out; this closes the moment before the mode is set. */
    private static boolean isOwnUser(SocketChannel connection) throws IOException {
        return connection
                .getOption(ExtendedSocketOptions.SO_PEERCRED)
                .user()
                .getName()
                .equals(Files.getOwner(Path.of("/proc/self")).getName());
    }

    /** Stops listening, ends open connections and removes the socket. */
    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel connection : connections) {
            connection.close();
        }
        threads.shutdown();
        Files.deleteIfExists(path);
    }
}
