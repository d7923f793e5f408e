package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.ProtectionRules;
import io.yunyu.engine.guard.ReleaseGuard;
import io.yunyu.engine.perturbation.CellKey;
import io.yunyu.engine.perturbation.CountPerturbation;
import io.yunyu.engine.perturbation.MeasureProtection;
import io.yunyu.engine.perturbation.Perturbation;
import io.yunyu.engine.perturbation.PerturbationParameters;
import io.yunyu.engine.perturbation.PerturbationTable;
import io.yunyu.engine.primary.Contributions;
import io.yunyu.engine.primary.PriorPosteriorRule;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;

/**
 * Decides for each value of a cell whether it is suppressed, and adds cell-key noise to what is published.
 *
 * <p>Threshold: a cell of fewer than {@code minUnits} units publishes nothing; a value to which fewer than that many units
 * contribute (for sums: contribute something other than 0) is suppressed.
 *
 * <p>Dominance: the p% rule of {@link PriorPosteriorRule}, by unit and in absolute values: a sum X is unsafe if X - x1 - x2
 * &lt; p/100 x1 for its largest contributions x1 and x2, because the second contributor could estimate the first too
 * closely. The same rule holds for counts of rows where a unit has several.
 *
 * <p>Does not promise: nothing is suppressed in turn so that a suppressed value cannot be had by subtraction; within one
 * table without margins there is nothing to subtract from, and against totals of other tables there is the noise.
 */
final class CellProtection {
    private static final double SPLIT_THRESHOLD = 0.2;

    /** A value of a cell: published, or the rule by which it is not. */
    sealed interface Outcome {
        record Published(double value) implements Outcome {}

        record Suppressed(String rule) implements Outcome {}
    }

    static final Outcome.Suppressed MIN_UNITS = new Outcome.Suppressed("min-units");
    static final Outcome.Suppressed MIN_CONTRIBUTORS = new Outcome.Suppressed("min-contributors");
    static final Outcome.Suppressed ZERO = new Outcome.Suppressed("zero-rule");
    static final Outcome.Suppressed DOMINANCE = new Outcome.Suppressed("p-percent");
    static final Outcome.Suppressed EXPOSURE = new Outcome.Suppressed(ReleaseGuard.EXPOSURE);
    static final Outcome.Suppressed RANGE = new Outcome.Suppressed("out-of-range");

    private final ProtectionRules rules;
    private final CellPlan plan;
    private final CellGuard guard;
    private final PriorPosteriorRule pPercent;
    private final CountPerturbation counts;
    private final List<Perturbation> sums = new ArrayList<>();

    CellProtection(ProtectionRules rules, CellPlan plan, byte[] noiseSecret, CellGuard guard) {
        this.guard = guard;
        this.rules = rules;
        this.plan = plan;
        this.pPercent = PriorPosteriorRule.pPercent(rules.pPercent());
        this.counts = new CountPerturbation(PerturbationTable.of(PerturbationParameters.counts(
                        rules.countMaxNoise(), rules.countVariance(), rules.countForbidden()))
                .shuffled(SPLIT_THRESHOLD, noiseSecret));
        for (CellPlan.Measure measure : plan.measures()) {
            // Digits that the column cannot have would show the noise and with it the largest contribution.
            MeasureProtection protection = new MeasureProtection(
                    measure.name(),
                    OptionalDouble.empty(),
                    Math.min(9, decimals(measure.column().dataType())));
            sums.add(
                    sums.isEmpty()
                            ? Perturbation.withDefaults(noiseSecret, protection)
                            : sums.get(0).forMeasure(protection));
        }
    }

    /** Decimals of a published sum: those of a decimal column, otherwise none. */
    static int decimals(DataType type) {
        return type instanceof DecimalType d ? d.scale() : 0;
    }

    boolean reachesThreshold(Cell cell) {
        return cell.units() >= rules.minUnits();
    }

    Outcome value(CellPlan.Value value, Cell cell) {
        if (!reachesThreshold(cell)) {
            return MIN_UNITS;
        }
        return switch (value.kind()) {
            case UNITS -> guarded(cell, CellPlan.UNITS_ASPECT, units(cell));
            case ROWS -> guarded(cell, CellPlan.ROWS_ASPECT, rows(cell));
            case NON_MISSING -> nonMissing(value.measure(), cell);
            case SUM -> sum(value.measure(), cell);
            case MEAN -> mean(value.measure(), cell);
        };
    }

    private Outcome guarded(Cell cell, String aspect, Outcome fresh) {
        return fresh instanceof Outcome.Published published ? guard.answer(cell, aspect, published) : fresh;
    }

    private Outcome units(Cell cell) {
        return new Outcome.Published(counts.perturb(cell.units(), CellKey.ofTotal(cell.recordKeys())));
    }

    private Outcome rows(Cell cell) {
        return rows(cell.units(), cell.recordKeys(), cell.rows(), cell.largestRows(), cell.secondRows());
    }

    /** Rows follow the perturbed units by the cell's average of rows per unit. */
    private Outcome rows(long units, long keys, long rows, long largestRows, long secondRows) {
        long perturbed = counts.perturb(units, CellKey.ofTotal(keys));
        if (rows == units) {
            return new Outcome.Published(perturbed);
        }
        return dominates(rows, largestRows, secondRows)
                ? DOMINANCE
                : new Outcome.Published(Math.rint(perturbed * ((double) rows / units)));
    }

    private Outcome nonMissing(int measure, Cell cell) {
        Outcome fresh = nonMissing(cell.measures().get(measure));
        return guarded(cell, plan.measures().get(measure).countAspect(), fresh);
    }

    private Outcome sum(int measure, Cell cell) {
        Outcome fresh = sum(measure, cell.measures().get(measure));
        return guarded(cell, plan.measures().get(measure).sumAspect(), fresh);
    }

    private Outcome nonMissing(Cell.MeasureTotals totals) {
        return totals.units() < rules.minUnits()
                ? MIN_CONTRIBUTORS
                : rows(totals.units(), totals.unitKeys(), totals.rows(), totals.largestRows(), totals.secondRows());
    }

    private Outcome sum(int measure, Cell.MeasureTotals totals) {
        if (totals.overflown()) {
            return RANGE;
        }
        if (totals.contributors() == 0) {
            return ZERO;
        }
        if (totals.contributors() < rules.minUnits()) {
            return MIN_CONTRIBUTORS;
        }
        if (dominates(totals.absoluteSum(), Math.abs(totals.largest()), totals.second())) {
            return DOMINANCE;
        }
        double value = sums.get(measure)
                .perturbSum(
                        totals.sum(),
                        totals.largest(),
                        totals.contributors(),
                        CellKey.ofTotal(totals.contributorKeys()),
                        false);
        return Double.isFinite(value) ? new Outcome.Published(value) : RANGE;
    }

    private Outcome mean(int measure, Cell cell) {
        Outcome count = nonMissing(measure, cell);
        Outcome sum = sum(measure, cell);
        if (count instanceof Outcome.Published c && sum instanceof Outcome.Published s) {
            return c.value() == 0 ? MIN_CONTRIBUTORS : new Outcome.Published(s.value() / c.value());
        }
        return sum instanceof Outcome.Suppressed ? sum : count;
    }

    private boolean dominates(double total, double largest, double second) {
        return pPercent.isUnsafe(Contributions.ofLargest(total, largest, second));
    }
}
