package io.yunyu.system.egress;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a server on the loopback and keeps every byte that the server answers. */
public final class RecordingRelay implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5000;

    private final ServerSocket listener;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile URI target;

    private RecordingRelay(URI target) throws IOException {
        this.listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        this.target = target;
        start("relay", this::accept);
    }

    public static RecordingRelay before(String target) throws IOException {
        return new RecordingRelay(URI.create(target));
    }

    /** Where to call instead of the server. */
    public String address() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** The server is somewhere else from now on. */
    public void moveTo(String newTarget) {
        target = URI.create(newTarget);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                start("relay-connection", () -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        String name = "answers on connection " + connections.incrementAndGet() + " to port " + listener.getLocalPort();
        try (client;
                Socket server = new Socket()) {
            server.connect(new InetSocketAddress(target.getHost(), target.getPort()), CONNECT_MILLIS);
            start("relay-request", () -> pass(client, server, Optional.empty()));
            pass(server, client, Optional.of(name));
        } catch (IOException nobodyThere) {
            // The client finds its connection closed, as if it had called the server itself.
            return;
        }
    }

    /** Until one side ends; then both end. @param name of the stream that keeps it, of the test class that is run then */
    private static void pass(Socket from, Socket to, Optional<String> name) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int length;
            while ((length = in.read(buffer)) > 0) {
                if (name.isPresent()) {
                    Egress.stream(name.get()).write(buffer, 0, length);
                }
                out.write(buffer, 0, length);
            }
        } catch (IOException ended) {
            // What was passed on is kept.
            return;
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
