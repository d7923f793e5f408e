package io.yunyu.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The benchmark: ratios in one run, medians over rounds in which the sides take turns, and an A/A control that shows
 * what the machine can resolve.
 *
 * <p>Usage: {@code bin/yunyu bench [aggregate|storage|latency]... [--rounds N] [--rows N,N] [--out DIR]}. Without a
 * name all three run.
 */
public final class BenchMain {
    private BenchMain() {}

    public static void main(String[] args) throws Exception {
        List<String> suites = new ArrayList<>();
        int rounds = 5;
        List<Long> rows = List.of(1_000_000L, 10_000_000L);
        Path out = Files.createTempDirectory("yunyu-bench");
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--rounds" -> rounds = Integer.parseInt(args[++i]);
                case "--rows" ->
                    rows = List.of(args[++i].split(",")).stream()
                            .map(Long::parseLong)
                            .toList();
                case "--out" -> out = Files.createDirectories(Path.of(args[++i]));
                default -> suites.add(args[i]);
            }
        }
        machine(rounds);
        if (suites.isEmpty() || suites.contains("aggregate")) {
            AggregateBench.run(out, rounds, rows);
        }
        if (suites.isEmpty() || suites.contains("storage")) {
            StorageBench.run(out, rounds);
        }
        if (suites.isEmpty() || suites.contains("latency")) {
            LatencyBench.run(out, rounds);
        }
    }

    private static void machine(int rounds) throws Exception {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 2))
                .orElse("unknown processor");
        System.out.printf(
                Locale.ROOT,
                "machine: %s, %d processors, load %s, Java %s; seed %d; medians of %d rounds after one warm-up%n",
                model,
                Runtime.getRuntime().availableProcessors(),
                Files.readString(Path.of("/proc/loadavg")).split(" ")[0],
                Runtime.version(),
                BenchData.SEED,
                rounds);
    }
}
