package io.yunyu.engine.perturbation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A perturbation table: for each original value i a partition of the cell keys into intervals, each with its noise.
 *
 * <p>Guarantees: immutable; the intervals of every i cover all keys 0..99999999 without gap; a value 0 has no noise; the
 * last i serves all larger values. A table built from {@link PerturbationParameters} is unbiased up to the rounding of
 * probabilities to eight decimals.
 *
 * <p>A table given as rows is checked for form only, not for mean or variance. The bounds of a shuffled table are secret.
 */
public final class PerturbationTable {
    /** How far below 1 the last bound of a given table may lie, in units of 10^-8, before the table is refused. */
    private static final long CLOSABLE_GAP = 1000;

    private final TableType type;
    private final List<PerturbationRow> rows;
    private final NavigableMap<Integer, NoiseRow> byValue;

    private PerturbationTable(TableType type, NavigableMap<Integer, List<PerturbationRow>> grouped) {
        this.type = type;
        byValue = new TreeMap<>();
        List<PerturbationRow> all = new ArrayList<>();
        grouped.putIfAbsent(0, List.of(PerturbationRow.ofUnits(0, 0, 0, CellKey.MODULUS)));
        grouped.forEach((i, given) -> {
            List<PerturbationRow> closed = closed(i, given);
            all.addAll(closed);
            byValue.put(i, NoiseRow.of(closed));
        });
        if (byValue.size() < 2 || byValue.firstEntry().getValue().variance() > 0) {
            throw new IllegalArgumentException("The perturbation table has no row above i=0, or noise at i=0. An empty"
                    + " cell stays empty; give rows for i=1 and above.");
        }
        rows = List.copyOf(all);
    }

    /**
     * Designs the table of highest entropy. Costs some milliseconds.
     *
     * @throws IllegalArgumentException if no distribution meets the demands on some row
     */
    public static PerturbationTable of(PerturbationParameters design) {
        NavigableMap<Integer, List<PerturbationRow>> grouped = new TreeMap<>();
        for (int k = 0; k < design.rows().size(); k++) {
            int i = design.rows().get(k);
            double[] support = design.support(i);
            RowRule rule = design.rules().get(k);
            double[] p = new MaximumEntropy(support, design.variance(), rule)
                    .probabilities()
                    .orElseThrow(() -> new IllegalArgumentException("No noise for i=" + i + " has mean 0 and variance "
                            + (rule.variance() == VarianceRule.EXACTLY ? "" : "at most ") + design.variance()
                            + " with D=" + design.maxNoise() + " and js=" + design.suppressedSmall()
                            + ". Change V, enlarge D, lower js or drop the bound on staying or monotony."));
            grouped.put(i, cumulated(i, support, p));
        }
        return new PerturbationTable(design.type(), grouped);
    }

    /**
     * Takes over a given table. Rows of one i must follow in the order of their intervals; a last bound just below 1 is
     * moved to 1, so that the largest key has noise.
     */
    public static PerturbationTable ofRows(TableType type, List<PerturbationRow> rows) {
        NavigableMap<Integer, List<PerturbationRow>> grouped = new TreeMap<>();
        for (PerturbationRow row : rows) {
            grouped.computeIfAbsent(row.i(), i -> new ArrayList<>()).add(row);
        }
        return new PerturbationTable(type, grouped);
    }

    /**
     * The table with intervals of probability {@code threshold} or more split and the pieces of each i shuffled, so that
     * the size of a key no longer tells the sign of the noise. Every probability stays the same. Equal secrets give equal
     * tables; the secret must be kept for the life of the dataset family, or noise would change between releases.
     *
     * @param threshold at least 0.0001, at most 1
     * @param secret at least 16 bytes
     */
    public PerturbationTable shuffled(double threshold, byte[] secret) {
        return new TableShuffle(secret).eachRow(this, threshold);
    }

    /**
     * The table with the key space cut into equal slices and the slices permuted alike for every i. Unlike
     * {@link #shuffled} this keeps the noise of neighbouring rows coupled, which the interpolation of magnitudes needs:
     * averaging independently shuffled rows would lose up to half of the variance.
     *
     * @param slices 2 to 10000
     * @param secret at least 16 bytes
     */
    public PerturbationTable shuffledInStep(int slices, byte[] secret) {
        return new TableShuffle(secret).allRows(this, slices);
    }

    public TableType type() {
        return type;
    }

    /** All rows, by i and then by interval. */
    public List<PerturbationRow> rows() {
        return rows;
    }

    /** The largest i; its row serves all larger values. */
    public int maxValue() {
        return byValue.lastKey();
    }

    /** The variance of the noise at the largest i. */
    public double varianceAtMax() {
        return byValue.lastEntry().getValue().variance();
    }

    /** The noise of the row of an original value, which must have one, for a cell key. */
    double noise(int i, long cellKey) {
        NoiseRow row = byValue.get(i);
        if (row == null) {
            throw new IllegalArgumentException("The perturbation table has no row i=" + i + ".");
        }
        return row.noise(cellKey);
    }

    /** The noise at a value between 0 and infinity, interpolated between the neighbouring rows with the same key. */
    double interpolatedNoise(double value, long cellKey) {
        double a = Math.min(value, maxValue());
        Map.Entry<Integer, NoiseRow> below = byValue.floorEntry((int) Math.floor(a));
        Map.Entry<Integer, NoiseRow> above = byValue.ceilingEntry((int) Math.ceil(a));
        double noise = below.getValue().noise(cellKey);
        if (below.getKey().equals(above.getKey())) {
            return noise;
        }
        double share = (a - below.getKey()) / (above.getKey() - below.getKey());
        return (1 - share) * noise + share * above.getValue().noise(cellKey);
    }

    private static List<PerturbationRow> cumulated(int i, double[] support, double[] p) {
        List<PerturbationRow> rows = new ArrayList<>();
        double sum = 0;
        long lower = 0;
        for (int k = 0; k < p.length; k++) {
            sum += p[k];
            long upper =
                    k == p.length - 1 ? CellKey.MODULUS : Math.min(CellKey.MODULUS, Math.round(sum * CellKey.MODULUS));
            if (upper > lower) {
                rows.add(PerturbationRow.ofUnits(i, support[k], lower, upper));
            }
            lower = upper;
        }
        return rows;
    }

    private static List<PerturbationRow> closed(int i, List<PerturbationRow> given) {
        List<PerturbationRow> rows = new ArrayList<>(given);
        long expected = 0;
        for (PerturbationRow row : rows) {
            if (row.lower() != expected) {
                throw new IllegalArgumentException("The intervals of i=" + i
                        + " do not follow each other without gap from 0. Order the rows and recompute the bounds.");
            }
            expected = row.upper();
        }
        if (expected < CellKey.MODULUS - CLOSABLE_GAP) {
            throw new IllegalArgumentException("The intervals of i=" + i + " end before 1: keys above have no noise."
                    + " The probabilities of each i must add up to 1.");
        }
        PerturbationRow last = rows.remove(rows.size() - 1);
        rows.add(PerturbationRow.ofUnits(i, last.v(), last.lower(), CellKey.MODULUS));
        return rows;
    }
}
