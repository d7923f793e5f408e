package io.yunyu.bench;

import java.nio.file.Path;

/** Writing and scanning an encrypted Delta table against a plain one: 2e6 rows of eight columns, a key for each. */
final class StorageBench {
    private static final long ROWS = 2_000_000;

    private StorageBench() {}

    static void run(Path directory, int rounds) throws Exception {
        try (Worker plain = Worker.start("plain", directory);
                Worker engine = Worker.start("engine", directory)) {
            new Rounds()
                    .side("plain", () -> plain.tell("write", ROWS))
                    .side("plain again (A/A)", () -> plain.tell("write", ROWS))
                    .side("encrypted", () -> engine.tell("write", ROWS))
                    .run(rounds)
                    .print("write, " + ROWS + " rows x 8 columns")
                    .ratio("plain again (A/A)", "plain")
                    .ratio("encrypted", "plain");
            new Rounds()
                    .side("plain", () -> plain.tell("scan"))
                    .side("plain again (A/A)", () -> plain.tell("scan"))
                    .side("encrypted", () -> engine.tell("scan"))
                    .run(rounds)
                    .print("scan, " + ROWS + " rows x 8 columns")
                    .ratio("plain again (A/A)", "plain")
                    .ratio("encrypted", "plain");
        }
    }
}
