package io.yunyu.anonymizer.classification;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Records by which it is judged how well a response is predicted: k-fold cross-validation, each record being predicted once, by
 * what was learned of the other folds. All records of a person are in one fold, so that nobody is predicted by what was
 * learned of the same person. Folds are drawn at random from a fixed seed, so that all sets of features and all classifiers
 * are judged by the same folds, and again.
 */
public final class CrossValidation {
    /** Seed of the folds, and of the records that are drawn where there are more than {@link #MOST_RECORDS}. */
    public static final int SEED = 0;

    /** Folds, if there are as many persons. */
    public static final int FOLDS = 10;

    /** Records that take part at most. */
    public static final int MOST_RECORDS = 100_000;

    /** Responses that a classifier may have to tell apart; more are no categories, and take long. */
    public static final int MOST_RESPONSES = 50;

    /** Persons who must have records of a response, and of others, for a curve of it: fewer would speak of these few. */
    public static final int LEAST_PERSONS = 10;

    private final int[] rows;
    private final int[] responses;
    private final Persons persons;
    /** Places of each fold's records. */
    private final int[][] folds;

    private final int[] recordsOfResponse;

    /**
     * @param candidates rows that may take part
     * @param response codes of the responses
     * @param person one code per person; a row's own number where each is a person of its own
     */
    public CrossValidation(int[] candidates, Feature response, Feature person) {
        this.rows = drawn(candidates);
        this.responses = dense(response);
        this.persons = new Persons(dense(person), responses);
        this.folds = persons.folds(Math.min(FOLDS, persons.size()));
        this.recordsOfResponse = new int[IntStream.of(responses).max().orElse(-1) + 1];
        for (int number : responses) {
            recordsOfResponse[number]++;
        }
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

    /** The rows that take part. */
    List<Integer> order() {
        return IntStream.of(rows).boxed().toList();
    }

    /** Records that take part. */
    public int records() {
        return rows.length;
    }

    public int folds() {
        return folds.length;
    }

    /** The places of a fold's records, ascending. */
    int[] places(int fold) {
        return folds[fold];
    }

    /** Different responses of the records that take part; they are numbered from 0 on by their first occurrence. */
    public int responses() {
        return recordsOfResponse.length;
    }

    /** How many records have a response. */
    public int recordsOf(int response) {
        return recordsOfResponse[response];
    }

    /** A row with the response. */
    public int rowOf(int response) {
        int at = 0;
        while (responses[at] != response) {
            at++;
        }
        return rows[at];
    }

    /** Whether there are at least two persons, and two responses but not too many. */
    public boolean isPossible() {
        return persons.size() > 1 && responses() > 1 && responses() <= MOST_RESPONSES;
    }

    /** Whether enough persons have records of a response, and of others, for a curve. */
    public boolean hasCurve(int response) {
        return persons.fewer(response) >= LEAST_PERSONS;
    }

    /** @param features none for the prediction of the most frequent response */
    public Trial on(List<Feature> features) {
        CountedTuples records =
                new CountedTuples(features.stream().map(this::dense).toList(), responses, responses());
        return new Trial(this, responses, records);
    }

    /** The codes of the records that take part, numbered by first occurrence. */
    private int[] dense(Feature feature) {
        int[] codes = IntStream.of(rows).map(feature::code).toArray();
        int[] number = new int[IntStream.of(codes).max().orElse(-1) + 1];
        Arrays.fill(number, -1);
        int next = 0;
        for (int at = 0; at < codes.length; at++) {
            if (number[codes[at]] < 0) {
                number[codes[at]] = next++;
            }
            codes[at] = number[codes[at]];
        }
        return codes;
    }
}
