package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import java.util.Optional;

/** Sum of the generalization levels. */
public record HeightMeasure(Aggregate aggregate) implements InformationLossMeasure {
    @Override
    public Objective bind(DomainStatistics statistics) {
        return new LevelObjective(statistics, aggregate, HeightMeasure::levelsAsLoss);
    }

    @Override
    public String label() {
        return "height(" + aggregate + ")";
    }

    private static double[] levelsAsLoss(int[] levels) {
        double[] losses = new double[levels.length];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = levels[i];
        }
        return losses;
    }

    /** A loss that depends on levels only. */
    record LevelObjective(DomainStatistics statistics, Aggregate aggregate, LevelLosses losses) implements Objective {
        @Override
        public InformationLoss of(AnonymizedClasses anonymized) {
            return bound(anonymized.classes().levels());
        }

        @Override
        public InformationLoss bound(int[] levels) {
            return aggregate.of(losses.of(levels), statistics.weights());
        }

        @Override
        public Optional<double[]> perAttribute(AnonymizedClasses anonymized) {
            return Optional.of(losses.of(anonymized.classes().levels()));
        }
    }

    /** Losses of the attributes by their levels; must not fall when a level rises. */
    interface LevelLosses {
        double[] of(int[] levels);
    }
}
