package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import java.util.Optional;

/**
 * A measure bound to data: the loss of a transformation, and bounds on the loss of others that let a search leave them
 * out. A bound never exceeds the loss it bounds; a measure that knows none returns {@link InformationLoss#LEAST}.
 */
public interface Objective {
    /** Loss of an anonymous transformation. */
    InformationLoss of(AnonymizedClasses anonymized);

    /** Bound for a transformation and all coarser ones, from its levels alone. */
    default InformationLoss bound(int[] levels) {
        return InformationLoss.LEAST;
    }

    /** Bound for a transformation and all coarser ones, from its classes. */
    default InformationLoss boundOfCoarser(AnonymizedClasses anonymized) {
        return InformationLoss.LEAST;
    }

    /** Bound for each finer transformation: its forced classes include those of {@code anonymized}, split further. */
    default LevelBound boundOfFiner(AnonymizedClasses anonymized) {
        return levels -> InformationLoss.LEAST;
    }

    /** Loss of each quasi-identifier by itself, where the measure is made of them. */
    default Optional<double[]> perAttribute(AnonymizedClasses anonymized) {
        return Optional.empty();
    }

    /** What one class loses, to choose among classes of equal size; 0 if the measure does not tell them apart. */
    default double lossOfClass(EquivalenceClasses classes, int equivalenceClass) {
        return 0;
    }

    /** A bound that depends on levels. */
    interface LevelBound {
        InformationLoss of(int[] levels);
    }
}
