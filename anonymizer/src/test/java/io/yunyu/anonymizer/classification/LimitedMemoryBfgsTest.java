package io.yunyu.anonymizer.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LimitedMemoryBfgsTest {
    private static final long SEED = Long.getLong("yunyu.seed", 20261130L);
    private static final int DIMENSION = 30;

    private final Random random = new Random(SEED);
    private final double[] minimum = random.doubles(DIMENSION, -3, 3).toArray();
    private final double[][] matrix = positiveDefinite();

    private double[][] positiveDefinite() {
        double[][] root = new double[DIMENSION][];
        for (int i = 0; i < DIMENSION; i++) {
            root[i] = random.doubles(DIMENSION, -1, 1).toArray();
        }
        double[][] product = new double[DIMENSION][DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            for (int j = 0; j < DIMENSION; j++) {
                product[i][j] = i == j ? 0.5 : 0;
                for (int k = 0; k < DIMENSION; k++) {
                    product[i][j] += root[i][k] * root[j][k];
                }
            }
        }
        return product;
    }

    /** Half of the distance from the minimum, squared by the matrix. */
    private double quadratic(double[] at, double[] gradient) {
        double value = 0;
        for (int i = 0; i < DIMENSION; i++) {
            gradient[i] = 0;
            for (int j = 0; j < DIMENSION; j++) {
                gradient[i] += matrix[i][j] * (at[j] - minimum[j]);
            }
            value += gradient[i] * (at[i] - minimum[i]) / 2;
        }
        return value;
    }

    private static double[] ones() {
        double[] ones = new double[DIMENSION];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }

    @Test
    void minimize_quadraticFunction_findsItsMinimum() {
        System.out.println("LimitedMemoryBfgsTest: seed " + SEED);
        LimitedMemoryBfgs.Minimum found = new LimitedMemoryBfgs(this::quadratic, ones(), 1e-7).minimize(1_000);

        assertThat(found.isReached()).isTrue();
        assertThat(found.at()).containsExactly(minimum, within(1e-6));
    }

    /** Steep on one side, nearly flat on the other: steps must be shortened. The minimum is at ln 1000. */
    @Test
    void minimize_exponentialFunction_findsItsMinimum() {
        LimitedMemoryBfgs.Function function = (at, gradient) -> {
            gradient[0] = Math.exp(at[0]) - 1000;
            return Math.exp(at[0]) - 1000 * at[0];
        };
        LimitedMemoryBfgs.Minimum found = new LimitedMemoryBfgs(function, new double[] {1}, 1e-6).minimize(200);

        assertThat(found.isReached()).isTrue();
        assertThat(found.at()[0]).isCloseTo(Math.log(1000), within(1e-8));
    }

    /** Near the minimum the value's digits do not change any more; its slope still tells. */
    @Test
    void minimize_valueThatHidesItsDecrease_findsItsMinimum() {
        LimitedMemoryBfgs.Minimum found =
                new LimitedMemoryBfgs((at, gradient) -> 1e9 + quadratic(at, gradient), ones(), 1e-7).minimize(1_000);

        assertThat(found.isReached()).isTrue();
        assertThat(found.at()).containsExactly(minimum, within(1e-6));
    }

    @Test
    void minimize_tooFewSteps_saysSo() {
        LimitedMemoryBfgs.Minimum found = new LimitedMemoryBfgs(this::quadratic, ones(), 1e-7).minimize(3);

        assertThat(found.isReached()).isFalse();
        double[] unused = new double[DIMENSION];
        assertThat(quadratic(found.at(), unused)).isLessThan(quadratic(new double[DIMENSION], unused));
    }
}
