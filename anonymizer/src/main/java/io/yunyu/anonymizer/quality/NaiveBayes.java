package io.yunyu.anonymizer.quality;

import java.util.Arrays;

/**
 * Naive Bayes classifier of categories: features are taken to be independent given the response, and each count is raised by
 * one (Laplace), so that nothing unseen is impossible. Without features it predicts the most frequent response (ZeroR). What
 * was learned can be taken back, so that cross-validation need not learn anew for each fold.
 */
final class NaiveBayes {
    private final int responses;
    private final int[] cardinalities;
    private final long[] ofResponse;
    /** Per feature, at {@code value * responses + response}. */
    private final int[][] ofValue;

    private long records;

    /**
     * @param responses number of responses
     * @param cardinalities number of values of each feature
     */
    NaiveBayes(int responses, int[] cardinalities) {
        this.responses = responses;
        this.cardinalities = cardinalities.clone();
        this.ofResponse = new long[responses];
        this.ofValue = new int[cardinalities.length][];
        for (int i = 0; i < cardinalities.length; i++) {
            ofValue[i] = new int[cardinalities[i] * responses];
        }
    }

    void learn(int[] features, int response) {
        add(features, response, 1);
    }

    /** Takes back what was learned of one record. */
    void forget(int[] features, int response) {
        add(features, response, -1);
    }

    private void add(int[] features, int response, int number) {
        records += number;
        ofResponse[response] += number;
        for (int i = 0; i < features.length; i++) {
            ofValue[i][features[i] * responses + response] += number;
        }
    }

    /** The probability of each response. */
    double[] probabilities(int[] features) {
        double[] logs = new double[responses];
        for (int response = 0; response < responses; response++) {
            double log = Math.log((ofResponse[response] + 1.0) / (records + responses));
            for (int i = 0; i < features.length; i++) {
                double seen = ofValue[i][features[i] * responses + response];
                log += Math.log((seen + 1) / (ofResponse[response] + cardinalities[i]));
            }
            logs[response] = log;
        }
        double greatest = Arrays.stream(logs).max().orElseThrow();
        double sum = 0;
        for (int response = 0; response < responses; response++) {
            logs[response] = Math.exp(logs[response] - greatest);
            sum += logs[response];
        }
        for (int response = 0; response < responses; response++) {
            logs[response] /= sum;
        }
        return logs;
    }
}
