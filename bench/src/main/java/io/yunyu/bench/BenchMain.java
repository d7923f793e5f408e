package io.yunyu.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The benchmark: ratios in one run, medians over rounds in which the sides take turns, and an A/A control that shows
 * what the machine can resolve.
 *
 * <p>Usage: {@code bin/yunyu bench [isolation|aggregate|storage|latency|suppression]... [--rounds N] [--rows N,N]
 * [--scan-rows N] [--out DIR] [--doc FILE]}. Without a name all four run; {@code --doc} writes the page of benchmarks.
 */
public final class BenchMain {
    private BenchMain() {}

    public static void main(String[] args) throws Exception {
        List<String> suites = new ArrayList<>();
        int rounds = 5;
        List<Long> rows = List.of(1_000_000L, 10_000_000L);
        long scanRows = 2_000_000;
        @Nullable Path doc = null;
        Path out = Files.createTempDirectory("yunyu-bench");
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--rounds" -> rounds = Integer.parseInt(args[++i]);
                case "--rows" ->
                    rows = List.of(args[++i].split(",")).stream()
                            .map(Long::parseLong)
                            .toList();
                case "--scan-rows" -> scanRows = Long.parseLong(args[++i]);
                case "--doc" -> doc = Path.of(args[++i]);
                case "--out" -> out = Files.createDirectories(Path.of(args[++i]));
                default -> suites.add(args[i]);
            }
        }
        Report report = new Report(machine(rounds));
        if (suites.isEmpty() || suites.contains("isolation")) {
            IsolationBench.run(report);
        }
        if (suites.isEmpty() || suites.contains("aggregate")) {
            AggregateBench.run(out, rounds, rows, report);
        }
        if (suites.isEmpty() || suites.contains("storage")) {
            StorageBench.run(out, rounds, scanRows, report);
        }
        if (suites.isEmpty() || suites.contains("latency")) {
            LatencyBench.run(out, rounds, report);
        }
        if (suites.isEmpty() || suites.contains("suppression")) {
            SuppressionBench.run(rounds, report);
        }
        if (doc != null) {
            report.write(doc);
        }
    }

    private static String machine(int rounds) throws Exception {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 2))
                .orElse("unknown processor");
        return String.format(
                Locale.ROOT,
                "%s, %d processors, load %s at the start, Java %s; %s; seed %d; medians of %d rounds",
                model,
                Runtime.getRuntime().availableProcessors(),
                Files.readString(Path.of("/proc/loadavg")).split(" ")[0],
                Runtime.version(),
                LocalDate.now(),
                BenchData.SEED,
                rounds);
    }
}
