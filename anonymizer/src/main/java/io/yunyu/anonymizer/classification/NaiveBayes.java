package io.yunyu.anonymizer.classification;

import java.util.Arrays;

/**
 * Naive Bayes classifier of categories: features are taken to be independent given the response, and each count is raised by
 * one (Laplace), so that nothing unseen is impossible. Without features it predicts the most frequent response (ZeroR).
 */
final class NaiveBayes implements Predictor {
    private final CountedTuples records;
    private final int responses;
    private final long[] ofResponse;
    /** Per feature, at {@code value * responses + response}. */
    private final int[][] ofValue;

    private long learned;

    /** Learns from the records that count now. */
    NaiveBayes(CountedTuples records) {
        this.records = records;
        this.responses = records.responses();
        this.ofResponse = new long[responses];
        this.ofValue = new int[records.features()][];
        for (int i = 0; i < ofValue.length; i++) {
            ofValue[i] = new int[records.cardinality(i) * responses];
        }
        for (int tuple = 0; tuple < records.size(); tuple++) {
            for (int response = 0; response < responses; response++) {
                learn(tuple, response, records.count(tuple, response));
            }
        }
    }

    private void learn(int tuple, int response, int count) {
        if (count == 0) {
            return;
        }
        learned += count;
        ofResponse[response] += count;
        for (int i = 0; i < ofValue.length; i++) {
            ofValue[i][records.code(tuple, i) * responses + response] += count;
        }
    }

    @Override
    public double[] probabilities(int tuple) {
        double[] logs = new double[responses];
        for (int response = 0; response < responses; response++) {
            double log = Math.log((ofResponse[response] + 1.0) / (learned + responses));
            for (int i = 0; i < ofValue.length; i++) {
                double seen = ofValue[i][records.code(tuple, i) * responses + response];
                log += Math.log((seen + 1) / (ofResponse[response] + records.cardinality(i)));
            }
            logs[response] = log;
        }
        return probabilities(logs);
    }

    /** Probabilities in proportion to the exponentials. */
    static double[] probabilities(double[] logs) {
        double greatest = Arrays.stream(logs).max().orElseThrow();
        double sum = 0;
        double[] probabilities = new double[logs.length];
        for (int response = 0; response < logs.length; response++) {
            probabilities[response] = Math.exp(logs[response] - greatest);
            sum += probabilities[response];
        }
        for (int response = 0; response < logs.length; response++) {
            probabilities[response] /= sum;
        }
        return probabilities;
    }
}
