package io.yunyu.vault.socket;

import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Frames of the vault's socket: four bytes length (big-endian), payload. */
final class RequestFrames {
    static final int MAX_BYTES = 32 << 20;

    private RequestFrames() {}

    /** The next payload, or empty at a clean end. @throws IOException for a length out of bounds or a cut-off frame */
    static Optional<byte[]> read(InputStream in) throws IOException {
        byte[] head = in.readNBytes(4);
        if (head.length == 0) {
            return Optional.empty();
        }
        if (head.length < 4) {
            throw new EOFException("A frame was cut off.");
        }
        int length = ByteBuffer.wrap(head).getInt();
        if (length < 0 || length > MAX_BYTES) {
            throw new IOException("A frame announces a length outside 0.." + MAX_BYTES + ".");
        }
        // Grows as bytes arrive: an announced length alone takes no memory.
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new EOFException("A frame was cut off.");
        }
        return Optional.of(payload);
    }

    static void write(OutputStream out, byte[] payload) throws IOException {
        if (payload.length > MAX_BYTES) {
            throw new IOException("An answer exceeds the bound of a frame.");
        }
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(payload.length);
        data.write(payload);
        data.flush();
    }
}
