package io.yunyu.anonymizer.privacy;

/**
 * k-map without knowledge of the population: a class of the sample is large enough if it matches {@code k} people of
 * the population with the given significance, for class sizes drawn from a Poisson distribution (El Emam and Dankar
 * 2008). Becomes k'-anonymity with a derived k'.
 *
 * @param k at least 1
 * @param significance in (0, 1)
 * @param population people in the population, at least the records of the sample
 * @param estimator distribution of the class sizes
 */
public record EstimatedKMap(int k, double significance, long population, Estimator estimator) implements PrivacyModel {
    /** Distribution assumed for the sizes of classes in the sample. */
    public enum Estimator {
        POISSON,
        ZERO_TRUNCATED_POISSON
    }

    public EstimatedKMap {
        PrivacyModel.require(k >= 1, "k-map", "k must be at least 1, got " + k);
        PrivacyModel.require(
                significance > 0 && significance < 1, "k-map", "significance must lie in (0, 1), got " + significance);
        PrivacyModel.require(population >= 1, "k-map", "population must be at least 1, got " + population);
    }

    @Override
    public String label() {
        return "k-map(k=" + k + ", significance=" + significance + ", population=" + population + ", " + estimator
                + ")";
    }

    @Override
    public long minimumClassSize(StudiedData data) {
        PrivacyModel.require(
                population >= data.records(), "k-map", "the population is smaller than the number of records");
        double lambda = (double) k * data.records() / population;
        long derived = estimator == Estimator.POISSON ? poisson(lambda) : zeroTruncatedPoisson(lambda);
        return Math.min(derived, Math.min(k, data.records()));
    }

    private long poisson(double lambda) {
        double term = Math.exp(-lambda);
        double cumulative = 0;
        int count = 0;
        while (cumulative < 1 - significance) {
            cumulative += term;
            count++;
            term *= lambda / count;
            if (count >= k) {
                break;
            }
        }
        return count + 1L;
    }

    private long zeroTruncatedPoisson(double lambda) {
        double none = Math.exp(-lambda);
        double term = none * lambda;
        double cumulative = 0;
        int count = 1;
        while (cumulative < 1 - significance) {
            cumulative += term / (1 - none);
            count++;
            term *= lambda / count;
            if (count >= k) {
                break;
            }
        }
        return count;
    }
}
