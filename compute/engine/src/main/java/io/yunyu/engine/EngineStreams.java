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
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * The three streams of an engine, taken from everybody else: frames in, frames out, events. Whatever a library prints
 * goes nowhere, since it may hold values.
 */
record EngineStreams(FrameReader in, FrameWriter out, EventSink events) {
    /** Must be the first thing that a process does. */
    static EngineStreams takeOver() {
        FrameReader in = new FrameReader(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        FrameWriter out = new FrameWriter(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16));
        EventSink events = new JsonEventSink(new FileOutputStream(FileDescriptor.err));
        System.setIn(new ByteArrayInputStream(new byte[0]));
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        java.util.logging.LogManager.getLogManager().reset();
        return new EngineStreams(in, out, events);
    }
}
