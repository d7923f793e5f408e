package io.yunyu.engine.perturbation;

import java.util.List;

/** The lookup of one original value: ascending upper bounds and the noise below each. */
final class NoiseRow {
    private final long[] uppers;
    private final double[] noises;

    private NoiseRow(long[] uppers, double[] noises) {
        this.uppers = uppers;
        this.noises = noises;
    }

    static NoiseRow of(List<PerturbationRow> rows) {
        return new NoiseRow(
                rows.stream().mapToLong(PerturbationRow::upper).toArray(),
                rows.stream().mapToDouble(PerturbationRow::v).toArray());
    }

    /** The noise of the first interval whose upper bound is above the key; the last bound is above every key. */
    double noise(long cellKey) {
        long key = CellKey.checked(cellKey);
        int low = 0;
        int high = uppers.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (key < uppers[middle]) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return noises[low];
    }

    double variance() {
        double mean = 0;
        double square = 0;
        long lower = 0;
        for (int k = 0; k < uppers.length; k++) {
            double p = (double) (uppers[k] - lower) / CellKey.MODULUS;
            mean += p * noises[k];
            square += p * noises[k] * noises[k];
            lower = uppers[k];
        }
        return square - mean * mean;
    }
}
