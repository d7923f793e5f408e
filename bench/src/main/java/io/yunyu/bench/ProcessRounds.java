package io.yunyu.bench;

import io.yunyu.bench.MeasuredProcess.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/** Sides that are a whole process each turn, measured in rounds in an order that rotates. No turn warms another up. */
final class ProcessRounds {
    private final Map<String, Callable<Run>> sides = new LinkedHashMap<>();
    private final Map<String, Run[]> runs = new LinkedHashMap<>();

    /**
     * One turn.
     *
     * @param searchSeconds of its wall time, what the search took
     * @param answer what it found
     */
    record Run(Usage usage, double searchSeconds, String answer) {}

    ProcessRounds side(String name, Callable<Run> run) {
        sides.put(name, run);
        return this;
    }

    ProcessRounds run(int rounds) throws Exception {
        List<String> names = List.copyOf(sides.keySet());
        names.forEach(name -> runs.put(name, new Run[rounds]));
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < names.size(); i++) {
                String name = names.get((i + round) % names.size());
                of(name)[round] = Objects.requireNonNull(sides.get(name)).call();
            }
        }
        return this;
    }

    List<String> names() {
        return List.copyOf(sides.keySet());
    }

    double median(String name, ToDoubleFunction<Run> what) {
        return Rounds.median(values(name, what));
    }

    /** The ratios a/b, one for each round. */
    double[] ratios(String a, String b, ToDoubleFunction<Run> what) {
        double[] ratios = values(a, what);
        double[] base = values(b, what);
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] /= base[i];
        }
        return ratios;
    }

    /** What the side found in the last round. */
    String answer(String name) {
        Run[] all = of(name);
        return all[all.length - 1].answer();
    }

    int rounds() {
        return of(names().get(0)).length;
    }

    private double[] values(String name, ToDoubleFunction<Run> what) {
        return java.util.Arrays.stream(of(name)).mapToDouble(what).toArray();
    }

    private Run[] of(String name) {
        return Objects.requireNonNull(runs.get(name), name);
    }
}
