package io.yunyu.engine.aggregate;

import io.yunyu.engine.primary.Contributions;
import io.yunyu.engine.primary.MagnitudeFacts;
import io.yunyu.engine.primary.PrimaryRules;
import io.yunyu.engine.suppression.Requirement;
import java.util.List;

/**
 * One measure of a planned publication in whole numbers: its rows, or a sum in units of its last digit.
 *
 * @param measure position among the plan's measures, or -1 for the rows
 * @param scale units of the last digit in one
 */
record PlannedMeasure(String name, int measure, double scale, PrimaryRules rules, double percent) {
    /** Whole numbers up to here pass through doubles and sums of them unharmed. */
    private static final double MOST = 1L << 50;

    /**
     * What primary rules ask of a cell, or of several together.
     *
     * @param units distinct units, perhaps fewer if the same units are in several cells
     * @param contributors units that contribute something other than 0
     * @param total of the contributions' absolute values
     */
    record Facts(long units, long contributors, double total, double largest, double second, boolean repeats) {}

    static PlannedMeasure of(CellPlan plan, CellPlan.Value value, PrimaryRules rules, double percent) {
        if (value.kind() == CellPlan.Kind.ROWS) {
            return new PlannedMeasure(CellPlan.ROWS_ASPECT, -1, 1, rules, percent);
        }
        CellPlan.Measure column = plan.measures().get(value.measure());
        return new PlannedMeasure(column.sumAspect(), value.measure(), Math.pow(10, column.decimals()), rules, percent);
    }

    private boolean isCount() {
        return measure < 0;
    }

    /** Whether the value left the range in which it is exact. */
    boolean isOutOfRange(Cell cell) {
        return !isCount() && cell.measures().get(measure).overflown() || Math.abs(value(cell)) > MOST;
    }

    double value(Cell cell) {
        return isCount() ? cell.rows() : Math.rint(cell.measures().get(measure).sum() * scale);
    }

    /** Whether some contributions are negative, so that nothing bounds a sum. */
    boolean isNegative(Cell cell) {
        if (isCount()) {
            return false;
        }
        Cell.MeasureTotals totals = cell.measures().get(measure);
        return totals.absoluteSum() - totals.sum() > 1e-9 * totals.absoluteSum();
    }

    Facts facts(Cell cell) {
        if (isCount()) {
            return new Facts(
                    cell.units(),
                    cell.units(),
                    cell.rows(),
                    cell.largestRows(),
                    cell.secondRows(),
                    cell.rows() != cell.units());
        }
        Cell.MeasureTotals totals = cell.measures().get(measure);
        return new Facts(
                cell.units(),
                totals.contributors(),
                totals.absoluteSum(),
                Math.abs(totals.largest()),
                totals.second(),
                true);
    }

    /**
     * Several cells as one group. Units that are in more than one of them make it smaller than it looks, and their
     * contributions larger; where that may be, the worst is assumed.
     */
    static Facts together(List<Facts> parts, boolean disjoint) {
        long units = 0;
        long contributors = 0;
        double total = 0;
        double largest = 0;
        double second = 0;
        boolean repeats = false;
        for (Facts part : parts) {
            units = disjoint ? units + part.units : Math.max(units, part.units);
            contributors = disjoint ? contributors + part.contributors : Math.max(contributors, part.contributors);
            total += part.total;
            repeats |= part.repeats;
            if (disjoint) {
                second = Math.max(Math.min(largest, part.largest), Math.max(second, part.second));
                largest = Math.max(largest, part.largest);
            } else {
                largest += part.largest;
                second += part.second;
            }
        }
        return new Facts(units, contributors, total, largest, second, repeats || !disjoint);
    }

    /** The rules that flag a cell, in order; empty if it is safe. */
    List<String> unsafe(Facts facts) {
        return rules.unsafe(magnitude(facts));
    }

    /** How uncertain a flagged cell must remain; to both sides where a sum is concerned. */
    Requirement requirement(int cell, double value, Facts facts, boolean negative) {
        double level = Math.ceil(rules.protectionLevel(magnitude(facts)) * scale);
        if (isCount()) {
            double upper = Math.max(Math.max(1, rules.minUnits() - facts.units), level);
            return Requirement.of(cell, rules.isTooFew(facts.units) ? value : Math.min(value, upper), upper);
        }
        double upper = Math.max(1, Math.max(level, Math.ceil(percent / 100 * Math.abs(value))));
        return Requirement.of(cell, value == 0 ? 0 : negative ? upper : Math.min(value, upper), upper);
    }

    /** Against somebody who is alone in a cell beside this one: not to be found exactly. */
    Requirement against(Requirement all, double value, int known) {
        double level = isCount() ? 1 : Math.max(1, Math.ceil(percent / 100 * Math.abs(value)));
        return new Requirement(all.cell(), Math.min(all.lower(), level), Math.min(all.upper(), level), known);
    }

    private MagnitudeFacts magnitude(Facts facts) {
        return new MagnitudeFacts(
                facts.units,
                facts.contributors,
                facts.repeats ? List.of(Contributions.ofLargest(facts.total, facts.largest, facts.second)) : List.of());
    }
}
