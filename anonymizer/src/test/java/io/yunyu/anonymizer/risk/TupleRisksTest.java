package io.yunyu.anonymizer.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Risks over tuples against the definitions, record by record. */
class TupleRisksTest {
    private static final List<String> NAMES = List.of("a", "b", "c", "d");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void attributeRisks_randomTuples_areTheDefinitions(long seed) {
        int[][] records = records(new Random(seed), 60, 4);

        AttributeRisks risks = AttributeRisks.of(tuples(records));

        assertThat(risks.isComplete()).isTrue();
        assertThat(risks.evaluated()).isEqualTo(15);
        assertThat(risks.sets()).hasSize(15);
        for (AttributeRisks.SetRisk set : risks.sets()) {
            int[] chosen = set.attributes().stream().mapToInt(NAMES::indexOf).toArray();
            Set<List<Integer>> distinct = new HashSet<>();
            int separated = 0;
            int unique = 0;
            for (int[] one : records) {
                distinct.add(projected(one, chosen));
                int alike = 0;
                for (int[] other : records) {
                    alike += projected(one, chosen).equals(projected(other, chosen)) ? 1 : 0;
                }
                separated += records.length - alike;
                unique += alike == 1 ? 1 : 0;
            }
            assertThat(set.distinction()).isCloseTo(distinct.size() / 60.0, within(1e-12));
            assertThat(set.separation()).isCloseTo(separated / (60.0 * 59), within(1e-12));
            assertThat(set.uniqueRecords()).isEqualTo(unique);
        }
    }

