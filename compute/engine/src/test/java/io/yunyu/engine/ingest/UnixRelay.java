package io.yunyu.engine.ingest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** What the launcher does outside: a Unix socket whose connections end at one TCP port. */
final class UnixRelay implements AutoCloseable {
    private final ServerSocketChannel server;
    private final Path socket;
    private final int port;

    UnixRelay(Path socket, int port) throws IOException {
        this.socket = socket;
        this.port = port;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        daemon(this::accept);
    }

    Path socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel inner = server.accept();
                SocketChannel outer = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
                daemon(() -> pump(inner, outer));
                daemon(() -> pump(outer, inner));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void pump(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        try (from;
                to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException ended) {
            // One side hung up.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }
}
