package io.yunyu.cli.generate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A table generated in memory and read back by its header. */
final class GeneratedCsv {
    final List<String> names;
    final List<String[]> rows;
    final Set<String> listedDirt;

    private GeneratedCsv(String csv, String side) {
        List<String> lines = csv.lines().toList();
        names = List.of(lines.get(0).split(","));
        rows = lines.stream().skip(1).map(line -> line.split(",", -1)).toList();
        listedDirt = side.lines().skip(1).collect(Collectors.toCollection(TreeSet::new));
    }

    static GeneratedCsv of(GeneratorSettings settings, Table table) {
        Generator generator = new Generator(settings);
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        ByteArrayOutputStream side = new ByteArrayOutputStream();
        try {
            generator.write(table, 0, generator.units(table), csv, side, ProgressListener.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new GeneratedCsv(csv.toString(StandardCharsets.UTF_8), side.toString(StandardCharsets.UTF_8));
    }

    String value(String[] row, String column) {
        return row[names.indexOf(column)];
    }

    Set<String> values(String column) {
        return rows.stream().map(row -> value(row, column)).collect(Collectors.toSet());
    }

    /** Share of the rows, between 0 and 1, whose column has this value. */
    double share(String column, String value) {
        return rows.stream().filter(row -> value(row, column).equals(value)).count() / (double) rows.size();
    }

    boolean repeatsTheOneBefore(int index) {
        return index > 0 && Arrays.equals(rows.get(index), rows.get(index - 1));
    }
}
