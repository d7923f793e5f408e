package io.yunyu.engine;

import io.yunyu.contract.channel.ChannelException;
import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.job.SolveJob;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.engine.channel.SealKeys;
import io.yunyu.engine.solver.SolverAnswer;
import io.yunyu.engine.solver.TaskSeal;
import io.yunyu.engine.suppression.InProcessSolver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;

/**
 * One solver of secondary suppression: says hello with a key that it has just made, takes one sealed table, answers once,
 * ends. It has the channel of an engine, and native code in it; so it has no Spark, no table, no key of the domain's and
 * no network. What it says of a table it says sealed; unsealed it says only that it ended.
 */
public final class SolverMain {
    private static final int PROTOCOL = 1;

    private SolverMain() {}

    public static void main(String[] args) {
        EngineStreams streams = EngineStreams.takeOver();
        int exitCode = 1;
        try {
            streams.out().write(Frame.json(Frame.END, serve(streams).toJson()));
            exitCode = 0;
        } catch (IOException broken) {
            // Nobody is left to tell; the launcher reports a solver that ended without an end frame.
            exitCode = 1;
        } finally {
            // Not exit(): native threads need not be waited for.
            Runtime.getRuntime().halt(exitCode);
        }
    }

    private static EngineResult serve(EngineStreams streams) throws IOException {
        try {
            SealKeys seal = SealKeys.generate();
            streams.out()
                    .write(Frame.json(
                            Frame.HELLO,
                            Json.object("protocol", PROTOCOL, "engine", "solver", "sealTo", seal.sealTo())));
            streams.events().happened(EngineEvent.ENGINE_STARTED);
            Frame frame =
                    streams.in().next().orElseThrow(() -> new ChannelException("The channel ended before a job came."));
            if (frame.type() != Frame.JOB || !(EngineJob.parse(frame.json()) instanceof SolveJob job)) {
                throw new ChannelException("Something else than a table arrived first.");
            }
            TaskSeal.Opened opened = TaskSeal.open(sealedTask(job, streams), seal, job.jobId());
            byte[] answer = SolverAnswer.to(opened.task(), new InProcessSolver());
            output(TaskSeal.sealAnswer(answer, opened.answerKey(), job.jobId()), streams);
            return EngineResult.done();
        } catch (GeneralSecurityException | RuntimeException e) {
            // Not what it says: it could name a number of the table.
            return EngineResult.failed(new Problem(ProblemCode.INTERNAL, "The solver ended without an answer."));
        }
    }

    private static byte[] sealedTask(SolveJob job, EngineStreams streams) throws IOException {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        for (int place = 0; place < job.pieces(); place++) {
            streams.out()
                    .write(Frame.json(
                            Frame.QUESTION,
                            Json.object("id", place + 1L, "jobId", job.jobId(), "op", SolveJob.PIECE_OP, "place", (long)
                                    place)));
            Frame frame =
                    streams.in().next().orElseThrow(() -> new ChannelException("The channel ended before an answer."));
            JsonObject answer = frame.json();
            if (frame.type() != Frame.ANSWER || answer.longValue("id") != place + 1L) {
                throw new ChannelException("Something else than the next piece arrived.");
            }
            sealed.writeBytes(Base64.getDecoder().decode(answer.object("solver").string("piece")));
        }
        return sealed.toByteArray();
    }

    private static void output(byte[] sealed, EngineStreams streams) throws IOException {
        for (int from = 0; from < sealed.length; from += SolveJob.PIECE_BYTES) {
            int to = Math.min(sealed.length, from + SolveJob.PIECE_BYTES);
            streams.out().write(new Frame(Frame.OUTPUT, Arrays.copyOfRange(sealed, from, to)));
        }
    }
}
