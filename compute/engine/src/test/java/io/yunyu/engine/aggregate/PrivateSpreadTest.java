package io.yunyu.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yunyu.contract.agreement.ClampingBounds;
import io.yunyu.engine.privacy.DiscreteGaussian;
import io.yunyu.engine.privacy.ExactDraws;
import io.yunyu.engine.privacy.KeyedBits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The variance of noisy sums: exact without noise, within its bounds with any, and within what the forecast says. */
final class PrivateSpreadTest {
    @ParameterizedTest
    @CsvSource({
        "0, 1, 0",
        "-7, 100, 0",
        "0.5, 99.75, 2",
        "-1000000000000000, 1000000000000000, 0",
        "-3, 999999999999, 3"
    })
    void variance_withoutNoise_isTheVariance(BigDecimal lower, BigDecimal upper, int decimals) {
        ClampingBounds bounds = new ClampingBounds(lower, upper, decimals);
        SquareScale scale = SquareScale.of(bounds);
        long[] values = new Random(8)
                .longs(500, bounds.lowerUnits(), bounds.upperUnits() + 1)
                .toArray();
        Sums sums = Sums.of(values, scale);
        BigDecimal mean = new BigDecimal(sums.sum).divide(BigDecimal.valueOf(500), MathContext.DECIMAL128);
        BigDecimal exact = BigDecimal.ZERO;
        for (long value : values) {
            BigDecimal distance = BigDecimal.valueOf(value - scale.middle()).subtract(mean);
            exact = exact.add(distance.multiply(distance));
        }
        double truth = exact.doubleValue() / 499 / Math.pow(10, 2.0 * decimals);
        double found = new PrivateSpread(bounds)
                .variance(BigDecimal.valueOf(500), sums.sum, sums.squares)
                .doubleValue();
        assertThat(found).isCloseTo(truth, within(truth * 1e-6));
        assertThat(PrivateSpread.deviation(BigDecimal.valueOf(found)).doubleValue())
                .isCloseTo(Math.sqrt(found), within(Math.sqrt(found) * 1e-12));
        assertThat(LongStream.of(values)
                        .map(v -> Math.abs((v - scale.middle() + scale.half()) >> scale.shift()))
                        .max()
                        .orElseThrow())
                .isLessThanOrEqualTo(scale.largest())
                .isLessThanOrEqualTo(31_622_776);
    }

    @Test
    void variance_anyNoise_staysWithinWhatTheBoundsAllow() {
        PrivateSpread spread = new PrivateSpread(new ClampingBounds(BigDecimal.ZERO, BigDecimal.TEN, 1));
        BigInteger huge = BigInteger.TEN.pow(30);
        assertThat(spread.variance(BigDecimal.TEN, huge, BigInteger.ZERO)).isEqualByComparingTo("0");
        assertThat(spread.variance(new BigDecimal(5), BigInteger.ZERO, huge)).isEqualByComparingTo("31.25");
    }

    /** At the ends, half and half, in the middle, anywhere: the noise leads no farther than said but once in twenty. */
    @ParameterizedTest
    @ValueSource(strings = {"upper", "ends", "middle", "even"})
    void within_holdsNineteenTimesOfTwenty(String where) {
        ClampingBounds bounds = new ClampingBounds(BigDecimal.ZERO, new BigDecimal("200"), 0);
        PrivateSpread spread = new PrivateSpread(bounds);
        SquareScale scale = SquareScale.of(bounds);
        Random random = new Random(9);
        long[] values = LongStream.range(0, 1000)
                .map(i -> switch (where) {
                    case "upper" -> 200;
                    case "ends" -> i % 2 * 200;
                    case "middle" -> 100;
                    default -> random.nextInt(201);
                })
                .toArray();
        Sums sums = Sums.of(values, scale);
        double truth = spread.variance(BigDecimal.valueOf(1000), sums.sum, sums.squares)
                .doubleValue();
        DiscreteGaussian count = DiscreteGaussian.forRho(2_000, BigInteger.ONE);
        DiscreteGaussian sum = DiscreteGaussian.forRho(2_000, BigInteger.valueOf(100 * 100));
        DiscreteGaussian squares = DiscreteGaussian.forRho(2_000, BigInteger.TEN.pow(8));
        double within = spread.within(0.95, 1000, count, sum, squares);
        assertThat(within).as("says something").isLessThan(200 * 200 / 4.0);
        ExactDraws draws = new ExactDraws(KeyedBits.of(new byte[32], where.getBytes(StandardCharsets.UTF_8)));
        int beyond = 0;
        double farthest = 0;
        for (int run = 0; run < 2000; run++) {
            double noisy = spread.variance(
                            new BigDecimal(BigInteger.valueOf(1000).add(count.draw(draws))),
                            sums.sum.add(sum.draw(draws)),
                            sums.squares.add(squares.draw(draws)))
                    .doubleValue();
            beyond += Math.abs(noisy - truth) > within ? 1 : 0;
            farthest = Math.max(farthest, Math.abs(noisy - truth));
        }
        assertThat(beyond).isLessThanOrEqualTo(100);
        assertThat(farthest).as("not far from the worst case").isGreaterThan(within / 20);
    }

    /**
     * Each noise at the width that it keeps but once in sixty times, in the worst direction, on values all at one end. The
     * forecast takes each at its worst in each place where it stands, and so is above that.
     */
    @Test
    void within_isWhatTheNoisesDoToTheWorstRecords() {
        ClampingBounds bounds = new ClampingBounds(BigDecimal.ZERO, new BigDecimal("200"), 0);
        PrivateSpread spread = new PrivateSpread(bounds);
        Sums sums = Sums.of(LongStream.generate(() -> 200).limit(1000).toArray(), SquareScale.of(bounds));
        DiscreteGaussian count = DiscreteGaussian.forRho(2_000, BigInteger.ONE);
        DiscreteGaussian sum = DiscreteGaussian.forRho(2_000, BigInteger.valueOf(100 * 100));
        DiscreteGaussian squares = DiscreteGaussian.forRho(2_000, BigInteger.TEN.pow(8));
        double once = 1 - 0.05 / 3;
        double worst = 0;
        for (int signs = 0; signs < 8; signs++) {
            worst = Math.max(
                    worst,
                    spread.variance(
                                    BigDecimal.valueOf(1000 + side(signs, 0) * count.halfWidth(once)),
                                    sums.sum.add(whole(side(signs, 1) * sum.halfWidth(once))),
                                    sums.squares.add(whole(side(signs, 2) * squares.halfWidth(once))))
                            .doubleValue());
        }
        double within = spread.within(0.95, 1000, count, sum, squares);
        assertThat(within).isBetween(worst, 2 * worst);
    }

    private static int side(int signs, int bit) {
        return (signs >> bit & 1) * 2 - 1;
    }

    private static BigInteger whole(double value) {
        return BigDecimal.valueOf(value).toBigInteger();
    }

    private record Sums(BigInteger sum, BigInteger squares) {
        static Sums of(long[] values, SquareScale scale) {
            BigInteger sum = BigInteger.ZERO;
            BigInteger squares = BigInteger.ZERO;
            for (long value : values) {
                long steps = (value - scale.middle() + scale.half()) >> scale.shift();
                sum = sum.add(BigInteger.valueOf(value - scale.middle()));
                squares = squares.add(BigInteger.valueOf(steps * steps));
            }
            return new Sums(sum, squares);
        }
    }
}
