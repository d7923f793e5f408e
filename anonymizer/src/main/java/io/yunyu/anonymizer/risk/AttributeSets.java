package io.yunyu.anonymizer.risk;

import io.yunyu.anonymizer.risk.AttributeRisks.SetRisk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Walks the sets of attributes depth first, refining the grouping of a set by one more attribute at each step. */
final class AttributeSets {
    private final ReleasedTuples tuples;
    private final int maxSize;
    private final long records;
    private final List<String> chosen = new ArrayList<>();

    AttributeSets(ReleasedTuples tuples, int maxSize) {
        this.tuples = tuples;
        this.maxSize = maxSize;
        this.records = tuples.records();
    }

    void forEach(Consumer<SetRisk> sink) {
        extend(new int[tuples.size()], 1, 0, sink);
    }

    private void extend(int[] groupOf, int groups, int from, Consumer<SetRisk> sink) {
        for (int attribute = from; attribute < tuples.dimension(); attribute++) {
            PairNumbers numbers = new PairNumbers(groups);
            int[] finer = refine(groupOf, attribute, numbers);
            chosen.add(tuples.attributes().get(attribute));
            sink.accept(risk(finer, numbers.size(), chosen));
            if (chosen.size() < maxSize) {
                extend(finer, numbers.size(), attribute + 1, sink);
            }
            chosen.remove(chosen.size() - 1);
        }
    }

    /** All attributes together. */
    SetRisk everything() {
        return without(-1);
    }

    /** All attributes but one; all for a negative number. */
    SetRisk without(int left) {
        int[] groupOf = new int[tuples.size()];
        int groups = 1;
        List<String> names = new ArrayList<>();
        for (int attribute = 0; attribute < tuples.dimension(); attribute++) {
            if (attribute != left) {
                PairNumbers numbers = new PairNumbers(groups);
                groupOf = refine(groupOf, attribute, numbers);
                groups = numbers.size();
                names.add(tuples.attributes().get(attribute));
            }
        }
        return risk(groupOf, groups, names);
    }

    private int[] refine(int[] groupOf, int attribute, PairNumbers numbers) {
        int[] finer = new int[groupOf.length];
        for (int t = 0; t < finer.length; t++) {
            finer[t] = numbers.number(groupOf[t], tuples.code(t, attribute));
        }
        return finer;
    }

    private SetRisk risk(int[] groupOf, int groups, List<String> names) {
        long[] sizes = new long[groups];
        for (int t = 0; t < groupOf.length; t++) {
            sizes[groupOf[t]] += tuples.count(t);
        }
        double alike = 0;
        long unique = 0;
        for (long size : sizes) {
            alike += (double) size * (size - 1);
            unique += size == 1 ? 1 : 0;
        }
        double pairs = (double) records * (records - 1);
        boolean empty = groupOf.length == 0;
        return new SetRisk(names, empty ? 0 : (double) groups / records, pairs == 0 ? 0 : 1 - alike / pairs, unique);
    }
}
