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

    /** More classes than this share of the records do not come of k=5 here; the tuples are more. */
    private static final long ROWS_PER_HELD_TUPLE = 8;

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
        long held = rows / ROWS_PER_HELD_TUPLE;
        return new ProcessRounds()
                .side("in memory", () -> sides.ours(input, spec, HugeBench.HEAP))
                .side("Spark, tuples on the driver", () -> sides.onSpark(input, spec, rows, HugeBench.HEAP))
                .side(
                        "Spark, cut on Spark (at most " + held + " tuples held)",
                        () -> sides.onSpark(input, spec, held, HugeBench.HEAP))
                .run(rounds);
    }
}
