package io.yunyu.engine.solver;

import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.channel.FrameReader;
import io.yunyu.contract.channel.FrameWriter;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.engine.channel.ChannelVault;
import io.yunyu.engine.channel.JsonEventSink;
import io.yunyu.engine.channel.SealKeys;
import io.yunyu.engine.suppression.MadeUpTables;
import io.yunyu.engine.suppression.ProposedPattern;
import io.yunyu.engine.suppression.SuppressionLimits;
import io.yunyu.engine.suppression.SuppressionProblem;
import io.yunyu.engine.suppression.WholeCheck;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** An engine without Spark and tables: has the made-up table that its job names solved, and says whether that is safe. */
public final class SolvingEngineMain {
    /** Makes values of seven digits and more, which no sealed text holds by chance. The job must not say it in digits. */
    private static final long PLANTED_UNIT = 1_000_003;

    private SolvingEngineMain() {}

    /** {@code counts rows columns seed unit}, with a number or {@code planted} for the unit, or {@code cube side seed}. */
    static SuppressionProblem problem(String text) {
        String[] words = text.split(" ");
        return words[0].equals("cube")
                ? MadeUpTables.cube(Integer.parseInt(words[1]), Long.parseLong(words[2]))
                : MadeUpTables.counts(
                        Integer.parseInt(words[1]),
                        Integer.parseInt(words[2]),
                        Long.parseLong(words[3]),
                        words[4].equals("planted") ? PLANTED_UNIT : Long.parseLong(words[4]));
    }

    public static void main(String[] args) throws IOException {
        FrameReader in = new FrameReader(System.in);
        FrameWriter out = new FrameWriter(new BufferedOutputStream(System.out, 1 << 16));
        SealKeys seal = SealKeys.generate();
        out.write(Frame.json(Frame.HELLO, Json.object("protocol", 1L, "engine", "solving", "sealTo", seal.sealTo())));
        EngineJob.SqlJob job =
                (EngineJob.SqlJob) EngineJob.parse(in.next().orElseThrow().json());
        ChannelVault vault = ChannelVault.of(job, in, out, seal, new JsonEventSink(System.err));
        String said;
        try {
            SuppressionProblem problem = problem(job.sql());
            ProposedPattern pattern = new SandboxedSolver(vault, job.jobId())
                    .solve(problem, SuppressionLimits.of(Duration.ofSeconds(60)));
            said = "safe " + WholeCheck.isSafe(problem, pattern) + ", optimal " + pattern.optimal();
        } catch (ProblemException e) {
            said = e.problem().code() + " " + e.problem().detail();
        }
        out.write(new Frame(Frame.OUTPUT, said.getBytes(StandardCharsets.UTF_8)));
        EngineResult done = new EngineResult(
                EngineResult.Status.DONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("sha256:" + "0".repeat(64)));
        out.write(Frame.json(Frame.END, done.toJson()));
    }
}
