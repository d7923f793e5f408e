package io.yunyu.bench;

import io.yunyu.engine.suppression.Requirement;
import io.yunyu.engine.suppression.SecondarySuppression;
import io.yunyu.engine.suppression.SuppressionLimits;
import io.yunyu.engine.suppression.SuppressionPattern;
import io.yunyu.engine.suppression.SuppressionProblem;
import io.yunyu.engine.suppression.TableEquation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Secondary suppression of random tables with margins: wall time to a pattern that passed its audit. */
final class SuppressionBench {
    private static final long SEED = 7;

    private SuppressionBench() {}

    static void run(int rounds, Report report) {
        time(report, rounds, "2 s", 40, 40);
        time(report, rounds, "10 s", 100, 50);
        time(report, rounds, "60 s", 10, 10, 10);
    }

    private static void time(Report report, int rounds, String target, int... parts) {
        SuppressionProblem problem = random(parts);
        SuppressionLimits limits = SuppressionLimits.of(Duration.ofSeconds(50));
        // The native library and the compiled code belong to nobody's time.
        SecondarySuppression.protect(random(4, 4), limits);
        double[] seconds = new double[rounds];
        String found = "";
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            SuppressionPattern pattern = SecondarySuppression.protect(problem, limits);
            seconds[round] = (System.nanoTime() - start) / 1e9;
            found = "cost " + Math.round(pattern.cost()) + (pattern.optimal() ? ", optimal" : ", heuristic");
        }
        report.times(
                "secondary suppression " + shape(parts) + ", audited safe",
                problem.size() + " cells, " + problem.primaries().cardinality() + " primaries, " + found,
                seconds,
                target);
    }

    private static String shape(int... parts) {
        return String.join("x", Arrays.stream(parts).mapToObj(String::valueOf).toList());
    }

    /** Log-normal counts, about one in seven of the inner cells being 1 to 3 and to be protected by 1 to both sides. */
    static SuppressionProblem random(int... parts) {
        Random random = new Random(SEED);
        int size = 1;
        int[] strides = new int[parts.length];
        for (int d = parts.length - 1; d >= 0; d--) {
            strides[d] = size;
            size *= parts[d] + 1;
        }
        double[] values = new double[size];
        List<TableEquation> equations = new ArrayList<>();
        List<Requirement> requirements = new ArrayList<>();
        for (int cell = 0; cell < size; cell++) {
            boolean inner = true;
            for (int d = 0; d < parts.length; d++) {
                int stride = strides[d];
                int from = cell;
                if (cell / stride % (parts[d] + 1) == 0) {
                    inner = false;
                    equations.add(TableEquation.total(
                            cell,
                            IntStream.rangeClosed(1, parts[d])
                                    .map(k -> from + k * stride)
                                    .toArray()));
                }
            }
            if (inner) {
                double value = Math.floor(Math.exp(2.4 + 1.1 * random.nextGaussian()));
                addToTotals(values, parts, strides, cell, value);
                if (value > 0 && value <= 3) {
                    requirements.add(Requirement.of(cell, 1, 1));
                }
            }
        }
        double[] uppers = new double[size];
        double[] weights = new double[size];
        for (int cell = 0; cell < size; cell++) {
            uppers[cell] = values[cell] + Math.max(values[0], 10);
            weights[cell] = Math.max(1, values[cell]);
        }
        return new SuppressionProblem(values, new double[size], uppers, weights, new BitSet(), equations, requirements);
    }

    private static void addToTotals(double[] values, int[] parts, int[] strides, int cell, double value) {
        for (int mask = 0; mask < 1 << parts.length; mask++) {
            int target = cell;
            for (int d = 0; d < parts.length; d++) {
                if ((mask >> d & 1) == 1) {
                    target -= cell / strides[d] % (parts[d] + 1) * strides[d];
                }
            }
            values[target] += value;
        }
    }
}
