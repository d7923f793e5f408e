package io.yunyu.launcher;

import io.yunyu.contract.channel.FrameReader;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts sandboxes as the launcher does, and keeps every byte that passes on their three streams. */
public final class TappedEngines implements AutoCloseable {
    private final RuntimeFiles files =
            RuntimeFiles.create(CpuArchitecture.ofHost().orElseThrow());
    private final SandboxFactory sandboxes = new SandboxFactory(files, SandboxUser.ofThisProcess(), Optional.empty());
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    /** The sandbox dies with the calling thread. */
    public EngineProcess start(EngineSpec spec) {
        try {
            SandboxProcess sandbox = sandboxes.engine(spec, Optional.empty());
            Tap tap = new Tap(sandbox.process());
            EngineEvents events = new EngineEvents(tap.getErrorStream(), Optional.empty());
            Thread listening = new Thread(events, "tapped-events");
            listening.setDaemon(true);
            listening.start();
            FrameReader frames = new FrameReader(tap.getInputStream());
            EngineHello hello = EngineHello.parse(frames.next().orElseThrow().json());
            SandboxProcess tapped = new SandboxProcess(tap, Optional.empty(), sandbox::kill);
            tapped.noteMembers();
            return new EngineProcess(tapped, frames, events, watch, hello);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized byte[] seen() {
        return seen.toByteArray();
    }

    private synchronized void saw(byte[] bytes, int from, int length) {
        seen.write(bytes, from, length);
    }

    @Override
    public void close() {
        sandboxes.killAll();
        watch.shutdownNow();
        files.close();
    }

    private final class Tap extends Process {
        private final Process process;
        private final InputStream out;
        private final InputStream error;
        private final OutputStream in;

        Tap(Process process) {
            this.process = process;
            this.out = tapped(process.getInputStream());
            this.error = tapped(process.getErrorStream());
            this.in = new FilterOutputStream(process.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    saw(bytes, from, length);
                    out.write(bytes, from, length);
                }

                @Override
                public void write(int value) throws IOException {
                    write(new byte[] {(byte) value}, 0, 1);
                }
            };
        }

        private InputStream tapped(InputStream stream) {
            return new FilterInputStream(stream) {
                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    int count = super.read(bytes, from, length);
                    saw(bytes, from, Math.max(0, count));
                    return count;
                }

                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }
            };
        }

        @Override
        public OutputStream getOutputStream() {
            return in;
        }

        @Override
        public InputStream getInputStream() {
            return out;
        }

        @Override
        public InputStream getErrorStream() {
            return error;
        }

        @Override
        public int waitFor() throws InterruptedException {
            return process.waitFor();
        }

        @Override
        public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
            return process.waitFor(timeout, unit);
        }

        @Override
        public int exitValue() {
            return process.exitValue();
        }

        @Override
        public void destroy() {
            process.destroy();
        }

        @Override
        public ProcessHandle toHandle() {
            return process.toHandle();
        }

        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public CompletableFuture<Process> onExit() {
            return process.onExit();
        }

        @Override
        public Stream<ProcessHandle> descendants() {
            return process.descendants();
        }
    }
}
