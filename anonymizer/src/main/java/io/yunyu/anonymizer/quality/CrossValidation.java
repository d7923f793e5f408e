package io.yunyu.anonymizer.quality;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How well a naive Bayes classifier predicts a response: k-fold cross-validation, each record being predicted once, by what was
 * learned of the other folds. Folds are drawn at random from a fixed seed, so that all sets of features are judged by the same
 * folds, and again.
 */
public final class CrossValidation {
    /** Seed of the folds, and of the records that are drawn where there are more than {@link #MOST_RECORDS}. */
    public static final int SEED = 0;

    /** Folds, if there are as many records. */
    public static final int FOLDS = 10;

    /** Records that take part at most. */
    public static final int MOST_RECORDS = 100_000;

    /** Responses that a classifier may have to tell apart; more are no categories, and take long. */
    public static final int MOST_RESPONSES = 50;

    private final int[] rows;
    private final int folds;
    private final int[] responses;
    private final int responseCount;

    /**
     * Predictions held against the truth.
     *
     * @param accuracy part of the records whose most probable response is theirs
     * @param brierScore mean squared distance of the probabilities from the truth, in [0, 2]; 0 is best (Brier 1950)
     */
    public record Score(double accuracy, double brierScore) {}

    /** Values of one feature. */
    public interface Feature {
        /** Code of a row's value, from 0 on. */
        int code(int row);
    }

    /**
     * @param candidates rows that may take part
     * @param response codes of the responses
     */
    public CrossValidation(int[] candidates, Feature response) {
        this.rows = drawn(candidates);
        this.folds = Math.min(FOLDS, rows.length);
        int[] codes = dense(response);
        this.responses = codes;
        this.responseCount = size(codes);
    }

    private static int[] drawn(int[] candidates) {
        int[] shuffled = candidates.clone();
        Random random = new Random(SEED);
        for (int i = shuffled.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int row = shuffled[i];
            shuffled[i] = shuffled[other];
            shuffled[other] = row;
        }
        return Arrays.copyOf(shuffled, Math.min(MOST_RECORDS, shuffled.length));
    }

    /** The rows that take part; the one at place i is in fold i modulo {@link #folds}. */
    List<Integer> order() {
        return IntStream.of(rows).boxed().toList();
    }

    /** Records that take part. */
    public int records() {
        return rows.length;
    }

    public int folds() {
        return folds;
    }

    /** Different responses of the records that take part. */
    public int responses() {
        return responseCount;
    }

    /** Whether there are at least two records, and two responses but not too many. */
    public boolean isPossible() {
        return rows.length > 1 && responseCount > 1 && responseCount <= MOST_RESPONSES;
    }

    /** @param features none for the prediction of the most frequent response */
    public Score score(List<Feature> features) {
        int[][] codes = new int[rows.length][features.size()];
        int[] cardinalities = new int[features.size()];
        for (int i = 0; i < cardinalities.length; i++) {
            int[] values = dense(features.get(i));
            cardinalities[i] = size(values);
            for (int at = 0; at < rows.length; at++) {
                codes[at][i] = values[at];
            }
        }
        NaiveBayes classifier = new NaiveBayes(responseCount, cardinalities);
        for (int at = 0; at < rows.length; at++) {
            classifier.learn(codes[at], responses[at]);
        }
        int correct = 0;
        double squares = 0;
        for (int fold = 0; fold < folds; fold++) {
            for (int at = fold; at < rows.length; at += folds) {
                classifier.forget(codes[at], responses[at]);
            }
            for (int at = fold; at < rows.length; at += folds) {
                double[] probabilities = classifier.probabilities(codes[at]);
                correct += mostProbable(probabilities) == responses[at] ? 1 : 0;
                squares += squaredDistance(probabilities, responses[at]);
            }
            for (int at = fold; at < rows.length; at += folds) {
                classifier.learn(codes[at], responses[at]);
            }
        }
        return new Score((double) correct / rows.length, squares / rows.length);
    }

    /** The codes of the records that take part, numbered by first occurrence. */
    private int[] dense(Feature feature) {
        Map<Integer, Integer> number = new HashMap<>();
        int[] codes = new int[rows.length];
        for (int at = 0; at < rows.length; at++) {
            int next = number.size();
            codes[at] = number.computeIfAbsent(feature.code(rows[at]), code -> next);
        }
        return codes;
    }

    private static int size(int[] codes) {
        return IntStream.of(codes).max().orElse(-1) + 1;
    }

    private static int mostProbable(double[] probabilities) {
        int most = 0;
        for (int response = 1; response < probabilities.length; response++) {
            most = probabilities[response] > probabilities[most] ? response : most;
        }
        return most;
    }

    private static double squaredDistance(double[] probabilities, int truth) {
        double squares = 0;
        for (int response = 0; response < probabilities.length; response++) {
            double distance = probabilities[response] - (response == truth ? 1 : 0);
            squares += distance * distance;
        }
        return squares;
    }
}