    @Test
    void attributeRisks_littleWorkAllowed_saysWhichSetsWereEvaluated() {
        ReleasedTuples tuples = tuples(records(new Random(7), 60, 4));

        AttributeRisks risks = AttributeRisks.of(tuples, 11L * tuples.size());

        assertThat(risks.isComplete()).isFalse();
        assertThat(risks.maxSetSize()).isEqualTo(2);
        // Four single attributes, six pairs, and all together.
        assertThat(risks.evaluated()).isEqualTo(11);
        assertThat(risks.sets().get(risks.sets().size() - 1).attributes()).isEqualTo(NAMES);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void wildcardRisk_randomTuples_isTheDefinition(long seed) {
        int[][] records = records(new Random(seed), 80, 3);
        int suppressed = (int) seed % 3;

        WildcardRisk risk = WildcardRisk.of(tuples(records), suppressed, 0.1).orElseThrow();

        double sum = 0;
        double highest = 0;
        int atRisk = 0;
        int targets = 0;
        for (int[] one : records) {
            if (Arrays.stream(one).allMatch(code -> code == ReleasedTuples.ANY)) {
                continue;
            }
            int matching = suppressed;
            for (int[] other : records) {
                boolean matches = true;
                for (int i = 0; i < one.length; i++) {
                    matches &= one[i] == other[i] || one[i] == 0 || other[i] == 0;
                }
                matching += matches ? 1 : 0;
            }
            targets++;
            sum += 1.0 / matching;
            highest = Math.max(highest, 1.0 / matching);
            atRisk += 1.0 / matching > 0.1 ? 1 : 0;
        }
        assertThat(risk.successRate()).isCloseTo(sum / targets, within(1e-12));
        assertThat(risk.highest()).isEqualTo(highest);
        assertThat(risk.recordsAtRisk()).isEqualTo((double) atRisk / targets);
    }

    @Test
    void wildcardRisk_tooManyPatterns_isLeftOut() {
        int tuples = 8000;
        List<String> names = new ArrayList<>();
        int[][] codes = new int[tuples][14];
        for (int i = 0; i < 14; i++) {
            names.add("a" + i);
        }
        for (int t = 0; t < tuples; t++) {
            for (int i = 0; i < 14; i++) {
                codes[t][i] = t >> i & 1;
            }
        }
        long[] counts = new long[tuples];
        Arrays.fill(counts, 1);

        assertThat(WildcardRisk.of(ReleasedTuples.of(names, codes, counts), 0, 0.1))
                .isEmpty();
    }

    @Test
    void ranking_mostSeparatingAttribute_comesFirst() {
        // a has one value, b two, c a value per record.
        ReleasedTuples original = ReleasedTuples.of(
                List.of("a", "b", "c"), new int[][] {{1, 1, 1}, {1, 2, 2}, {1, 1, 3}, {1, 2, 4}}, new long[] {1, 1, 1, 1
                });

        List<QuasiIdentifierRanking.Ranked> ranking = QuasiIdentifierRanking.of(original, original);

        assertThat(ranking).extracting(QuasiIdentifierRanking.Ranked::attribute).containsExactly("c", "b", "a");
        assertThat(ranking.get(0).averageRiskWithout()).hasValue(0.5);
        assertThat(ranking.get(2).averageRiskWithout()).hasValue(1);
    }

    @Test
    void ofSizes_smallPartOfALargeClass_journalistsAverageIsThatOfTheClasses() {
        RiskReport risk = RiskReport.ofSizes(new long[] {1, 5000}, new long[] {10, 10000}, 0.1);

        assertThat(risk.marketerSuccessRate()).isCloseTo(0.6 / 5001, within(1e-12));
        assertThat(risk.journalist().successRate()).isCloseTo(2.0 / 10010, within(1e-12));
    }

    @Test
    void distribution_sizes_fallIntoBandsThatEndAtThePolicies() {
        List<RiskDistribution.Band> bands = RiskDistribution.of(new long[] {1, 10, 11, 19, 20});

        assertThat(bands)
                .filteredOn(band -> band.classes() > 0)
                .containsExactly(
                        new RiskDistribution.Band(1, 1, 1, 1),
                        new RiskDistribution.Band(8, 10, 1, 10),
                        new RiskDistribution.Band(11, 14, 1, 11),
                        new RiskDistribution.Band(15, 19, 1, 19),
                        new RiskDistribution.Band(20, 29, 1, 20));
    }

    @Test
    void verdict_elevenPeople_meetTheControlledPolicyThoughOneByElevenExceedsNinePercent() {
        assertThat(ReleasePolicy.CONTROLLED.verdict(new long[] {11}).met()).isTrue();
        assertThat(ReleasePolicy.CONTROLLED.verdict(new long[] {10}).met()).isFalse();
        assertThat(ReleasePolicy.CONTROLLED.verdict(new long[] {3, 19}).strictAverageMet())
                .isTrue();
        assertThat(ReleasePolicy.CONTROLLED.verdict(new long[] {2, 40}).strictAverageMet())
                .isFalse();
        assertThat(ReleasePolicy.CONTROLLED.verdict(new long[] {3, 18}).strictAverageMet())
                .isFalse();
    }

    private static ReleasedTuples tuples(int[][] records) {
        List<List<Integer>> distinct = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        for (int[] record : records) {
            List<Integer> tuple = Arrays.stream(record).boxed().toList();
            int at = distinct.indexOf(tuple);
            if (at < 0) {
                distinct.add(tuple);
                counts.add(1L);
            } else {
                counts.set(at, counts.get(at) + 1);
            }
        }
        return ReleasedTuples.of(
                NAMES.subList(0, records[0].length),
                distinct.stream()
                        .map(tuple -> tuple.stream().mapToInt(Integer::intValue).toArray())
                        .toArray(int[][]::new),
                counts.stream().mapToLong(Long::longValue).toArray());
    }

    private static List<Integer> projected(int[] record, int[] attributes) {
        return Arrays.stream(attributes).mapToObj(i -> record[i]).toList();
    }

    /** Codes 0 to 3, where 0 stands for {@code *}. */
    private static int[][] records(Random random, int count, int dimension) {
        int[][] records = new int[count][dimension];
        for (int[] record : records) {
            for (int i = 0; i < dimension; i++) {
                record[i] = random.nextInt(4);
            }
        }
        return records;
    }
}
