package io.yunyu.contract.channel;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes whole frames; safe for several threads. */
public final class FrameWriter {
    private final DataOutputStream out;

    public FrameWriter(OutputStream out) {
        this.out = new DataOutputStream(out);
    }

    public synchronized void write(Frame frame) throws IOException {
        out.writeByte(frame.type());
        out.writeInt(frame.payload().length);
        out.write(frame.payload());
        out.flush();
    }
}
