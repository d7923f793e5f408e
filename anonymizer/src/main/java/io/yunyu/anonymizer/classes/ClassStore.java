package io.yunyu.anonymizer.classes;

import java.util.ArrayList;
import java.util.List;

/**
 * Equivalence classes of transformations seen so far, so that a new one is rolled up from the smallest that is finer.
 * Bounded by the number of classes held; the oldest give way. What it holds changes cost only, never a result.
 */
public final class ClassStore {
    private final EquivalenceClasses tuples;
    private final long capacity;
    private final List<EquivalenceClasses> held = new ArrayList<>();
    private long heldClasses;

    /** @param capacity greatest number of classes to hold besides the tuples themselves */
    public ClassStore(EquivalenceClasses tuples, long capacity) {
        this.tuples = tuples;
        this.capacity = capacity;
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
        if (classes.size() > capacity / 4) {
            return;
        }
        held.add(classes);
        heldClasses += classes.size();
        if (heldClasses > capacity) {
            int dropped = 0;
            while (heldClasses > capacity * 3 / 4) {
                heldClasses -= held.get(dropped++).size();
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
