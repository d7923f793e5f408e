package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import java.util.Optional;

/**
 * Level relative to the hierarchy's height, averaged over records (Sweeney 2002); a suppressed record counts as fully
 * generalized, in the monotonic variant as generalized like the others.
 *
 * @param monotonic whether suppression is left out
 */
public record PrecisionMeasure(boolean monotonic, LossFactors factors, Aggregate aggregate)
        implements InformationLossMeasure {
    @Override
    public Objective bind(DomainStatistics statistics) {
        return new PrecisionObjective(statistics, this);
    }

    @Override
    public String label() {
        return "precision(" + (monotonic ? "monotonic, " : "") + aggregate + ", generalizationSuppressionFactor="
                + factors.generalizationSuppression() + ")";
    }

    @Override
    public InformationLossMeasure withFactors(LossFactors other) {
        return new PrecisionMeasure(monotonic, other, aggregate);
    }

    private record PrecisionObjective(DomainStatistics statistics, PrecisionMeasure measure) implements Objective {
        @Override
        public InformationLoss of(AnonymizedClasses anonymized) {
            return aggregate(losses(anonymized.classes().levels(), anonymized.suppressedRecords()));
        }

        @Override
        public Optional<double[]> perAttribute(AnonymizedClasses anonymized) {
            return Optional.of(losses(anonymized.classes().levels(), anonymized.suppressedRecords()));
        }

        @Override
        public InformationLoss bound(int[] levels) {
            return leastWith(levels, 0);
        }

        @Override
        public LevelBound boundOfFiner(AnonymizedClasses anonymized) {
            long forced = anonymized.forcedRecords();
            return forced == 0 || measure.monotonic
                    ? levels -> InformationLoss.LEAST
                    : levels -> leastWith(levels, forced);
        }

        /** Linear in the suppressed records, so that the least lies at one of the ends. */
        private InformationLoss leastWith(int[] levels, long suppressed) {
            double[] few = losses(levels, suppressed);
            double[] all = losses(levels, statistics.studied());
            for (int i = 0; i < few.length; i++) {
                few[i] = Math.min(few[i], all[i]);
            }
            return aggregate(few);
        }

        private double[] losses(int[] levels, long suppressed) {
            double[] losses = new double[levels.length];
            long studied = statistics.studied();
            double sF = measure.factors.suppression();
            double gF = measure.factors.generalization();
            for (int i = 0; i < losses.length; i++) {
                int height = statistics.levels(i) - 1;
                double relative = height == 0 ? 0 : (double) levels[i] / height;
                losses[i] = measure.monotonic
                        ? relative * gF
                        : ((studied - suppressed) * relative * gF + suppressed * sF) / studied;
            }
            return losses;
        }

        private InformationLoss aggregate(double[] losses) {
            return measure.aggregate.of(losses, statistics.weights());
        }
    }
}
