package io.yunyu.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** A database's stand-in listens on loopback; it is reached through the relay only. */
@NullUnmarked
class SourceRelayTest {
    /** Answers every connection with what it sent, until it closes its side. */
    private static ServerSocket echo() throws IOException {
        ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            try {
                while (true) {
                    Socket socket = server.accept();
                    Thread one = new Thread(() -> echo(socket));
                    one.setDaemon(true);
                    one.start();
                }
            } catch (IOException e) {
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            return;
        }
    }

    @Test
    void relay_fromInsideTheSandbox_reachesTheSource() throws IOException {
        try (EngineLauncher launcher = Sandboxed.launcher();
                ServerSocket database = echo();
                SourceRelay relay = SourceRelay.open("127.0.0.1", database.getLocalPort())) {
            EngineSpec spec = Sandboxed.spec("relay").withBinds(List.of(relay.bindAt("/source")));
            assertThat(SourceRelay.socketIn("/source")).isEqualTo("/source/source.sock");
            assertThat(Sandboxed.output(Sandboxed.run(launcher, spec, Map.of())))
                    .isEqualTo("ping");
        }
    }

    @Test
    void relay_manyBytesBothWays_arriveUnchanged() throws Exception {
        long seed = 20261123;
        byte[] sent = new byte[3_000_000];
        new Random(seed).nextBytes(sent);
        try (ServerSocket database = echo();
                SourceRelay relay = SourceRelay.open("127.0.0.1", database.getLocalPort());
                SocketChannel channel = SocketChannel.open(socketOf(relay))) {
            Thread writer = new Thread(() -> {
                try {
                    ByteBuffer buffer = ByteBuffer.wrap(sent);
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
                    channel.shutdownOutput();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            writer.start();
            ByteBuffer received = ByteBuffer.allocate(sent.length + 1);
            while (channel.read(received) >= 0) {
                // until the relay passes the end on
            }
            writer.join();
            assertThat(received.position()).as("seed " + seed).isEqualTo(sent.length);
            assertThat(ByteBuffer.wrap(sent)).as("seed " + seed).isEqualTo(received.flip());
        }
    }

    @Test
    void relay_sourceAbsent_endsTheConnection() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        try (SourceRelay relay = SourceRelay.open("127.0.0.1", port);
                SocketChannel channel = SocketChannel.open(socketOf(relay))) {
            assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void close_openConnection_endsItAndRemovesTheSocket() throws IOException {
        try (ServerSocket database = echo();
                SourceRelay relay = SourceRelay.open("127.0.0.1", database.getLocalPort());
                SocketChannel channel = SocketChannel.open(socketOf(relay))) {
            channel.write(ByteBuffer.wrap(new byte[] {1}));
            assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(1);
            relay.close();
            assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(Files.exists(socketOf(relay).getPath())).isFalse();
        }
    }

    @Test
    void open_unknownHost_isRefused() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> SourceRelay.open("no such host", 5432))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.SOURCE_UNREADABLE));
    }

    private static UnixDomainSocketAddress socketOf(SourceRelay relay) {
        return UnixDomainSocketAddress.of(
                Path.of(SourceRelay.socketIn(relay.bindAt("/source").source().toString())));
    }
}
