package io.yunyu.anonymizer.mondrian;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.ValueOrder;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cut between values. A stretch reads as a range of values that occur in it, both ends included; of plain text as the set of
 * the data's values in it, or {@code *} for all of them.
 *
 * <p>A range covers as much of the domain as it is wide; where a hierarchy counts its values, as many of these as lie in it.
 */
final class OrderedDimension implements Dimension {
    /** A set of more values is nothing to read. */
    static final int MAX_TEXTS = 100;

    private final int[] rankOf;
    private final String[] textOf;
    private final double[] positions;
    private final double[] before;
    private final double[] upTo;
    private final double weight;
    private final boolean sets;

    private OrderedDimension(
            ValueOrder order, String[] textOf, double[] before, double[] upTo, double weight, boolean sets) {
        this.rankOf = order.rankOf();
        this.positions = order.positions();
        this.textOf = textOf;
        this.before = before;
        this.upTo = upTo;
        this.weight = weight;
        this.sets = sets;
    }

    static OrderedDimension of(Column column, DataType type, GeneralizationHierarchy built, double weight) {
        List<String> values = column.dictionary();
        boolean sets = type instanceof DataType.Text;
        if (sets && values.size() > MAX_TEXTS) {
            throw new InputException("Column '" + column.name() + "' is text without a hierarchy and has "
                    + values.size() + " distinct values; Mondrian releases sets of at most " + MAX_TEXTS
                    + ". Give it a hierarchy, or a dataType that has an order.");
        }
        ValueOrder order = type.order(column.name(), values);
        String[] textOf = new String[order.ranks()];
        for (int code = 0; code < values.size(); code++) {
            int rank = order.rankOf()[code];
            String text = values.get(code);
            // Values that are equal but for their text show the least of their texts.
            textOf[rank] = textOf[rank] == null || text.compareTo(textOf[rank]) < 0 ? text : textOf[rank];
        }
        return built.levels() > 1 && built.countsValues()
                ? counted(column.name(), type, built, order, textOf, weight)
                : wide(order, textOf, weight, sets);
    }

    /** A range of n values' width covers what n values cover; a single value one of the values. */
    private static OrderedDimension wide(ValueOrder order, String[] textOf, double weight, boolean sets) {
        double[] before = new double[textOf.length];
        double[] upTo = new double[textOf.length];
        double one = 1.0 / textOf.length;
        for (int rank = 0; rank < textOf.length; rank++) {
            before[rank] = (1 - one) * order.positions()[rank];
            upTo[rank] = before[rank] + one;
        }
        return new OrderedDimension(order, textOf, before, upTo, weight, sets);
    }

    /** Counts the hierarchy's values, those that the data lack included, as levels of the hierarchy do. */
    private static OrderedDimension counted(
            String column,
            DataType type,
            GeneralizationHierarchy built,
            ValueOrder order,
            String[] textOf,
            double weight) {
        List<String> domain = new ArrayList<>();
        built.rows().forEach(row -> domain.add(row.get(0)));
        int data = textOf.length;
        List<String> both = new ArrayList<>(domain);
        both.addAll(Arrays.asList(textOf));
        int[] place = type.order("hierarchy of " + column, both).rankOf();
        int[] ascending = Arrays.copyOf(place, domain.size());
        Arrays.sort(ascending);
        double[] before = new double[data];
        double[] upTo = new double[data];
        int passed = 0;
        for (int rank = 0; rank < data; rank++) {
            int own = place[domain.size() + rank];
            while (passed < ascending.length && ascending[passed] < own) {
                passed++;
            }
            before[rank] = (double) passed / domain.size();
            while (passed < ascending.length && ascending[passed] == own) {
                passed++;
            }
            upTo[rank] = (double) passed / domain.size();
        }
        return new OrderedDimension(order, textOf, before, upTo, weight, false);
    }

    @Override
    public int[] ranks() {
        return rankOf;
    }

    @Override
    public int size() {
        return textOf.length;
    }

    @Override
    public double width(int first, int last) {
        return first == last ? -1 : weight * (positions[last] - positions[first]);
    }

    @Override
    public String label(int first, int last) {
        if (first == last) {
            return textOf[first];
        } else if (!sets) {
            return "[" + textOf[first] + ", " + textOf[last] + "]";
        }
        return last - first + 1 == textOf.length
                ? GeneralizationHierarchy.ANY
                : "{" + String.join(", ", Arrays.asList(textOf).subList(first, last + 1)) + "}";
    }

    @Override
    public double share(int first, int last) {
        return Math.min(1, upTo[last] - before[first]);
    }
}
