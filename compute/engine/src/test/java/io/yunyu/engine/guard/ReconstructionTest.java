package io.yunyu.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Linear reconstruction of a 0/1 attribute from many counts, by the best linear estimate with the right prior. */
class ReconstructionTest {
    private static final int[] QUERIES = {10, 30, 100, 300, 1000};

    /** Shares of right guesses after each number of queries: of the attacker, and of the best single answer. */
    private record Curve(Map<Integer, Double> attacker, Map<Integer, Double> single, int published) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void attack_thousandCounts_gainsAtMostFivePointsOverBestSingleCell(long seed) {
        Curve curve = attack(seed, true);
        print("guarded, seed " + seed, curve);
        for (int n : QUERIES) {
            assertThat(curve.attacker().get(n))
                    .isLessThanOrEqualTo(curve.single().get(n) + 0.05);
        }
    }

    @Test
    void attack_withoutGuard_gainsMoreThanTenPoints() {
        Curve curve = attack(1, false);
        print("without guard", curve);
        assertThat(curve.attacker().get(1000)).isGreaterThan(curve.single().get(1000) + 0.1);
    }

    private static void print(String what, Curve curve) {
        StringBuilder line = new StringBuilder("reconstruction, " + what + ":");
        for (int n : QUERIES) {
            line.append(String.format(
                    Locale.ROOT,
                    " %d: %.3f (single %.3f)",
                    n,
                    curve.attacker().get(n),
                    curve.single().get(n)));
        }
        System.out.println(line + "; published " + curve.published());
    }

    private static Curve attack(long seed, boolean guarded) {
        Town town = new Town(seed, 600, 8);
        ReleaseGuard guard =
                guarded ? ReleaseGuard.over(List.of(), Town.MIN_UNITS, Town.VARIANCE, Region.EVERYTHING) : null;
        SplittableRandom random = new SplittableRandom(seed + 1000);
        List<double[]> rows = new ArrayList<>();
        List<Double> answers = new ArrayList<>();
        Map<Integer, Double> attacker = new TreeMap<>();
        Map<Integer, Double> single = new TreeMap<>();
        int next = 0;
        for (int q = 1; q <= 1000; q++) {
            Town.Question question = town.random(random);
            OptionalDouble answer = town.answer(question, guard);
            if (answer.isPresent()) {
                double[] row = new double[town.size];
                for (int i = 0; i < town.size; i++) {
                    row[i] = question.isAbout(town, i) ? 1 : 0;
                }
                rows.add(row);
                answers.add(answer.getAsDouble());
            }
            if (q == QUERIES[next]) {
                attacker.put(q, right(town, LinearEstimate.of(rows, answers, Town.VARIANCE)));
                single.put(q, right(town, LinearEstimate.bySmallestAnswer(rows, answers, town.size)));
                next++;
            }
        }
        return new Curve(attacker, single, rows.size());
    }

    private static double right(Town town, double[] estimate) {
        double right = 0;
        for (int i = 0; i < town.size; i++) {
            right += estimate[i] == 0.5 ? 0.5 : estimate[i] > 0.5 == town.secret[i] ? 1 : 0;
        }
        return right / town.size;
    }
}
