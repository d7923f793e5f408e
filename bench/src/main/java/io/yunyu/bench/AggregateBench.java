package io.yunyu.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * A protected aggregate (check, decrypt, count persons, suppress, perturb, seal) against the same SQL in stock Spark on
 * unencrypted Parquet with {@code count(DISTINCT person)} per cell, once over the 18 characters of an identifier and once
 * over a number.
 */
final class AggregateBench {
    static final String EXPLANATION =
            "\"Protected\" is the whole exit: check, decrypt, count persons, suppress, perturb,"
                    + " write four table formats and seal. The plain aggregate is stock Spark on unencrypted Parquet with"
                    + " `count(DISTINCT person)`. Either side has 3 GB of heap; 1e8 rows take three turns at most, without"
                    + " one to warm up, without a control, and one row per person.";

    /** Up to here a turn is short, and gets shorter for several turns as its code is compiled. */
    private static final long SHORT_ROWS = 2_000_000;

    private static final int SHORT_WARM_UPS = 6;

    /** From here a turn takes minutes: few rounds, nothing to warm up, no side but the plain and the protected one. */
    private static final long HUGE_ROWS = 50_000_000;

    private static final int HUGE_ROUNDS = 3;

    private static final List<Integer> DIMENSIONS = List.of(3, 6);
    private static final String PLAIN = "plain";
    private static final String AGAIN = "plain again (A/A)";
    private static final String NUMBER = "plain, person a number";
    private static final String PROTECTED = "protected";

    private AggregateBench() {}

    static void run(Path directory, int rounds, List<Long> sizes, Report report) throws Exception {
        try (Worker plain = Worker.start("plain", directory);
                Worker engine = Worker.start("engine", directory)) {
            for (long rows : sizes) {
                for (long rowsPerUnit : rows >= HUGE_ROWS ? List.of(1L) : List.of(1L, 10L)) {
                    plain.tell("prepare", rows, rowsPerUnit);
                    engine.tell("prepare", rows, rowsPerUnit);
                    for (int dimensions : DIMENSIONS) {
                        String what = "aggregate, " + rows + " rows, " + rowsPerUnit + " per person, " + dimensions
                                + " dimensions, " + BenchData.cells(dimensions) + " cells";
                        measure(plain, engine, rows, dimensions, rounds, what, report);
                    }
                }
            }
        }
    }

    private static void measure(
            Worker plain, Worker engine, long rows, int dimensions, int rounds, String what, Report report)
            throws Exception {
        Rounds measured = new Rounds()
                .side(PLAIN, () -> plain.tell("query", "id_no", dimensions))
                .side(PROTECTED, () -> engine.tell("query", "id_no", dimensions));
        if (rows >= HUGE_ROWS) {
            measured.run(Math.min(rounds, HUGE_ROUNDS), 0);
            report.rounds(measured, what, PLAIN, PROTECTED, "1.25 at 1e7 rows");
            return;
        }
        measured.side(AGAIN, () -> plain.tell("query", "id_no", dimensions))
                .side(NUMBER, () -> plain.tell("query", "__unit", dimensions))
                .run(rounds, rows <= SHORT_ROWS ? SHORT_WARM_UPS : 1);
        report.rounds(measured, what, PLAIN, PROTECTED, AGAIN, "1.25 at 1e7 rows");
        report.rounds(measured, "the same, plain counts persons by a number", NUMBER, PROTECTED, AGAIN, "");
    }
}
