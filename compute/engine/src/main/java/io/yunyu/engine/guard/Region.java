package io.yunyu.engine.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which records belong to a cell, as far as its query's text and its labels tell: a disjunction of boxes.
 *
 * @param boxes may overlap; none means that nothing belongs to it
 */
public record Region(List<Box> boxes) {
    /** More boxes than this are not kept apart; such a condition is a column of its own. */
    public static final int MAX_BOXES = 64;

    public static final Region EVERYTHING = new Region(List.of(Box.EVERYTHING));
    public static final Region NOTHING = new Region(List.of());

    public Region {
        boxes = List.copyOf(boxes);
    }

    /** The records whose column has the value; null is the missing value. */
    public static Region label(String column, @Nullable Comparable<?> value) {
        return new Region(List.of(Box.of(column, value == null ? ValueSet.MISSING : ValueSet.of(value))));
    }

    /** The records whose column has one of the values. */
    public static Region oneOf(String column, List<? extends Comparable<?>> values) {
        ValueSet set = ValueSet.NOTHING;
        for (Comparable<?> value : values) {
            set = set.or(ValueSet.of(value));
        }
        return of(column, set);
    }

    /** The records whose column has a text that begins with one of these, which are not empty. */
    public static Region prefixed(String column, List<String> prefixes) {
        ValueSet set = ValueSet.NOTHING;
        for (String prefix : prefixes) {
            set = set.or(ValueSet.prefixed(prefix));
        }
        return of(column, set);
    }

    /** Both ends inclusive; null is without bound. */
    public static Region between(String column, @Nullable Comparable<?> from, @Nullable Comparable<?> to) {
        return of(column, ValueSet.between(from, to));
    }

    /** The records whose column is smaller than the value. */
    public static Region below(String column, Comparable<?> value) {
        return of(column, ValueSet.below(value));
    }

    public static Region missing(String column) {
        return of(column, ValueSet.MISSING);
    }

    public static Region present(String column) {
        return of(column, ValueSet.PRESENT);
    }

    private static Region of(String column, ValueSet values) {
        return values.isEmpty() ? NOTHING : new Region(List.of(Box.of(column, values)));
    }

    /** @return empty if it would take more than {@value #MAX_BOXES} boxes */
    public Optional<Region> and(Region other) {
        List<Box> both = new ArrayList<>();
        for (Box a : boxes) {
            for (Box b : other.boxes) {
                a.and(b).ifPresent(both::add);
            }
        }
        return bounded(both);
    }

    /** @return empty if it would take more than {@value #MAX_BOXES} boxes */
    public Optional<Region> or(Region other) {
        Optional<Region> merged = mergedOnOneColumn(other);
        if (merged.isPresent()) {
            return merged;
        }
        List<Box> either = new ArrayList<>(boxes);
        other.boxes.stream().filter(b -> !either.contains(b)).forEach(either::add);
        return bounded(either);
    }

    /** Two conditions on the same single column are one. */
    private Optional<Region> mergedOnOneColumn(Region other) {
        if (boxes.size() != 1 || other.boxes.size() != 1) {
            return Optional.empty();
        }
        Map<String, ValueSet> mine = boxes.get(0).columns();
        Map<String, ValueSet> theirs = other.boxes.get(0).columns();
        if (mine.size() != 1 || !mine.keySet().equals(theirs.keySet())) {
            return Optional.empty();
        }
        String column = mine.keySet().iterator().next();
        return Optional.of(
                of(column, boxes.get(0).of(column).or(other.boxes.get(0).of(column))));
    }

    private static Optional<Region> bounded(List<Box> boxes) {
        return boxes.size() > MAX_BOXES ? Optional.empty() : Optional.of(new Region(boxes));
    }

    /** The complement of a single column's values among the present ones; for NOT over a comparison. */
    public Region notPresent(String column) {
        ValueSet set = ValueSet.NOTHING;
        for (Box box : boxes) {
            set = set.or(box.of(column));
        }
        ValueSet out = set.not();
        return of(column, new ValueSet(out.spans(), false));
    }

    /** A condition that is not taken apart: a column of its own, named by its text. */
    public static Region opaque(String text) {
        return new Region(List.of(new Box(new TreeMap<>(Map.of("condition:" + text, ValueSet.of("true"))))));
    }

    /** The columns that it restricts: the same for all cells of one grouping of one query. */
    String form() {
        return boxes.stream()
                .map(b -> b.columns().keySet().toString())
                .distinct()
                .toList()
                .toString();
    }

    /** Whether a record can belong to both; it cannot where some column would have to have two values. */
    public boolean meets(Region other) {
        return boxes.stream().anyMatch(a -> other.boxes.stream().anyMatch(a::meets));
    }

    /** Names no value. */
    @Override
    public String toString() {
        return "Region[" + boxes.size() + " boxes]";
    }
}
