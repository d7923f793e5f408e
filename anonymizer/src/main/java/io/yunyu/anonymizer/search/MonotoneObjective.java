package io.yunyu.anonymizer.search;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.quality.InformationLoss;
import io.yunyu.anonymizer.quality.Objective;
import java.util.Optional;

/** An objective taken to be monotone: what is coarser than an anonymous transformation loses no less. */
record MonotoneObjective(Objective objective) implements Objective {
    @Override
    public InformationLoss of(AnonymizedClasses anonymized) {
        return objective.of(anonymized);
    }

    @Override
    public InformationLoss bound(int[] levels) {
        return objective.bound(levels);
    }

    @Override
    public InformationLoss boundOfCoarser(AnonymizedClasses anonymized) {
        return anonymized.isAnonymous() ? objective.of(anonymized) : objective.boundOfCoarser(anonymized);
    }

    @Override
    public LevelBound boundOfFiner(AnonymizedClasses anonymized) {
        return objective.boundOfFiner(anonymized);
    }

    @Override
    public Optional<double[]> perAttribute(AnonymizedClasses anonymized) {
        return objective.perAttribute(anonymized);
    }

    @Override
    public double lossOfClass(EquivalenceClasses classes, int equivalenceClass) {
        return objective.lossOfClass(classes, equivalenceClass);
    }
}
