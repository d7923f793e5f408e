package io.yunyu.anonymizer.mondrian;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.ValueOrder;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Cut between values. A stretch reads as a range of values that occur in it, both ends included; of plain text as the set of
 * the data's values in it, or {@code *} for all of them.
 *
 * <p>Missing values stand below all others; a stretch that holds them and others reads {@code *}.
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
    private final boolean hasMissing;

    private OrderedDimension(
            ValueOrder order,
            String[] textOf,
            double[] before,
            double[] upTo,
            double weight,
            boolean sets,
            boolean hasMissing) {
        this.rankOf = order.rankOf();
        this.positions = order.positions();
        this.textOf = textOf;
        this.before = before;
        this.upTo = upTo;
        this.weight = weight;
        this.sets = sets;
        this.hasMissing = hasMissing;
    }

    static OrderedDimension of(Column column, DataType type, GeneralizationHierarchy built, double weight) {
        List<String> values = column.dictionary();
        boolean sets = type instanceof DataType.Text;
        if (sets && values.size() > MAX_TEXTS) {
            throw new InputException("Column '" + column.name() + "' is text without a hierarchy and has "
                    + values.size() + " distinct values; Mondrian releases sets of at most " + MAX_TEXTS
                    + ". Give it a hierarchy, or a dataType that has an order.");
        }
        BitSet isMissing = isMissing(type, values);
        boolean hasMissing = !isMissing.isEmpty();
        ValueOrder order = hasMissing
                ? ValueOrder.withMissing(type, column.name(), values, isMissing)
                : type.order(column.name(), values);
        String[] textOf = new String[order.ranks()];
        for (int code = 0; code < values.size(); code++) {
            int rank = order.rankOf()[code];
            String text = values.get(code);
            // Values that are equal but for their text show the least of their texts.
            textOf[rank] = textOf[rank] == null || text.compareTo(textOf[rank]) < 0 ? text : textOf[rank];
        }
        return built.levels() > 1 && built.countsValues()
                ? counted(column.name(), type, built, order, textOf, weight, hasMissing)
                : wide(order, textOf, weight, sets, hasMissing);
    }

    private static BitSet isMissing(DataType type, List<String> values) {
        BitSet missing = new BitSet();
        for (int code = 0; code < values.size(); code++) {
            missing.set(code, type.isMissing(values.get(code)));
        }
        return missing;
    }

    /** A range of n values' width covers what n values cover; a single value one of the values. */
    private static OrderedDimension wide(
            ValueOrder order, String[] textOf, double weight, boolean sets, boolean hasMissing) {
        double[] before = new double[textOf.length];
        double[] upTo = new double[textOf.length];
        double one = 1.0 / textOf.length;
        for (int rank = 0; rank < textOf.length; rank++) {
            before[rank] = (1 - one) * order.positions()[rank];
            upTo[rank] = before[rank] + one;
        }
        return new OrderedDimension(order, textOf, before, upTo, weight, sets, hasMissing);
    }

    /** Counts the hierarchy's values, those that the data lack included, as levels of the hierarchy do. */
    private static OrderedDimension counted(
            String column,
            DataType type,
            GeneralizationHierarchy built,
            ValueOrder order,
            String[] textOf,
            double weight,
            boolean hasMissing) {
        List<String> domain = new ArrayList<>();
        built.rows().forEach(row -> domain.add(row.get(0)));
        double values = domain.size();
        domain.removeIf(type::isMissing);
        int data = textOf.length;
        int firstValue = hasMissing ? 1 : 0;
        List<String> both = new ArrayList<>(domain);
        both.addAll(Arrays.asList(textOf).subList(firstValue, data));
        int[] place = type.order("hierarchy of " + column, both).rankOf();
        int[] ascending = Arrays.copyOf(place, domain.size());
        Arrays.sort(ascending);
        double[] before = new double[data];
        double[] upTo = new double[data];
        int passed = 0;
        upTo[0] = 1 / values;
        for (int rank = firstValue; rank < data; rank++) {
            int own = place[domain.size() + rank - firstValue];
            while (passed < ascending.length && ascending[passed] < own) {
                passed++;
            }
            before[rank] = passed / values;
            while (passed < ascending.length && ascending[passed] == own) {
                passed++;
            }
            upTo[rank] = passed / values;
        }
        return new OrderedDimension(order, textOf, before, upTo, weight, false, hasMissing);
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
        if (first == last) {
            return -1;
        }
        return weight * (mixesMissing(first, last) ? 1 : positions[last] - positions[first]);
    }

    @Override
    public String label(int first, int last) {
        if (first == last) {
            return textOf[first];
        } else if (mixesMissing(first, last)) {
            return GeneralizationHierarchy.ANY;
        } else if (!sets) {
            return "[" + textOf[first] + ", " + textOf[last] + "]";
        }
        return last - first + 1 == textOf.length
                ? GeneralizationHierarchy.ANY
                : "{" + String.join(", ", Arrays.asList(textOf).subList(first, last + 1)) + "}";
    }

    @Override
    public double share(int first, int last) {
        return mixesMissing(first, last) ? 1 : Math.min(1, upTo[last] - before[first]);
    }

    @Override
    public boolean mixesMissing(int first, int last) {
        return hasMissing && first == 0 && last > 0;
    }
}
