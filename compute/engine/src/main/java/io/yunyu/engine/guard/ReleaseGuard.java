package io.yunyu.engine.guard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Decides for each value that a query would publish, against everything published before on its dataset family.
 *
 * <p>A set of units (with what each contributes) that differs from one published before in fewer than {@code minUnits}
 * units is answered as that one was, whether it differs or not. So the difference of two answers is 0 or concerns at least
 * {@code minUnits} units, and that an answer is repeated does not tell whether the sets are equal. A set that is far from
 * all others is answered afresh, unless all answers together would tell too much of somebody, see {@link ExposureAudit}.
 *
 * <p>Deterministic in the order in which cells come: take larger cells first. Not safe for several threads.
 */
public final class ReleaseGuard {
    /** Rule of a value that is withheld because too many answers overlap. */
    public static final String EXPOSURE = "exposure";
    /** More outputs than this that divide the same set of units raise the alarm. */
    public static final int MOST_PARTITIONS = 8;

    /** What the guard says of a value. */
    public sealed interface Answer {
        /** Publish what was computed. */
        record Fresh() implements Answer {}

        /**
         * Publish what was published before.
         *
         * @param job that published it first; empty if it was this one, of another cell
         */
        record AsBefore(double published, String job) implements Answer {}

        /** Publish nothing. */
        record Withheld() implements Answer {}
    }

    private static final Answer FRESH = new Answer.Fresh();
    private static final Answer WITHHELD = new Answer.Withheld();

    private final int minUnits;
    private final double countVariance;
    private final Region scope;
    private final List<GuardRecord> history;
    private final NearSets before = new NearSets();
    private final Map<String, ExposureAudit> audits = new HashMap<>();
    private final Map<Region, Entry> added = new LinkedHashMap<>();
    private long asBefore;
    private long repeated;
    private long withheld;

    private record Entry(long units, List<ReleasedCell.Value> values) {}

    private ReleaseGuard(List<GuardRecord> history, int minUnits, double countVariance, Region scope) {
        this.scope = scope;
        this.history = List.copyOf(history);
        this.minUnits = minUnits;
        this.countVariance = countVariance;
    }

    /**
     * @param history oldest first
     * @param minUnits smallest number of units by which two answers may differ
     * @param countVariance variance of the noise of counts
     * @param scope holds every region that will be asked about
     */
    public static ReleaseGuard over(List<GuardRecord> history, int minUnits, double countVariance, Region scope) {
        ReleaseGuard guard = new ReleaseGuard(history, minUnits, countVariance, scope);
        for (GuardRecord record : guard.history) {
            for (ReleasedCell cell : record.cells()) {
                cell.values()
                        .forEach(value -> guard.before.add(new NearSets.Found(record.job(), cell.region(), value)));
            }
        }
        return guard;
    }

    /**
     * Asks for one value of a cell, and remembers it if it is to be published afresh.
     *
     * @param region which records belong to the cell
     * @param units the cell's distinct units
     * @param fresh what would be published
     */
    public Answer answer(Region region, long units, ReleasedCell.Value fresh) {
        NearSets.Found near = before.near(fresh, minUnits - 1).orElse(null);
        if (near != null) {
            return repeated(near, region, fresh);
        }
        String aspect = fresh.aspect();
        if (!isAnswered(region, aspect)
                && !audit(aspect).admits(region, fresh.sketch().elements(), "|" + region.form())) {
            withheld++;
            return WITHHELD;
        }
        before.add(new NearSets.Found("", region, fresh));
        added.computeIfAbsent(region, r -> new Entry(units, new ArrayList<>()))
                .values
                .add(fresh);
        return FRESH;
    }

    private Answer repeated(NearSets.Found near, Region region, ReleasedCell.Value fresh) {
        double published = near.value().published();
        boolean own = near.job().isEmpty();
        if (own && near.region().equals(region)) {
            // The very value, asked for a second time: a mean and a count of one column need it both.
            return FRESH;
        }
        asBefore += published == fresh.published() ? 0 : 1;
        repeated += own ? 0 : 1;
        return new Answer.AsBefore(published, near.job());
    }

    /** Whether the audit knows this very cell already by another count of it, which carries the same noise. */
    private boolean isAnswered(Region region, String aspect) {
        Entry entry = added.get(region);
        return entry != null
                && entry.values.stream().anyMatch(v -> noiseOf(v.aspect()).equals(noiseOf(aspect)));
    }

    private static String noiseOf(String aspect) {
        return aspect.equals("rows") ? "units" : aspect;
    }

    private ExposureAudit audit(String aspect) {
        return audits.computeIfAbsent(noiseOf(aspect), this::replayed);
    }

    private ExposureAudit replayed(String noise) {
        ExposureAudit audit = noise.startsWith("sum:") ? ExposureAudit.ofSums() : ExposureAudit.ofCounts(countVariance);
        record Past(Region region, double size, String output) {}
        List<Past> past = new ArrayList<>();
        for (GuardRecord record : history) {
            for (ReleasedCell cell : record.cells()) {
                Optional<ReleasedCell.Value> value = cell.values().stream()
                        .filter(v -> noiseOf(v.aspect()).equals(noise))
                        .findFirst();
                value.filter(v -> cell.region().meets(scope))
                        .ifPresent(v -> past.add(new Past(
                                cell.region(),
                                v.sketch().elements(),
                                record.job() + "|" + cell.region().form())));
            }
        }
        // Small cells expose most: they are the ones to take together if there are too many.
        past.sort(Comparator.comparingDouble(Past::size));
        past.stream().limit(ExposureAudit.MAX_PAST).forEach(p -> audit.published(p.region, p.size, p.output));
        return audit;
    }

    /** Values that were answered otherwise than they would have been without the guard. */
    public long asBefore() {
        return asBefore;
    }

    /** Values that were answered as an earlier job's, whether the sets are equal or near. */
    public long repeated() {
        return repeated;
    }

    public long withheld() {
        return withheld;
    }

    /** The cells of which something is published afresh. */
    public List<ReleasedCell> added() {
        List<ReleasedCell> cells = new ArrayList<>();
        added.forEach((region, entry) -> cells.add(new ReleasedCell(region, entry.units, entry.values)));
        return cells;
    }

    /** How many earlier outputs divided the same set of units, up to {@code minUnits - 1} of them. */
    public int partitionsOf(SetSketch groups) {
        return (int) history.stream()
                .filter(r -> r.groups().elements() > 0 && r.groups().within(groups, minUnits - 1))
                .count();
    }

    /** The number of published values that this family has had, for the reviewer. */
    public OptionalDouble earlierValues() {
        return history.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        history.stream().mapToLong(r -> r.cells().size()).sum());
    }
}
