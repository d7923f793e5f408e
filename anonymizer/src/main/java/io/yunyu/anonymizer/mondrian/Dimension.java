package io.yunyu.anonymizer.mondrian;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;

/**
 * One quasi-identifier as it is cut. Its values stand on a line, and each part of the tuples covers a stretch of it, named
 * by its first and its last rank. Depends on the values' text only, not on their codes.
 */
public sealed interface Dimension permits OrderedDimension, TreeDimension {
    /**
     * What a quasi-identifier is cut by: its order where its data type has one, else its hierarchy, else its text.
     *
     * @param column the values
     * @param bound the hierarchy bound to the column
     * @param built the hierarchy
     * @param minLevel least level that labels may have
     * @param maxLevel greatest one
     * @param weight how much sooner than others it is cut, not negative
     * @throws io.yunyu.anonymizer.data.InputException if a value does not fit the type, or there are too many texts
     */
    static Dimension of(
            Column column,
            DataType type,
            BoundHierarchy bound,
            GeneralizationHierarchy built,
            int minLevel,
            int maxLevel,
            double weight) {
        return isOrdered(type, built.levels() > 1)
                ? OrderedDimension.of(column, type, built, weight)
                : new TreeDimension(bound, minLevel, maxLevel, weight);
    }

    /** Whether an attribute is cut by the order of its values. */
    static boolean isOrdered(DataType type, boolean hasHierarchy) {
        return !hasHierarchy || !(type instanceof DataType.Text);
    }

    /** For each code of the column its rank. Shared; do not change. */
    int[] ranks();

    /** Number of ranks. */
    int size();

    /** How wide a stretch is, in [0, 1], times the attribute's weight; negative if it cannot be cut. */
    double width(int first, int last);

    /** Whether a stretch holds missing values, which come first, and others: these are parted first. */
    default boolean mixesMissing(int first, int last) {
        return false;
    }

    /** What the records of a stretch show. */
    String label(int first, int last);

    /** Part of the domain under that label, in (0, 1]. */
    double share(int first, int last);
}
