package io.yunyu.engine.ingest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Lets a driver that only speaks TCP reach the one Unix socket that the launcher put into the sandbox. Listens on the
 * sandbox's own loopback, which nobody else can reach.
 */
final class LoopbackRelay implements AutoCloseable {
    private final ServerSocketChannel server;
    private final Path socket;

    LoopbackRelay(Path socket) throws IOException {
        this.socket = socket;
        this.server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        daemon("relay-accept", this::accept);
    }

    int port() throws IOException {
        return ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    /** Stops accepting; connections end with their peers. */
    @Override
    public void close() {
        closeQuietly(server);
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel inner = server.accept();
                connect(inner);
            } catch (IOException closed) {
                // accept() ends this way when close() was called; nothing is left to do.
                return;
            }
        }
    }

    private void connect(SocketChannel inner) {
        SocketChannel outer = null;
        try {
            outer = SocketChannel.open(StandardProtocolFamily.UNIX);
            outer.connect(UnixDomainSocketAddress.of(socket));
            SocketChannel connected = outer;
            daemon("relay-out", () -> pump(inner, connected));
            daemon("relay-in", () -> pump(connected, inner));
        } catch (IOException e) {
            // The driver sees the connection end and reports the source as unreachable.
            closeQuietly(inner);
            if (outer != null) {
                closeQuietly(outer);
            }
        }
    }

    private static void pump(ByteChannel from, ByteChannel to) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
        try {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException ended) {
            // Either side may hang up; both ends are closed below.
        } finally {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(AutoCloseable channel) {
        try {
            channel.close();
        } catch (Exception e) {
            // Closing twice or after a reset is harmless.
        }
    }
}
