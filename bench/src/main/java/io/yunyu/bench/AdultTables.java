package io.yunyu.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Large tables made of the adult census records, which are not part of the project: found by the property {@code
 * yunyu.shared}.
 *
 * <p>Replicated and perturbed: record after record again and again, the age moved by at most three years and every other
 * value, with a probability of 2 %, replaced by that of a random record. Wide: beside its nine columns shuffled copies of
 * them. The same seed gives the same table.
 */
final class AdultTables {
    static final long SEED = 42;
    static final char DELIMITER = ';';
    private static final String AGE = "age";
    private static final int MOST_YEARS = 3;
    private static final double RESAMPLED = 0.02;

    private final Path directory;
    private final List<String> names;
    private final List<String[]> records;
    private final int age;

    private AdultTables(Path directory, List<String> names, List<String[]> records) {
        this.directory = directory;
        this.names = names;
        this.records = records;
        this.age = names.indexOf(AGE);
    }

    /** Receives records; the array is used again. */
    interface Sink {
        void record(String[] values) throws IOException;
    }

    /** Empty where the census records are absent. */
    static Optional<AdultTables> load() throws IOException {
        Path directory = Path.of(System.getProperty("yunyu.shared", "../shared"), "data", "adult")
                .toAbsolutePath()
                .normalize();
        Path file = directory.resolve("adult.csv");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String[]> lines = Files.readAllLines(file).stream()
                .map(line -> line.split(String.valueOf(DELIMITER)))
                .toList();
        return Optional.of(new AdultTables(directory, List.of(lines.get(0)), lines.subList(1, lines.size())));
    }

    List<String> names() {
        return names;
    }

    /** The census records as they are. */
    Path original() {
        return directory.resolve("adult.csv");
    }

    /** The hierarchy of a column, or of the column that it is a copy of. */
    Path hierarchy(String column) {
        return directory.resolve("adult_hierarchy_" + column.replaceAll("~.*", "") + ".csv");
    }

    /** Calls {@code sink} for each record of the table replicated to {@code rows} and perturbed. */
    void perturbed(long rows, Sink sink) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        String[] ages = new String[200];
        for (int i = 0; i < ages.length; i++) {
            ages[i] = String.valueOf(i);
        }
        String[] values = new String[names.size()];
        for (long row = 0; row < rows; row++) {
            String[] from = records.get((int) (row % records.size()));
            for (int i = 0; i < values.length; i++) {
                if (i == age) {
                    int years = Integer.parseInt(from[i]) + random.nextInt(2 * MOST_YEARS + 1) - MOST_YEARS;
                    values[i] = ages[years];
                } else {
                    values[i] =
                            random.nextDouble() < RESAMPLED ? records.get(random.nextInt(records.size()))[i] : from[i];
                }
            }
            sink.record(values);
        }
    }

    /** Writes the perturbed table as delimited text. */
    void writePerturbed(long rows, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            write(out, names.toArray(String[]::new));
            perturbed(rows, values -> write(out, values));
        }
    }

    /**
     * Writes a table of more columns: the nine, then copies of them in turn, each shuffled by itself.
     *
     * @return its column names
     */
    List<String> writeWide(int columns, Path file) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        List<String> wide = new ArrayList<>(names);
        List<int[]> orders = new ArrayList<>();
        while (wide.size() < columns) {
            wide.add(names.get(wide.size() % names.size()) + "~" + wide.size() / names.size());
            orders.add(shuffled(random));
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            write(out, wide.toArray(String[]::new));
            String[] values = new String[columns];
            for (int row = 0; row < records.size(); row++) {
                for (int i = 0; i < columns; i++) {
                    int from = i < names.size() ? row : orders.get(i - names.size())[row];
                    values[i] = records.get(from)[i % names.size()];
                }
                write(out, values);
            }
        }
        return wide;
    }

    private int[] shuffled(SplittableRandom random) {
        int[] order = new int[records.size()];
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static void write(OutputStream out, String[] values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                out.write(DELIMITER);
            }
            out.write(values[i].getBytes(StandardCharsets.UTF_8));
        }
        out.write('\n');
    }
}
