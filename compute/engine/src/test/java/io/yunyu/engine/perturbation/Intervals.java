package io.yunyu.engine.perturbation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Exact sums over the intervals of a table. */
final class Intervals {
    private Intervals() {}

    /** Mean and second moment of the noise of one value over all keys. */
    static double[] moments(List<PerturbationRow> rows) {
        double mean = 0;
        double square = 0;
        for (PerturbationRow row : rows) {
            double p = (row.upper() - row.lower()) / 1e8;
            mean += p * row.v();
            square += p * row.v() * row.v();
        }
        return new double[] {mean, square};
    }

    static Map<Integer, List<PerturbationRow>> byValue(PerturbationTable table) {
        return table.rows().stream()
                .collect(Collectors.groupingBy(PerturbationRow::i, TreeMap::new, Collectors.toList()));
    }

    /** Total width of the intervals of each value and noise, named i:v. */
    static Map<String, Long> widths(PerturbationTable table) {
        return table.rows().stream()
                .collect(Collectors.groupingBy(
                        row -> row.i() + ":" + row.v(),
                        TreeMap::new,
                        Collectors.summingLong(row -> row.upper() - row.lower())));
    }

    static List<PerturbationRow> row(PerturbationTable table, int i) {
        return table.rows().stream().filter(row -> row.i() == i).toList();
    }
}
