package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.classes.AnonymizedClasses;

/**
 * Average size of the released classes, suppressed records forming one class (LeFevre, DeWitt and Ramakrishnan 2006).
 *
 * @param factors generalization against suppression
 */
public record AverageClassSizeMeasure(LossFactors factors) implements InformationLossMeasure {
    @Override
    public Objective bind(DomainStatistics statistics) {
        return new ClassSizeObjective(statistics, factors.suppression(), factors.generalization());
    }

    @Override
    public String label() {
        return "aecs(generalizationSuppressionFactor=" + factors.generalizationSuppression() + ")";
    }

    @Override
    public InformationLossMeasure withFactors(LossFactors other) {
        return new AverageClassSizeMeasure(other);
    }

    /** As in ARX the two factors are exchanged: many classes make the score small, so the class of suppressed records is rewarded. */
    private record ClassSizeObjective(DomainStatistics statistics, double keptFactor, double suppressedFactor)
            implements Objective {
        @Override
        public InformationLoss of(AnonymizedClasses anonymized) {
            return score(anonymized.keptClasses(), anonymized.suppressedRecords() > 0 ? 1 : 0);
        }

        @Override
        public InformationLoss bound(int[] levels) {
            return bound(statistics.studied() / smallest());
        }

        /** A coarser class holds a class kept here, or enough forced records. */
        @Override
        public InformationLoss boundOfCoarser(AnonymizedClasses anonymized) {
            long kept = 0;
            for (int c = 0; c < anonymized.forced().length; c++) {
                kept += anonymized.classes().count(c) > 0 && !anonymized.forced()[c] ? 1 : 0;
            }
            return bound(kept + anonymized.forcedRecords() / smallest());
        }

        /** A class splits into no more classes than its records allow. */
        @Override
        public LevelBound boundOfFiner(AnonymizedClasses anonymized) {
            long kept = 0;
            for (int c = 0; c < anonymized.forced().length; c++) {
                kept += anonymized.forced()[c] ? 0 : anonymized.classes().count(c) / smallest();
            }
            InformationLoss bound = bound(kept);
            return levels -> bound;
        }

        private InformationLoss bound(long kept) {
            return score(kept, statistics.maxSuppressed() > 0 ? 1 : 0);
        }

        private long smallest() {
            return Math.max(1, statistics.minimumClassSize());
        }

        private InformationLoss score(long kept, int suppressedClasses) {
            return InformationLoss.of(
                    statistics.studied() / (keptFactor * kept + suppressedFactor * suppressedClasses));
        }
    }
}
