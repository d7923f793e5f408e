package io.yunyu.engine.solver;

import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.channel.FrameReader;
import io.yunyu.contract.channel.FrameWriter;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.engine.channel.SealKeys;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** In the place of a solver: lies in the way that its argument names. */
public final class LyingSolverMain {
    static final String WORDS = "the cell has 4711 people";

    private LyingSolverMain() {}

    public static void main(String[] args) throws IOException {
        FrameReader in = new FrameReader(System.in);
        FrameWriter out = new FrameWriter(System.out);
        DataOutputStream raw = new DataOutputStream(System.out);
        String key =
                args[0].equals("no-key") ? "hpke:AAAA" : SealKeys.generate().sealTo();
        out.write(Frame.json(Frame.HELLO, Json.object("protocol", 1L, "engine", "liar", "sealTo", key)));
        in.next();
        switch (args[0]) {
            case "garbage" -> out.write(new Frame(Frame.OUTPUT, new byte[70_000]));
            case "old-answer" -> out.write(new Frame(Frame.OUTPUT, Files.readAllBytes(Path.of("/old/answer"))));
            case "wrong-length" -> {
                raw.writeByte(Frame.OUTPUT);
                raw.writeInt(Integer.MAX_VALUE);
                raw.flush();
            }
            case "other-question" ->
                out.write(Frame.json(
                        Frame.QUESTION,
                        Json.object("id", 1L, "jobId", "job-1", "op", "noiseSecret", "family", "f", "place", 0L)));
            case "sleep" -> {
                while (true) {
                    LockSupport.park();
                }
            }
            case "words" -> {
                EngineResult failed = EngineResult.failed(new Problem(ProblemCode.BAD_REQUEST, WORDS));
                out.write(Frame.json(Frame.END, failed.toJson()));
                return;
            }
            default -> raw.flush();
        }
        out.write(Frame.json(Frame.END, EngineResult.done().toJson()));
    }
}
