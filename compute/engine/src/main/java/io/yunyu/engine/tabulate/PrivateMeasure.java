package io.yunyu.engine.tabulate;

import io.yunyu.engine.privacy.DiscreteGaussian;
import io.yunyu.engine.privacy.DiscreteLaplace;
import io.yunyu.engine.privacy.ExactDraws;
import io.yunyu.engine.privacy.IntegerNoise;
import io.yunyu.engine.privacy.Ratio;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts and sums with discrete noise on the finest cells; totals are the sums of noisy cells, so the table is additive.
 *
 * <p>Records beyond what one unit may add, and values beyond their bounds, are left out or cut before anything is added.
 */
final class PrivateMeasure {
    private final CrossTable table;
    private final @Nullable CellFacts[] facts;
    private final long[] bounded;
    private final IntegerNoise noise;
    private final ExactDraws draws;

    /**
     * @param bounded by cell: the sum of bounded contributions of the finest cells, a whole number
     * @param share the part of the budget for this measure
     * @param largest most that one record adds, in absolute terms
     */
    PrivateMeasure(
            CrossTable table,
            @Nullable CellFacts[] facts,
            long[] bounded,
            Protection.Private settings,
            double share,
            long largest,
            ExactDraws draws) {
        this.table = table;
        this.facts = facts;
        this.bounded = bounded;
        this.draws = draws;
        BigInteger perCell = BigInteger.valueOf(largest).multiply(BigInteger.valueOf(settings.linf()));
        BigInteger cells = BigInteger.valueOf(settings.l0());
        if (settings.epsilon().isPresent()) {
            noise = DiscreteLaplace.forEpsilon(
                    Ratio.of(settings.epsilon().getAsDouble() * share), perCell.multiply(cells));
        } else {
            long micros = (long) Math.floor(settings.rho().orElseThrow() * share * 1e6);
            if (micros < 1) {
                throw new TabulationException("The privacy budget leaves less than 0.000001 for each measure; use fewer"
                        + " measures or a larger budget.");
            }
            noise = DiscreteGaussian.forRho(micros, perCell.multiply(perCell).multiply(cells));
        }
    }

    /** Draws once for every finest cell, empty ones too: which cells are empty is not published. */
    CellResult[] protect() {
        double[] noisy = new double[facts.length];
        for (int cell = 0; cell < facts.length; cell++) {
            if (isFinest(cell)) {
                double value =
                        BigInteger.valueOf(bounded[cell]).add(noise.draw(draws)).doubleValue();
                addToTotals(cell, value, noisy);
            }
        }
        CellResult[] results = new CellResult[facts.length];
        for (int cell = 0; cell < facts.length; cell++) {
            CellFacts own = facts[cell];
            if (own != null) {
                results[cell] = new CellResult(
                        own, CellResult.Status.PUBLISHED, noisy[cell], noisy[cell] - own.original(), Optional.empty());
            }
        }
        return results;
    }

    double standardDeviation() {
        return Math.sqrt(noise.variance());
    }

    private boolean isFinest(int cell) {
        return isFinest(table, cell);
    }

    static boolean isFinest(CrossTable table, int cell) {
        for (int d = 0; d < table.dimensions().size(); d++) {
            if (!table.dimensions().get(d).isLeaf(table.category(cell, d))) {
                return false;
            }
        }
        return true;
    }

    private void addToTotals(int cell, double value, double[] into) {
        addToTotals(cell, 0, value, into);
    }

    private void addToTotals(int cell, int dimension, double value, double[] into) {
        if (dimension == table.dimensions().size()) {
            into[cell] += value;
            return;
        }
        CodeTree tree = table.dimensions().get(dimension);
        for (int c = table.category(cell, dimension); c >= 0; c = tree.parent(c)) {
            addToTotals(table.with(cell, dimension, c), dimension + 1, value, into);
        }
    }
}
