package io.yunyu.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** De-identification of very many records on one machine: whether the heap suffices, and whether time grows with the rows. */
final class HugeBench {
    static final String EXPLANATION = "The census records replicated and perturbed, k-anonymity with k=5 by loss, nine"
            + " quasi-identifiers, a heap of 6 GB at most, one turn each and no control. \"Short values\": delimited text whose"
            + " values are a letter or two, since input and output together must fit on a disk.";
    private static final String SIDE = "Yunyu";
    private static final String HEAP = "-Xmx6g";

    private HugeBench() {}

    static void run(Path root, Path directory, List<Long> sizes, Report report) throws Exception {
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
        for (long rows : sizes) {
            Path input = directory.resolve("adult.parquet");
            AdultParquet.write(tables, rows, input);
            measure(sides, input, spec, rows + " rows, Parquet", report);
        }
        AdultCompact compact = AdultCompact.of(tables, directory);
        Path shortSpec = sides.spec("compact", tables.names(), compact.hierarchies());
        for (long rows : sizes) {
            Path input = directory.resolve("adult.csv");
            compact.write(rows, input);
            measure(sides, input, shortSpec, rows + " rows, delimited text, short values", report);
        }
    }

    private static void measure(AnonymizeSides sides, Path input, Path spec, String what, Report report)
            throws Exception {
        try {
            report.processes(
                    what + " (" + Files.size(input) / 1_000_000 + " MB)",
                    new ProcessRounds()
                            .side(SIDE, () -> sides.ours(input, spec, HEAP))
                            .run(1));
        } finally {
            Files.delete(input);
        }
    }
}
