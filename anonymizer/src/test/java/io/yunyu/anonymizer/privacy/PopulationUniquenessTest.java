package io.yunyu.anonymizer.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yunyu.anonymizer.privacy.PopulationUniqueness.Estimator;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PopulationUniquenessTest {
    /** Populations drawn from the model itself, and a Bernoulli sample of each: the estimate must find their uniques. */
    @ParameterizedTest
    @CsvSource({"0.5, 0.2, 0.1", "2, 0.5, 0.2", "1, 0.1, 0.05", "0.3, 0.05, 0.3"})
    void uniqueFraction_sampleOfASlideNegativeBinomialPopulation_isTheTrueOne(double alpha, double beta, double pi) {
        Random random = new Random(20261125);
        long population = 0;
        long uniques = 0;
        long[] sample = new long[200_000];
        for (int c = 0; c < sample.length; c++) {
            long size = 1 + negativeBinomial(random, alpha, beta);
            population += size;
            uniques += size == 1 ? 1 : 0;
            for (long member = 0; member < size; member++) {
                sample[c] += random.nextDouble() < pi ? 1 : 0;
            }
        }
        ClassSizes sizes =
                ClassSizes.of(Arrays.stream(sample).filter(size -> size > 0).toArray());

        double estimate = Estimator.SNB.uniques(sizes, population);

        assertThat(estimate).isCloseTo((double) uniques / population, within(0.15 * uniques / population));
    }

    /** Nearly half the records are alone, the others in classes of 18: so it must be in the population, however large. */
    @ParameterizedTest
    @ValueSource(longs = {10_000, 1_000_000, 300_000_000})
    void uniqueFraction_uniquesBesideLargeClasses_staysHigh(long population) {
        long[] sizes = LongStream.concat(
                        LongStream.generate(() -> 1).limit(470),
                        LongStream.generate(() -> 18).limit(30))
                .toArray();

        assertThat(Estimator.SNB.uniques(ClassSizes.of(sizes), population)).isBetween(0.4, 0.47);
    }

    @Test
    void uniques_dankarsRule_choosesBySamplingFraction() {
        long[] sizes = LongStream.range(0, 3_000).map(i -> 1 + i % 7 * (i % 3)).toArray();
        ClassSizes sample = ClassSizes.of(sizes);
        long small = sample.records() * 20;
        long large = sample.records() * 3;

        assertThat(Estimator.DANKAR.uniques(sample, small)).isEqualTo(Estimator.PITMAN.uniques(sample, small));
        double zayatz = Estimator.ZAYATZ.uniques(sample, large);
        double snb = Estimator.SNB.uniques(sample, large);
        assertThat(Estimator.DANKAR.uniques(sample, large)).isEqualTo(snb > 0 ? Math.min(snb, zayatz) : zayatz);
    }

    /** A Poisson number with a gamma distributed mean. */
    private static long negativeBinomial(Random random, double alpha, double beta) {
        double mean = gamma(random, alpha) * (1 - beta) / beta;
        double limit = Math.exp(-mean);
        long count = -1;
        for (double product = 1; product > limit; product *= random.nextDouble()) {
            count++;
        }
        return Math.max(0, count);
    }

    /** Marsaglia and Tsang 2000. */
    private static double gamma(Random random, double shape) {
        if (shape < 1) {
            return gamma(random, shape + 1) * Math.pow(random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
