package io.yunyu.api.state;

import static io.yunyu.api.state.Machine.AGREEMENT;
import static io.yunyu.api.state.Machine.INGEST;
import static io.yunyu.api.state.Machine.JOB;
import static io.yunyu.api.state.Machine.PROGRAM;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The one table of states: nothing changes its state except along a row of it. */
public final class Transitions {
    private static final String PLATFORM = "platform";
    private static final String STEWARD = "PROVIDER_STEWARD";
    private static final String DEVELOPER = "DEVELOPER";
    private static final String REVIEWER = "PROVIDER_REVIEWER";

    private static final List<Transition> TABLE = List.of(
            begin(INGEST, State.SUBMITTED, STEWARD, ActKind.INGEST_SUBMITTED),
            row(INGEST, State.SUBMITTED, State.RUNNING, PLATFORM, ActKind.INGEST_STARTED),
            row(INGEST, State.RUNNING, State.SUBMITTED, PLATFORM, ActKind.INGEST_RETURNED),
            row(INGEST, State.RUNNING, State.DONE, PLATFORM, ActKind.INGEST_DONE),
            row(INGEST, State.RUNNING, State.FAILED, PLATFORM, ActKind.INGEST_FAILED),
            row(INGEST, State.SUBMITTED, State.FAILED, PLATFORM, ActKind.INGEST_FAILED),
            begin(AGREEMENT, State.DRAFT, STEWARD + " or " + DEVELOPER, ActKind.AGREEMENT_DRAFTED),
            row(AGREEMENT, State.DRAFT, State.ACTIVE, PLATFORM, ActKind.AGREEMENT_ACTIVATED),
            row(AGREEMENT, State.DRAFT, State.EXPIRED, PLATFORM, ActKind.AGREEMENT_EXPIRED),
            row(AGREEMENT, State.ACTIVE, State.EXPIRED, PLATFORM, ActKind.AGREEMENT_EXPIRED),
            row(AGREEMENT, State.ACTIVE, State.REVOKED, STEWARD, ActKind.AGREEMENT_REVOKED),
            begin(JOB, State.SUBMITTED, DEVELOPER, ActKind.JOB_SUBMITTED),
            row(JOB, State.SUBMITTED, State.RUNNING, PLATFORM, ActKind.JOB_STARTED),
            row(JOB, State.SUBMITTED, State.FAILED, PLATFORM, ActKind.JOB_FAILED),
            row(JOB, State.SUBMITTED, State.CANCELLED, DEVELOPER, ActKind.JOB_CANCELLED),
            row(JOB, State.RUNNING, State.CANCELLED, DEVELOPER, ActKind.JOB_CANCELLED),
            row(JOB, State.RUNNING, State.SUBMITTED, PLATFORM, ActKind.JOB_RETURNED),
            row(JOB, State.RUNNING, State.REFUSED, PLATFORM, ActKind.JOB_REFUSED),
            row(JOB, State.RUNNING, State.FAILED, PLATFORM, ActKind.JOB_FAILED),
            row(JOB, State.RUNNING, State.IN_REVIEW, PLATFORM, ActKind.CANDIDATE_QUARANTINED),
            row(JOB, State.IN_REVIEW, State.APPROVED, REVIEWER, ActKind.CANDIDATE_APPROVED),
            row(JOB, State.IN_REVIEW, State.DENIED, REVIEWER, ActKind.CANDIDATE_DENIED),
            row(JOB, State.APPROVED, State.RELEASED, PLATFORM, ActKind.CANDIDATE_RELEASED),
            begin(PROGRAM, State.SUBMITTED, DEVELOPER, ActKind.PROGRAM_SUBMITTED),
            row(PROGRAM, State.SUBMITTED, State.RUNNING, PLATFORM, ActKind.PROGRAM_STARTED),
            row(PROGRAM, State.SUBMITTED, State.CANCELLED, DEVELOPER, ActKind.PROGRAM_CANCELLED),
            row(PROGRAM, State.RUNNING, State.CANCELLED, DEVELOPER, ActKind.PROGRAM_CANCELLED),
            row(PROGRAM, State.RUNNING, State.SUBMITTED, PLATFORM, ActKind.PROGRAM_RETURNED),
            row(PROGRAM, State.RUNNING, State.REFUSED, PLATFORM, ActKind.PROGRAM_REFUSED),
            row(PROGRAM, State.RUNNING, State.FAILED, PLATFORM, ActKind.PROGRAM_FAILED),
            row(PROGRAM, State.RUNNING, State.DONE, PLATFORM, ActKind.PROGRAM_DONE));

    private Transitions() {}

    public static List<Transition> all() {
        return TABLE;
    }

    /**
     * The row for a change.
     *
     * @throws ProblemException CONFLICT if the table has none
     */
    public static Transition of(Machine machine, State from, State to) {
        return TABLE.stream()
                .filter(t -> t.machine() == machine && t.from().equals(Optional.of(from)) && t.to() == to)
                .findFirst()
                .orElseThrow(() -> conflict(machine, from, to));
    }

    /** What a caller is told whose change came too late or makes no sense. */
    public static ProblemException conflict(Machine machine, State from, State to) {
        return new ProblemException(
                ProblemCode.CONFLICT,
                "The " + machine.title().toLowerCase(Locale.ROOT) + " is " + from + " and cannot become " + to
                        + ". Read its state again before you go on.");
    }

    private static Transition begin(Machine machine, State to, String by, ActKind act) {
        return new Transition(machine, Optional.empty(), to, by, act);
    }

    private static Transition row(Machine machine, State from, State to, String by, ActKind act) {
        return new Transition(machine, Optional.of(from), to, by, act);
    }
}
