package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.ProtectionRules;
import io.yunyu.contract.disclosure.ReviewFacts;
import io.yunyu.engine.guard.ReleaseGuard;
import io.yunyu.engine.perturbation.CellKey;
import io.yunyu.engine.perturbation.CountPerturbation;
import io.yunyu.engine.perturbation.MeasureProtection;
import io.yunyu.engine.perturbation.Perturbation;
import io.yunyu.engine.perturbation.PerturbationParameters;
import io.yunyu.engine.perturbation.PerturbationTable;
import io.yunyu.engine.primary.Contributions;
import io.yunyu.engine.primary.DominanceRule;
import io.yunyu.engine.primary.PriorPosteriorRule;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

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
final class CellProtection implements ValueProtection {
    private static final double SPLIT_THRESHOLD = 0.2;
    /** Standard deviation of the noise of a sum, in largest contributions: a unit of 20 %, variance 3. */
    static final double NOISE_OF_SUM = 0.35;
    /** Smallest number of degrees of freedom of a spread (ACRO 1.0.1, safe_dof_threshold). */
    private static final int MIN_FREEDOM = 10;

    /** A value of a cell: published, or the rule by which it is not. */
    sealed interface Outcome {
        /** @param repeats jobs as whose it is answered, an empty text for this one; none if it is answered afresh */
        record Published(double value, Set<String> repeats) implements Outcome {
            public Published {
                repeats = Set.copyOf(repeats);
            }

            Published(double value) {
                this(value, Set.of());
            }

            /** A value computed of others. */
            static Published of(double value, Published... parts) {
                Set<String> repeats = new TreeSet<>();
                for (Published part : parts) {
                    repeats.addAll(part.repeats);
                }
                return new Published(value, repeats);
            }
        }

        record Suppressed(String rule) implements Outcome {}

        /** Published as it is. */
        record Exact(double value) implements Outcome {}
    }

    static final Outcome.Suppressed MIN_UNITS = new Outcome.Suppressed("min-units");
    static final Outcome.Suppressed MIN_CONTRIBUTORS = new Outcome.Suppressed("min-contributors");
    static final Outcome.Suppressed DOMINANCE = new Outcome.Suppressed("p-percent");
    static final Outcome.Suppressed EXPOSURE = new Outcome.Suppressed(ReleaseGuard.EXPOSURE);
    static final Outcome.Suppressed SPREAD = new Outcome.Suppressed("uncertain-spread");
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
            MeasureProtection protection =
                    new MeasureProtection(measure.name(), OptionalDouble.empty(), measure.decimals());
            sums.add(
                    sums.isEmpty()
                            ? Perturbation.withDefaults(noiseSecret, protection)
                            : sums.get(0).forMeasure(protection));
        }
    }

    ReviewFacts.WithheldShare withheldUnits(List<Cell> cells) {
        return WithheldUnits.share(cells, rules.minUnits(), counts);
    }

    @Override
    public boolean reachesThreshold(Cell cell) {
        return cell.units() >= rules.minUnits();
    }

    @Override
    public Outcome value(CellPlan.Value value, Cell cell) {
        if (!reachesThreshold(cell)) {
            return MIN_UNITS;
        }
        return switch (value.kind()) {
            case UNITS -> guarded(cell, CellPlan.UNITS_ASPECT, units(cell));
            case ROWS -> guarded(cell, CellPlan.ROWS_ASPECT, rows(cell));
            case NON_MISSING -> nonMissing(value.measure(), cell);
            case SUM -> sum(value.measure(), cell);
            case MEAN -> mean(value.measure(), cell);
            case VARIANCE, DEVIATION -> spread(value, cell);
            case QUANTILE -> throw new IllegalStateException("The policy let a quantile pass without privacy clause.");
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
        if (totals.contributors() < rules.minUnits()) {
            // Of none as of few: a rule named for sums of nothing but zeros would tell what it withholds.
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
            return c.value() == 0 ? MIN_CONTRIBUTORS : Outcome.Published.of(s.value() / c.value(), s, c);
        }
        return sum instanceof Outcome.Suppressed ? sum : count;
    }

    private static double largest(int measure, Cell cell) {
        return cell.measures().get(measure).largest();
    }

    /**
     * From the protected count, sum and sum of squares, so that its value tells nothing that these do not. At least
     * {@value #MIN_FREEDOM} degrees of freedom, counted in units. Withheld unless it is more than twice the standard
     * deviation that the noise of the sums gives it, which depends on the largest contributions, as dominance does: of
     * values far from 0 beside their spread nothing would be left. Both have one rule: of a cell whose mean is published, too
     * few degrees of freedom would tell the number of units.
     */
    private Outcome spread(CellPlan.Value value, Cell cell) {
        if (cell.measures().get(value.measure()).units() - 1 < MIN_FREEDOM) {
            return SPREAD;
        }
        Outcome count = nonMissing(value.measure(), cell);
        Outcome sum = sum(value.measure(), cell);
        Outcome squares = sum(plan.squaresOf(value.measure()), cell);
        if (!(count instanceof Outcome.Published n)
                || !(sum instanceof Outcome.Published s)
                || !(squares instanceof Outcome.Published q)) {
            return squares instanceof Outcome.Suppressed ? squares : sum instanceof Outcome.Suppressed ? sum : count;
        }
        double variance = n.value() < 2 ? 0 : (q.value() - s.value() * s.value() / n.value()) / (n.value() - 1);
        double uncertain = NOISE_OF_SUM
                * (Math.abs(largest(plan.squaresOf(value.measure()), cell))
                        + 2 * Math.abs(s.value() / n.value()) * Math.abs(largest(value.measure(), cell)))
                / Math.max(1, n.value() - 1);
        if (!(variance > 2 * uncertain)) {
            return SPREAD;
        }
        return Outcome.Published.of(value.kind() == CellPlan.Kind.VARIANCE ? variance : Math.sqrt(variance), n, s, q);
    }

    /** Whether the (n,k) rule flags a value that the other rules let pass; n at most 2. */
    boolean isDominated(CellPlan.Value value, Cell cell, DominanceRule rule) {
        if (value.kind() == CellPlan.Kind.UNITS) {
            return false;
        }
        if (value.kind() == CellPlan.Kind.ROWS) {
            return cell.rows() != cell.units()
                    && rule.isUnsafe(Contributions.ofLargest(cell.rows(), cell.largestRows(), cell.secondRows()));
        }
        Cell.MeasureTotals totals = cell.measures().get(value.measure());
        boolean counts = value.kind() != CellPlan.Kind.SUM
                && totals.rows() != totals.units()
                && rule.isUnsafe(Contributions.ofLargest(totals.rows(), totals.largestRows(), totals.secondRows()));
        boolean sums = value.kind() != CellPlan.Kind.NON_MISSING
                && rule.isUnsafe(
                        Contributions.ofLargest(totals.absoluteSum(), Math.abs(totals.largest()), totals.second()));
        return counts || sums || value.kind().isSpread() && isSquareDominated(value, cell, rule);
    }

    private boolean isSquareDominated(CellPlan.Value value, Cell cell, DominanceRule rule) {
        Cell.MeasureTotals squares = cell.measures().get(plan.squaresOf(value.measure()));
        return rule.isUnsafe(
                Contributions.ofLargest(squares.absoluteSum(), Math.abs(squares.largest()), squares.second()));
    }

    private boolean dominates(double total, double largest, double second) {
        return pPercent.isUnsafe(Contributions.ofLargest(total, largest, second));
    }
}
