package io.yunyu.anonymizer.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RocCurveTest {
    private static final long SEED = Long.getLong("yunyu.seed", 20261130L);

    private static RocCurve of(double[] positives, double[] negatives) {
        RocCurve.Sum sum = new RocCurve.Sum();
        sum.add(positives.clone(), negatives.clone());
        return sum.curve().orElseThrow();
    }

    /** By hand: of nine pairs seven are won, and one is a draw. */
    @Test
    void area_smallExample_isThatByHand() {
        RocCurve curve = of(new double[] {0.4, 0.9, 0.8}, new double[] {0.7, 0.1, 0.4});

        assertThat(curve.area()).isEqualTo(7.5 / 9);
        // Two of three are found without an error, then none up to a third of the others, then both at 0.4, and the
        // last.
        assertThat(curve.truePositiveRates()).hasSize(51);
        assertThat(curve.truePositiveRates().get(0)).isEqualTo(2.0 / 3);
        assertThat(curve.truePositiveRates().get(16)).isEqualTo(2.0 / 3);
        assertThat(curve.truePositiveRates().get(25)).isCloseTo(2.0 / 3 + 0.5 / 3, within(1e-12));
        assertThat(curve.truePositiveRates().get(34)).isEqualTo(1);
    }

    @Test
    void area_extremes_areOneHalfAndNone() {
        double[] low = {0.1, 0.2, 0.2};
        double[] high = {0.7, 0.8};
        assertThat(of(high, low).area()).isEqualTo(1);
        assertThat(of(high, low).truePositiveRates()).containsOnly(1.0);
        assertThat(of(low, high).area()).isZero();
        assertThat(of(low, high).truePositiveRates().subList(0, 50)).containsOnly(0.0);
        assertThat(of(low, high).truePositiveRates().get(50)).isEqualTo(1);
        RocCurve same = of(new double[] {0.5, 0.5, 0.5}, new double[] {0.5, 0.5});
        assertThat(same.area()).isEqualTo(0.5);
        for (int step = 0; step <= 50; step++) {
            assertThat(same.truePositiveRates().get(step)).isCloseTo(step / 50.0, within(1e-12));
        }
    }

    @Test
    void curve_noPairOfOneFold_isNone() {
        RocCurve.Sum sum = new RocCurve.Sum();
        sum.add(new double[] {0.5}, new double[0]);
        sum.add(new double[0], new double[] {0.4, 0.3});
        assertThat(sum.curve()).isEmpty();
    }

    /** Pair by pair, and point by point of each fold's curve. */
    @Test
    void curve_randomFolds_isThatByDefinition() {
        System.out.println("RocCurveTest: seed " + SEED);
        Random random = new Random(SEED);
        for (int run = 0; run < 200; run++) {
            RocCurve.Sum sum = new RocCurve.Sum();
            double pairs = 0;
            double won = 0;
            double[] heights = new double[51];
            for (int fold = 0; fold < 3; fold++) {
                double[] positives = probabilities(random, random.nextInt(12));
                double[] negatives = probabilities(random, 1 + random.nextInt(60));
                sum.add(positives.clone(), negatives.clone());
                pairs += positives.length * negatives.length;
                for (double positive : positives) {
                    won += DoubleStream.of(negatives)
                            .map(negative -> positive > negative ? 1 : positive == negative ? 0.5 : 0)
                            .sum();
                }
                for (int step = 0; step <= 50; step++) {
                    heights[step] += positives.length * negatives.length * height(positives, negatives, step);
                }
            }
            if (pairs == 0) {
                continue;
            }
            RocCurve curve = sum.curve().orElseThrow();

            assertThat(curve.area()).as("seed %d, run %d", SEED, run).isCloseTo(won / pairs, within(1e-12));
            double trapezoids = 0;
            for (int step = 0; step <= 50; step++) {
                assertThat(curve.truePositiveRates().get(step))
                        .as("seed %d, run %d, step %d", SEED, run, step)
                        .isCloseTo(heights[step] / pairs, within(1e-9));
                trapezoids += curve.truePositiveRates().get(step) / (step % 50 == 0 ? 100 : 50);
            }
            assertThat(trapezoids).isCloseTo(curve.area(), within(0.01));
        }
    }

    /** Few different ones, so that many are equal. */
    private static double[] probabilities(Random random, int number) {
        return IntStream.range(0, number)
                .mapToDouble(i -> random.nextInt(8) / 8.0)
                .toArray();
    }

    private static double height(double[] positives, double[] negatives, int step) {
        if (positives.length == 0) {
            return 0;
        }
        List<double[]> points = new ArrayList<>(List.of(new double[] {0, 0}));
        DoubleStream.concat(DoubleStream.of(positives), DoubleStream.of(negatives))
                .distinct()
                .boxed()
                .sorted(Comparator.reverseOrder())
                .forEach(threshold -> points.add(new double[] {
                    DoubleStream.of(negatives).filter(p -> p >= threshold).count(),
                    DoubleStream.of(positives).filter(p -> p >= threshold).count()
                }));
        double x = step * negatives.length / 50.0;
        int last = 0;
        while (last + 1 < points.size() && points.get(last + 1)[0] <= x) {
            last++;
        }
        if (last + 1 == points.size()) {
            return 1;
        }
        double[] from = points.get(last);
        double[] to = points.get(last + 1);
        return (from[1] + (to[1] - from[1]) * (x - from[0]) / (to[0] - from[0])) / positives.length;
    }
}
