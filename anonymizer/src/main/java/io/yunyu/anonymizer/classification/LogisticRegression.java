package io.yunyu.anonymizer.classification;

import java.util.Optional;

/**
 * Multinomial logistic regression of categories: each response has a weight, and another for each value of each feature; the
 * logarithm of its probability is the sum of those that apply, up to a constant. The weights make the records' probability
 * greatest, less half the sum of their squares (a standard normal prior, also of the first kind, so that a response of no
 * record has finite weights). There is exactly one such set of weights.
 *
 * <p>Costs at most {@value #MOST_STEPS} passes over the distinct tuples, each in proportion to features and responses. Depends
 * on the order of records by rounding only.
 */
final class LogisticRegression implements Predictor {
    /** Steps, after which the weights are taken as they are. */
    static final int MOST_STEPS = 200;

    /** What no partial derivative may exceed at the end, per record learned from. */
    static final double TOLERANCE = 1e-5;

    /** Tuples, times features and one, times responses. */
    static final int MOST_PRODUCTS = 10_000_000;

    static final int MOST_WEIGHTS = 200_000;

    private final CountedTuples records;
    private final int responses;
    /** First of a feature's weights, those of one value being beside each other. */
    private final int[] start;

    private final double[] weights;
    private final boolean converged;

    private LogisticRegression(CountedTuples records, double tolerance) {
        this.records = records;
        this.responses = records.responses();
        this.start = new int[records.features()];
        int next = responses;
        for (int i = 0; i < start.length; i++) {
            start[i] = next;
            next += records.cardinality(i) * responses;
        }
        double[] seen = seen(next);
        double total = seen[0];
        LimitedMemoryBfgs.Minimum minimum =
                new LimitedMemoryBfgs(this::loss, curvatures(seen), tolerance * total).minimize(MOST_STEPS);
        this.weights = minimum.at();
        this.converged = minimum.isReached();
    }

    static LogisticRegression of(CountedTuples records) {
        return of(records, TOLERANCE);
    }

    /** @param tolerance what no partial derivative may exceed at the end, per record learned from */
    static LogisticRegression of(CountedTuples records, double tolerance) {
        return new LogisticRegression(records, tolerance);
    }

    /** Why these records have too many different values, or tuples of them. */
    static Optional<String> obstacle(CountedTuples records) {
        long products = (long) records.size() * (records.features() + 1) * records.responses();
        long weights = records.responses();
        for (int i = 0; i < records.features(); i++) {
            weights += (long) records.cardinality(i) * records.responses();
        }
        return products <= MOST_PRODUCTS && weights <= MOST_WEIGHTS
                ? Optional.empty()
                : Optional.of("Logistic regression takes at most " + MOST_WEIGHTS
                        + " weights (values times responses) and "
                        + MOST_PRODUCTS + " products (distinct records times attributes times responses); these records"
                        + " need more.");
    }

    /** Per weight, how many records it applies to. */
    private double[] seen(int weightCount) {
        double[] seen = new double[weightCount];
        for (int tuple = 0; tuple < records.size(); tuple++) {
            int count = count(tuple);
            for (int response = 0; response < responses; response++) {
                seen[response] += count;
                for (int i = 0; i < start.length; i++) {
                    seen[place(tuple, i) + response] += count;
                }
            }
        }
        return seen;
    }

    /** About the second derivatives, at even chances. */
    private double[] curvatures(double[] seen) {
        double[] curvatures = new double[seen.length];
        double chance = 1.0 / responses;
        for (int i = 0; i < seen.length; i++) {
            curvatures[i] = 1 + seen[i] * chance * (1 - chance);
        }
        return curvatures;
    }

    private int place(int tuple, int feature) {
        return start[feature] + records.code(tuple, feature) * responses;
    }

    private int count(int tuple) {
        int count = 0;
        for (int response = 0; response < responses; response++) {
            count += records.count(tuple, response);
        }
        return count;
    }

    /** What is to be least, and its derivatives. */
    private double loss(double[] at, double[] gradient) {
        double loss = 0;
        for (int i = 0; i < at.length; i++) {
            loss += at[i] * at[i] / 2;
            gradient[i] = at[i];
        }
        double[] logs = new double[responses];
        for (int tuple = 0; tuple < records.size(); tuple++) {
            int count = count(tuple);
            if (count > 0) {
                putLogs(tuple, at, logs);
                loss += count * logOfSum(logs);
                addResiduals(tuple, count, logs, gradient);
                for (int response = 0; response < responses; response++) {
                    loss -= records.count(tuple, response) * logs[response];
                }
            }
        }
        return loss;
    }

    private void putLogs(int tuple, double[] at, double[] logs) {
        System.arraycopy(at, 0, logs, 0, responses);
        for (int i = 0; i < start.length; i++) {
            int place = place(tuple, i);
            for (int response = 0; response < responses; response++) {
                logs[response] += at[place + response];
            }
        }
    }

    private static double logOfSum(double[] logs) {
        double greatest = logs[0];
        for (double log : logs) {
            greatest = Math.max(greatest, log);
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - greatest);
        }
        return greatest + Math.log(sum);
    }

    /** Expected less found records, at each weight that applies. */
    private void addResiduals(int tuple, int count, double[] logs, double[] gradient) {
        double[] expected = NaiveBayes.probabilities(logs);
        for (int response = 0; response < responses; response++) {
            double residual = count * expected[response] - records.count(tuple, response);
            gradient[response] += residual;
            for (int i = 0; i < start.length; i++) {
                gradient[place(tuple, i) + response] += residual;
            }
        }
    }

    @Override
    public double[] probabilities(int tuple) {
        double[] logs = new double[responses];
        putLogs(tuple, weights, logs);
        return NaiveBayes.probabilities(logs);
    }

    @Override
    public boolean isConverged() {
        return converged;
    }
}
