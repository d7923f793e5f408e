package io.yunyu.anonymizer.search;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.AnonymizedClasses.Verdict;
import io.yunyu.anonymizer.classes.ClassStore;
import io.yunyu.anonymizer.classes.DistantClasses.Formed;
import io.yunyu.anonymizer.privacy.PrivacyCheck;
import java.util.ArrayList;
import java.util.List;

/** Groups the data by a transformation and checks the classes; counts how often. */
public final class TransformationChecker {
    private final ClassStore store;
    private final PrivacyCheck privacy;
    private final boolean monotone;
    private final List<int[]> undecided;
    private long checked;

    public TransformationChecker(ClassStore store, PrivacyCheck privacy) {
        this(store, privacy, false, new ArrayList<>());
    }

    private TransformationChecker(ClassStore store, PrivacyCheck privacy, boolean monotone, List<int[]> undecided) {
        this.store = store;
        this.privacy = privacy;
        this.monotone = monotone;
        this.undecided = undecided;
    }

    /** The same with privacy taken to be monotone: what is finer than a transformation over the limit is over it too. */
    TransformationChecker takenAsMonotone() {
        return new TransformationChecker(store, privacy, true, undecided);
    }

    /** Whether the classes of every transformation can be formed here. */
    boolean isDistant() {
        return store.isDistant();
    }

    AnonymizedClasses check(int[] levels) {
        checked++;
        Formed formed = store.form(levels, privacy.minimumClassSize(), privacy.maxSuppressed());
        if (formed.classes().isEmpty()) {
            return notAtHand(levels, formed.recordsBelow());
        }
        AnonymizedClasses classes = privacy.check(formed.classes().get());
        return monotone && classes.verdict() == Verdict.OVER_LIMIT ? classes.withVerdict(Verdict.TOO_FINE) : classes;
    }

    /** Small classes alone may decide; if not, nobody knows. */
    private AnonymizedClasses notAtHand(int[] levels, long recordsBelow) {
        boolean tooFine = recordsBelow > privacy.maxSuppressed();
        if (!tooFine) {
            undecided.add(levels.clone());
        }
        return new AnonymizedClasses(
                store.noClasses(levels),
                new boolean[0],
                new boolean[0],
                recordsBelow,
                0,
                tooFine ? Verdict.TOO_FINE : Verdict.OVER_LIMIT);
    }

    /** Transformations that have too many classes to be checked here, and yet not too many small ones. */
    List<int[]> undecided() {
        return undecided;
    }

    long checked() {
        return checked;
    }
}
