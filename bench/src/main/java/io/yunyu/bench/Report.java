package io.yunyu.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured: said as it comes, and kept for the page of benchmarks, suite by suite. */
final class Report {
    private final Map<String, List<String>> sections = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> ratios = new ArrayList<>();
    private final List<String> times = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final List<String> processes = new ArrayList<>();
    private final List<String> processRatios = new ArrayList<>();
    private String suite = "";

    /** What follows belongs to this suite. @param machine what it was measured on and how */
    void begin(String newSuite, String machine, String... explanations) {
        end();
        suite = newSuite;
        System.out.println(suite + ": " + machine);
        note("Machine: " + machine + ".");
        for (String explanation : explanations) {
            note(explanation);
        }
    }

    /** A paragraph before the tables. */
    void note(String paragraph) {
        notes.add(paragraph);
    }

    /**
     * One side against another.
     *
     * @param again the base once more, as a control
     */
    void rounds(Rounds rounds, String what, String base, String side, String again, String target) {
        ratio(rounds, what, base, side, range(rounds.ratios(again, base)), target);
    }

    /** One side against another, without a control. */
    void rounds(Rounds rounds, String what, String base, String side, String target) {
        ratio(rounds, what, base, side, "", target);
    }

    private void ratio(Rounds rounds, String what, String base, String side, String control, String target) {
        add(
                ratios,
                row(
                        what,
                        seconds(rounds.median(base)),
                        seconds(rounds.median(side)),
                        range(rounds.ratios(side, base)),
                        control,
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

    /** What whole processes took, side by side. */
    void processes(String what, ProcessRounds rounds) {
        for (String side : rounds.names()) {
            add(
                    processes,
                    row(
                            what,
                            side,
                            String.valueOf(rounds.rounds()),
                            seconds(rounds.median(side, run -> run.usage().cpuSeconds())),
                            seconds(rounds.median(side, run -> run.usage().wallSeconds())),
                            seconds(rounds.median(side, ProcessRounds.Run::searchSeconds)),
                            String.format(Locale.ROOT, "%.0f MB", rounds.median(side, run -> run.usage()
                                    .peakMegabytes())),
                            rounds.answer(side)));
        }
    }

    /** One side's processes against another's, and the first's against its own. */
    void processRatio(String what, ProcessRounds rounds, String side, String base, String again, String target) {
        add(
                processRatios,
                row(
                        what,
                        side + " / " + base,
                        range(rounds.ratios(side, base, run -> run.usage().cpuSeconds())),
                        range(rounds.ratios(again, side, run -> run.usage().cpuSeconds())),
                        range(rounds.ratios(side, base, run -> run.usage().wallSeconds())),
                        range(rounds.ratios(side, base, run -> run.usage().peakMegabytes())),
                        target));
    }

    void ratio(String what, double ratio) {
        add(values, row(what, String.format(Locale.ROOT, "%.2f", ratio)));
    }

    void value(String what, double value) {
        add(values, row(what, String.format(Locale.ROOT, "%.1f", value)));
    }

    private void end() {
        if (!suite.isEmpty()) {
            List<String> lines = new ArrayList<>();
            notes.forEach(note -> lines.addAll(lines.isEmpty() ? List.of(note) : List.of("", note)));
            table(lines, List.of("what", "plain", "other side", "ratio", "A/A", "target"), ratios);
            table(lines, List.of("what", "side", "turns", "CPU", "wall", "search only", "memory", "answer"), processes);
            table(lines, List.of("what", "ratio", "CPU", "A/A (CPU)", "wall", "memory", "target"), processRatios);
            table(lines, List.of("time", "times", "p50", "p95", "least", "most", "target"), times);
            table(lines, List.of("what", "value"), values);
            sections.put(suite, lines);
        }
        List.of(notes, ratios, times, values, processes, processRatios).forEach(List::clear);
    }

    /** Writes the sections of the suites that ran into the page. */
    void write(Path page, List<String> order) throws IOException {
        end();
        BenchmarkPage.update(page, sections, order);
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
