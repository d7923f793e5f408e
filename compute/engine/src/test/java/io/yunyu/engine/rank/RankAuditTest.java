package io.yunyu.engine.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankAuditTest {
    private static final int THRESHOLD = 10;

    /**
     * Three margins, no two of which differ by few persons: (a + b) + (a + c) - (b + c) = 2a, and a are three persons.
     */
    @Test
    void determines_combinationOfThreeMargins_isFoundThoughNoTwoAreNear() {
        long[] units = {3, 50, 60};
        int[][] margins = {{0, 1}, {0, 2}, {1, 2}};
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(difference(units, margins[i], margins[j])).isGreaterThanOrEqualTo(THRESHOLD);
            }
        }
        RankAudit audit = new RankAudit(units);
        audit.publish(margins[0]);
        audit.publish(margins[1]);
        assertThat(audit.exposed(THRESHOLD)).isEmpty();
        assertThat(audit.determines(0)).isFalse();

        audit.publish(margins[2]);
        assertThat(audit.determines(0)).isTrue();
        assertThat(audit.exposed(THRESHOLD)).containsExactly(new int[] {0});
    }

    private static long difference(long[] units, int[] a, int[] b) {
        return IntStream.range(0, units.length)
                .filter(x -> Arrays.stream(a).anyMatch(y -> y == x)
                        != Arrays.stream(b).anyMatch(y -> y == x))
                .mapToLong(x -> units[x])
                .sum();
    }

    @Test
    void exposed_differenceOfTwoSmallGroups_isFound() {
        RankAudit audit = new RankAudit(new long[] {4, 5, 90, 100});
        audit.publish(0, 2);
        audit.publish(1, 2);
        assertThat(audit.exposed(THRESHOLD)).containsExactly(new int[] {0, 1});
        assertThat(audit.exposed(9)).isEmpty();
    }

    @Test
    void exposed_smallGroupsWithinALargeEnoughTotal_areNot() {
        RankAudit audit = new RankAudit(new long[] {4, 5, 6, 100});
        audit.publish(0, 1, 2);
        audit.publish(0, 1, 2, 3);
        assertThat(audit.exposed(THRESHOLD)).isEmpty();
        assertThat(audit.rank()).isEqualTo(2);
    }

    @Test
    void determines_randomSums_agreesWithRationalElimination() {
        long seed = 20261125;
        System.out.println("rank audit, seed " + seed);
        Random random = new Random(seed);
        int determined = 0;
        for (int trial = 0; trial < 300; trial++) {
            int atoms = 3 + random.nextInt(8);
            RankAudit audit = new RankAudit(random.longs(atoms, 1, 30).toArray());
            List<BigInteger[]> published = new ArrayList<>();
            for (int s = 0; s < atoms - 1; s++) {
                int[] sum = IntStream.range(0, atoms)
                        .filter(a -> random.nextInt(3) == 0)
                        .toArray();
                audit.publish(sum);
                published.add(vector(sum, atoms));
            }
            int rank = rank(published);
            assertThat(audit.rank()).isEqualTo(rank);
            for (int a = 0; a < atoms; a++) {
                List<BigInteger[]> with = new ArrayList<>(published);
                with.add(vector(new int[] {a}, atoms));
                assertThat(audit.determines(a)).isEqualTo(rank(with) == rank);
                determined += audit.determines(a) ? 1 : 0;
            }
        }
        assertThat(determined).isBetween(100, 2_500);
    }

    /** Every atom below the threshold that follows is among what is exposed. */
    @Test
    void exposed_randomSums_holdEverySmallAtomThatIsDetermined() {
        Random random = new Random(7);
        for (int trial = 0; trial < 300; trial++) {
            int atoms = 3 + random.nextInt(8);
            long[] units = random.longs(atoms, 1, 30).toArray();
            RankAudit audit = new RankAudit(units);
            for (int s = 0; s < atoms - 1; s++) {
                audit.publish(IntStream.range(0, atoms)
                        .filter(a -> random.nextInt(3) == 0)
                        .toArray());
            }
            List<Integer> single = audit.exposed(THRESHOLD).stream()
                    .filter(g -> g.length == 1)
                    .map(g -> g[0])
                    .sorted()
                    .toList();
            assertThat(single)
                    .isEqualTo(IntStream.range(0, atoms)
                            .filter(a -> units[a] < THRESHOLD && audit.determines(a))
                            .boxed()
                            .toList());
        }
    }

    @Test
    void publish_tooManyToAudit_isRefusedInPlainWords() {
        int atoms = 4_000;
        long[] units = new long[atoms];
        Arrays.fill(units, 20);
        Random random = new Random(1);
        RankAudit audit = new RankAudit(units);
        assertThatThrownBy(() -> {
                    for (int s = 0; s < atoms; s++) {
                        audit.publish(IntStream.range(0, atoms)
                                .filter(a -> random.nextBoolean())
                                .toArray());
                    }
                })
                .isInstanceOf(RankAudit.TooLargeException.class)
                .hasMessageContaining("Publish fewer totals");
    }

    @Test
    void times_ofTheField_isExact() {
        Random random = new Random(3);
        BigInteger p = BigInteger.valueOf(PrimeField.P);
        for (int i = 0; i < 10_000; i++) {
            long a = Math.floorMod(random.nextLong(), PrimeField.P);
            long b = i % 3 == 0 ? PrimeField.P - 1 : Math.floorMod(random.nextLong(), PrimeField.P);
            assertThat(PrimeField.times(a, b))
                    .isEqualTo(BigInteger.valueOf(a)
                            .multiply(BigInteger.valueOf(b))
                            .mod(p)
                            .longValue());
        }
        assertThat(PrimeField.times(12_345, PrimeField.inverse(12_345))).isEqualTo(1);
    }

    private static BigInteger[] vector(int[] atoms, int n) {
        BigInteger[] vector = new BigInteger[n];
        Arrays.fill(vector, BigInteger.ZERO);
        for (int a : atoms) {
            vector[a] = BigInteger.ONE;
        }
        return vector;
    }

    /** Fraction-free elimination over the integers. */
    private static int rank(List<BigInteger[]> rows) {
        List<BigInteger[]> left = new ArrayList<>();
        rows.forEach(r -> left.add(r.clone()));
        int rank = 0;
        int n = left.isEmpty() ? 0 : left.get(0).length;
        for (int c = 0; c < n; c++) {
            int column = c;
            var pivot = left.stream().filter(r -> r[column].signum() != 0).findFirst();
            if (pivot.isEmpty()) {
                continue;
            }
            rank++;
            left.remove(pivot.get());
            for (BigInteger[] row : left) {
                BigInteger factor = row[c];
                for (int k = 0; k < n; k++) {
                    row[k] = row[k].multiply(pivot.get()[c]).subtract(pivot.get()[k].multiply(factor));
                }
            }
        }
        return rank;
    }
}
