package io.yunyu.anonymizer.classification;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Parts a node's records by the values of one feature, so that the responses of each part are as much alike as can be. The
 * values are ordered by how often they go with the node's most frequent response, and cut between two of them; with two
 * responses that is the best of all partings (Breiman, Friedman, Olshen and Stone 1984, theorem 4.5). Values of few records
 * would be ordered by chance, and are taken together as one.
 *
 * @param purity sum over both parts of their responses' squared counts by their size; the greater, the lower is Gini's impurity
 * @param left values of one part; those that no record has are with those of few records, or else with the larger part
 */
record ValueSplit(double purity, BitSet left) {
    /** Stands for the values of few records. */
    private static final int RARE = -1;

    /**
     * The best one.
     *
     * @param values of the node's records
     * @param counts records at {@code value * responses + response}
     * @param total records by response
     * @param leastRecords that either part must have, and a value to be taken by itself
     * @return empty if no part would have as many
     */
    static Optional<ValueSplit> best(List<Integer> values, int[] counts, long[] total, int leastRecords) {
        return new Search(counts, total, leastRecords).best(values);
    }

    /** What is known of the node. */
    private static final class Search {
        private final int[] counts;
        private final long[] total;
        private final int leastRecords;
        private final long[] rare;

        Search(int[] counts, long[] total, int leastRecords) {
            this.counts = counts;
            this.total = total;
            this.leastRecords = leastRecords;
            this.rare = new long[total.length];
        }

        Optional<ValueSplit> best(List<Integer> values) {
            List<Integer> ordered = ordered(values);
            long[] left = new long[total.length];
            long[] right = total.clone();
            double purity = 0;
            int cut = 0;
            boolean leftIsLarger = false;
            for (int i = 0; i + 1 < ordered.size(); i++) {
                for (int response = 0; response < total.length; response++) {
                    long count = count(ordered.get(i), response);
                    left[response] += count;
                    right[response] -= count;
                }
                double found = purity(left) + purity(right);
                if (Math.min(sum(left), sum(right)) >= leastRecords && found > purity) {
                    purity = found;
                    cut = i + 1;
                    leftIsLarger = sum(left) > sum(right);
                }
            }
            int rareAt = ordered.indexOf(RARE);
            return cut == 0
                    ? Optional.empty()
                    : Optional.of(new ValueSplit(purity, left(ordered, cut, rareAt < 0 ? leftIsLarger : rareAt < cut)));
        }

        private List<Integer> ordered(List<Integer> values) {
            List<Integer> ordered = new ArrayList<>();
            for (int value : values) {
                long records = IntStream.range(0, total.length)
                        .mapToLong(response -> count(value, response))
                        .sum();
                if (records >= leastRecords) {
                    ordered.add(value);
                    continue;
                }
                for (int response = 0; response < total.length; response++) {
                    rare[response] += count(value, response);
                }
            }
            if (ordered.size() < values.size()) {
                ordered.add(RARE);
            }
            int frequent = IntStream.range(0, total.length)
                    .reduce(0, (most, response) -> total[response] > total[most] ? response : most);
            ordered.sort(Comparator.comparingDouble((Integer value) -> share(value, frequent))
                    .thenComparing(Comparator.naturalOrder()));
            return ordered;
        }

        private double share(int value, int response) {
            double all = 0;
            for (int one = 0; one < total.length; one++) {
                all += count(value, one);
            }
            return count(value, response) / all;
        }

        private long count(int value, int response) {
            return value == RARE ? rare[response] : counts[value * total.length + response];
        }

        private BitSet left(List<Integer> ordered, int cut, boolean othersToo) {
            BitSet left = new BitSet();
            left.set(0, counts.length / total.length, othersToo);
            for (int i = 0; i < ordered.size(); i++) {
                if (ordered.get(i) != RARE) {
                    left.set(ordered.get(i), i < cut);
                }
            }
            return left;
        }
    }

    /** Sum of the squared counts by their sum. */
    static double purity(long[] counts) {
        double squares = 0;
        for (long count : counts) {
            squares += (double) count * count;
        }
        return squares / sum(counts);
    }

    static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
