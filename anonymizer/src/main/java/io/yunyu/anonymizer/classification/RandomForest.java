package io.yunyu.anonymizer.classification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Random forest of categories (Breiman 2001, Random Forests): {@value #TREES} trees, each grown on as many records as there
 * are, drawn with replacement. A node's records are parted by the values of one feature ({@link ValueSplit}), the best of a few
 * that are drawn at random; at most {@value #MOST_DEPTH} times, and not into less than {@value #LEAST_RECORDS} records. The
 * mean of the trees' frequencies in its leaf is a tuple's probability.
 *
 * <p>All tuples are known when a tree is grown, also those to be predicted: each is sent to its leaf at once, and no tree is
 * kept. Draws are from a fixed seed and by the records' places, so that the order of records matters.
 */
final class RandomForest implements Predictor {
    static final int TREES = 50;
    static final int MOST_DEPTH = 12;
    static final int LEAST_RECORDS = 5;

    /** Tuples, times features and one, times responses. */
    static final int MOST_PRODUCTS = 2_000_000;

    /** What a split must make purer, so that rounding makes none. */
    private static final double LEAST_GAIN = 1e-9;

    private final CountedTuples records;
    private final int responses;
    private final Random random = new Random(CrossValidation.SEED);
    /** Per tuple and response, the sum of the trees' frequencies. */
    private final double[] sums;

    /** Per tuple and response, how often its records were drawn for the tree that is grown. */
    private final int[] drawn;
    /** The tuples; those of a node beside each other. */
    private final int[] order;

    private final int[] features;
    private final List<int[]> countsOfValues = new ArrayList<>();

    private RandomForest(CountedTuples records) {
        this.records = records;
        this.responses = records.responses();
        this.sums = new double[records.size() * responses];
        this.drawn = new int[sums.length];
        this.order = IntStream.range(0, records.size()).toArray();
        this.features = IntStream.range(0, records.features()).toArray();
        for (int feature : features) {
            countsOfValues.add(new int[records.cardinality(feature) * responses]);
        }
        int[] places = places();
        for (int tree = 0; tree < TREES; tree++) {
            Arrays.fill(drawn, 0);
            for (int i = 0; i < places.length; i++) {
                drawn[places[random.nextInt(places.length)]]++;
            }
            grow(0, order.length, 0);
        }
    }

    static RandomForest of(CountedTuples records) {
        return new RandomForest(records);
    }

    /** Why these records have too many different values, or tuples of them. */
    static Optional<String> obstacle(CountedTuples records) {
        return (long) records.size() * (records.features() + 1) * records.responses() <= MOST_PRODUCTS
                ? Optional.empty()
                : Optional.of("Random forest takes at most " + MOST_PRODUCTS
                        + " products (distinct records times attributes times responses); these records need more.");
    }

    /** Tuple and response of each record that counts. */
    private int[] places() {
        return IntStream.range(0, drawn.length)
                .flatMap(place ->
                        IntStream.generate(() -> place).limit(records.count(place / responses, place % responses)))
                .toArray();
    }

    private void grow(int from, int to, int depth) {
        long[] total = new long[responses];
        for (int at = from; at < to; at++) {
            for (int response = 0; response < responses; response++) {
                total[response] += drawn[order[at] * responses + response];
            }
        }
        Optional<Choice> choice = depth == MOST_DEPTH ? Optional.empty() : choice(from, to, total);
        if (choice.isEmpty()) {
            end(from, to, total);
            return;
        }
        int middle = part(from, to, choice.get());
        grow(from, middle, depth + 1);
        grow(middle, to, depth + 1);
    }

    private record Choice(int feature, ValueSplit split) {}

    /** The best split by some features, drawn among those that the node's records differ in; empty if none makes it purer. */
    private Optional<Choice> choice(int from, int to, long[] total) {
        Optional<Choice> best = Optional.empty();
        double purity = ValueSplit.purity(total) + LEAST_GAIN;
        int wanted = (int) Math.ceil(Math.sqrt(features.length));
        for (int i = 0; i < features.length && wanted > 0; i++) {
            int other = i + random.nextInt(features.length - i);
            int feature = features[other];
            features[other] = features[i];
            features[i] = feature;
            Optional<ValueSplit> split = split(feature, from, to, total);
            wanted -= split.isPresent() ? 1 : 0;
            if (split.isPresent() && split.get().purity() > purity) {
                purity = split.get().purity();
                best = Optional.of(new Choice(feature, split.get()));
            }
        }
        return best;
    }

    private Optional<ValueSplit> split(int feature, int from, int to, long[] total) {
        int[] counts = countsOfValues.get(feature);
        BitSet seen = new BitSet();
        for (int at = from; at < to; at++) {
            int code = records.code(order[at], feature);
            for (int response = 0; response < responses; response++) {
                int count = drawn[order[at] * responses + response];
                if (count > 0) {
                    counts[code * responses + response] += count;
                    seen.set(code);
                }
            }
        }
        Optional<ValueSplit> best = ValueSplit.best(seen.stream().boxed().toList(), counts, total, LEAST_RECORDS);
        seen.stream().forEach(code -> Arrays.fill(counts, code * responses, (code + 1) * responses, 0));
        return best;
    }

    /** Puts the tuples of the left part first. @return where the right one begins */
    private int part(int from, int to, Choice choice) {
        int middle = from;
        for (int at = from; at < to; at++) {
            int tuple = order[at];
            if (choice.split.left().get(records.code(tuple, choice.feature))) {
                order[at] = order[middle];
                order[middle++] = tuple;
            }
        }
        return middle;
    }

    /** A leaf. */
    private void end(int from, int to, long[] total) {
        double all = ValueSplit.sum(total);
        for (int at = from; at < to; at++) {
            for (int response = 0; response < responses; response++) {
                sums[order[at] * responses + response] += total[response] / all;
            }
        }
    }

    @Override
    public double[] probabilities(int tuple) {
        double[] probabilities = new double[responses];
        for (int response = 0; response < responses; response++) {
            probabilities[response] = sums[tuple * responses + response] / TREES;
        }
        return probabilities;
    }
}
