package io.yunyu.anonymizer.search;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.AnonymizedClasses.Verdict;
import io.yunyu.anonymizer.classes.ClassStore;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.privacy.PrivacyCheck;

/** Groups the data by a transformation and checks the classes; counts how often. */
public final class TransformationChecker {
    private final ClassStore store;
    private final PrivacyCheck privacy;
    private final boolean monotone;
    private long checked;

    /** @param heldBytes how much memory coarser groupings may take */
    public TransformationChecker(EquivalenceClasses tuples, PrivacyCheck privacy, long heldBytes) {
        this(new ClassStore(tuples, heldBytes), privacy, false);
    }

    private TransformationChecker(ClassStore store, PrivacyCheck privacy, boolean monotone) {
        this.store = store;
        this.privacy = privacy;
        this.monotone = monotone;
    }

    /** The same with privacy taken to be monotone: what is finer than a transformation over the limit is over it too. */
    TransformationChecker takenAsMonotone() {
        return new TransformationChecker(store, privacy, true);
    }

    AnonymizedClasses check(int[] levels) {
        checked++;
        AnonymizedClasses classes = privacy.check(store.classes(levels));
        return monotone && classes.verdict() == Verdict.OVER_LIMIT ? classes.withVerdict(Verdict.TOO_FINE) : classes;
    }

    long checked() {
        return checked;
    }
}
