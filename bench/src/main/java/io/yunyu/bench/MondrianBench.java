package io.yunyu.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * Mondrian on many records of one machine: in memory without Spark, on Spark with the tuples on the driver, and on Spark
 * where the driver may hold a part of them only. All must give the same answer.
 */
final class MondrianBench {
    static final String EXPLANATION =
            "Mondrian (strict, age cut by order, the others along their hierarchies), k-anonymity"
                    + " with k=5, on the census records replicated and perturbed, nine quasi-identifiers, in Parquet. Every turn is a"
                    + " new process, a heap of 6 GB at most. \"In memory\" is the command without Spark. On Spark (all processors, 16"
                    + " partitions after a shuffle) the process includes the start of Spark, grouping, cutting and the released"
                    + " records written as text; \"cut on Spark\" lets the driver hold fewer tuples than there are, so that cuts"
                    + " near the root are found from sums. \"Search only\" is the cutting, on Spark without the grouping.";

    private static final int HELD_PER_CLASS_PERCENT = 115;

    private MondrianBench() {}

    static void run(Path root, Path directory, int rounds, List<Long> sizes, Report report) throws Exception {
        var adult = AnonymizeBench.adult(report);
        if (adult.isEmpty()) {
            return;
        }
        AdultTables tables = adult.get();
        AnonymizeSides sides = new AnonymizeSides(root, directory);
        Path spec = sides.mondrianSpec(
                tables.names(), tables.names().stream().map(tables::hierarchy).toList(), "age");
        for (long rows : sizes) {
            try (TableFile table = TableFile.of(
                    directory.resolve("adult-" + rows + ".parquet"), file -> AdultParquet.write(tables, rows, file))) {
                report.processes(rows + " rows", turns(sides, table.path(), spec, rows, rounds));
            }
        }
    }

    private static ProcessRounds turns(AnonymizeSides sides, Path input, Path spec, long rows, int rounds)
            throws Exception {
        long[] held = {rows};
        return new ProcessRounds()
                .side("in memory", () -> {
                    ProcessRounds.Run run = sides.ours(input, spec, HugeBench.HEAP);
                    held[0] = classes(run.answer()) * HELD_PER_CLASS_PERCENT / 100;
                    return run;
                })
                .side("Spark, all tuples may be held", () -> sides.onSpark(input, spec, rows, HugeBench.HEAP))
                .side(
                        "Spark, hardly more tuples may be held than there are classes",
                        () -> sides.onSpark(input, spec, held[0], HugeBench.HEAP))
                .run(rounds);
    }

    private static long classes(String answer) {
        return Long.parseLong(answer.replaceFirst(".*?(\\d+) classes.*", "$1"));
    }
}
