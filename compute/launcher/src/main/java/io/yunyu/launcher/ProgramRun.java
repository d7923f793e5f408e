package io.yunyu.launcher;

import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.job.PlansJob;
import io.yunyu.contract.job.ProgramJob;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A developer's program and the guard of its plans, each in a sandbox of its own. They share nothing, no network and no
 * file: what the program wants passes through here as text, of bounded length and number, and comes back as a verdict.
 *
 * <p>Guarantees: neither sandbox has a key or a table; nothing of what the program says of itself is handed on, neither
 * words nor exit code nor output, but only the texts that the guard let pass; a program that does not end well has no
 * tables. It does not promise that the texts are harmless: each is judged again where it runs.
 */
public final class ProgramRun {
    private static final Duration GUARD_GRACE = Duration.ofMinutes(1);

    private ProgramRun() {}

    /** A table that the program asks for. */
    public record Table(String name, String sql) {}

    /** @param tables in the order in which the program asked; none unless the result is {@code DONE} */
    public record Outcome(EngineResult result, List<Table> tables) {
        public Outcome {
            tables = List.copyOf(tables);
        }
    }

    /**
     * Runs the program to its end. Both engines are dead when this returns.
     *
     * @param program an engine of {@code io.yunyu.program.ProgramMain}
     * @param guard an engine without mounts
     * @param timeout for all of it
     */
    public static Outcome run(
            EngineProcess program, EngineProcess guard, ProgramJob job, PlansJob plans, Duration timeout) {
        try (PlanRelay relay = new PlanRelay()) {
            Thread judging = new Thread(
                    // Longer than the program, so that of two ends at the same time the program's is told.
                    () -> guard.run(plans, relay::next, EngineListener.none(), timeout.plus(GUARD_GRACE)),
                    "program-guard");
            judging.setDaemon(true);
            guard.onDeath(() -> {
                relay.guardIsGone();
                // Nothing more can come of it; and nothing happens to one that has ended.
                program.kill();
            });
            judging.start();
            EngineResult said = program.run(job, relay::judged, EngineListener.none(), timeout)
                    .result();
            boolean guardLived = relay.end();
            guard.kill();
            if (said.status() == EngineResult.Status.DONE) {
                // Not what it said: a report or digest in it would be the program's own words.
                return new Outcome(EngineResult.done(), relay.tables());
            }
            if (!guardLived) {
                return new Outcome(EngineResult.failed(guardEnded()), List.of());
            }
            Problem problem = failure(said);
            return new Outcome(
                    problem.code() == ProblemCode.PROGRAM_FAILED
                                    && !relay.lastFindings().isEmpty()
                            ? refused(relay.lastFindings())
                            : EngineResult.failed(problem),
                    List.of());
        }
    }

    /** The policy's own words on the plan, which depend on text and grant only. */
    private static EngineResult refused(List<DisclosureFinding> findings) {
        Problem problem = new Problem(
                ProblemCode.QUERY_REFUSED,
                "A plan of the program was refused, and the program did not end well after it. None of its tables is made."
                        + " Each finding names the change that would pass.");
        return new EngineResult(
                EngineResult.Status.REFUSED,
                Optional.of(problem),
                Optional.of(new DisclosureReport(0, 0, Map.of(), findings)),
                Optional.empty(),
                Optional.empty());
    }

    /** One of our own sentences for each class of end, whatever the program said of itself. */
    private static Problem failure(EngineResult said) {
        ProblemCode code = said.problem().map(Problem::code).orElse(ProblemCode.PROGRAM_FAILED);
        return switch (code) {
            case TIMEOUT -> new Problem(code, "The program did not end within its time and was stopped.");
            case OUT_OF_MEMORY -> new Problem(code, "The program used up its memory and was stopped.");
            default ->
                new Problem(
                        ProblemCode.PROGRAM_FAILED,
                        "The program did not end well, so that none of its tables is made. What it said and how it ended"
                                + " stays in the sandbox. Try it against dummy data to see why.");
        };
    }

    private static Problem guardEnded() {
        return new Problem(
                ProblemCode.ENGINE_ENDED,
                "The engine that judges the program's plans ended. Submit the program again.");
    }
}
