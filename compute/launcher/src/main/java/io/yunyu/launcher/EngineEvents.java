package io.yunyu.launcher;

import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Reads an engine's stderr to its end, whatever comes: events reach the listener, everything else is dropped or kept,
 * capped, in the operator's file inside the domain.
 */
final class EngineEvents implements Runnable {
    private static final int LONGEST_LINE = 4096;
    private static final int MOST_EVENTS = 10_000;
    private static final long MOST_LOG_BYTES = 1 << 20;

    private final InputStream in;
    private final Optional<Path> operatorLog;
    private volatile EngineListener listener = EngineListener.none();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean rehearsed;
    private int events;
    private long logged;

    EngineEvents(InputStream in, Optional<Path> operatorLog) {
        this.in = in;
        this.operatorLog = operatorLog;
    }

    /** Whether the engine has said that it rehearsed to the end; this is not told to the listener, who follows a job. */
    boolean rehearsed() {
        return rehearsed;
    }

    void listener(EngineListener value) {
        listener = value;
    }

    /** Waits until everything the dead engine said has been heard. */
    void awaitEnd(Duration timeout) {
        try {
            ended.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        byte[] line = new byte[LONGEST_LINE];
        int length = 0;
        try (BufferedInputStream stream = new BufferedInputStream(in)) {
            int next;
            while ((next = stream.read()) >= 0) {
                if (next == '\n') {
                    line(Arrays.copyOf(line, length));
                    length = 0;
                } else if (length < LONGEST_LINE) {
                    line[length++] = (byte) next;
                }
            }
            line(Arrays.copyOf(line, length));
        } catch (IOException e) {
            // The engine was killed while it spoke. What it said on stderr decides nothing.
            listener = EngineListener.none();
        } finally {
            ended.countDown();
        }
    }

    private void line(byte[] line) throws IOException {
        if (line.length == 0 || isEvent(line)) {
            return;
        }
        if (operatorLog.isPresent() && logged + line.length < MOST_LOG_BYTES) {
            logged += line.length + 1;
            try (OutputStream out =
                    Files.newOutputStream(operatorLog.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                out.write(line);
                out.write('\n');
            }
        }
    }

    private void tell(EngineEvent event, OptionalLong count) {
        try {
            listener.event(event, count);
        } catch (RuntimeException e) {
            // An engine whose stderr nobody reads would stand still. A listener that fails hears nothing more.
            listener = EngineListener.none();
        }
    }

    private boolean isEvent(byte[] line) {
        if (line[0] != '{') {
            return false;
        }
        EngineEvent event;
        OptionalLong count;
        try {
            JsonObject json = Json.parseObject(line).onlyMembers(Set.of("event", "n"));
            event = json.enumValue("event", EngineEvent.class);
            count = json.has("n") ? OptionalLong.of(json.longValue("n")) : OptionalLong.empty();
        } catch (JsonException e) {
            return false;
        }
        if (event == EngineEvent.REHEARSED) {
            rehearsed = true;
        } else if (events++ < MOST_EVENTS) {
            tell(event, count);
        }
        return true;
    }
}
