package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.data.DataType.Scale;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Summary statistics of an attribute's cells, as far as their scale allows: of names the mode, of ordered values also
 * quantiles, of dates (in days since 1970) and numbers also moments. Labels that are not of the attribute's type, such as
 * ranges, are names. Missing cells are empty, {@code NULL} or {@code *}; they are counted, and take no part in the rest.
 *
 * <p>Minimum, maximum and quantiles are values of single records: of original records they say more than a release may.
 *
 * @param scale of the values that are present
 * @param records with and without a value
 * @param missing records without one
 * @param distinctValues different values
 * @param mode the most frequent value, the first in order among equals; empty if all are missing
 * @param quantiles empty for names, and if all values are missing
 * @param moments of dates and numbers; empty for others, and if all values are missing
 */
public record SummaryStatistics(
        Scale scale,
        long records,
        long missing,
        long distinctValues,
        Optional<Mode> mode,
        Optional<Quantiles> quantiles,
        Optional<Moments> moments) {

    /** The most frequent value, and how many records show it. */
    public record Mode(String value, long records) {}

    /** Values at the places 0, (n - 1)/4, n/2, n - 1 - (n - 1)/4 and n - 1 of n ordered ones, each quotient rounded down. */
    public record Quantiles(
            String minimum, String lowerQuartile, String median, String upperQuartile, String maximum) {}

    /**
     * Moments of numbers. Not a number where there are too few of them, or they are all the same.
     *
     * @param sampleVariance divided by n - 1; 0 for a single number
     * @param populationVariance divided by n
     * @param skewness of a sample, adjusted (G1); from 3 numbers on
     * @param kurtosis of a sample, adjusted, in excess of the normal distribution's (G2); from 4 numbers on
     * @param geometricMean 0 if one of the numbers is; of numbers of at least 0 on a ratio scale only
     */
    public record Moments(
            double mean,
            double sampleVariance,
            double populationVariance,
            double range,
            double skewness,
            double kurtosis,
            double geometricMean) {
        public double standardDeviation() {
            return Math.sqrt(sampleVariance);
        }
    }

    /** A value and how many records show it. */
    private record Frequency(String value, long records) {}

    /** @param counts how many records show each cell text */
    public static SummaryStatistics of(DataType type, Map<String, Long> counts) {
        List<Frequency> present = new ArrayList<>();
        long records = 0;
        long missing = 0;
        // In the order of the text, so that nothing depends on the order of records.
        for (Map.Entry<String, Long> entry : new TreeMap<>(counts).entrySet()) {
            records += entry.getValue();
            if (isMissing(entry.getKey())) {
                missing += entry.getValue();
            } else if (entry.getValue() > 0) {
                present.add(new Frequency(entry.getKey(), entry.getValue()));
            }
        }
        Scale scale = present.stream().allMatch(one -> type.accepts(one.value)) ? type.scale() : Scale.NOMINAL;
        List<Frequency> ordered = scale == Scale.NOMINAL ? present : ascending(type, present);
        boolean isKnown = !ordered.isEmpty();
        return new SummaryStatistics(
                scale,
                records,
                missing,
                ordered.size(),
                isKnown ? Optional.of(mode(ordered)) : Optional.empty(),
                isKnown && scale != Scale.NOMINAL ? Optional.of(quantiles(ordered)) : Optional.empty(),
                isKnown && scale.compareTo(Scale.INTERVAL) >= 0
                        ? Optional.of(moments(type, ordered))
                        : Optional.empty());
    }

    /** Whether a cell says that there is no value, or was suppressed. */
    public static boolean isMissing(String cell) {
        return cell.isEmpty() || cell.equals("NULL") || cell.equals(GeneralizationHierarchy.ANY);
    }

    private static List<Frequency> ascending(DataType type, List<Frequency> frequencies) {
        List<String> values = frequencies.stream().map(Frequency::value).toList();
        return type.ascending("", values).stream().map(frequencies::get).toList();
    }

    private static Mode mode(List<Frequency> ordered) {
        Frequency most = ordered.get(0);
        for (Frequency one : ordered) {
            most = one.records > most.records ? one : most;
        }
        return new Mode(most.value, most.records);
    }

    private static Quantiles quantiles(List<Frequency> ordered) {
        long n = number(ordered);
        return new Quantiles(
                at(ordered, 0),
                at(ordered, (n - 1) / 4),
                at(ordered, n / 2),
                at(ordered, n - 1 - (n - 1) / 4),
                at(ordered, n - 1));
    }

    private static String at(List<Frequency> ordered, long place) {
        long before = 0;
        for (Frequency one : ordered) {
            before += one.records;
            if (place < before) {
                return one.value;
            }
        }
        throw new IllegalArgumentException("There is no such place.");
    }

    private static long number(List<Frequency> ordered) {
        return ordered.stream().mapToLong(Frequency::records).sum();
    }

    private static Moments moments(DataType type, List<Frequency> ordered) {
        double[] numbers = ordered.stream()
                .mapToDouble(one -> type.toNumber(one.value).orElseThrow())
                .toArray();
        double n = number(ordered);
        double mean = sum(ordered, numbers, 0, 1) / n;
        double squares = sum(ordered, numbers, mean, 2);
        double variance = n > 1 ? squares / (n - 1) : 0;
        double deviation = Math.sqrt(variance);
        double skewness = n / ((n - 1) * (n - 2)) * sum(ordered, numbers, mean, 3) / Math.pow(deviation, 3);
        double kurtosis =
                n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * sum(ordered, numbers, mean, 4) / (variance * variance)
                        - 3 * (n - 1) * (n - 1) / ((n - 2) * (n - 3));
        return new Moments(
                mean,
                variance,
                squares / n,
                numbers[numbers.length - 1] - numbers[0],
                n < 3 || variance == 0 ? Double.NaN : skewness,
                n < 4 || variance == 0 ? Double.NaN : kurtosis,
                type.scale() == Scale.RATIO && numbers[0] >= 0 ? geometricMean(ordered, numbers, n) : Double.NaN);
    }

    /** Sum over the records of a power of the difference to a centre. */
    private static double sum(List<Frequency> ordered, double[] numbers, double centre, int power) {
        double sum = 0;
        for (int i = 0; i < numbers.length; i++) {
            sum += ordered.get(i).records * Math.pow(numbers[i] - centre, power);
        }
        return sum;
    }

    private static double geometricMean(List<Frequency> ordered, double[] numbers, double n) {
        double logs = 0;
        for (int i = 0; i < numbers.length; i++) {
            logs += ordered.get(i).records * Math.log(numbers[i]);
        }
        return Math.exp(logs / n);
    }
}
