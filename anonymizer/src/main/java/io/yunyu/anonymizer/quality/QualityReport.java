package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Quality of a release after the fact, each value 1 for the original data and 0 if everything is suppressed. Independent
 * of the objective of the search.
 *
 * @param attributes per quasi-identifier
 * @param averageClassSize from the average size of the released classes
 * @param discernibility from the sum of squared class sizes, in 64 bits (ARX overflows above 46 340 records in a class)
 * @param ambiguity from the number of original tuples that a released one may stand for
 * @param recordSquaredError from the distances of records as points; not a number without numbers and tuples
 * @param sseSst from the squared distances to the middles of ranges; not a number without numbers and tuples
 */
public record QualityReport(
        List<AttributeQuality> attributes,
        double averageClassSize,
        double discernibility,
        double ambiguity,
        double recordSquaredError,
        double sseSst) {
    public QualityReport {
        attributes = List.copyOf(attributes);
    }

    /**
     * Quality of one quasi-identifier.
     *
     * @param granularity 1 less the average part of the domain that a cell covers
     * @param generalizationIntensity 1 less the average relative level of a cell; not a number for ranges
     * @param nonUniformEntropy 1 less the part of the attribute's information that is lost; not a number for ranges
     * @param presentCells part of the cells that are not {@code *}
     * @param squaredError from the squared distances to the farther ends of ranges; not a number without numbers and tuples
     */
    public record AttributeQuality(
            String attribute,
            double granularity,
            double generalizationIntensity,
            double nonUniformEntropy,
            double presentCells,
            double squaredError) {}

    /** Average over the attributes. */
    public double granularity() {
        return attributes.stream()
                .mapToDouble(AttributeQuality::granularity)
                .average()
                .orElse(1);
    }

    /** Average over the attributes; not a number where one of them has ranges. */
    public double generalizationIntensity() {
        return attributes.stream()
                .mapToDouble(AttributeQuality::generalizationIntensity)
                .average()
                .orElse(1);
    }

    /** @param errors empty where no quasi-identifier is a number, or the tuples are not held */
    public static QualityReport of(
            AnonymizedClasses anonymized, DomainStatistics statistics, Optional<SquaredErrors> errors) {
        List<AttributeQuality> attributes = new ArrayList<>();
        for (int i = 0; i < statistics.dimension(); i++) {
            int attribute = i;
            attributes.add(new CellQuality(anonymized, statistics, i)
                    .quality(errors.map(known -> known.ofAttribute(attribute)).orElse(Double.NaN)));
        }
        return new QualityReport(
                attributes,
                averageClassSize(anonymized, statistics),
                discernibility(anonymized, statistics),
                ambiguity(anonymized, statistics),
                errors.map(SquaredErrors::ofRecords).orElse(Double.NaN),
                errors.map(SquaredErrors::sseSst).orElse(Double.NaN));
    }

    private static double ambiguity(AnonymizedClasses anonymized, DomainStatistics statistics) {
        double all = 1;
        for (int i = 0; i < statistics.dimension(); i++) {
            all *= statistics.quasiIdentifiers().attribute(i).domainSize();
        }
        double covered = anonymized.suppressedRecords() * all;
        for (int c = 0; c < anonymized.suppressed().length; c++) {
            if (anonymized.isKept(c)) {
                double share = 1;
                for (int i = 0; i < statistics.dimension(); i++) {
                    share *= anonymized.classes().share(c, i);
                }
                covered += anonymized.classes().count(c) * share * all;
            }
        }
        return normalized(covered, statistics.studied(), statistics.studied() * all);
    }

    private static double averageClassSize(AnonymizedClasses anonymized, DomainStatistics statistics) {
        double n = statistics.studied();
        double input = n / Math.max(1, statistics.tupleCount());
        int classes = anonymized.keptClasses();
        double output = classes == 0 ? n : (n - anonymized.suppressedRecords()) / classes;
        return normalized(output, input, n);
    }

    private static double discernibility(AnonymizedClasses anonymized, DomainStatistics statistics) {
        double n = statistics.studied();
        double input = statistics.tupleSquares();
        double output = n * anonymized.suppressedRecords();
        for (int c = 0; c < anonymized.suppressed().length; c++) {
            double count = anonymized.isKept(c) ? anonymized.classes().count(c) : 0;
            output += count * count;
        }
        return normalized(output, input, n * n);
    }

    static double normalized(double value, double best, double worst) {
        return worst <= best ? 1 : 1 - Math.max(0, Math.min(1, (value - best) / (worst - best)));
    }
}
