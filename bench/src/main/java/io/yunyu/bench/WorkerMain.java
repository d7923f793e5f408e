package io.yunyu.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** The other end of {@link Worker}. */
final class WorkerMain {
    private WorkerMain() {}

    public static void main(String[] args) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        Side side = args[0].equals("plain") ? new PlainSide(Path.of(args[1])) : new EngineSide(Path.of(args[1]));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line;
        while ((line = commands.readLine()) != null) {
            String[] words = line.split(" ");
            long begin = System.nanoTime();
            switch (words[0]) {
                case "prepare" -> side.prepare(Long.parseLong(words[1]), Long.parseLong(words[2]));
                case "query" -> side.query(words[1], Integer.parseInt(words[2]));
                case "write" -> side.write(Long.parseLong(words[1]));
                case "scan" -> side.scan();
                default -> throw new IllegalArgumentException("Unknown command: " + words[0]);
            }
            answers.printf(Locale.ROOT, "seconds %.4f%n", (System.nanoTime() - begin) / 1e9);
            answers.flush();
        }
    }

    /** What both sides can do. */
    interface Side {
        /** Makes the table that queries read. */
        void prepare(long rows, long rowsPerUnit);

        /**
         * Runs the aggregate.
         *
         * @param person which column identifies the person, where there is a choice
         * @param dimensions how many columns it groups by
         */
        void query(String person, int dimensions);

        /** Writes a table of eight columns. */
        void write(long rows);

        /** Reads every value of the table written last. */
        void scan();
    }
}
