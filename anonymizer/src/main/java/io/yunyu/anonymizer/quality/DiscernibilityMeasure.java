package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.classes.AnonymizedClasses;

/**
 * Each released record costs the size of its class, each suppressed one the number of all records (Bayardo and Agrawal
 * 2005). The monotonic variant DM* (LeFevre et al.) takes suppressed records as their classes.
 *
 * @param monotonic whether to compute DM*
 */
public record DiscernibilityMeasure(boolean monotonic) implements InformationLossMeasure {
    @Override
    public Objective bind(DomainStatistics statistics) {
        return new DiscernibilityObjective(statistics, monotonic);
    }

    @Override
    public String label() {
        return monotonic ? "discernibility(monotonic)" : "discernibility";
    }

    private record DiscernibilityObjective(DomainStatistics statistics, boolean monotonic) implements Objective {
        @Override
        public InformationLoss of(AnonymizedClasses anonymized) {
            boolean[] suppressed = anonymized.suppressed();
            double sum = 0;
            for (int c = 0; c < suppressed.length; c++) {
                double count = anonymized.classes().count(c);
                sum += count * (suppressed[c] && !monotonic ? statistics.studied() : count);
            }
            return InformationLoss.of(sum);
        }

        @Override
        public InformationLoss boundOfCoarser(AnonymizedClasses anonymized) {
            double sum = 0;
            for (int c = 0; c < anonymized.classes().size(); c++) {
                double count = anonymized.classes().count(c);
                sum += count * count;
            }
            return InformationLoss.of(sum);
        }

        @Override
        public LevelBound boundOfFiner(AnonymizedClasses anonymized) {
            if (monotonic) {
                return levels -> InformationLoss.LEAST;
            }
            double forced = anonymized.forcedRecords();
            double kept = statistics.studied() - forced;
            InformationLoss bound = InformationLoss.of(
                    statistics.studied() * forced + Math.max(1, statistics.minimumClassSize()) * kept);
            return levels -> bound;
        }
    }
}
