package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import io.yunyu.anonymizer.quality.DomainStatistics.UnclusteredAttribute;
import java.util.Arrays;
import java.util.Optional;

/**
 * Loss from sums of domain weights. Weights of materialized hierarchies are whole numbers, so that the sums are exact
 * and no order of summation shows in the result.
 */
final class LossObjective implements Objective {
    private final DomainStatistics statistics;
    private final Aggregate aggregate;
    private final double generalizationFactor;
    private final double suppressionFactor;
    private final double[][] totals;
    private final double[] domain;
    private final double[] minimum;
    private final double[] weights;

    LossObjective(DomainStatistics statistics, LossFactors factors, Aggregate aggregate) {
        this.statistics = statistics;
        this.aggregate = aggregate;
        this.generalizationFactor = factors.generalization();
        this.suppressionFactor = factors.suppression();
        int dimension = statistics.dimension();
        this.weights = joined(statistics.weights(), statistics.unclusteredWeights());
        this.totals = new double[dimension][];
        this.domain = new double[dimension];
        this.minimum = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            BoundHierarchy hierarchy = statistics.quasiIdentifiers().attribute(i);
            domain[i] = hierarchy.domainWeight();
            minimum[i] = generalizationFactor * statistics.studied() / hierarchy.domainSize();
            totals[i] = new double[hierarchy.levels()];
            for (int level = 0; level < totals[i].length; level++) {
                for (int code = 0; code < hierarchy.cardinality(level); code++) {
                    totals[i][level] += statistics.marginal(i, level, code) * hierarchy.weight(level, code);
                }
            }
        }
    }

    @Override
    public InformationLoss of(AnonymizedClasses anonymized) {
        return aggregate.of(losses(anonymized), weights);
    }

    @Override
    public Optional<double[]> perAttribute(AnonymizedClasses anonymized) {
        return Optional.of(losses(anonymized));
    }

    @Override
    public InformationLoss bound(int[] levels) {
        return aggregate.of(
                joined(
                        losses(levels, new double[levels.length]),
                        new double[statistics.unclustered().size()]),
                weights);
    }

    @Override
    public LevelBound boundOfFiner(AnonymizedClasses anonymized) {
        if (anonymized.forcedRecords() == 0) {
            return levels -> InformationLoss.LEAST;
        }
        double[] extra = extra(anonymized.classes(), anonymized.forced(), anonymized.forcedRecords());
        double[] unclustered = new double[statistics.unclustered().size()];
        Arrays.fill(unclustered, floor((double) anonymized.forcedRecords() / statistics.studied()));
        return levels -> aggregate.of(joined(losses(levels, extra), unclustered), weights);
    }

    @Override
    public double lossOfClass(EquivalenceClasses classes, int equivalenceClass) {
        double[] shares = new double[statistics.dimension()];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = classes.share(equivalenceClass, i);
        }
        double[] unclustered = new double[statistics.unclustered().size()];
        for (int i = 0; i < unclustered.length; i++) {
            unclustered[i] =
                    spread(classes, equivalenceClass, statistics.unclustered().get(i));
        }
        return aggregate.of(joined(shares, unclustered), weights).value();
    }

    private double[] losses(AnonymizedClasses anonymized) {
        double[] extra = anonymized.suppressedRecords() == 0
                ? new double[statistics.dimension()]
                : extra(anonymized.classes(), anonymized.suppressed(), anonymized.suppressedRecords());
        return joined(losses(weightsOf(anonymized.classes()), extra), unclustered(anonymized));
    }

    /** Of each unclustered attribute the part of its values that a record's class holds; suppressed ones hold all. */
    private double[] unclustered(AnonymizedClasses anonymized) {
        double[] losses = new double[statistics.unclustered().size()];
        for (int i = 0; i < losses.length; i++) {
            UnclusteredAttribute attribute = statistics.unclustered().get(i);
            double distinct = (double) anonymized.suppressedRecords() * attribute.values();
            for (int c = 0; c < anonymized.suppressed().length; c++) {
                if (!anonymized.suppressed()[c]) {
                    distinct += (double) anonymized.classes().count(c)
                            * anonymized
                                    .classes()
                                    .histograms(attribute.histogram())
                                    .distinct(c);
                }
            }
            losses[i] = floor(distinct / attribute.values() / statistics.studied());
        }
        return losses;
    }

    private static double spread(EquivalenceClasses classes, int c, UnclusteredAttribute attribute) {
        return (double) classes.histograms(attribute.histogram()).distinct(c) / attribute.values();
    }

    private static double[] joined(double[] clustered, double[] unclustered) {
        double[] joined = Arrays.copyOf(clustered, clustered.length + unclustered.length);
        System.arraycopy(unclustered, 0, joined, clustered.length, unclustered.length);
        return joined;
    }

    /** What suppression of the given classes adds to the weights of the generalized records, per attribute. */
    private double[] extra(EquivalenceClasses classes, boolean[] suppressed, long records) {
        double[] extra = new double[statistics.dimension()];
        for (int i = 0; i < extra.length; i++) {
            BoundHierarchy hierarchy = classes.quasiIdentifiers().attribute(i);
            int level = classes.level(i);
            double weight = 0;
            for (int c = 0; c < suppressed.length; c++) {
                if (suppressed[c]) {
                    weight += classes.count(c) * hierarchy.weight(level, classes.code(c, i));
                }
            }
            double asSuppressed = suppressionFactor == 1
                    ? records * domain[i]
                    : weight + suppressionFactor * (records * domain[i] - weight);
            extra[i] = asSuppressed - generalizationFactor * weight;
        }
        return extra;
    }

    private double[] losses(int[] levels, double[] extra) {
        double[] covered = new double[levels.length];
        for (int i = 0; i < covered.length; i++) {
            covered[i] = totals[i][levels[i]];
        }
        return losses(covered, extra);
    }

    /** Weights of the labels of all records, summed per attribute; class by class where records have levels of their own. */
    private double[] weightsOf(EquivalenceClasses classes) {
        double[] sums = new double[statistics.dimension()];
        for (int i = 0; i < sums.length; i++) {
            BoundHierarchy hierarchy = classes.quasiIdentifiers().attribute(i);
            int level = classes.level(i);
            if (!hierarchy.isMixed(level)) {
                sums[i] = totals[i][level];
                continue;
            }
            for (int c = 0; c < classes.size(); c++) {
                sums[i] += classes.count(c) * hierarchy.weight(level, classes.code(c, i));
            }
        }
        return sums;
    }

    /** @param weightOf weights of the labels of all records, per attribute */
    private double[] losses(double[] weightOf, double[] extra) {
        double[] losses = new double[weightOf.length];
        for (int i = 0; i < losses.length; i++) {
            double covered = (generalizationFactor * weightOf[i] + extra[i]) / domain[i];
            double range = statistics.studied() - minimum[i];
            losses[i] = range <= 0 ? 0 : floor(Math.max(0, (covered - minimum[i]) / range));
        }
        return losses;
    }

    /** ARX cuts losses to ten decimals, which decides ties. */
    static double floor(double loss) {
        return Math.floor(loss * 1e10) / 1e10;
    }
}
