package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.disclosure.ReviewFacts;
import io.yunyu.engine.channel.GuardQuestions;
import io.yunyu.engine.guard.GuardMemory;
import io.yunyu.engine.guard.GuardRecord;
import io.yunyu.engine.guard.ReleaseGuard;
import io.yunyu.engine.guard.SetSketch;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.function.ToLongFunction;

/** One query before the differencing guard: from the family's memory to the record that the query adds to it. */
final class GuardedOutput {
    static final int DAYS = 30;
    /** Withheld values in {@value #DAYS} days after which a developer's queries are refused. */
    static final long MOST_WITHHELD = 2_000;

    private final AccessGrant grant;
    private final String job;
    private final long today;
    private final GuardMemory memory;
    private final ReleaseGuard guard;
    private final CellRegions regions;

    private GuardedOutput(
            AccessGrant grant, String job, long today, GuardMemory memory, ReleaseGuard guard, CellRegions regions) {
        this.grant = grant;
        this.job = job;
        this.today = today;
        this.memory = memory;
        this.guard = guard;
        this.regions = regions;
    }

    /** Takes the family's lock, which the job holds until its end. */
    static GuardedOutput open(
            AccessGrant grant, String job, CellPlan plan, ZoneId zone, byte[] key, GuardQuestions questions) {
        String family = plan.query().tables().get(0).table().family();
        GuardMemory memory = GuardMemory.open(family, key, questions);
        CellRegions regions = new CellRegions(plan, zone);
        ReleaseGuard guard = ReleaseGuard.over(
                memory.records(),
                grant.protection().minUnits(),
                grant.protection().countVariance(),
                regions.whole());
        return new GuardedOutput(grant, job, LocalDate.now(zone).toEpochDay(), memory, guard, regions);
    }

    CellGuard guard() {
        return CellGuard.over(guard, regions);
    }

    /** Whether the family has an exact table, beside which noise would not protect what it is believed to. */
    boolean isPlanned() {
        return memory.hasPublication();
    }

    /** Being answered alike or not at all tells a little each time; so there is an end to it. */
    boolean tooManyWithheld() {
        return recent(GuardRecord::withheld) > MOST_WITHHELD;
    }

    /**
     * What became of this developer's answers, this query's included. Not the number that {@link #tooManyWithheld} goes by:
     * that one counts near sets and not equal ones, and would tell them apart.
     */
    ReviewFacts.Guarded guarded() {
        return new ReviewFacts.Guarded(
                DAYS,
                recent(GuardRecord::repeated) + guard.repeated(),
                recent(GuardRecord::exposed) + guard.withheld());
    }

    private long recent(ToLongFunction<GuardRecord> number) {
        return memory.records().stream()
                .filter(r -> r.assignee().equals(grant.assignee()) && r.day() > today - DAYS)
                .mapToLong(number)
                .sum();
    }

    /** Earlier outputs that divided the same units. */
    int partitions(List<Cell> cells) {
        return guard.partitionsOf(groups(cells));
    }

    /** Hands in what this query adds, whatever becomes of it. */
    void reserve(List<Cell> cells) {
        memory.reserve(new GuardRecord(
                job,
                grant.assignee(),
                today,
                groups(cells),
                false,
                guard.withheld() + guard.asBefore(),
                guard.repeated(),
                guard.withheld(),
                guard.added()));
    }

    private static SetSketch groups(List<Cell> cells) {
        long set = cells.stream().mapToLong(Cell::summedOver).min().orElse(0);
        return cells.stream()
                .filter(c -> c.summedOver() == set)
                .map(c -> c.sketch(CellPlan.UNITS_ASPECT))
                .reduce(SetSketch.EMPTY, SetSketch::plus);
    }
}
