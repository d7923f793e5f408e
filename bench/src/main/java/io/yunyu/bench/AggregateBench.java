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
                    + " `count(DISTINCT person)`.";

    /** Up to here a turn is short, and gets shorter for several turns as its code is compiled. */
    private static final long SHORT_ROWS = 2_000_000;

    private static final int SHORT_WARM_UPS = 6;

    private AggregateBench() {}

    static void run(Path directory, int rounds, List<Long> sizes, Report report) throws Exception {
        try (Worker plain = Worker.start("plain", directory);
                Worker engine = Worker.start("engine", directory)) {
            for (long rows : sizes) {
                for (long rowsPerUnit : List.of(1L, 10L)) {
                    plain.tell("prepare", rows, rowsPerUnit);
                    engine.tell("prepare", rows, rowsPerUnit);
                    Rounds measured = new Rounds()
                            .side("plain", () -> plain.tell("query", "id_no"))
                            .side("plain again (A/A)", () -> plain.tell("query", "id_no"))
                            .side("plain, person a number", () -> plain.tell("query", "__unit"))
                            .side("protected", () -> engine.tell("query", "id_no"))
                            .run(rounds, rows <= SHORT_ROWS ? SHORT_WARM_UPS : 1);
                    String what = "aggregate, " + rows + " rows, " + rowsPerUnit + " per person, 320 cells";
                    String again = "plain again (A/A)";
                    report.rounds(measured, what, "plain", "protected", again, "1.25 at 1e7 rows");
                    report.rounds(
                            measured,
                            "the same, plain counts persons by a number",
                            "plain, person a number",
                            "protected",
                            again,
                            "");
                }
            }
        }
    }
}
