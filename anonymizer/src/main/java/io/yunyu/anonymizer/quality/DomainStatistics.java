package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.classes.GroupedMicrodata;
import io.yunyu.anonymizer.classes.QuasiIdentifiers;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What measures need to know of the data as a whole: record counts, and how many studied records fall under each label
 * of each level.
 */
public final class DomainStatistics {
    private final QuasiIdentifiers quasiIdentifiers;
    private final GroupedMicrodata data;
    private final long studied;
    private final long allRecords;
    private final long[][][] marginals;
    private final double[] weights;
    private final List<UnclusteredAttribute> unclustered;
    private final double[] unclusteredWeights;
    private final int responseHistogram;
    private final long minimumClassSize;
    private final long maxSuppressed;

    /**
     * @param weights weight of each quasi-identifier, not negative, at least one positive
     * @param unclustered microaggregated attributes that do not form classes
     * @param responseHistogram position of the response's histograms; -1 for none
     * @param minimumClassSize smallest class that can be released
     * @param maxSuppressed greatest number of records that may be suppressed
     */
    public DomainStatistics(
            GroupedMicrodata data,
            List<Double> weights,
            List<UnclusteredAttribute> unclustered,
            int responseHistogram,
            long minimumClassSize,
            long maxSuppressed) {
        this.data = data;
        this.quasiIdentifiers = data.quasiIdentifiers();
        this.studied = data.studiedCount();
        this.allRecords = data.rowCount();
        this.responseHistogram = responseHistogram;
        this.minimumClassSize = minimumClassSize;
        this.maxSuppressed = maxSuppressed;
        double greatest = Stream.concat(weights.stream(), unclustered.stream().map(UnclusteredAttribute::weight))
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        this.weights = weights.stream().mapToDouble(weight -> weight / greatest).toArray();
        this.unclustered = List.copyOf(unclustered);
        this.unclusteredWeights =
                unclustered.stream().mapToDouble(one -> one.weight() / greatest).toArray();
        this.marginals = new long[quasiIdentifiers.dimension()][][];
        for (int i = 0; i < marginals.length; i++) {
            marginals[i] = marginals(i);
        }
    }

    private long[][] marginals(int attribute) {
        int levels = quasiIdentifiers.attribute(attribute).levels();
        long[][] byLevel = new long[levels][];
        byLevel[0] = data.valueCounts(attribute);
        for (int level = 1; level < levels; level++) {
            byLevel[level] = new long[quasiIdentifiers.attribute(attribute).cardinality(level)];
            int[] step = quasiIdentifiers.attribute(attribute).step(0, level);
            for (int leaf = 0; leaf < step.length; leaf++) {
                byLevel[level][step[leaf]] += byLevel[0][leaf];
            }
        }
        return byLevel;
    }

    QuasiIdentifiers quasiIdentifiers() {
        return quasiIdentifiers;
    }

    /** Number of distinct tuples that have studied records. */
    long tupleCount() {
        return data.tupleCount();
    }

    /** How many distinct tuples have each number of studied records, at least one. */
    SortedMap<Long, Long> tupleSizes() {
        return data.tupleSizes();
    }

    /** Sum of the squares of the tuples' counts. */
    double tupleSquares() {
        return data.tupleSquares();
    }

    int dimension() {
        return marginals.length;
    }

    int levels(int attribute) {
        return marginals[attribute].length;
    }

    /** Records under study. */
    long studied() {
        return studied;
    }

    long allRecords() {
        return allRecords;
    }

    /** Studied records under a label. */
    long marginal(int attribute, int level, int code) {
        return marginals[attribute][level][code];
    }

    /** Weight of each quasi-identifier relative to the heaviest. */
    double[] weights() {
        return weights;
    }

    int responseHistogram() {
        return responseHistogram;
    }

    long minimumClassSize() {
        return minimumClassSize;
    }

    long maxSuppressed() {
        return maxSuppressed;
    }

    List<UnclusteredAttribute> unclustered() {
        return unclustered;
    }

    /** Weight of each unclustered attribute relative to the heaviest of all. */
    double[] unclusteredWeights() {
        return unclusteredWeights;
    }

    /**
     * A microaggregated attribute that does not form classes.
     *
     * @param histogram position of its histograms
     * @param values number of distinct values in the data
     */
    public record UnclusteredAttribute(int histogram, int values, double weight) {}
}
