package io.yunyu.anonymizer.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrossValidationTest {
    private static final long SEED = Long.getLong("yunyu.seed", 20261129L);

    private static Score score(CrossValidation validation, List<Feature> features) {
        return validation.on(features).score(Classifier.NAIVE_BAYES);
    }

    /** Each record is of a person of its own. */
    private static CrossValidation validation(int[] rows, Feature response) {
        return new CrossValidation(rows, response, row -> row);
    }

    private static int[] rows(int number) {
        return IntStream.range(0, number).toArray();
    }

    @Test
    void score_featureThatSaysAll_isAlwaysRight() {
        CrossValidation validation = validation(rows(300), row -> row % 3);

        Score exact = score(validation, List.of(row -> row % 3));
        assertThat(exact.accuracy()).isEqualTo(1);
        assertThat(exact.brierScore()).isLessThan(0.01);
        // Two values of the feature say which of two groups of responses it is.
        assertThat(score(validation, List.of(row -> row % 3 == 0 ? 0 : 1)).accuracy())
                .isBetween(0.5, 0.75);
    }

    /** A feature that all records share says nothing: as good as none, bit by bit. */
    @Test
    void score_featureThatSaysNothing_isThatOfTheMostFrequentResponse() {
        CrossValidation validation = validation(rows(1_000), row -> row % 10 < 7 ? 0 : 1);

        Score none = score(validation, List.of());
        assertThat(none.accuracy()).isEqualTo(0.7);
        assertThat(none.brierScore()).isCloseTo(0.7 * 2 * 0.09 + 0.3 * 2 * 0.49, within(0.001));
        assertThat(score(validation, List.of(row -> 0, row -> 0))).isEqualTo(none);
        assertThat(none.curves()).containsOnlyKeys(0, 1);
        assertThat(none.curves().values()).allMatch(curve -> curve.area() == 0.5);
    }

    /** Each classifier by its own bound, which the naive one has none of. */
    @Test
    void obstacle_moreThanAClassifierTakes_isThatOfTheClassifier() {
        Trial trial = validation(rows(50_000), row -> row % 50).on(List.of(row -> row));

        assertThat(trial.obstacle(Classifier.NAIVE_BAYES)).isEmpty();
        assertThat(trial.obstacle(Classifier.LOGISTIC_REGRESSION))
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("Logistic regression takes"));
        assertThat(trial.obstacle(Classifier.RANDOM_FOREST))
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("Random forest takes"));
    }

    /** Ten records of a response are enough for a curve, and ten others. */
    @Test
    void score_responseOfFewRecords_hasNoCurve() {
        CrossValidation rare = validation(rows(1_000), row -> row < 9 ? 0 : row < 19 ? 1 : 2);
        Map<Integer, RocCurve> curves = score(rare, List.of(row -> row % 7)).curves();

        for (int response = 0; response < 3; response++) {
            boolean enough = rare.recordsOf(response) >= 10;
            assertThat(rare.hasCurve(response)).isEqualTo(enough);
            assertThat(curves.containsKey(response)).isEqualTo(enough);
        }
        assertThat(curves).hasSize(2);
        CrossValidation frequent = validation(rows(1_000), row -> row < 9 ? 0 : 1);
        assertThat(score(frequent, List.of(row -> row % 7)).curves()).isEmpty();
    }

    /** Five records of each person, whom the feature tells apart; half of the persons have one response, half the other. */
    @Test
    void score_featureThatTellsPersonsApart_saysNothingOfOthers() {
        Feature person = row -> row / 5;
        Feature response = row -> row / 5 % 2;

        assertThat(score(validation(rows(1_000), response), List.of(person)).accuracy())
                .as("if each record were of a person of its own")
                .isGreaterThan(0.98);
        CrossValidation byPersons = new CrossValidation(rows(1_000), response, person);
        for (Classifier classifier : Classifier.values()) {
            assertThat(byPersons.on(List.of(person)).score(classifier).accuracy())
                    .as(classifier.label())
                    .isLessThan(0.6);
        }
    }

    @Test
    void places_severalRecordsOfAPerson_areInOneFold() {
        System.out.println("CrossValidationTest: seed " + SEED);
        Random random = new Random(SEED);
        int[] person = random.ints(500, 0, 60).toArray();
        CrossValidation validation = new CrossValidation(rows(500), row -> row % 2, row -> person[row]);
        List<Integer> order = validation.order();
        Map<Integer, Integer> foldOf = new HashMap<>();
        List<Integer> places = new ArrayList<>();
        for (int fold = 0; fold < validation.folds(); fold++) {
            assertThat(validation.places(fold).length).isBetween(20, 100);
            for (int place : validation.places(fold)) {
                places.add(place);
                foldOf.putIfAbsent(person[order.get(place)], fold);
                assertThat(foldOf.get(person[order.get(place)])).isEqualTo(fold);
            }
        }
        assertThat(validation.folds()).isEqualTo(10);
        assertThat(places)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 500).boxed().toList());
    }

    /** Forty records of a response by nine persons speak of these nine; as do those of the nine who have another one. */
    @Test
    void hasCurve_personsWithAResponseOrWithout_mustBeTen() {
        for (int few : new int[] {9, 10}) {
            Feature person = row -> row < 40 ? row % few : row;
            CrossValidation rare = new CrossValidation(rows(200), row -> row < 40 ? 0 : 1, person);
            assertThat(rare.hasCurve(0)).isEqualTo(few == 10);
            assertThat(rare.hasCurve(1)).isEqualTo(few == 10);
            // Who has both counts on both sides.
            CrossValidation both = new CrossValidation(rows(200), row -> row < 40 ? 0 : 1, row -> row % (few + 1));
            assertThat(both.hasCurve(0)).isTrue();
            CrossValidation some = new CrossValidation(rows(40), row -> row / few % 2, row -> row % few);
            assertThat(some.hasCurve(0)).isEqualTo(few == 10);
        }
    }

    /** The same feature three times: naive Bayes takes it for three, and is too sure; logistic regression is not. */
    @Test
    void score_repeatedFeature_misleadsNaiveBayesOnly() {
        CrossValidation validation = validation(rows(1_000), row -> row % 5 < 3 ? row % 2 : row / 5 % 2);
        Feature half = row -> row % 2;
        Score once = validation.on(List.of(half)).score(Classifier.LOGISTIC_REGRESSION);
        Score thrice = validation.on(List.of(half, half, half)).score(Classifier.LOGISTIC_REGRESSION);

        assertThat(thrice.brierScore()).isCloseTo(once.brierScore(), within(0.001));
        assertThat(thrice.unconvergedFolds()).isZero();
        assertThat(score(validation, List.of(half)).brierScore()).isCloseTo(once.brierScore(), within(0.001));
        assertThat(score(validation, List.of(half, half, half)).brierScore()).isGreaterThan(once.brierScore() + 0.02);
        assertThat(once.curves()).hasSize(2);
    }

    @Test
    void score_foldsThatDidNotConverge_areCounted() {
        CrossValidation validation = validation(rows(4), row -> row % 2);
        Tally tally = new Tally(validation, new int[] {0, 1, 0, 1});
        for (int fold = 0; fold < 4; fold++) {
            tally.add(fold, new double[][] {{0.5, 0.5}}, fold != 2);
        }
        assertThat(tally.score().unconvergedFolds()).isEqualTo(1);
    }

    @Test
    void isPossible_tooFewPersonsOrTooManyResponses_isFalse() {
        assertThat(new CrossValidation(rows(100), row -> row % 2, row -> 7).isPossible())
                .isFalse();
        assertThat(new CrossValidation(rows(100), row -> row % 2, row -> row % 2).isPossible())
                .isTrue();
        assertThat(validation(rows(0), row -> row).isPossible()).isFalse();
        assertThat(validation(rows(100), row -> 5).isPossible()).isFalse();
        assertThat(validation(rows(1), row -> row).isPossible()).isFalse();
        assertThat(validation(rows(51), row -> row).isPossible()).isFalse();
        assertThat(validation(rows(50), row -> row).isPossible()).isTrue();
    }

    @Test
    void score_manyRecords_drawsSomeOfThem() {
        CrossValidation validation = validation(rows(CrossValidation.MOST_RECORDS + 10_000), row -> row % 2);

        assertThat(validation.records()).isEqualTo(CrossValidation.MOST_RECORDS);
        assertThat(score(validation, List.of(row -> row % 2)).accuracy()).isEqualTo(1);
    }

    /** Each record is predicted by a classifier that never saw its fold: learned anew here, by the formula as it stands. */
    @Test
    void score_randomRecords_isThatOfClassifiersThatNeverSawTheFold() {
        System.out.println("CrossValidationTest: seed " + SEED);
        Random random = new Random(SEED);
        for (int run = 0; run < 30; run++) {
            int n = 2 + random.nextInt(120);
            int[] response = random.ints(n, 0, 3).toArray();
            int[] a = random.ints(n, 0, 4).toArray();
            int[] b = IntStream.range(0, n)
                    .map(row -> random.nextInt(3) == 0 ? 0 : response[row])
                    .toArray();
            CrossValidation validation = validation(rows(n), row -> response[row]);
            if (!validation.isPossible()) {
                continue;
            }
            Score score = score(validation, List.of(row -> a[row], row -> b[row]));

            assertThat(score).as("seed %d, run %d", SEED, run).satisfies(found -> {
                Score expected = expected(validation, n, response, List.of(row -> a[row], row -> b[row]));
                assertThat(found.accuracy()).isEqualTo(expected.accuracy());
                assertThat(found.brierScore()).isCloseTo(expected.brierScore(), within(1e-12));
            });
            score.curves().forEach((number, curve) -> {
                int row = validation.rowOf(number);
                double[] area = area(validation, response, response[row], List.of(one -> a[one], one -> b[one]));
                assertThat(curve.area())
                        .as("seed %d, response %d", SEED, number)
                        .isBetween(area[0], area[1]);
            });
        }
    }

    private static Score expected(CrossValidation validation, int n, int[] response, List<Feature> features) {
        List<Integer> order = validation.order();
        assertThat(order)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, n).boxed().toList());
        List<Integer> responses =
                order.stream().map(row -> response[row]).distinct().toList();
        int correct = 0;
        double squares = 0;
        for (int at = 0; at < n; at++) {
            int row = order.get(at);
            double[] probabilities = probabilities(validation, response, responses, features, at);
            int best = 0;
            for (int i = 0; i < probabilities.length; i++) {
                best = probabilities[i] > probabilities[best] * (1 + 1e-12) ? i : best;
                double distance = probabilities[i] - (responses.get(i) == response[row] ? 1 : 0);
                squares += distance * distance;
            }
            correct += responses.get(best) == response[row] ? 1 : 0;
        }
        return new Score((double) correct / n, squares / n, Map.of(), 0);
    }

    /** What was learned of the other folds than that of place {@code at}. */
    private static double[] probabilities(
            CrossValidation validation, int[] response, List<Integer> responses, List<Feature> features, int at) {
        List<Integer> order = validation.order();
        List<Integer> seen = new ArrayList<>();
        for (int other = 0; other < order.size(); other++) {
            if (other % validation.folds() != at % validation.folds()) {
                seen.add(order.get(other));
            }
        }
        int row = order.get(at);
        double[] weights = new double[responses.size()];
        for (int i = 0; i < weights.length; i++) {
            int of = responses.get(i);
            List<Integer> alike =
                    seen.stream().filter(one -> response[one] == of).toList();
            weights[i] = (alike.size() + 1.0) / (seen.size() + weights.length);
            for (Feature feature : features) {
                long values = order.stream().map(feature::code).distinct().count();
                long same = alike.stream()
                        .filter(one -> feature.code(one) == feature.code(row))
                        .count();
                weights[i] *= (same + 1.0) / (alike.size() + values);
            }
        }
        double sum = DoubleStream.of(weights).sum();
        return DoubleStream.of(weights).map(weight -> weight / sum).toArray();
    }

    /** Pair by pair, least and greatest: records of other tuples whose probabilities differ by rounding only may fall either way. */
    private static double[] area(CrossValidation validation, int[] response, int of, List<Feature> features) {
        List<Integer> order = validation.order();
        List<Integer> responses =
                order.stream().map(row -> response[row]).distinct().toList();
        double[] probability = IntStream.range(0, order.size())
                .mapToDouble(at -> probabilities(validation, response, responses, features, at)[responses.indexOf(of)])
                .toArray();
        double pairs = 0;
        double least = 0;
        double greatest = 0;
        for (int i = 0; i < order.size(); i++) {
            for (int j = i % validation.folds(); j < order.size(); j += validation.folds()) {
                int one = order.get(i);
                int other = order.get(j);
                if (response[one] != of || response[other] == of) {
                    continue;
                }
                boolean alike = features.stream().allMatch(feature -> feature.code(one) == feature.code(other));
                double more = probability[i] - probability[j];
                pairs++;
                least += alike ? 0.5 : more > 1e-12 ? 1 : 0;
                greatest += alike ? 0.5 : more > -1e-12 ? 1 : 0;
            }
        }
        return new double[] {least / pairs - 1e-12, greatest / pairs + 1e-12};
    }
}
