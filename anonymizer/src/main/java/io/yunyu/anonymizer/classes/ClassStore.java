package io.yunyu.anonymizer.classes;

import java.util.ArrayList;
import java.util.List;

/**
 * Equivalence classes of transformations seen so far, so that a new one is rolled up from the smallest that is finer.
 * Bounded by bytes, histograms included, and by number, since each is looked at; the oldest give way. What it holds
 * changes cost only, never a result.
 */
public final class ClassStore {
    private static final int MAX_HELD = 2_000;

    private final EquivalenceClasses tuples;
    private final long maxBytes;
    private final List<EquivalenceClasses> held = new ArrayList<>();
    private long heldBytes;

    /** @param maxBytes greatest size of the classes held besides the tuples themselves */
    public ClassStore(EquivalenceClasses tuples, long maxBytes) {
        this.tuples = tuples;
        this.maxBytes = maxBytes;
    }

    /** Estimated size of what is held. */
    long heldBytes() {
        return heldBytes;
    }

    public EquivalenceClasses classes(int[] levels) {
        EquivalenceClasses source = tuples;
        for (EquivalenceClasses candidate : held) {
            if (candidate.size() < source.size() && isFiner(candidate, levels)) {
                source = candidate;
            }
        }
        EquivalenceClasses classes = source.rollUp(levels);
        if (classes.size() <= 0.9 * source.size()) {
            hold(classes);
        }
        return classes;
    }

    private void hold(EquivalenceClasses classes) {
        long bytes = classes.bytes();
        if (bytes > maxBytes / 4) {
            return;
        }
        held.add(classes);
        heldBytes += bytes;
        if (heldBytes > maxBytes || held.size() > MAX_HELD) {
            int dropped = 0;
            while (heldBytes > maxBytes * 3 / 4 || held.size() - dropped > MAX_HELD * 3 / 4) {
                heldBytes -= held.get(dropped++).bytes();
            }
            held.subList(0, dropped).clear();
        }
    }

    private static boolean isFiner(EquivalenceClasses candidate, int[] levels) {
        for (int i = 0; i < levels.length; i++) {
            if (candidate.level(i) > levels[i]) {
                return false;
            }
        }
        return true;
    }
}
