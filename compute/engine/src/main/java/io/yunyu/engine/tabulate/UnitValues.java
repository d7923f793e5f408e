package io.yunyu.engine.tabulate;

import io.yunyu.engine.perturbation.CellKey;
import io.yunyu.engine.primary.Contributions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The units with a value in one cell, one entry each: original data. */
final class UnitValues {
    private final Microdata data;
    /** A record of each unit, for what all its records share. */
    private final int[] records;

    final double[] values;
    final double[] weights;

    private UnitValues(Microdata data, int[] records, double[] values) {
        this.data = data;
        this.records = records;
        this.values = values;
        this.weights = Arrays.stream(records).mapToDouble(r -> data.weights[r]).toArray();
    }

    /**
     * @param records of the cell, those of one unit next to each other
     * @param column the values, added up by unit; NaN is missing
     */
    static UnitValues of(Microdata data, int[] records, double[] column) {
        int[] firsts = new int[records.length];
        double[] sums = new double[records.length];
        int count = 0;
        for (int record : records) {
            if (!Double.isNaN(column[record])) {
                if (count == 0 || data.units[firsts[count - 1]] != data.units[record]) {
                    firsts[count] = record;
                    sums[count++] = column[record];
                } else {
                    sums[count - 1] += column[record];
                }
            }
        }
        return new UnitValues(data, Arrays.copyOf(firsts, count), Arrays.copyOf(sums, count));
    }

    /** The units whose value is not 0. */
    UnitValues nonZero() {
        int[] kept = new int[values.length];
        double[] keptValues = new double[values.length];
        int count = 0;
        for (int u = 0; u < values.length; u++) {
            if (values[u] != 0) {
                kept[count] = records[u];
                keptValues[count++] = values[u];
            }
        }
        return new UnitValues(data, Arrays.copyOf(kept, count), Arrays.copyOf(keptValues, count));
    }

    int units() {
        return values.length;
    }

    /** The only unit, or -1 if there is none or more than one. */
    int single() {
        return records.length == 1 ? data.units[records[0]] : -1;
    }

    double weightSum() {
        return Arrays.stream(weights).sum();
    }

    double weightedSum() {
        double sum = 0;
        for (int u = 0; u < values.length; u++) {
            sum += values[u] * weights[u];
        }
        return sum;
    }

    /** The key of these units; 0 where there are no record keys. */
    long cellKey() {
        long key = 0;
        for (int record : records) {
            key = data.keys.length == 0 ? 0 : CellKey.plus(key, data.keys[record]);
        }
        return key;
    }

    Contributions byUnit() {
        boolean[] waives = new boolean[records.length];
        for (int u = 0; u < records.length; u++) {
            waives[u] = data.waives[records[u]];
        }
        return Contributions.of(values, weights, waives);
    }

    /** Contributions of holdings: the weighted values of their units in absolute terms; one waives if all of its units do. */
    Contributions byHolding() {
        Integer[] order = new Integer[records.length];
        Arrays.setAll(order, u -> u);
        Arrays.sort(order, (a, b) -> Integer.compare(data.holdings[records[a]], data.holdings[records[b]]));
        List<Double> sums = new ArrayList<>();
        List<Boolean> waived = new ArrayList<>();
        int last = -1;
        for (int u : order) {
            double size = Math.abs(values[u]) * weights[u];
            if (!sums.isEmpty() && data.holdings[records[u]] == last) {
                int at = sums.size() - 1;
                sums.set(at, sums.get(at) + size);
                waived.set(at, waived.get(at) && data.waives[records[u]]);
            } else {
                sums.add(size);
                waived.add(data.waives[records[u]]);
            }
            last = data.holdings[records[u]];
        }
        double[] sizes = sums.stream().mapToDouble(s -> s).toArray();
        double[] ones = new double[sizes.length];
        Arrays.fill(ones, 1);
        boolean[] waives = new boolean[sizes.length];
        for (int h = 0; h < waives.length; h++) {
            waives[h] = waived.get(h);
        }
        return Contributions.of(sizes, ones, waives);
    }
}
