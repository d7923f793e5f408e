package io.yunyu.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What was measured: said as it comes, and kept for the page of benchmarks. */
final class Report {
    private final List<String> ratios = new ArrayList<>();
    private final List<String> times = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final String machine;

    Report(String machine) {
        this.machine = machine;
        System.out.println(machine);
    }

    /** One side against another, and the first against itself. */
    void rounds(Rounds rounds, String what, String base, String side, String again, String target) {
        double[] ratio = rounds.ratios(side, base);
        double[] control = rounds.ratios(again, base);
        add(
                ratios,
                row(
                        what,
                        seconds(rounds.median(base)),
                        seconds(rounds.median(side)),
                        range(ratio),
                        range(control),
                        target));
    }

    void times(String what, String on, double[] seconds, String target) {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        add(
                times,
                row(
                        on.isEmpty() ? what : what + " (" + on + ")",
                        String.valueOf(sorted.length),
                        seconds(Rounds.median(sorted)),
                        seconds(sorted[(int) Math.ceil(0.95 * sorted.length) - 1]),
                        seconds(sorted[0]),
                        seconds(sorted[sorted.length - 1]),
                        target));
    }

    void ratio(String what, double ratio) {
        add(values, row(what, String.format(Locale.ROOT, "%.2f", ratio)));
    }

    void value(String what, double value) {
        add(values, row(what, String.format(Locale.ROOT, "%.1f", value)));
    }

    /** Writes the page whole. */
    void write(Path page) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# Benchmarks");
        lines.add("");
        lines.add("Written by `bin/yunyu bench --doc docs/benchmarks.md`; not edited by hand. Sides of a comparison are"
                + " processes of their own that take turns in an order that rotates, after one turn to warm up (six for the scan); a ratio is the"
                + " median of the ratios within the rounds (smallest to largest). \"A/A\" is the plain side against"
                + " itself: what it shows is the resolution.");
        lines.add("");
        lines.add("Machine: " + machine);
        lines.add("");
        lines.add("\"Protected\" is the whole exit: check, decrypt, count persons, suppress, perturb, write four table"
                + " formats and seal. The plain aggregate is stock Spark on unencrypted Parquet with"
                + " `count(DISTINCT person)`. The plain table of the storage rows is Delta with its statistics, which"
                + " encrypted tables leave off.");
        table(lines, List.of("what", "plain", "other side", "ratio", "A/A", "target"), ratios);
        table(lines, List.of("time", "times", "p50", "p95", "least", "most", "target"), times);
        table(lines, List.of("what", "value"), values);
        Files.write(page, lines);
    }

    private static void table(List<String> lines, List<String> head, List<String> rows) {
        if (!rows.isEmpty()) {
            lines.add("");
            lines.add(row(head.toArray(String[]::new)));
            lines.add("|" + "---|".repeat(head.size()));
            lines.addAll(rows);
        }
    }

    private static void add(List<String> table, String row) {
        table.add(row);
        System.out.println(row);
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.3f s", value);
    }

    private static String range(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT, "%.2f (%.2f to %.2f)", Rounds.median(sorted), sorted[0], sorted[sorted.length - 1]);
    }
}
