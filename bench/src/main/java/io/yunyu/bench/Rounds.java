package io.yunyu.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Times named sides in turn. A ratio is the median of the ratios within the rounds, so that a drift of the machine's
 * speed hits both sides of it.
 */
final class Rounds {
    private final Map<String, Callable<Double>> sides = new LinkedHashMap<>();
    private final Map<String, double[]> seconds = new LinkedHashMap<>();

    /** @param run does it once and gives the seconds it took */
    Rounds side(String name, Callable<Double> run) {
        sides.put(name, run);
        return this;
    }

    /** One turn of each side to warm up, then the rounds. */
    Rounds run(int rounds) throws Exception {
        return run(rounds, 1);
    }

    /** @param warmUps turns that are not counted: short work gets faster for several turns, as its code is compiled */
    Rounds run(int rounds, int warmUps) throws Exception {
        for (int i = 0; i < warmUps; i++) {
            for (Callable<Double> side : sides.values()) {
                side.call();
            }
        }
        sides.keySet().forEach(name -> seconds.put(name, new double[rounds]));
        List<String> names = List.copyOf(sides.keySet());
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < names.size(); i++) {
                // The order rotates: nobody is always first after the other's garbage.
                String name = names.get((i + round) % names.size());
                times(name)[round] =
                        java.util.Objects.requireNonNull(sides.get(name)).call();
                System.err.printf("round %d of %d, %s: %.3f s%n", round + 1, rounds, name, times(name)[round]);
            }
        }
        return this;
    }

    double median(String name) {
        return median(times(name));
    }

    /** The ratios a/b, one for each round. */
    double[] ratios(String a, String b) {
        double[] ratios = new double[times(a).length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = times(a)[i] / times(b)[i];
        }
        return ratios;
    }

    double medianDifference(String a, String b) {
        double[] differences = new double[times(a).length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = times(a)[i] - times(b)[i];
        }
        return median(differences);
    }

    private double[] times(String name) {
        return java.util.Objects.requireNonNull(seconds.get(name), name);
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
