package io.yunyu.engine.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A conjunction: for each column that it restricts, the values that it lets through.
 *
 * @param columns by dataset and column; a column that is absent is not restricted
 */
record Box(SortedMap<String, ValueSet> columns) {
    static final Box EVERYTHING = new Box(new TreeMap<>());

    Box {
        SortedMap<String, ValueSet> copy = new TreeMap<>(columns);
        copy.values().removeIf(ValueSet.ALL::equals);
        columns = java.util.Collections.unmodifiableSortedMap(copy);
    }

    static Box of(String column, ValueSet values) {
        return new Box(new TreeMap<>(Map.of(column, values)));
    }

    ValueSet of(String column) {
        return columns.getOrDefault(column, ValueSet.ALL);
    }

    /** What is in both; empty if nothing can be. */
    Optional<Box> and(Box other) {
        SortedMap<String, ValueSet> both = new TreeMap<>(columns);
        for (Map.Entry<String, ValueSet> entry : other.columns.entrySet()) {
            ValueSet values = of(entry.getKey()).and(entry.getValue());
            if (values.isEmpty()) {
                return Optional.empty();
            }
            both.put(entry.getKey(), values);
        }
        return Optional.of(new Box(both));
    }

    boolean meets(Box other) {
        Box small = columns.size() <= other.columns.size() ? this : other;
        Box large = small == this ? other : this;
        for (Map.Entry<String, ValueSet> entry : small.columns.entrySet()) {
            ValueSet theirs = large.columns.get(entry.getKey());
            if (theirs != null && !entry.getValue().meets(theirs)) {
                return false;
            }
        }
        return true;
    }

    /** This box without another, as disjoint boxes. */
    List<Box> minus(Box other) {
        List<Box> outside = new ArrayList<>();
        SortedMap<String, ValueSet> rest = new TreeMap<>(columns);
        for (Map.Entry<String, ValueSet> entry : other.columns.entrySet()) {
            String column = entry.getKey();
            ValueSet mine = rest.getOrDefault(column, ValueSet.ALL);
            ValueSet out = mine.and(entry.getValue().not());
            if (!out.isEmpty()) {
                SortedMap<String, ValueSet> piece = new TreeMap<>(rest);
                piece.put(column, out);
                outside.add(new Box(piece));
            }
            rest.put(column, mine.and(entry.getValue()));
        }
        return outside;
    }

    double width() {
        double width = 1;
        for (ValueSet values : columns.values()) {
            width *= Math.max(1, Objects.requireNonNull(values).width());
        }
        return width;
    }

    /** Names no value. */
    @Override
    public String toString() {
        return "Box" + columns.keySet();
    }
}
