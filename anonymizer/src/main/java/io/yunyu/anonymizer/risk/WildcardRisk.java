package io.yunyu.anonymizer.risk;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prosecutor risk against an attacker who takes {@code *} for every value: a record hides among all records that agree
 * with it wherever neither shows {@code *}.
 *
 * <p>Tuples are joined by their patterns of {@code *}: the work is the number of patterns times the number of tuples, and
 * not its square.
 *
 * @param patterns number of distinct sets of attributes that show {@code *}
 * @param recordsAtRisk part of the records whose risk exceeds the threshold
 * @param highest greatest risk of a record
 * @param successRate average risk of a record
 */
public record WildcardRisk(int patterns, double recordsAtRisk, double highest, double successRate) {
    /** Greatest number of tuple visits; some seconds. */
    static final long MAX_VISITS = 50_000_000;

    /**
     * The risk of the released records.
     *
     * @param suppressed records that are released with {@code *} in every quasi-identifier; like completely generalized
     *     records they hide others and are left out of the averages
     * @param threshold risk from which on, exclusive, a record counts as at risk
     * @return empty if there are too many patterns to join
     */
    public static Optional<WildcardRisk> of(ReleasedTuples released, long suppressed, double threshold) {
        Map<BitSet, List<Integer>> byPattern = new LinkedHashMap<>();
        for (int t = 0; t < released.size(); t++) {
            byPattern
                    .computeIfAbsent(pattern(released, t), key -> new ArrayList<>())
                    .add(t);
        }
        if ((long) byPattern.size() * released.size() > MAX_VISITS) {
            return Optional.empty();
        }
        long[] matching = new long[released.size()];
        for (Map.Entry<BitSet, List<Integer>> targets : byPattern.entrySet()) {
            for (Map.Entry<BitSet, List<Integer>> hiding : byPattern.entrySet()) {
                BitSet wild = (BitSet) targets.getKey().clone();
                wild.or(hiding.getKey());
                join(released, targets.getValue(), hiding.getValue(), wild, matching);
            }
        }
        return Optional.of(summary(released, matching, suppressed, threshold, byPattern.size()));
    }

    private static BitSet pattern(ReleasedTuples tuples, int tuple) {
        BitSet pattern = new BitSet(tuples.dimension());
        for (int i = 0; i < tuples.dimension(); i++) {
            pattern.set(i, tuples.code(tuple, i) == ReleasedTuples.ANY);
        }
        return pattern;
    }

    /** Adds to each target the records of the tuples that agree with it outside {@code wild}. */
    private static void join(
            ReleasedTuples tuples, List<Integer> targets, List<Integer> hiding, BitSet wild, long[] matching) {
        Projection projection = new Projection(tuples, wild, hiding.size());
        long[] records = new long[hiding.size()];
        for (int tuple : hiding) {
            records[projection.number(tuple)] += tuples.count(tuple);
        }
        for (int tuple : targets) {
            int number = projection.number(tuple);
            matching[tuple] += number < records.length ? records[number] : 0;
        }
    }

    private static WildcardRisk summary(
            ReleasedTuples released, long[] matching, long suppressed, double threshold, int patterns) {
        double records = 0;
        double atRisk = 0;
        double sum = 0;
        double highest = 0;
        for (int t = 0; t < matching.length; t++) {
            if (pattern(released, t).cardinality() == released.dimension()) {
                continue;
            }
            double risk = 1.0 / (matching[t] + suppressed);
            long count = released.count(t);
            records += count;
            sum += count * risk;
            atRisk += risk > threshold ? count : 0;
            highest = Math.max(highest, risk);
        }
        return records == 0
                ? new WildcardRisk(patterns, 0, 0, 0)
                : new WildcardRisk(patterns, atRisk / records, highest, sum / records);
    }

    /** Numbers tuples by their codes outside a set of attributes; tuples first seen later have greater numbers. */
    private static final class Projection {
        private final ReleasedTuples tuples;
        private final List<Integer> attributes = new ArrayList<>();
        private final List<PairNumbers> steps = new ArrayList<>();

        Projection(ReleasedTuples tuples, BitSet left, int expected) {
            this.tuples = tuples;
            for (int i = left.nextClearBit(0); i < tuples.dimension(); i = left.nextClearBit(i + 1)) {
                attributes.add(i);
                steps.add(new PairNumbers(Math.min(expected, 1 << 12)));
            }
        }

        int number(int tuple) {
            int number = 0;
            for (int j = 0; j < attributes.size(); j++) {
                number = steps.get(j).number(number, tuples.code(tuple, attributes.get(j)));
            }
            return number;
        }
    }
}
