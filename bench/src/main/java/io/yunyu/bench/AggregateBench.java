package io.yunyu.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * A protected aggregate (check, decrypt, count persons, suppress, perturb, seal) against the same SQL in stock Spark on
 * unencrypted Parquet with {@code count(DISTINCT person)} per cell, once over the 18 characters of an identifier and once
 * over a number.
 */
final class AggregateBench {
    private AggregateBench() {}

    static void run(Path directory, int rounds, List<Long> sizes) throws Exception {
        try (Worker plain = Worker.start("plain", directory);
                Worker engine = Worker.start("engine", directory)) {
            for (long rows : sizes) {
                for (long rowsPerUnit : List.of(1L, 10L)) {
                    plain.tell("prepare", rows, rowsPerUnit);
                    engine.tell("prepare", rows, rowsPerUnit);
                    new Rounds()
                            .side("plain", () -> plain.tell("query", "id_no"))
                            .side("plain again (A/A)", () -> plain.tell("query", "id_no"))
                            .side("plain, person a number", () -> plain.tell("query", "__unit"))
                            .side("protected", () -> engine.tell("query", "id_no"))
                            .run(rounds)
                            .print("aggregate, " + rows + " rows, " + rowsPerUnit + " per person, 320 cells")
                            .ratio("plain again (A/A)", "plain")
                            .ratio("protected", "plain")
                            .ratio("protected", "plain, person a number");
                }
            }
        }
    }
}
