package io.yunyu.engine.cluster;

import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.channel.FrameReader;
import io.yunyu.contract.channel.FrameWriter;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.engine.channel.FakeVault;
import io.yunyu.launcher.EngineLauncher;
import io.yunyu.launcher.EngineListener;
import io.yunyu.launcher.EngineOutcome;
import io.yunyu.launcher.EngineProcess;
import io.yunyu.launcher.EngineSpec;
import io.yunyu.launcher.LauncherMode;
import io.yunyu.launcher.SolverRun;
import io.yunyu.launcher.VaultPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** What the launcher does with an engine: gives it its job, carries its questions, takes what comes out. */
final class ClusterRun {
    /** Sees each question before it is answered, while the engine waits. */
    interface Onlooker {
        void asked(JsonObject question) throws Exception;
    }

    record Outcome(EngineResult result, byte[] sealed) {}

    private ClusterRun() {}

    static Outcome of(ProcessBuilder engine, EngineJob job, FakeVault vault, Onlooker onlooker) throws Exception {
        Process process = engine.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            FrameReader in = new FrameReader(process.getInputStream());
            FrameWriter out = new FrameWriter(process.getOutputStream());
            Frame frame = next(in);
            if (frame.type() == Frame.END) {
                return new Outcome(EngineResult.parse(frame.json()), new byte[0]);
            }
            String sealTo = frame.json().string("sealTo");
            out.write(Frame.json(Frame.JOB, job.toJson()));
            ByteArrayOutputStream sealed = new ByteArrayOutputStream();
            for (frame = next(in); frame.type() != Frame.END; frame = next(in)) {
                if (frame.type() == Frame.OUTPUT) {
                    sealed.writeBytes(frame.payload());
                } else {
                    onlooker.asked(frame.json());
                    out.write(Frame.json(Frame.ANSWER, vault.answer(frame.json(), sealTo)));
                }
            }
            return new Outcome(EngineResult.parse(frame.json()), sealed.toByteArray());
        } finally {
            process.destroyForcibly();
        }
    }

    /** The same by the launcher itself. */
    static Outcome sandboxed(EngineSpec engine, EngineJob job, FakeVault vault, Onlooker onlooker) {
        return sandboxed(engine, Optional.empty(), job, vault, onlooker);
    }

    /** @param solver in whose sandbox a publication's pattern is sought, on this host */
    static Outcome sandboxed(
            EngineSpec engine, Optional<EngineSpec> solver, EngineJob job, FakeVault vault, Onlooker onlooker) {
        try (EngineLauncher launcher = EngineLauncher.open(LauncherMode.EMBEDDED);
                EngineProcess process = launcher.start(engine)) {
            VaultPort port = (sealTo, question) -> {
                try {
                    onlooker.asked(question);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                return vault.answer(question, sealTo);
            };
            Duration limit = Duration.ofMinutes(4);
            EngineOutcome outcome = solver.isPresent()
                    ? SolverRun.run(
                            process, job, port, () -> launcher.start(solver.get()), EngineListener.none(), limit)
                    : process.run(job, port, EngineListener.none(), limit);
            return new Outcome(outcome.result(), outcome.sealedOutput());
        }
    }

    private static Frame next(FrameReader in) throws IOException {
        return in.next().orElseThrow(() -> new IOException("The engine ended without saying how."));
    }
}
