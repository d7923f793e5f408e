package io.yunyu.launcher;

import io.yunyu.contract.channel.FrameReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Starts sandboxes as the launcher does, but with the filter of a cluster's nodes: processes may start. For controls only. */
public final class ForkingEngines implements AutoCloseable {
    private final RuntimeFiles files =
            RuntimeFiles.create(CpuArchitecture.ofHost().orElseThrow());
    private final SandboxFactory sandboxes = new SandboxFactory(files, SandboxUser.ofThisProcess(), Optional.empty());
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();

    public ForkingEngines() throws IOException {
        Files.copy(files.filterOfNodes(), files.filter(), StandardCopyOption.REPLACE_EXISTING);
    }

    /** The sandbox dies with the calling thread. */
    public EngineProcess start(EngineSpec spec) {
        try {
            SandboxProcess sandbox = sandboxes.engine(spec, Optional.empty());
            EngineEvents events = new EngineEvents(sandbox.process().getErrorStream(), Optional.empty());
            Thread listening = new Thread(events, "forking-events");
            listening.setDaemon(true);
            listening.start();
            FrameReader frames = new FrameReader(sandbox.process().getInputStream());
            EngineHello hello = EngineHello.parse(frames.next().orElseThrow().json());
            sandbox.noteMembers();
            return new EngineProcess(sandbox, frames, events, watch, hello);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        sandboxes.killAll();
        watch.shutdownNow();
        files.close();
    }
}
