package io.yunyu.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * De-identification, the whole process from file to file: the census records, the same replicated and perturbed, and
 * tables of many quasi-identifiers; against ARX in turns in the same run where it is built, else beside what was measured
 * of it before.
 */
final class AnonymizeBench {
    static final String EXPLANATION =
            "k-anonymity with k=5 by generalization and suppression (at most 2 %), least loss, on"
                    + " the adult census records (nine quasi-identifiers, all columns). The whole process: start, read, search,"
                    + " write the released records and the report. Every turn is a new process under the same flags (serial"
                    + " collector, default heap). \"ARX\" is ARX 3.9.2 with its own reading and writing. CPU is user and system time of"
                    + " all threads; memory is the most resident at a time (VmHWM).";
    private static final String OURS = "Yunyu";
    private static final String AGAIN = "Yunyu again (A/A)";
    private static final String ARX = "ARX";
    private static final int WIDE_SECONDS = 8;

    /**
     * A size of the perturbed table.
     *
     * @param recordedCpu ARX's CPU seconds as measured before on such a table, where ARX is not at hand
     * @param recordedMegabytes its memory
     */
    record Size(long rows, int rounds, double recordedCpu, double recordedMegabytes) {}

    private AnonymizeBench() {}

    static void run(Path root, Path directory, int rounds, Report report) throws Exception {
        Optional<AdultTables> adult = adult(report);
        if (adult.isEmpty()) {
            return;
        }
        AnonymizeSides sides = new AnonymizeSides(root, directory);
        if (!sides.hasArx()) {
            report.note(
                    "ARX is not built (profile arx, its jar in the local repository): what is said of it was measured"
                            + " before, on another day, on tables made the same way but not the same.");
        }
        AdultTables tables = adult.get();
        rows(
                sides,
                tables,
                tables.original(),
                "adult, 30162 rows, 9 quasi-identifiers",
                new Size(0, rounds, 5.2, 350),
                report);
        for (Size size : List.of(new Size(3_000_000, rounds, 15.9, 2380), new Size(10_000_000, rounds, 33.4, 4580))) {
            try (TableFile table = TableFile.of(
                    directory.resolve("adult-" + size.rows + ".csv"), file -> tables.writePerturbed(size.rows, file))) {
                rows(
                        sides,
                        tables,
                        table.path(),
                        "perturbed, " + size.rows + " rows, 9 quasi-identifiers",
                        size,
                        report);
            }
        }
        for (int columns : List.of(15, 20)) {
            wide(sides, tables, columns, directory, report);
        }
    }

    static Optional<AdultTables> adult(Report report) throws IOException {
        Optional<AdultTables> adult = AdultTables.load();
        if (adult.isEmpty()) {
            report.note(
                    "Not run: the adult census records are not part of the project; set the property yunyu.shared.");
        }
        return adult;
    }

    private static void rows(
            AnonymizeSides sides, AdultTables tables, Path input, String what, Size size, Report report)
            throws Exception {
        List<String> columns = tables.names();
        List<Path> hierarchies = columns.stream().map(tables::hierarchy).toList();
        Path spec = sides.spec("adult", columns, hierarchies);
        ProcessRounds rounds = new ProcessRounds()
                .side(OURS, () -> sides.ours(input, spec))
                .side(AGAIN, () -> sides.ours(input, spec));
        if (sides.hasArx()) {
            rounds.side(ARX, () -> sides.arx(input, columns, hierarchies, "OPTIMAL", 0));
        }
        rounds.run(size.rounds);
        report.processes(what, rounds);
        if (sides.hasArx()) {
            report.processRatio(what, rounds, OURS, ARX, AGAIN, "0.5 (aim 0.33)");
        } else {
            report.ratio(
                    what + ": CPU, ours / ARX as recorded",
                    rounds.median(OURS, run -> run.usage().cpuSeconds()) / size.recordedCpu);
            report.ratio(
                    what + ": memory, ours / ARX as recorded",
                    rounds.median(OURS, run -> run.usage().peakMegabytes()) / size.recordedMegabytes);
        }
    }

    private static void wide(AnonymizeSides sides, AdultTables tables, int count, Path directory, Report report)
            throws Exception {
        Path input = directory.resolve("wide.csv");
        List<String> columns = tables.writeWide(count, input);
        List<Path> hierarchies = columns.stream().map(tables::hierarchy).toList();
        Path spec = sides.spec("wide", columns, hierarchies);
        ProcessRounds rounds = new ProcessRounds().side(OURS, () -> sides.ours(input, spec));
        if (sides.hasArx()) {
            for (String algorithm : List.of("BEST_EFFORT_TOP_DOWN", "BEST_EFFORT_BOTTOM_UP", "BEST_EFFORT_GENETIC")) {
                rounds.side(
                        ARX + " " + algorithm, () -> sides.arx(input, columns, hierarchies, algorithm, WIDE_SECONDS));
            }
        }
        rounds.run(1);
        report.processes(
                "adult and shuffled copies, " + count + " quasi-identifiers, " + WIDE_SECONDS + " s of search at most",
                rounds);
        Files.delete(input);
    }
}
