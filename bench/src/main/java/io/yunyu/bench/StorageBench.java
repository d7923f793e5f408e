package io.yunyu.bench;

import java.nio.file.Path;

/** Writing and scanning an encrypted Delta table against a plain one: eight columns, a key for each. */
final class StorageBench {
    static final String EXPLANATION =
            "The plain table is Delta with its statistics, which encrypted tables leave off. The"
                    + " scan, which is short, is warmed up by six turns and measured over at least 15 rounds.";

    private static final int SCAN_WARM_UPS = 6;
    private static final int SCAN_ROUNDS = 15;

    private StorageBench() {}

    static void run(Path directory, int rounds, long rows, Report report) throws Exception {
        try (Worker plain = Worker.start("plain", directory);
                Worker engine = Worker.start("engine", directory)) {
            Rounds write = new Rounds()
                    .side("plain", () -> plain.tell("write", rows))
                    .side("plain again (A/A)", () -> plain.tell("write", rows))
                    .side("encrypted", () -> engine.tell("write", rows))
                    .run(rounds);
            report.rounds(write, "write, " + rows + " rows x 8 columns", "plain", "encrypted", "plain again (A/A)", "");
            Rounds scan = new Rounds()
                    .side("plain", () -> plain.tell("scan"))
                    .side("plain again (A/A)", () -> plain.tell("scan"))
                    .side("encrypted", () -> engine.tell("scan"))
                    .run(Math.max(rounds, SCAN_ROUNDS), SCAN_WARM_UPS);
            report.rounds(
                    scan, "scan, " + rows + " rows x 8 columns", "plain", "encrypted", "plain again (A/A)", "1.15");
        }
    }
}
