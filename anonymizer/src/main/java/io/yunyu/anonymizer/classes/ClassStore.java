package io.yunyu.anonymizer.classes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Equivalence classes of transformations seen so far, so that a new one is rolled up from the smallest that is finer.
 * Bounded by bytes, histograms included, and by number, since each is looked at; the oldest give way. What it holds
 * changes cost only, never a result.
 */
public final class ClassStore {
    private static final int MAX_HELD = 2_000;

    private final @Nullable EquivalenceClasses tuples;
    private final @Nullable DistantClasses distant;
    private final QuasiIdentifiers quasiIdentifiers;
    private final long maxBytes;
    private final List<EquivalenceClasses> held = new ArrayList<>();
    private long heldBytes;

    /** @param maxBytes greatest size of the classes held besides the tuples themselves */
    public ClassStore(EquivalenceClasses tuples, long maxBytes) {
        this.tuples = tuples;
        this.distant = null;
        this.quasiIdentifiers = tuples.quasiIdentifiers();
        this.maxBytes = maxBytes;
    }

    /** For classes of tuples that are too many to be held. */
    ClassStore(QuasiIdentifiers quasiIdentifiers, DistantClasses distant, long maxBytes) {
        this.tuples = null;
        this.distant = distant;
        this.quasiIdentifiers = quasiIdentifiers;
        this.maxBytes = maxBytes;
    }

    /** Whether some transformations have more classes than can be held. */
    public boolean isDistant() {
        return distant != null;
    }

    /** In place of classes that are not at hand. */
    public EquivalenceClasses noClasses(int[] levels) {
        return new EquivalenceClasses(
                quasiIdentifiers,
                levels.clone(),
                new long[0],
                new long[0],
                new long[0],
                new long[0],
                new long[0],
                List.of());
    }

    /** The classes of a transformation, as {@link DistantClasses#form} says. */
    public DistantClasses.Formed form(int[] levels, long smallest, long mostBelow) {
        EquivalenceClasses finer = finest(levels);
        if (finer != null) {
            return new DistantClasses.Formed(0, Optional.of(rolledUp(finer, levels)));
        } else if (distant == null) {
            throw new IllegalStateException("There is nothing to form classes of.");
        }
        DistantClasses.Formed formed = distant.form(levels, smallest, mostBelow);
        formed.classes().ifPresent(this::hold);
        return formed;
    }

    /** Estimated size of what is held. */
    long heldBytes() {
        return heldBytes;
    }

    public EquivalenceClasses classes(int[] levels) {
        return form(levels, 0, Long.MAX_VALUE).classes().orElseThrow();
    }

    /** The smallest grouping at hand that is finer; null if none is. */
    private @Nullable EquivalenceClasses finest(int[] levels) {
        EquivalenceClasses source = tuples;
        for (EquivalenceClasses candidate : held) {
            if ((source == null || candidate.size() < source.size()) && isFiner(candidate, levels)) {
                source = candidate;
            }
        }
        return source;
    }

    private EquivalenceClasses rolledUp(EquivalenceClasses source, int[] levels) {
        EquivalenceClasses classes = source.rollUp(levels);
        if (classes.size() <= 0.9 * source.size()) {
            hold(classes);
        }
        return classes;
    }

    private void hold(EquivalenceClasses classes) {
        long bytes = classes.bytes();
        if (bytes > maxBytes / 4 || !classes.isMergeable()) {
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
