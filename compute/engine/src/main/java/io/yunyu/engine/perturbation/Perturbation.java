package io.yunyu.engine.perturbation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Cell-key perturbation of counts and sums with the platform's defaults.
 *
 * <p>Defaults: counts with noise within ±5 of variance 3, published counts 1 and 2 never occur; sums scaled by their
 * largest contribution, noise within ±10 units of variance 3, a unit being 20 % of the contribution or as
 * {@link MeasureProtection} says, two more units where the cell is sensitive. Intervals are shuffled by the secret.
 *
 * <p>Guaranteed: the noise is a function of the secret, the cell key and the value, so the same cell of the same units
 * gives the same answer to every query, user and day, and repeating a query averages nothing; the noise of counts has
 * mean 0 and the stated variance over the keys, up to eight decimals; 0 stays 0; signs are kept.
 *
 * <p>Not guaranteed:
 *
 * <ul>
 *   <li>It is <b>not differentially private</b>: noise is bounded, and extreme published values exclude originals.
 *   <li>It is <b>not additive</b>: margins are perturbed like inner cells.
 *   <li>It does <b>not withstand averaging over many different partitions</b> whose cells add up to the same total: their
 *       noises are independent, and fewer than 200 such queries recovered exact counts (Asghar and Kaafar, "Averaging
 *       attacks on bounded noise-based disclosure control algorithms", PETS 2020). The caller must limit queries and watch
 *       for partitions.
 *   <li>Empty cells stay empty, so a published 0 may be a true one, and about one cell in five (counts) or nine (sums),
 *       sensitive ones included, gets no noise. Suppress by thresholds and primary rules first, perturb then.
 *   <li>It protects against nobody who knows the record keys or the secret.
 * </ul>
 *
 * <p>The caller must derive one record key per unit for all versions of a dataset family, keep the secret as long, and
 * use the same convention for units with value 0 in every query. Thread-safe.
 */
public final class Perturbation {
    private static final double SPLIT_THRESHOLD = 0.2;
    private static final int SLICES = 100;
    private static final double SMALL = 0.20;
    private static final double LARGE = 0.03;
    private static final double STEEPNESS = 2;
    private static final double SENSITIVE_EXTRA = 2;

    private final KeyedNumbers numbers;
    private final CountPerturbation counts;
    private final MagnitudeTables tables;
    private final MagnitudePerturbation sums;
    private final long keyOffset;
    private final int decimals;

    private Perturbation(
            KeyedNumbers numbers, CountPerturbation counts, MagnitudeTables tables, MeasureProtection measure) {
        this.numbers = numbers;
        this.counts = counts;
        this.tables = tables;
        NoiseMagnitude magnitude = measure.flexPoint().isPresent()
                ? new NoiseMagnitude.Flex(measure.flexPoint().getAsDouble(), SMALL, LARGE, STEEPNESS)
                : new NoiseMagnitude.Simple(SMALL);
        // Another key than that of counts and other measures: equal noise would let one known value undo the rest.
        sums = new MagnitudePerturbation(
                new MagnitudeParameters(magnitude, List.of(1.0), SENSITIVE_EXTRA, false, tables));
        keyOffset = CellKey.recordKey(numbers.number("measure." + measure.measure(), 0));
        decimals = measure.decimals();
    }

    /**
     * The default perturbation of counts and of the sums of one measure. Costs some milliseconds.
     *
     * @param secret at least 16 bytes, the same for the life of the dataset family; not that of the record keys
     */
    public static Perturbation withDefaults(byte[] secret, MeasureProtection measure) {
        PerturbationTable counts = PerturbationTable.of(PerturbationParameters.counts(5, 3, 2));
        PerturbationTable magnitudes =
                PerturbationTable.of(PerturbationParameters.magnitudes(TableType.ALL, 10, 3, 2, List.of(1, 5, 10))
                        .withFirstRule(RowRule.DEFAULT.withVariance(VarianceRule.EXACTLY)));
        return new Perturbation(
                new KeyedNumbers(secret),
                new CountPerturbation(counts.shuffled(SPLIT_THRESHOLD, secret)),
                MagnitudeTables.of(magnitudes.shuffledInStep(SLICES, secret)),
                measure);
    }

    /** The same perturbation of counts, with that of the sums of another measure. */
    public Perturbation forMeasure(MeasureProtection measure) {
        return new Perturbation(numbers, counts, tables, measure);
    }

    /** The count to publish for {@code n} units, at least 0. */
    public long perturbCount(long n, long cellKey) {
        return counts.perturb(n, cellKey);
    }

    /** The count to publish for {@code n} units whose weights add up to {@code weightSum}. */
    public double perturbWeightedCount(long n, double weightSum, long cellKey) {
        return counts.perturbWeighted(n, weightSum, cellKey);
    }

    /**
     * The sum to publish, rounded to the measure's decimals.
     *
     * @param sum weighted sum of the measure, finite
     * @param largestContribution the contribution of largest absolute value with its sign, times its weight; not 0 unless
     *     the sum is 0
     * @param contributors number of contributing units; 0 only for a sum of 0
     * @param cellKey key of the contributing units
     * @param sensitive whether a primary rule flags the cell; must not vary between queries for the same cell, or the
     *     difference of two answers shows the noise
     */
    public double perturbSum(
            double sum, double largestContribution, long contributors, long cellKey, boolean sensitive) {
        if (sum != 0 && (contributors == 0 || largestContribution == 0)) {
            throw new IllegalArgumentException(
                    "A sum other than 0 has no contributor or a largest contribution of 0, so"
                            + " it would get no noise. Pass the largest absolute contribution and the number of contributors.");
        }
        MagnitudeCell cell = new MagnitudeCell(
                sum, new double[] {largestContribution}, contributors, CellKey.plus(cellKey, keyOffset), sensitive);
        return BigDecimal.valueOf(sums.perturb(cell))
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .doubleValue();
    }
}
