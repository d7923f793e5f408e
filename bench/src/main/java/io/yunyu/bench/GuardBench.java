package io.yunyu.bench;

import io.yunyu.engine.guard.GuardRecord;
import io.yunyu.engine.guard.Region;
import io.yunyu.engine.guard.ReleaseGuard;
import io.yunyu.engine.guard.ReleasedCell;
import io.yunyu.engine.guard.SetSketch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The differencing guard of one query of 320 cells against everything that a dataset family has published before: as many
 * cells as asked for, in queries of 320, each about another month.
 */
final class GuardBench {
    static final String EXPLANATION =
            "\"Checks\" is the guard's index of all earlier cells, made anew for the query, and the comparison of each of its"
                    + " cells with them: of equal sets of units, of sets with one unit less, and of sets with one more. \"Audit\" is"
                    + " the linear audit of cells that are none of these and overlap earlier ones. Without decrypting the memory.";

    private static final long SEED = 7;
    private static final int EARLIER = 100_000;
    private static final int CELLS = 320;
    private static final int DEPARTMENTS = 20;
    private static final int MIN_UNITS = 10;
    private static final double VARIANCE = 2;
    private static final int WARM_UPS = 2;

    /** A cell of a query: which records, the set of their units, the set without one of them. */
    private record Asked(Region region, SetSketch set, SetSketch less) {}

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<GuardRecord> history = new ArrayList<>();
    private List<Asked> last = List.of();

    private GuardBench() {}

    static void run(int rounds, Report report) {
        new GuardBench().measure(rounds, report);
    }

    private void measure(int rounds, Report report) {
        for (int month = 0; month * CELLS < EARLIER; month++) {
            last = query(month);
            history.add(record("job-" + month, last));
        }
        String what = history.size() * CELLS + " earlier cells";
        String asked = "guard, query of " + CELLS + " cells: ";
        report.times(asked + "checks, equal sets", what, times(rounds, a -> a.set), "0.2 s");
        report.times(asked + "checks, one unit less in each", what, times(rounds, a -> a.less), "0.2 s");
        report.times(
                asked + "checks, one unit more in each",
                what,
                times(rounds, a -> a.set.plus(random.nextLong())),
                "0.2 s");
        last = query(-1);
        report.times(asked + "checks and audit, all months", what, times(rounds, a -> a.set), "");
    }

    /** Seconds from the memory at hand to the last cell's answer. */
    private double[] times(int rounds, Function<Asked, SetSketch> set) {
        List<SetSketch> sets = last.stream().map(set).toList();
        double[] seconds = new double[rounds];
        for (int round = -WARM_UPS; round < rounds; round++) {
            long begin = System.nanoTime();
            ReleaseGuard guard = ReleaseGuard.over(history, MIN_UNITS, VARIANCE, Region.EVERYTHING);
            for (int cell = 0; cell < CELLS; cell++) {
                guard.answer(last.get(cell).region, sets.get(cell).elements(), value(sets.get(cell)));
            }
            if (round >= 0) {
                seconds[round] = (System.nanoTime() - begin) / 1e9;
            }
        }
        return seconds;
    }

    /** @param month -1 for all of them */
    private List<Asked> query(int month) {
        List<Asked> cells = new ArrayList<>();
        for (int cell = 0; cell < CELLS; cell++) {
            Region region = Region.label("visits.prefecture", "p" + cell / DEPARTMENTS)
                    .and(Region.label("visits.dept", "d" + cell % DEPARTMENTS))
                    .orElseThrow();
            SetSketch less = SetSketch.EMPTY;
            for (int unit = MIN_UNITS + random.nextInt(60); unit > 0; unit--) {
                less = less.plus(random.nextLong());
            }
            cells.add(new Asked(
                    month < 0
                            ? region
                            : region.and(Region.label("visits.month", "m" + month))
                                    .orElseThrow(),
                    less.plus(random.nextLong()),
                    less));
        }
        return cells;
    }

    private static GuardRecord record(String job, List<Asked> cells) {
        List<ReleasedCell> released = new ArrayList<>();
        SetSketch all = SetSketch.EMPTY;
        for (Asked cell : cells) {
            released.add(new ReleasedCell(cell.region, cell.set.elements(), List.of(value(cell.set))));
            all = all.plus(cell.set);
        }
        return new GuardRecord(job, "developer", 1, all, false, 0, 0, 0, released);
    }

    private static ReleasedCell.Value value(SetSketch set) {
        return new ReleasedCell.Value("units", set, set, set.elements());
    }
}
