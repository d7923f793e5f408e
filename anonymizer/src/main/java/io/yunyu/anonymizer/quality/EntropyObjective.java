package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import java.util.Optional;

/** Non-uniform entropy from marginal counts; what generalization costs depends on levels only. */
final class EntropyObjective implements Objective {
    private static final double LN_2 = Math.log(2);

    private final DomainStatistics statistics;
    private final NonUniformEntropyMeasure measure;
    private final double[][] generalization;
    private final double[] upper;

    EntropyObjective(DomainStatistics statistics, NonUniformEntropyMeasure measure) {
        this.statistics = statistics;
        this.measure = measure;
        int dimension = statistics.dimension();
        this.generalization = new double[dimension][];
        this.upper = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            generalization[i] = new double[statistics.levels(i)];
            for (int level = 0; level < generalization[i].length; level++) {
                generalization[i][level] = measure.factors().generalization() * lost(i, level);
            }
            upper[i] = LossObjective.floor(measure.factors().generalization() * entropy(i));
        }
    }

    private double lost(int attribute, int level) {
        BoundHierarchy hierarchy = statistics.quasiIdentifiers().attribute(attribute);
        int[] step = hierarchy.step(0, level);
        double lost = 0;
        for (int leaf = 0; leaf < step.length; leaf++) {
            long count = statistics.marginal(attribute, 0, leaf);
            lost -= information(count, statistics.marginal(attribute, level, step[leaf]));
        }
        return lost;
    }

    private double entropy(int attribute) {
        double entropy = 0;
        for (int leaf = 0;
                leaf < statistics.quasiIdentifiers().attribute(attribute).cardinality(0);
                leaf++) {
            entropy -= information(statistics.marginal(attribute, 0, leaf), statistics.allRecords());
        }
        return entropy;
    }

    /** count * log2(count / of), 0 for nothing. */
    private static double information(long count, long of) {
        return count == 0 || count == of ? 0 : count * (Math.log((double) count / of) / LN_2);
    }

    @Override
    public InformationLoss of(AnonymizedClasses anonymized) {
        return aggregate(losses(anonymized));
    }

    @Override
    public Optional<double[]> perAttribute(AnonymizedClasses anonymized) {
        return Optional.of(losses(anonymized));
    }

    @Override
    public InformationLoss bound(int[] levels) {
        return aggregate(losses(levels, new double[levels.length]));
    }

    /** Suppressed records that are split further, with more beside them, hold no less entropy. */
    @Override
    public LevelBound boundOfFiner(AnonymizedClasses anonymized) {
        if (measure.monotonic() || anonymized.forcedRecords() == 0) {
            return levels -> InformationLoss.LEAST;
        }
        double[] least = suppression(anonymized.classes(), anonymized.forced(), anonymized.forcedRecords());
        for (int i = 0; i < least.length; i++) {
            least[i] *= 1 - 1e-11;
        }
        return levels -> aggregate(losses(levels, least));
    }

    private double[] losses(AnonymizedClasses anonymized) {
        double[] suppression = measure.monotonic() || anonymized.suppressedRecords() == 0
                ? new double[statistics.dimension()]
                : suppression(anonymized.classes(), anonymized.suppressed(), anonymized.suppressedRecords());
        return losses(anonymized.classes().levels(), suppression);
    }

    private double[] losses(int[] levels, double[] suppression) {
        double[] losses = new double[levels.length];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = LossObjective.floor(generalization[i][levels[i]] + suppression[i]);
            if (measure.normalized()) {
                losses[i] = upper[i] == 0 ? 0 : losses[i] / upper[i];
            }
        }
        return losses;
    }

    private double[] suppression(EquivalenceClasses classes, boolean[] suppressed, long records) {
        double[] costs = new double[statistics.dimension()];
        for (int i = 0; i < costs.length; i++) {
            long[] counts = new long[classes.quasiIdentifiers().attribute(i).cardinality(classes.level(i))];
            for (int c = 0; c < suppressed.length; c++) {
                if (suppressed[c]) {
                    counts[classes.code(c, i)] += classes.count(c);
                }
            }
            for (long count : counts) {
                costs[i] -= measure.factors().suppression() * information(count, records);
            }
        }
        return costs;
    }

    private InformationLoss aggregate(double[] losses) {
        return measure.aggregate().of(losses, statistics.weights());
    }
}
