package io.yunyu.anonymizer.microaggregation;

import io.yunyu.anonymizer.classes.Histograms;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.data.InputException;
import java.util.ArrayList;
import java.util.List;

/** Computes the released values of one microaggregated attribute. */
public final class ClassAggregates {
    private static final String MISSING = "NULL";

    private final Microaggregation microaggregation;
    private final Column column;
    private final DataType type;
    private final double[] numbers;
    private final int[] rankOf;

    /** @throws InputException if the values do not fit the function; names the column, not the value */
    public ClassAggregates(Microaggregation microaggregation, Column column, DataType type) {
        this.microaggregation = microaggregation;
        this.column = column;
        this.type = type;
        this.numbers = new double[column.dictionary().size()];
        this.rankOf = new int[numbers.length];
        switch (microaggregation.function()) {
            case ARITHMETIC_MEAN, GEOMETRIC_MEAN, MEDIAN -> readNumbers();
            case INTERVAL, SET -> rank();
            case MODE, MODE_WITH_DISTRIBUTION_FALLBACK -> {}
        }
    }

    private void readNumbers() {
        if (!(type instanceof DataType.Numeric)) {
            throw new InputException("Column '" + column.name() + "' needs dataType integer or decimal for "
                    + microaggregation.function() + ".");
        }
        boolean geometric = microaggregation.function() == AggregateFunction.GEOMETRIC_MEAN;
        for (int code = 0; code < numbers.length; code++) {
            if (isMissing(code)) {
                continue;
            }
            try {
                numbers[code] = Double.parseDouble(column.dictionary().get(code));
            } catch (NumberFormatException e) {
                throw new InputException("Column '" + column.name() + "': its " + (code + 1)
                        + "th distinct value in input order is not a number.");
            }
            if (geometric && !(numbers[code] > -1)) {
                throw new InputException("Column '" + column.name() + "': its " + (code + 1)
                        + "th distinct value in input order is not above -1, which the geometric mean needs.");
            }
        }
    }

    private void rank() {
        List<String> present = column.dictionary().stream()
                .filter(value -> !value.equals(MISSING))
                .toList();
        List<Integer> ascending = type.ascending(column.name(), present);
        for (int rank = 0; rank < ascending.size(); rank++) {
            rankOf[column.dictionary().indexOf(present.get(ascending.get(rank)))] = rank;
        }
    }

    private boolean isMissing(int code) {
        return column.dictionary().get(code).equals(MISSING);
    }

    /** The value released for each record of a class. @param firstRow the class's first record, by which draws are repeated */
    public String of(Histograms histograms, int equivalenceClass, long firstRow) {
        List<Integer> entries = new ArrayList<>();
        for (int entry = histograms.start(equivalenceClass); entry < histograms.end(equivalenceClass); entry++) {
            if (!isMissing(histograms.value(entry))) {
                entries.add(entry);
            } else if (!microaggregation.ignoreMissing()) {
                return MISSING;
            }
        }
        if (entries.isEmpty()) {
            return MISSING;
        }
        return switch (microaggregation.function()) {
            case ARITHMETIC_MEAN -> text(mean(histograms, entries));
            case GEOMETRIC_MEAN -> text(geometricMean(histograms, entries));
            case MEDIAN -> text(median(histograms, entries));
            case MODE -> modes(histograms, entries).get(0);
            case MODE_WITH_DISTRIBUTION_FALLBACK ->
                microaggregation.fallback().orElseThrow().draw(modes(histograms, entries), firstRow);
            case INTERVAL -> interval(histograms, entries);
            case SET -> "{" + String.join(", ", sorted(histograms, entries)) + "}";
        };
    }

    private double mean(Histograms histograms, List<Integer> entries) {
        double sum = 0;
        double count = 0;
        for (int entry : entries) {
            sum += histograms.count(entry) * numbers[histograms.value(entry)];
            count += histograms.count(entry);
        }
        return sum / count;
    }

    private double geometricMean(Histograms histograms, List<Integer> entries) {
        double sum = 0;
        double count = 0;
        for (int entry : entries) {
            sum += histograms.count(entry) * Math.log1p(numbers[histograms.value(entry)]);
            count += histograms.count(entry);
        }
        return Math.expm1(sum / count);
    }

    private double median(Histograms histograms, List<Integer> entries) {
        entries.sort((a, b) -> Double.compare(numbers[histograms.value(a)], numbers[histograms.value(b)]));
        long count = entries.stream().mapToLong(histograms::count).sum();
        return (at(histograms, entries, (count - 1) / 2) + at(histograms, entries, count / 2)) / 2;
    }

    private double at(Histograms histograms, List<Integer> ascending, long rank) {
        long before = 0;
        for (int entry : ascending) {
            before += histograms.count(entry);
            if (rank < before) {
                return numbers[histograms.value(entry)];
            }
        }
        throw new IllegalStateException("The class has fewer values than its median's rank.");
    }

    /** The most frequent values, in the order in which they occur first. */
    private List<String> modes(Histograms histograms, List<Integer> entries) {
        long most = entries.stream().mapToLong(histograms::count).max().orElseThrow();
        return entries.stream()
                .filter(entry -> histograms.count(entry) == most)
                .map(entry -> column.dictionary().get(histograms.value(entry)))
                .toList();
    }

    private String interval(Histograms histograms, List<Integer> entries) {
        List<String> sorted = sorted(histograms, entries);
        return "[" + sorted.get(0) + ", " + sorted.get(sorted.size() - 1) + "]";
    }

    private List<String> sorted(Histograms histograms, List<Integer> entries) {
        entries.sort((a, b) -> Integer.compare(rankOf[histograms.value(a)], rankOf[histograms.value(b)]));
        return entries.stream()
                .map(entry -> column.dictionary().get(histograms.value(entry)))
                .toList();
    }

    private String text(double value) {
        boolean whole = type instanceof DataType.Numeric numeric && numeric.whole();
        return whole ? Long.toString((long) Math.floor(value + 0.5)) : Double.toString(value);
    }
}
