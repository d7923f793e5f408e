package io.yunyu.engine.perturbation;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reorders the intervals of a table by a secret, keeping every probability. */
final class TableShuffle {
    private static final int MAX_SLICES = 10_000;

    private final KeyedNumbers numbers;

    TableShuffle(byte[] secret) {
        numbers = new KeyedNumbers(secret);
    }

    PerturbationTable eachRow(PerturbationTable table, double threshold) {
        if (!(threshold >= 1e-4 && threshold <= 1)) {
            throw new IllegalArgumentException(
                    "Split threshold is " + threshold + ", but must lie in 0.0001..1. Choose a value such as 0.2.");
        }
        long limit = Math.round(threshold * CellKey.MODULUS);
        List<PerturbationRow> result = new ArrayList<>();
        byValue(table).forEach((i, rows) -> {
            List<PerturbationRow> pieces = new ArrayList<>();
            rows.forEach(row -> split(row, limit, pieces));
            List<PerturbationRow> ordered = new ArrayList<>();
            for (int piece : numbers.permutation(pieces.size(), "shuffle." + table.type() + "." + i)) {
                ordered.add(pieces.get(piece));
            }
            restack(i == 0 ? rows : ordered, result);
        });
        return PerturbationTable.ofRows(table.type(), result);
    }

    PerturbationTable allRows(PerturbationTable table, int slices) {
        if (slices < 2 || slices > MAX_SLICES) {
            throw new IllegalArgumentException(
                    "Number of slices is " + slices + ", but must lie in 2.." + MAX_SLICES + ".");
        }
        int[] order = numbers.permutation(slices, "slices." + table.type());
        List<PerturbationRow> result = new ArrayList<>();
        byValue(table).forEach((i, rows) -> {
            List<PerturbationRow> ordered = new ArrayList<>();
            for (int slice : order) {
                cut(rows, CellKey.MODULUS * slice / slices, CellKey.MODULUS * (slice + 1) / slices, ordered);
            }
            restack(i == 0 ? rows : ordered, result);
        });
        return PerturbationTable.ofRows(table.type(), result);
    }

    private static TreeMap<Integer, List<PerturbationRow>> byValue(PerturbationTable table) {
        return table.rows().stream()
                .collect(Collectors.groupingBy(PerturbationRow::i, TreeMap::new, Collectors.toList()));
    }

    private static void split(PerturbationRow row, long limit, List<PerturbationRow> into) {
        long width = row.upper() - row.lower();
        long pieces = width / limit + 1;
        for (long k = 0; k < pieces; k++) {
            into.add(PerturbationRow.ofUnits(
                    row.i(), row.v(), row.lower() + width * k / pieces, row.lower() + width * (k + 1) / pieces));
        }
    }

    private static void cut(List<PerturbationRow> rows, long from, long to, List<PerturbationRow> into) {
        for (PerturbationRow row : rows) {
            long lower = Math.max(from, row.lower());
            long upper = Math.min(to, row.upper());
            if (lower < upper) {
                into.add(PerturbationRow.ofUnits(row.i(), row.v(), lower, upper));
            }
        }
    }

    private static void restack(List<PerturbationRow> ordered, List<PerturbationRow> into) {
        long lower = 0;
        for (PerturbationRow row : ordered) {
            long upper = lower + row.upper() - row.lower();
            into.add(PerturbationRow.ofUnits(row.i(), row.v(), lower, upper));
            lower = upper;
        }
    }
}
