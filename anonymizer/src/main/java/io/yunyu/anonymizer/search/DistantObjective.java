package io.yunyu.anonymizer.search;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.quality.InformationLoss;
import io.yunyu.anonymizer.quality.Objective;
import java.util.Optional;

/** An objective where the classes of some transformations are not at hand: from these follows no bound. */
record DistantObjective(Objective objective) implements Objective {
    private static boolean isAtHand(AnonymizedClasses checked) {
        return checked.classes().size() > 0;
    }

    @Override
    public InformationLoss of(AnonymizedClasses anonymized) {
        return objective.of(anonymized);
    }

    @Override
    public InformationLoss bound(int[] levels) {
        return objective.bound(levels);
    }

    @Override
    public InformationLoss boundOfCoarser(AnonymizedClasses checked) {
        return isAtHand(checked) ? objective.boundOfCoarser(checked) : InformationLoss.LEAST;
    }

    @Override
    public LevelBound boundOfFiner(AnonymizedClasses checked) {
        return isAtHand(checked) ? objective.boundOfFiner(checked) : levels -> InformationLoss.LEAST;
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
