package io.yunyu.anonymizer.risk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How well sets of quasi-identifiers tell records apart (Motwani and Xu 2007): alpha-distinction, the number of distinct
 * tuples by the number of records, and alpha-separation, the part of the pairs of records that differ.
 *
 * <p>There are 2^d - 1 sets of d attributes. Those of up to {@link #maxSetSize()} attributes are evaluated, as many
 * sizes as the bound on work allows, and the set of all attributes always.
 *
 * @param records records that were looked at
 * @param maxSetSize sets of up to this many attributes were all evaluated
 * @param evaluated number of sets that were evaluated
 * @param sets evaluated sets, most identifying first within each size, at most {@value #SHOWN_PER_SIZE} of a size above 1
 */
public record AttributeRisks(long records, int dimension, int maxSetSize, long evaluated, List<SetRisk> sets) {
    static final int SHOWN_PER_SIZE = 10;

    /** Greatest number of tuples visited over all sets; some tenths of a second. */
    static final long MAX_VISITS = 4_000_000;

    /** Greatest number of sets, whatever the number of tuples. */
    static final long MAX_SETS = 20_000;

    /**
     * Risk of one set of attributes.
     *
     * @param distinction in [0, 1]
     * @param separation in [0, 1]; 0 for a single record
     * @param uniqueRecords records that no other record shares the set's values with
     */
    public record SetRisk(List<String> attributes, double distinction, double separation, long uniqueRecords) {
        static final Comparator<SetRisk> MOST_IDENTIFYING = Comparator.comparingDouble(SetRisk::separation)
                .thenComparingDouble(SetRisk::distinction)
                .reversed();

        public SetRisk {
            attributes = List.copyOf(attributes);
        }
    }

    public AttributeRisks {
        sets = List.copyOf(sets);
    }

    /** Whether every set was evaluated. */
    public boolean isComplete() {
        return maxSetSize == dimension;
    }

    public static AttributeRisks of(ReleasedTuples tuples) {
        return of(tuples, MAX_VISITS);
    }

    static AttributeRisks of(ReleasedTuples tuples, long maxVisits) {
        int dimension = tuples.dimension();
        int maxSetSize = affordable(dimension, tuples.size(), maxVisits);
        List<List<SetRisk>> bySize = new ArrayList<>();
        for (int size = 0; size <= dimension; size++) {
            bySize.add(new ArrayList<>());
        }
        AttributeSets sets = new AttributeSets(tuples, maxSetSize);
        sets.forEach(risk -> bySize.get(risk.attributes().size()).add(risk));
        long evaluated = bySize.stream().mapToLong(List::size).sum();
        if (maxSetSize < dimension) {
            bySize.get(dimension).add(sets.everything());
            evaluated++;
        }
        List<SetRisk> shown = new ArrayList<>();
        for (List<SetRisk> sized : bySize) {
            sized.sort(SetRisk.MOST_IDENTIFYING);
            boolean single = !sized.isEmpty() && sized.get(0).attributes().size() == 1;
            shown.addAll(sized.subList(0, single ? sized.size() : Math.min(SHOWN_PER_SIZE, sized.size())));
        }
        return new AttributeRisks(tuples.records(), dimension, maxSetSize, evaluated, shown);
    }

    /** Greatest size up to which all sets fit the bounds; at least 1. */
    private static int affordable(int dimension, int tuples, long maxVisits) {
        double sets = 0;
        double ofSize = 1;
        for (int size = 1; size <= dimension; size++) {
            ofSize = ofSize * (dimension - size + 1) / size;
            sets += ofSize;
            if (size > 1 && (sets * tuples > maxVisits || sets > MAX_SETS)) {
                return size - 1;
            }
        }
        return dimension;
    }
}
