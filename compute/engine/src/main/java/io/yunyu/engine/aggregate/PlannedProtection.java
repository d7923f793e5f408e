package io.yunyu.engine.aggregate;

import io.yunyu.engine.aggregate.CellProtection.Outcome;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a planned publication by its pattern: exact, or withheld in all measures. A withheld cell looks like an empty
 * one, whatever it is withheld for: who could tell those that rules withhold from those that only hide them would know
 * something of the size of each.
 */
final class PlannedProtection implements ValueProtection {
    private final PlannedTable table;
    private final PlannedPattern pattern;
    private final List<PlannedMeasure> measures;

    PlannedProtection(PlannedTable table, PlannedPattern pattern, List<PlannedMeasure> measures) {
        this.table = table;
        this.pattern = pattern;
        this.measures = List.copyOf(measures);
    }

    @Override
    public boolean reachesThreshold(Cell cell) {
        return !pattern.withheld().containsKey(table.number(cell));
    }

    @Override
    public Outcome.Suppressed unlisted(long summedOver, List<@Nullable Object> labels) {
        return table.find(summedOver, labels)
                .flatMap(cell -> Optional.ofNullable(pattern.withheld().get(cell)))
                .map(Outcome.Suppressed::new)
                .orElse(CellProtection.MIN_UNITS);
    }

    @Override
    public boolean sharesLabels() {
        return true;
    }

    @Override
    public Outcome value(CellPlan.Value value, Cell cell) {
        String rule = pattern.withheld().get(table.number(cell));
        if (rule != null) {
            return new Outcome.Suppressed(rule);
        }
        PlannedMeasure measure = measures.stream()
                .filter(m -> m.measure() == value.measure())
                .findFirst()
                .orElseThrow();
        return new Outcome.Exact(measure.value(cell) / measure.scale());
    }
}
