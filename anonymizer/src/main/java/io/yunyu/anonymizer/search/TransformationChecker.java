package io.yunyu.anonymizer.search;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.ClassStore;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.privacy.PrivacyCheck;

/** Groups the data by a transformation and checks the classes; counts how often. */
public final class TransformationChecker {
    private final ClassStore store;
    private final PrivacyCheck privacy;
    private long checked;

    /** @param heldBytes how much memory coarser groupings may take */
    public TransformationChecker(EquivalenceClasses tuples, PrivacyCheck privacy, long heldBytes) {
        this.store = new ClassStore(tuples, heldBytes);
        this.privacy = privacy;
    }

    AnonymizedClasses check(int[] levels) {
        checked++;
        return privacy.check(store.classes(levels));
    }

    long checked() {
        return checked;
    }
}
