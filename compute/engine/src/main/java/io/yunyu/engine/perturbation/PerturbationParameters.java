package io.yunyu.engine.perturbation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The design of a perturbation table.
 *
 * @param type the cells the table serves
 * @param maxNoise D, the largest absolute noise, 1 to 50
 * @param variance V, the variance of the noise, above 0 and at most D²
 * @param suppressedSmall js: published values 1 to js never occur (0 does); 0 for magnitudes
 * @param step noise lies on the grid 1/step: 1 for counts
 * @param rows the values i for which a distribution exists, ascending, starting at 1; the last one serves all larger
 *     values too
 * @param rules what is demanded of each of these rows, in the same order
 */
public record PerturbationParameters(
        TableType type,
        int maxNoise,
        double variance,
        int suppressedSmall,
        int step,
        List<Integer> rows,
        List<RowRule> rules) {
    static final int MAX_NOISE_LIMIT = 50;

    public PerturbationParameters {
        rows = List.copyOf(rows);
        rules = List.copyOf(rules);
        require(
                maxNoise >= 1 && maxNoise <= MAX_NOISE_LIMIT,
                "Largest noise D is " + maxNoise + ", but must lie in 1.." + MAX_NOISE_LIMIT + ".");
        require(
                variance > 0 && variance <= (double) maxNoise * maxNoise,
                "Variance V is " + variance + ", but must be above 0 and at most D² = " + maxNoise * maxNoise
                        + ": noise within ±D has no larger variance.");
        require(
                suppressedSmall >= 0 && suppressedSmall < maxNoise,
                "Largest suppressed count js is " + suppressedSmall + ", but must lie in 0.." + (maxNoise - 1)
                        + ": noise of at most D has to lead past the forbidden values.");
        require(
                step >= 1 && (step == 1 || maxNoise * step < MAX_NOISE_LIMIT),
                "Step is " + step + ", but must be at least 1 and D*step below " + MAX_NOISE_LIMIT + ".");
        require(
                suppressedSmall == 0 || step == 1,
                "Suppressed small values need whole-numbered noise: set js to 0 or step to 1.");
        require(
                !rows.isEmpty() && rows.get(0) == 1 && isAscending(rows),
                "Rows are " + rows + ", but must start at 1 and ascend.");
        require(
                rows.get(rows.size() - 1) >= maxNoise + (suppressedSmall == 0 ? 0 : suppressedSmall + 1),
                "The last row must be at least D, plus js + 1 where small counts are suppressed: it serves all larger"
                        + " values, so its noise must be free of the bounds at zero.");
        require(
                rules.size() == rows.size(),
                "There are " + rules.size() + " rules for " + rows.size() + " rows; give one rule per row.");
    }

    /** Design for counts: one row per count up to D, or D + js + 1 where small counts are suppressed. */
    public static PerturbationParameters counts(int maxNoise, double variance, int suppressedSmall) {
        int last = suppressedSmall == 0 ? maxNoise : maxNoise + suppressedSmall + 1;
        List<Integer> rows = IntStream.rangeClosed(1, Math.min(last, 10 * MAX_NOISE_LIMIT))
                .boxed()
                .toList();
        return new PerturbationParameters(
                TableType.ALL, maxNoise, variance, suppressedSmall, 1, rows, defaults(rows.size()));
    }

    /** Design for magnitudes: noise on the grid 1/step, rows for some i between 1 and D only. */
    public static PerturbationParameters magnitudes(
            TableType type, int maxNoise, double variance, int step, List<Integer> rows) {
        return new PerturbationParameters(type, maxNoise, variance, 0, step, rows, defaults(rows.size()));
    }

    /** This design with the same rule for every row. */
    public PerturbationParameters withRule(RowRule rule) {
        return withRules(Collections.nCopies(rows.size(), rule));
    }

    /** This design with other rules, one per row. */
    public PerturbationParameters withRules(List<RowRule> perRow) {
        return new PerturbationParameters(type, maxNoise, variance, suppressedSmall, step, rows, perRow);
    }

    /** This design with another rule for the first row, i = 1. */
    public PerturbationParameters withFirstRule(RowRule first) {
        List<RowRule> changed = new ArrayList<>(rules);
        changed.set(0, first);
        return withRules(changed);
    }

    /** The noise values admissible for row i, ascending: i plus the noise is not negative and not in 1..js. */
    double[] support(int i) {
        return IntStream.rangeClosed(Math.max(-i, -maxNoise) * step, maxNoise * step)
                .mapToDouble(units -> (double) units / step)
                .filter(v -> i + v < 0.5 / step || i + v > suppressedSmall)
                .toArray();
    }

    private static List<RowRule> defaults(int count) {
        return Collections.nCopies(count, RowRule.DEFAULT);
    }

    private static boolean isAscending(List<Integer> values) {
        return IntStream.range(1, values.size()).allMatch(k -> values.get(k - 1) < values.get(k));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
