package io.yunyu.engine.suppression;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** Tables of counts or sums by a seed, with margins, and with requirements as the platform makes them. */
public final class MadeUpTables {
    private MadeUpTables() {}

    /**
     * Counts of which some are small; a small one could be anything from 0 to 10, and next to one of a single person it
     * must stay uncertain to him.
     *
     * @param unit what each count is multiplied by
     */
    public static SuppressionProblem counts(int rows, int columns, long seed, long unit) {
        Random random = new Random(seed);
        double[][] inner = new double[rows][columns];
        for (double[] row : inner) {
            for (int c = 0; c < columns; c++) {
                int small = random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(9);
                row[c] = unit * (random.nextInt(20) == 0 ? small : 10 + random.nextInt(2000));
            }
        }
        double[] values = Grids.withTotals(inner);
        List<Requirement> requirements = new ArrayList<>();
        for (int cell = 0; cell < values.length; cell++) {
            if (values[cell] < 10 * unit) {
                requirements.add(Requirement.of(cell, values[cell], 10 * unit - values[cell]));
                for (int other = cell - cell % (columns + 1) + 1; other % (columns + 1) != 0; other++) {
                    if (other != cell && values[other] == unit) {
                        requirements.add(new Requirement(cell, Math.min(unit, values[cell]), unit, other));
                    }
                }
            }
        }
        double[] uppers = new double[values.length];
        java.util.Arrays.fill(uppers, Double.POSITIVE_INFINITY);
        return new SuppressionProblem(
                values,
                new double[values.length],
                uppers,
                Grids.atLeastOne(values),
                new BitSet(),
                Grids.equations(rows, columns),
                requirements);
    }

    /** As the vectors of the reference are: skewed counts, of which 1 to 3 must stay uncertain by 1. */
    public static SuppressionProblem skewed(int rows, int columns, long seed) {
        Random random = new Random(seed);
        double[][] inner = new double[rows][columns];
        for (double[] row : inner) {
            for (int c = 0; c < columns; c++) {
                row[c] = Math.floor(Math.exp(3 + 1.5 * random.nextGaussian()));
            }
        }
        double[] values = Grids.withTotals(inner);
        List<Requirement> requirements = new ArrayList<>();
        for (int cell = 0; cell < values.length; cell++) {
            if (values[cell] >= 1 && values[cell] <= 3) {
                requirements.add(Requirement.of(cell, 1, 1));
            }
        }
        return Grids.counts(values, Grids.atLeastOne(values), Grids.equations(rows, columns), requirements);
    }

    /** Three dimensions, whose linear programs need not end in whole numbers. */
    public static SuppressionProblem cube(int side, long seed) {
        Random random = new Random(seed);
        int n = side + 1;
        double[] values = new double[n * n * n];
        for (int a = 1; a < n; a++) {
            for (int b = 1; b < n; b++) {
                for (int c = 1; c < n; c++) {
                    double value = 1 + random.nextInt(30);
                    for (int mask = 0; mask < 8; mask++) {
                        values[
                                ((mask & 4) == 0 ? a : 0) * n * n
                                        + ((mask & 2) == 0 ? b : 0) * n
                                        + ((mask & 1) == 0 ? c : 0)] += value;
                    }
                }
            }
        }
        List<Requirement> requirements = new ArrayList<>();
        for (int cell = 0; cell < values.length; cell++) {
            if (values[cell] <= 4) {
                requirements.add(Requirement.of(cell, values[cell], 5 - values[cell]));
            }
        }
        return Grids.counts(values, Grids.atLeastOne(values), Grids.equations(side, side, side), requirements);
    }

    /** A table in which nothing can hide its one small cell, number 4. */
    public static SuppressionProblem hopeless() {
        double[] values = Grids.withTotals(new double[][] {{1, 5}, {7, 9}});
        return new SuppressionProblem(
                values,
                new double[9],
                values,
                values,
                Grids.cells(0, 1, 2, 3, 5, 6, 7, 8),
                Grids.equations(2, 2),
                List.of(Requirement.of(4, 1, 0)));
    }
}
