package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How far released numbers and dates are from the original ones, each measure 1 for the original data and 0 if all cells
 * are suppressed. A label stands for the range from the least to the greatest original value of the records that show it, a
 * suppressed cell for that of all records. Missing values do not count.
 *
 * <p>Every record is looked at with its original value, so that the distinct tuples are needed.
 */
public final class SquaredErrors {
    private final EquivalenceClasses tuples;
    private final int[] classOfTuple;
    private final AnonymizedClasses anonymized;
    private final double[][] numbers;
    private final Range[] whole;
    private final Range[][] ofLabel;

    /** From the least to the greatest of some numbers. */
    private static final class Range {
        private double least = Double.POSITIVE_INFINITY;
        private double greatest = Double.NEGATIVE_INFINITY;

        void add(double number) {
            least = Math.min(least, number);
            greatest = Math.max(greatest, number);
        }

        double middle() {
            return (least + greatest) / 2;
        }

        /** To the end that is farther off. */
        double distance(double number) {
            return Math.max(number - least, greatest - number);
        }
    }

    /**
     * @param classOfTuple class of each distinct tuple
     * @param numbers per quasi-identifier the number of each code, not a number where it is missing; empty where the values
     *     are no numbers
     */
    public SquaredErrors(
            EquivalenceClasses tuples, int[] classOfTuple, AnonymizedClasses anonymized, double[][] numbers) {
        this.tuples = tuples;
        this.classOfTuple = classOfTuple;
        this.anonymized = anonymized;
        this.numbers = numbers;
        this.whole = new Range[numbers.length];
        this.ofLabel = new Range[numbers.length][];
        for (int i = 0; i < numbers.length; i++) {
            if (isNumber(i)) {
                findRanges(i);
            }
        }
    }

    private boolean isNumber(int attribute) {
        return numbers[attribute].length > 0;
    }

    private void findRanges(int attribute) {
        EquivalenceClasses classes = anonymized.classes();
        Range all = new Range();
        Range[] ranges =
                new Range[classes.quasiIdentifiers().attribute(attribute).cardinality(classes.level(attribute))];
        Arrays.setAll(ranges, label -> new Range());
        for (int tuple = 0; tuple < tuples.size(); tuple++) {
            double number = number(tuple, attribute);
            if (tuples.count(tuple) > 0 && !Double.isNaN(number)) {
                all.add(number);
                if (anonymized.isKept(classOfTuple[tuple])) {
                    ranges[classes.code(classOfTuple[tuple], attribute)].add(number);
                }
            }
        }
        whole[attribute] = all;
        ofLabel[attribute] = ranges;
    }

    private double number(int tuple, int attribute) {
        return numbers[attribute][tuples.code(tuple, attribute)];
    }

    /** What the records of a tuple show. */
    private Range shown(int tuple, int attribute) {
        int c = classOfTuple[tuple];
        return anonymized.isKept(c) ? ofLabel[attribute][anonymized.classes().code(c, attribute)] : whole[attribute];
    }

    /** 1 less the part of the greatest possible squared error; not a number where the values are no numbers. */
    double ofAttribute(int attribute) {
        if (!isNumber(attribute)) {
            return Double.NaN;
        }
        double error = 0;
        double worst = 0;
        for (int tuple = 0; tuple < tuples.size(); tuple++) {
            double number = number(tuple, attribute);
            if (!Double.isNaN(number)) {
                error += tuples.count(tuple) * square(shown(tuple, attribute).distance(number));
                worst += tuples.count(tuple) * square(whole[attribute].distance(number));
            }
        }
        return rounded(QualityReport.normalized(error, 0, worst));
    }

    /**
     * The records as points, each attribute in units of its standard deviation: 1 less the sum of their distances to the
     * farthest point they may be taken for, relative to the greatest such sum (Sanchez, Martinez and Domingo-Ferrer 2016).
     */
    double ofRecords() {
        int[] attributes = attributesWithSpread();
        double[] deviation = new double[numbers.length];
        for (int i : attributes) {
            deviation[i] = Math.sqrt(total(i) / records(i));
        }
        double error = 0;
        double worst = 0;
        for (int tuple = 0; tuple < tuples.size(); tuple++) {
            double distance = 0;
            double farthest = 0;
            for (int i : attributes) {
                double number = number(tuple, i);
                if (!Double.isNaN(number)) {
                    distance += square(shown(tuple, i).distance(number) / deviation[i]);
                    farthest += square(whole[i].distance(number) / deviation[i]);
                }
            }
            error += tuples.count(tuple) * Math.sqrt(distance);
            worst += tuples.count(tuple) * Math.sqrt(farthest);
        }
        return rounded(QualityReport.normalized(error, 0, worst));
    }

    /** 1 less the squared distances to the middles of the labels (SSE) relative to those to the averages (SST). */
    double sseSst() {
        double sse = 0;
        double sst = 0;
        for (int i : attributesWithSpread()) {
            sst += total(i);
            for (int tuple = 0; tuple < tuples.size(); tuple++) {
                double number = number(tuple, i);
                sse += Double.isNaN(number)
                        ? 0
                        : tuples.count(tuple) * square(number - shown(tuple, i).middle());
            }
        }
        return rounded(QualityReport.normalized(sse, 0, sst));
    }

    private int[] attributesWithSpread() {
        return IntStream.range(0, numbers.length)
                .filter(i -> isNumber(i) && whole[i].greatest > whole[i].least)
                .toArray();
    }

    private double records(int attribute) {
        double records = 0;
        for (int tuple = 0; tuple < tuples.size(); tuple++) {
            records += Double.isNaN(number(tuple, attribute)) ? 0 : tuples.count(tuple);
        }
        return records;
    }

    /** Sum of the squared differences from the average. */
    private double total(int attribute) {
        double sum = 0;
        for (int tuple = 0; tuple < tuples.size(); tuple++) {
            double number = number(tuple, attribute);
            sum += Double.isNaN(number) ? 0 : tuples.count(tuple) * number;
        }
        double average = sum / records(attribute);
        double squares = 0;
        for (int tuple = 0; tuple < tuples.size(); tuple++) {
            double number = number(tuple, attribute);
            squares += Double.isNaN(number) ? 0 : tuples.count(tuple) * square(number - average);
        }
        return squares;
    }

    private static double square(double number) {
        return number * number;
    }

    /** The order in which tuples are added up, which is that of the records, must not show. */
    private static double rounded(double value) {
        return Math.rint(value * 1e10) / 1e10;
    }
}
