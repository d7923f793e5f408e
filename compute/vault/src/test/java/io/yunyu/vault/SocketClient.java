package io.yunyu.vault;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** The other end of the vault's socket. */
final class SocketClient implements AutoCloseable {
    private final SocketChannel channel;
    private final DataInputStream in;
    private final DataOutputStream out;

    SocketClient(Path socket) throws IOException {
        this.channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        this.in = new DataInputStream(Channels.newInputStream(channel));
        this.out = new DataOutputStream(Channels.newOutputStream(channel));
    }

    JsonObject ask(Object... members) throws IOException {
        byte[] request = Json.bytes(Json.object(members));
        out.writeInt(request.length);
        out.write(request);
        return answer();
    }

    JsonObject answer() throws IOException {
        byte[] answer = new byte[in.readInt()];
        in.readFully(answer);
        return Json.parseObject(answer);
    }

    void raw(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /** Whether the vault has closed the connection; waits until it does or sends something. */
    boolean isClosed() throws IOException {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    void finishSending() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
