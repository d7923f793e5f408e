package io.yunyu.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** De-identification of very many records on one machine: whether the heap suffices, and whether time grows with the rows. */
final class HugeBench {
    static final String EXPLANATION = "The census records replicated and perturbed, k-anonymity with k=5 by loss, nine"
            + " quasi-identifiers, a heap of 6 GB at most, no control; more than 1e7 rows take three turns at most. \"Short"
            + " values\": delimited text whose values are a letter or two, since input and output together must fit on a disk.";
    static final String HEAP = "-Xmx6g";
    private static final String SIDE = "Yunyu";
    private static final long MANY_ROWS = 10_000_000;

    private HugeBench() {}

    static void run(Path root, Path directory, int rounds, List<Long> sizes, Report report) throws Exception {
        Optional<AdultTables> adult = AnonymizeBench.adult(report);
        if (adult.isEmpty()) {
            return;
        }
        AdultTables tables = adult.get();
        AnonymizeSides sides = new AnonymizeSides(root, directory);
        Path spec = sides.spec(
                "adult",
                tables.names(),
                tables.names().stream().map(tables::hierarchy).toList());
        AdultCompact compact = AdultCompact.of(tables, directory);
        Path shortSpec = sides.spec("compact", tables.names(), compact.hierarchies());
        double[] parquet = new double[sizes.size()];
        double[] text = new double[sizes.size()];
        for (int i = 0; i < sizes.size(); i++) {
            long rows = sizes.get(i);
            int turns = rows > MANY_ROWS ? Math.min(rounds, 3) : rounds;
            try (TableFile table = TableFile.of(
                    directory.resolve("adult-" + rows + ".parquet"), file -> AdultParquet.write(tables, rows, file))) {
                parquet[i] = cpu(sides, table.path(), spec, rows + " rows, Parquet", turns, report);
            }
            try (TableFile table =
                    TableFile.of(directory.resolve("short-" + rows + ".csv"), file -> compact.write(rows, file))) {
                text[i] = cpu(
                        sides, table.path(), shortSpec, rows + " rows, delimited text, short values", turns, report);
            }
        }
        growth("Parquet", sizes, parquet, report);
        growth("delimited text, short values", sizes, text, report);
    }

    private static double cpu(AnonymizeSides sides, Path input, Path spec, String what, int turns, Report report)
            throws Exception {
        ProcessRounds rounds = new ProcessRounds()
                .side(SIDE, () -> sides.ours(input, spec, HEAP))
                .run(turns);
        report.processes(what + " (" + Files.size(input) / 1_000_000 + " MB)", rounds);
        return rounds.median(SIDE, run -> run.usage().cpuSeconds());
    }

    private static void growth(String what, List<Long> sizes, double[] cpuSeconds, Report report) {
        for (int i = 1; i < cpuSeconds.length; i++) {
            report.ratio(
                    what + ", CPU of " + sizes.get(i) + " rows / of " + sizes.get(i - 1) + " (rows: "
                            + sizes.get(i) / sizes.get(i - 1) + " times)",
                    cpuSeconds[i] / cpuSeconds[i - 1]);
        }
    }
}
