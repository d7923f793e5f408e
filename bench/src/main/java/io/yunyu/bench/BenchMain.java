package io.yunyu.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The benchmark: ratios in one run, medians over rounds in which the sides take turns, and an A/A control that shows
 * what the machine can resolve.
 *
 * <p>Usage: {@code bin/yunyu bench [isolation|aggregate|storage|latency|suppression|guard|anonymize|anonymize-huge|anonymize-mondrian]...
 * [--rounds N] [--rows N,N] [--scan-rows N] [--huge-rows N,N] [--out DIR] [--doc FILE]}. Without a name all run but the last
 * two; {@code --doc} replaces their sections in the page of benchmarks; large tables that are in {@code --out} already are used.
 */
public final class BenchMain {
    private static final String HUGE = "anonymize-huge";
    private static final String MONDRIAN = "anonymize-mondrian";

    /** Take long, and gigabytes of disk: run only if they are named. */
    private static final Set<String> IF_NAMED = Set.of(HUGE, MONDRIAN);

    private static final List<String> SUITES = List.of(
            "isolation", "aggregate", "storage", "latency", "suppression", "guard", "anonymize", HUGE, MONDRIAN);

    private BenchMain() {}

    public static void main(String[] args) throws Exception {
        List<String> suites = new ArrayList<>();
        int rounds = 5;
        List<Long> rows = List.of(1_000_000L, 10_000_000L);
        long scanRows = 2_000_000;
        List<Long> hugeRows = List.of(10_000_000L, 100_000_000L);
        @Nullable Path doc = null;
        @Nullable Path out = null;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--rounds" -> rounds = Integer.parseInt(args[++i]);
                case "--rows" -> rows = numbers(args[++i]);
                case "--huge-rows" -> hugeRows = numbers(args[++i]);
                case "--scan-rows" -> scanRows = Long.parseLong(args[++i]);
                case "--doc" -> doc = Path.of(args[++i]);
                case "--out" -> out = Files.createDirectories(Path.of(args[++i]));
                default -> suites.add(named(args[i]));
            }
        }
        Path directory = out == null ? Files.createTempDirectory("yunyu-bench") : out;
        Report report = new Report();
        for (String suite : SUITES) {
            if (suites.isEmpty() ? IF_NAMED.contains(suite) : !suites.contains(suite)) {
                continue;
            }
            switch (suite) {
                case "isolation" -> {
                    report.begin(suite, machine(rounds));
                    IsolationBench.run(report);
                }
                case "aggregate" -> {
                    report.begin(suite, machine(rounds), AggregateBench.EXPLANATION);
                    AggregateBench.run(directory, rounds, rows, report);
                }
                case "storage" -> {
                    report.begin(suite, machine(rounds), StorageBench.EXPLANATION);
                    StorageBench.run(directory, rounds, scanRows, report);
                }
                case "latency" -> {
                    report.begin(suite, machine(rounds));
                    LatencyBench.run(directory, rounds, report);
                }
                case "guard" -> {
                    report.begin(suite, machine(rounds), GuardBench.EXPLANATION);
                    GuardBench.run(rounds, report);
                }
                case "anonymize" -> {
                    report.begin(
                            suite,
                            machine(rounds) + "; tables of seed " + AdultTables.SEED,
                            AnonymizeBench.EXPLANATION);
                    AnonymizeBench.run(root(), directory, rounds, report);
                }
                case HUGE -> {
                    report.begin(
                            suite, machine(rounds) + "; tables of seed " + AdultTables.SEED, HugeBench.EXPLANATION);
                    HugeBench.run(root(), directory, rounds, hugeRows, report);
                }
                case MONDRIAN -> {
                    report.begin(
                            suite, machine(rounds) + "; tables of seed " + AdultTables.SEED, MondrianBench.EXPLANATION);
                    MondrianBench.run(root(), directory, rounds, rows, report);
                }
                default -> {
                    report.begin(suite, machine(rounds));
                    SuppressionBench.run(rounds, report);
                }
            }
        }
        if (doc != null) {
            report.write(doc, SUITES);
        }
    }

    private static List<Long> numbers(String list) {
        return List.of(list.split(",")).stream().map(Long::parseLong).toList();
    }

    private static Path root() {
        return Path.of(System.getProperty("yunyu.root", ".")).toAbsolutePath().normalize();
    }

    private static String named(String suite) {
        if (!SUITES.contains(suite)) {
            throw new IllegalArgumentException("There is no suite '" + suite + "'; there are " + SUITES + ".");
        }
        return suite;
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
