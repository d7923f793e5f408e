package io.yunyu.anonymizer.classification;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Records as a classifier of categories sees them: the distinct tuples of their features' codes, and how many records have
 * each tuple and each response. Which records count may change; tuples and codes stay.
 */
final class CountedTuples {
    private final int[][] codes;
    private final int[] cardinalities;
    private final int responses;
    private final int[] tupleOf;
    /** At {@code tuple * responses + response}. */
    private final int[] counts;

    /**
     * @param features codes of each feature, from 0 on, record by record
     * @param responses code of each record's response
     * @param responseCount number of responses
     */
    CountedTuples(List<int[]> features, int[] responses, int responseCount) {
        this.cardinalities = features.stream()
                .mapToInt(of -> IntStream.of(of).max().orElse(-1) + 1)
                .toArray();
        this.tupleOf = tuples(features, responses.length);
        this.codes = new int[IntStream.of(tupleOf).max().orElse(-1) + 1][features.size()];
        this.responses = responseCount;
        this.counts = new int[codes.length * responseCount];
        for (int record = 0; record < responses.length; record++) {
            for (int i = 0; i < cardinalities.length; i++) {
                codes[tupleOf[record]][i] = features.get(i)[record];
            }
            add(record, responses[record], 1);
        }
    }

    /** The tuple of each record, numbered by first occurrence. */
    private int[] tuples(List<int[]> features, int records) {
        long[] keys = new long[records];
        long range = 1;
        for (int i = 0; i < cardinalities.length; i++) {
            if (range > Long.MAX_VALUE / Math.max(1, cardinalities[i])) {
                int[] numbers = numbered(keys);
                range = keys.length;
                for (int record = 0; record < keys.length; record++) {
                    keys[record] = numbers[record];
                }
            }
            range *= cardinalities[i];
            for (int record = 0; record < keys.length; record++) {
                keys[record] = keys[record] * cardinalities[i] + features.get(i)[record];
            }
        }
        return numbered(keys);
    }

    private static int[] numbered(long[] keys) {
        Map<Long, Integer> number = new HashMap<>();
        int[] numbers = new int[keys.length];
        for (int record = 0; record < keys.length; record++) {
            int next = number.size();
            numbers[record] = number.computeIfAbsent(keys[record], key -> next);
        }
        return numbers;
    }

    /** Counts a record again, or no longer. @param number 1 or -1 */
    void add(int record, int response, int number) {
        counts[tupleOf[record] * responses + response] += number;
    }

    int tupleOf(int record) {
        return tupleOf[record];
    }

    /** Distinct tuples. */
    int size() {
        return codes.length;
    }

    int features() {
        return cardinalities.length;
    }

    int responses() {
        return responses;
    }

    /** Values of a feature. */
    int cardinality(int feature) {
        return cardinalities[feature];
    }

    int code(int tuple, int feature) {
        return codes[tuple][feature];
    }

    /** Records that count, have the tuple and the response. */
    int count(int tuple, int response) {
        return counts[tuple * responses + response];
    }
}
