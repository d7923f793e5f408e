package io.yunyu.engine;

import io.yunyu.contract.channel.FrameReader;
import io.yunyu.contract.channel.FrameWriter;
import io.yunyu.engine.channel.EventSink;
import io.yunyu.engine.channel.JsonEventSink;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.BooleanSupplier;

/**
 * The three streams of an engine, taken from everybody else: frames in (and whether one waits), frames out, events. Whatever a library prints
 * goes nowhere, since it may hold values.
 */
record EngineStreams(FrameReader in, FrameWriter out, EventSink events, BooleanSupplier jobWaits) {
    /** Must be the first thing that a process does. */
    static EngineStreams takeOver() {
        InputStream stdin = new BufferedInputStream(new FileInputStream(FileDescriptor.in));
        FrameReader in = new FrameReader(stdin);
        FrameWriter out = new FrameWriter(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16));
        EventSink events = new JsonEventSink(new FileOutputStream(FileDescriptor.err));
        System.setIn(new ByteArrayInputStream(new byte[0]));
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        java.util.logging.LogManager.getLogManager().reset();
        return new EngineStreams(in, out, events, () -> hasInput(stdin));
    }

    private static boolean hasInput(InputStream in) {
        try {
            return in.available() > 0;
        } catch (IOException e) {
            // A broken channel ends the wait as well.
            return true;
        }
    }
}
