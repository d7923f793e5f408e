package io.yunyu.engine.aggregate;

import io.yunyu.engine.aggregate.CellProtection.Outcome;
import java.util.List;

/** The cells of a planned publication by its pattern: exact, or withheld in all measures. */
final class PlannedProtection implements ValueProtection {
    private final PlannedTable table;
    private final PlannedPattern pattern;
    private final List<PlannedMeasure> measures;
    private final int minUnits;

    PlannedProtection(PlannedTable table, PlannedPattern pattern, List<PlannedMeasure> measures, int minUnits) {
        this.table = table;
        this.pattern = pattern;
        this.measures = List.copyOf(measures);
        this.minUnits = minUnits;
    }

    @Override
    public boolean reachesThreshold(Cell cell) {
        return cell.units() >= minUnits;
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
