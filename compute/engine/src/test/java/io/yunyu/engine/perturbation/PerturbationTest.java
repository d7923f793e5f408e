package io.yunyu.engine.perturbation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PerturbationTest {
    private static final byte[] SECRET = "a secret of at least sixteen bytes".getBytes(StandardCharsets.UTF_8);
    private static final Perturbation DEFAULTS =
            Perturbation.withDefaults(SECRET, MeasureProtection.undeclared("income"));

    /** Mean and second moment of the noise over all 10^8 keys, exactly: noise is constant between the found cuts. */
    private static double[] moments(long n, LongUnaryOperator published) {
        double[] moments = new double[2];
        long from = 0;
        while (from < CellKey.MODULUS) {
            long noise = published.applyAsLong(from) - n;
            long end = endOfRun(from, noise, n, published);
            moments[0] += noise * (end - from) / 1e8;
            moments[1] += noise * noise * (end - from) / 1e8;
            from = end;
        }
        return moments;
    }

    /** First key after {@code from} with other noise; no run of the default table is shorter than the stride. */
    private static long endOfRun(long from, long noise, long n, LongUnaryOperator published) {
        long stride = 20_000;
        long inside = from;
        while (inside + stride < CellKey.MODULUS && published.applyAsLong(inside + stride) - n == noise) {
            inside += stride;
        }
        long outside = Math.min(inside + stride, CellKey.MODULUS);
        while (outside - inside > 1) {
            long middle = (inside + outside) / 2;
            if (published.applyAsLong(middle) - n == noise) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return outside;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 500})
    void perturbCount_allKeys_isUnbiasedWithVarianceThree(long n) {
        double[] moments = moments(n, key -> DEFAULTS.perturbCount(n, key));
        assertThat(moments[0]).isCloseTo(0, within(1e-6));
        assertThat(moments[1]).isCloseTo(3, within(1e-5));
    }

    @Test
    void perturbCount_anyCountAndKey_staysWithinFiveAndNeverPublishesOneOrTwo() {
        long seed = 97;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Set<Long> published = new TreeSet<>();
        for (int k = 0; k < 200_000; k++) {
            long n = random.nextInt(12);
            long key = random.nextLong(CellKey.MODULUS);
            long value = DEFAULTS.perturbCount(n, key);
            published.add(value);
            assertThat(Math.abs(value - n)).isLessThanOrEqualTo(5);
            assertThat(DEFAULTS.perturbCount(n, key)).isEqualTo(value);
        }
        assertThat(published).contains(0L, 3L, 4L, 16L).doesNotContain(1L, 2L);
    }

    @Test
    void perturbCount_keysInOrder_doNotTellSignOfNoise() {
        int changes = 0;
        double last = 0;
        for (long key = 0; key < CellKey.MODULUS; key += 10_000) {
            double sign = Math.signum(DEFAULTS.perturbCount(20, key) - 20);
            changes += sign == last ? 0 : 1;
            last = sign;
        }
        assertThat(changes).isGreaterThan(3);
    }

    @Test
    void perturbSum_sameInput_isSameAndOtherSecretDiffers() {
        Perturbation same = Perturbation.withDefaults(SECRET.clone(), MeasureProtection.undeclared("income"));
        Perturbation other = Perturbation.withDefaults(
                "quite another secret".getBytes(StandardCharsets.UTF_8), MeasureProtection.undeclared("income"));
        int different = 0;
        for (long key = 0; key < CellKey.MODULUS; key += 1_000_003) {
            double sum = DEFAULTS.perturbSum(100_000, 3000, 40, key, false);
            assertThat(same.perturbSum(100_000, 3000, 40, key, false)).isEqualTo(sum);
            different += other.perturbSum(100_000, 3000, 40, key, false) == sum ? 0 : 1;
        }
        assertThat(different).isGreaterThan(50);
    }

    /** Fixes the noise for ever: a change here gives every published cell fresh noise. */
    @ParameterizedTest
    @CsvSource({"12345678, 39, 101500", "0, 37, 99100", "99999999, 42, 99100"})
    void defaults_knownSecret_giveGoldenAnswers(long key, long count, double sum) {
        assertThat(DEFAULTS.perturbCount(37, key)).isEqualTo(count);
        assertThat(DEFAULTS.perturbSum(100_000, 3000, 37, key, false)).isEqualTo(sum);
    }

    @Test
    void perturbSum_manyKeys_isCentredAndScaledByLargestContribution() {
        double mean = 0;
        double square = 0;
        int draws = 0;
        for (long key = 0; key < CellKey.MODULUS; key += 1009) {
            double noise = DEFAULTS.perturbSum(1_000_000, 1000, 40, key, false) - 1_000_000;
            mean += noise;
            square += noise * noise;
            draws++;
        }
        // Units of 200: variance 3 of them squared. Keys on a regular grid leave an error far below one in a thousand.
        assertThat(mean / draws).isCloseTo(0, within(1.0));
        assertThat(square / draws).isCloseTo(3 * 200 * 200, within(200.0));
    }

    @Test
    void forMeasure_otherMeasure_hasUnlikeNoiseButSameCounts() {
        Perturbation tax = DEFAULTS.forMeasure(MeasureProtection.undeclared("tax"));
        int different = 0;
        for (long key = 0; key < CellKey.MODULUS; key += 1_000_003) {
            assertThat(tax.perturbCount(37, key)).isEqualTo(DEFAULTS.perturbCount(37, key));
            different +=
                    tax.perturbSum(100_000, 3000, 40, key, false) == DEFAULTS.perturbSum(100_000, 3000, 40, key, false)
                            ? 0
                            : 1;
        }
        assertThat(different).isGreaterThan(50);
    }

    @Test
    void perturbSum_measureDecimals_boundPublishedDigits() {
        Perturbation cents = DEFAULTS.forMeasure(new MeasureProtection("income", OptionalDouble.of(1000), 2));
        Perturbation thousands = DEFAULTS.forMeasure(new MeasureProtection("income", OptionalDouble.of(1000), -3));
        for (long key = 0; key < CellKey.MODULUS; key += 5_000_011) {
            double fine = cents.perturbSum(1_000_000, 77_777, 40, key, false);
            assertThat(fine * 100).isCloseTo(Math.rint(fine * 100), within(1e-6));
            double whole = DEFAULTS.perturbSum(1_000_000, 77_777, 40, key, false);
            assertThat(whole).isEqualTo(Math.rint(whole));
            assertThat(thousands.perturbSum(1_000_000, 77_777, 40, key, false) % 1000)
                    .isZero();
        }
    }

    @Test
    void perturbSum_declaredBound_isNeverNoisierThanUndeclared() {
        Perturbation declared = DEFAULTS.forMeasure(MeasureProtection.declared("income", 1_000_000, 0));
        for (long key = 0; key < CellKey.MODULUS; key += 5_000_011) {
            double wide = Math.abs(DEFAULTS.perturbSum(1e9, 1_000_000, 40, key, false) - 1e9);
            double narrow = Math.abs(declared.perturbSum(1e9, 1_000_000, 40, key, false) - 1e9);
            assertThat(narrow).isCloseTo(wide * 0.0378 / 0.2, within(wide * 1e-3 + 1));
        }
    }

    @Test
    void perturbSum_emptyCell_staysZero() {
        assertThat(DEFAULTS.perturbSum(0, 0, 0, 5, false)).isZero();
        assertThat(DEFAULTS.perturbSum(0, 12, 3, 5, true)).isZero();
    }

    @Test
    void perturbSum_callThatWouldGetNoNoise_isRefusedWithoutNamingValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.perturbSum(4711, 0, 3, 5, false))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("4711"));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.perturbSum(4711, 4711, 0, 5, false));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.perturbSum(Double.NaN, 1, 3, 5, false));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.perturbSum(1, 1, 3, -5, false));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.perturbCount(-1, 5));
    }

    @Test
    void measureProtection_hostile_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> MeasureProtection.undeclared(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> MeasureProtection.declared("income", 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> MeasureProtection.declared("income", Double.NaN, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> MeasureProtection.declared("income", 1, 10));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Perturbation.withDefaults(new byte[8], MeasureProtection.undeclared("income")))
                .withMessageContaining("8 bytes");
    }
}
