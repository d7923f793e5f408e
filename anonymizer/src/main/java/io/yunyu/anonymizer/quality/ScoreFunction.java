package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import io.yunyu.anonymizer.privacy.Fraction;

/**
 * Scores of transformations for the exponential mechanism: greater is better, exact, and changed by at most 1 when a record
 * is added or removed, where classes of fewer than {@code k} records are suppressed and nothing else is.
 *
 * <p>Why: one record more stays in a suppressed class, or joins a released class, or completes a class to {@code k}
 * records, of which {@code k - 1} were suppressed before. With S suppressed records and Q the sum of the squared sizes of
 * released classes:
 *
 * <ul>
 *   <li>classes (aecs): released ones, and one more if any is suppressed. Each case adds 0 or 1.
 *   <li>discernibility: -(Q/n + S). The first two cases change it by less than 2, the third by at most k (Q is at most
 *       (n - k + 1)^2). Divided by max(2, k).
 *   <li>loss and precision: minus the sum over records of the weighted mean of a value in [0, 1], 1 for suppressed records.
 *       Changed by at most max(1, k - 1), by which it is divided.
 *   <li>classification: minus the suppressed records and those of another response than their class's most frequent.
 *       Divided by max(1, k - 1) too. Unlike in the measure, a tie for the most frequent costs nothing: it would change the
 *       score without bound.
 * </ul>
 */
public final class ScoreFunction {
    private final InformationLossMeasure measure;
    private final double[] weights;
    private final int responseHistogram;
    private final long k;

    /**
     * @param k smallest class that is released
     * @throws InputException if the measure has no score function
     */
    public ScoreFunction(InformationLossMeasure measure, DomainStatistics statistics, long k) {
        this.measure = measure;
        this.weights = statistics.weights();
        this.responseHistogram = statistics.responseHistogram();
        this.k = k;
        boolean known = measure instanceof AverageClassSizeMeasure
                || measure instanceof DiscernibilityMeasure
                || measure instanceof LossMeasure
                || measure instanceof PrecisionMeasure
                || measure instanceof ClassificationMeasure;
        if (!known) {
            throw new InputException(
                    "Measure " + measure.label() + " changes without bound when one record is added, so"
                            + " that differential privacy cannot choose by it. Choose loss, precision, discernibility, aecs or"
                            + " classification.");
        }
    }

    /** @param anonymized all classes of fewer than k records suppressed, and no other */
    public Fraction of(AnonymizedClasses anonymized) {
        EquivalenceClasses classes = anonymized.classes();
        if (measure instanceof AverageClassSizeMeasure) {
            return Fraction.of(anonymized.keptClasses() + (anonymized.suppressedRecords() > 0 ? 1 : 0), 1);
        } else if (measure instanceof DiscernibilityMeasure) {
            return negative(discernibility(anonymized)).dividedBy(Math.max(2, k));
        } else if (measure instanceof ClassificationMeasure) {
            return Fraction.of(-misclassified(anonymized), Math.max(1, k - 1));
        }
        Fraction sum = Fraction.ZERO;
        Fraction weight = Fraction.ZERO;
        for (int i = 0; i < weights.length; i++) {
            Fraction own = Fraction.of(weights[i]);
            weight = weight.plus(own);
            Fraction values = measure instanceof LossMeasure ? covered(anonymized, i) : relative(anonymized, i);
            sum = sum.plus(
                    values.plus(Fraction.of(anonymized.suppressedRecords(), 1)).times(own));
        }
        Fraction mean = sum.times(new Fraction(weight.denominator(), weight.numerator()));
        return negative(mean).dividedBy(Math.max(1, k - 1));
    }

    private static Fraction negative(Fraction value) {
        return Fraction.ZERO.minus(value);
    }

    private static Fraction discernibility(AnonymizedClasses anonymized) {
        long records = 0;
        Fraction squares = Fraction.ZERO;
        for (int c = 0; c < anonymized.classes().size(); c++) {
            long count = anonymized.classes().count(c);
            records += count;
            if (anonymized.isKept(c)) {
                squares = squares.plus(Fraction.of(count, 1).times(Fraction.of(count, 1)));
            }
        }
        Fraction mean = records == 0 ? Fraction.ZERO : squares.dividedBy(records);
        return mean.plus(Fraction.of(anonymized.suppressedRecords(), 1));
    }

    private long misclassified(AnonymizedClasses anonymized) {
        long records = anonymized.suppressedRecords();
        for (int c = 0; c < anonymized.classes().size(); c++) {
            if (anonymized.isKept(c)) {
                records += anonymized.classes().count(c)
                        - anonymized.classes().histograms(responseHistogram).greatestCount(c);
            }
        }
        return records;
    }

    /** Parts of the domain that the cells of released records cover, summed up. */
    private static Fraction covered(AnonymizedClasses anonymized, int attribute) {
        EquivalenceClasses classes = anonymized.classes();
        BoundHierarchy hierarchy = classes.quasiIdentifiers().attribute(attribute);
        int level = classes.level(attribute);
        long[] records = new long[hierarchy.cardinality(level)];
        for (int c = 0; c < classes.size(); c++) {
            records[classes.code(c, attribute)] += anonymized.isKept(c) ? classes.count(c) : 0;
        }
        Fraction sum = Fraction.ZERO;
        for (int code = 0; code < records.length; code++) {
            sum = sum.plus(Fraction.of(records[code], 1).times(Fraction.of(hierarchy.weight(level, code))));
        }
        Fraction domain = Fraction.of(hierarchy.domainWeight());
        return sum.times(new Fraction(domain.denominator(), domain.numerator()));
    }

    private static Fraction relative(AnonymizedClasses anonymized, int attribute) {
        EquivalenceClasses classes = anonymized.classes();
        long released = 0;
        for (int c = 0; c < classes.size(); c++) {
            released += anonymized.isKept(c) ? classes.count(c) : 0;
        }
        int height = classes.quasiIdentifiers().attribute(attribute).levels() - 1;
        return height == 0
                ? Fraction.ZERO
                : Fraction.of(released, 1)
                        .times(Fraction.of(classes.level(attribute), 1))
                        .dividedBy(height);
    }
}
