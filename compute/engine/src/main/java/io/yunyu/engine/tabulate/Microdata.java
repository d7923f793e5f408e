package io.yunyu.engine.tabulate;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DelimitedFiles;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.engine.perturbation.CellKey;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The records as numbers. Holds original data; messages name a column and the number of a record, never a value. */
final class Microdata {
    private final MicrodataTable table;
    private final TabulationSpec spec;
    private final Map<String, double[]> numbers = new HashMap<>();
    final int size;
    /** Number of the unit of each record, from 0. */
    final int[] units;

    final double[] weights;
    /** Record key of each record's unit; empty where the method needs none. */
    final long[] keys;
    /** Number of the holding of each record. */
    final int[] holdings;

    final boolean[] waives;

    private Microdata(MicrodataTable table, TabulationSpec spec, @Nullable RecordKeys secretKeys) {
        this.table = table;
        this.spec = spec;
        this.size = table.rowCount();
        this.units = codes(spec.unit());
        this.weights = spec.weight()
                .map(name -> checked(name, w -> w > 0, "a weight must be above 0 and finite"))
                .orElseGet(() -> ones(size));
        this.keys = keys(secretKeys);
        this.holdings = codes(spec.holding().or(spec::unit));
        this.waives = new boolean[size];
        spec.waiver().ifPresent(name -> {
            double[] flags = checked(name, w -> w == 0 || w == 1, "a waiver must be 0 or 1");
            for (int r = 0; r < size; r++) {
                waives[r] = flags[r] == 1;
            }
        });
        requireSamePerUnit();
    }

    static Microdata read(Path input, TabulationSpec spec, @Nullable RecordKeys secretKeys) {
        return new Microdata(DelimitedFiles.readTable(input, spec.format()), spec, secretKeys);
    }

    Column column(String name) {
        return table.column(name);
    }

    /** The numbers of a column; NaN where the field is empty. */
    double[] numbers(String name) {
        return numbers.computeIfAbsent(name, n -> {
            Column column = table.column(n);
            double[] parsed = new double[column.dictionary().size()];
            for (int code = 0; code < parsed.length; code++) {
                String text = column.dictionary().get(code).trim();
                parsed[code] = text.isEmpty() ? Double.NaN : parse(text);
            }
            double[] values = new double[size];
            for (int r = 0; r < size; r++) {
                values[r] = parsed[column.code(r)];
                if (Double.isInfinite(values[r])) {
                    throw new TabulationException("Column '" + n + "', record " + (r + 1)
                            + ": not a finite number. Leave the field empty where the value is missing.");
                }
            }
            return values;
        });
    }

    /** Infinity for what is no finite number. */
    private static double parse(String text) {
        try {
            double value = Double.parseDouble(text);
            boolean plain = text.chars().allMatch(c -> c >= '0' && c <= '9' || "+-.eE".indexOf(c) >= 0);
            return plain && Double.isFinite(value) ? value : Double.POSITIVE_INFINITY;
        } catch (NumberFormatException e) {
            return Double.POSITIVE_INFINITY;
        }
    }

    /** A column without missing values. */
    double[] checked(String name, DoublePredicate admissible, String demand) {
        double[] values = numbers(name);
        for (int r = 0; r < size; r++) {
            if (Double.isNaN(values[r]) || !admissible.test(values[r])) {
                throw new TabulationException("Column '" + name + "', record " + (r + 1) + ": " + demand + ".");
            }
        }
        return values;
    }

    private int[] codes(Optional<String> column) {
        if (column.isEmpty()) {
            return IntStream.range(0, size).toArray();
        }
        Column codes = table.column(column.get());
        int empty = codes.dictionary().indexOf("");
        int[] result = new int[size];
        for (int r = 0; r < size; r++) {
            result[r] = codes.code(r);
            if (result[r] == empty) {
                throw new TabulationException("Column '" + column.get() + "', record " + (r + 1)
                        + ": empty, but every record must belong to someone.");
            }
        }
        return result;
    }

    private long[] keys(@Nullable RecordKeys secretKeys) {
        if (spec.recordKey().isPresent()) {
            double[] given = checked(spec.recordKey().get(), k -> k >= 0 && k < 1, "a record key must lie in [0, 1)");
            return Arrays.stream(given)
                    .mapToLong(k -> Math.min(CellKey.MODULUS - 1, Math.round(k * CellKey.MODULUS)))
                    .toArray();
        }
        if (secretKeys == null) {
            return new long[0];
        }
        if (spec.unit().isEmpty()) {
            return IntStream.range(0, size)
                    .mapToLong(r -> secretKeys.key("#" + (r + 1)))
                    .toArray();
        }
        Column ids = table.column(spec.unit().get());
        long[] byCode = ids.dictionary().stream().mapToLong(secretKeys::key).toArray();
        return IntStream.range(0, size).mapToLong(r -> byCode[ids.code(r)]).toArray();
    }

    /** A unit has one weight, key, holding and waiver, whichever of its records one looks at. */
    private void requireSamePerUnit() {
        if (spec.unit().isEmpty()) {
            return;
        }
        int[] first = new int[Arrays.stream(units).max().orElse(-1) + 1];
        Arrays.fill(first, -1);
        for (int r = 0; r < size; r++) {
            int other = first[units[r]];
            if (other < 0) {
                first[units[r]] = r;
            } else if (weights[r] != weights[other]
                    || keys.length > 0 && keys[r] != keys[other]
                    || spec.holding().isPresent() && holdings[r] != holdings[other]
                    || waives[r] != waives[other]) {
                throw new TabulationException(
                        "Record " + (r + 1) + " and an earlier one are of the same unit, but differ"
                                + " in weight, record key, holding or waiver.");
            }
        }
    }

    /** The records ordered by unit. */
    int[] byUnit() {
        int[] order = new int[size];
        int[] starts = new int[Arrays.stream(units).max().orElse(-1) + 2];
        for (int unit : units) {
            starts[unit + 1]++;
        }
        for (int u = 1; u < starts.length; u++) {
            starts[u] += starts[u - 1];
        }
        for (int r = 0; r < size; r++) {
            order[starts[units[r]]++] = r;
        }
        return order;
    }

    private static double[] ones(int size) {
        double[] ones = new double[size];
        Arrays.fill(ones, 1);
        return ones;
    }
}
