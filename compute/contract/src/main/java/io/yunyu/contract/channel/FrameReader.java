package io.yunyu.contract.channel;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads frames from a peer that is not trusted. Not safe for several threads. */
public final class FrameReader {
    private final DataInputStream in;

    public FrameReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /**
     * The next frame, or empty at a clean end of the stream.
     *
     * @throws ChannelException for an unknown type or a length out of bounds
     * @throws EOFException if the stream ends inside a frame
     */
    public Optional<Frame> next() throws IOException {
        int type = in.read();
        if (type < 0) {
            return Optional.empty();
        }
        int length = in.readInt();
        if (length < 0 || length > Frame.MAX_PAYLOAD_BYTES) {
            throw new ChannelException("A frame announces a length outside 0.." + Frame.MAX_PAYLOAD_BYTES + ".");
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        return Optional.of(new Frame((char) type, payload));
    }
}
