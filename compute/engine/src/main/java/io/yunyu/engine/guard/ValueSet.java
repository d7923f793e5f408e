package io.yunyu.engine.guard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of values of one column: half-open spans in the column's order, and whether a missing value belongs to it. Values
 * are {@link Long} (whole numbers, scaled decimals, days, microseconds, the order-preserving bits of doubles) or
 * {@link String}; a column has values of one kind only.
 *
 * @param spans ascending, disjoint and not adjacent, so that equal sets are equal records
 */
record ValueSet(List<Span> spans, boolean withMissing) {
    static final ValueSet ALL = new ValueSet(List.of(new Span(null, null)), true);
    static final ValueSet NOTHING = new ValueSet(List.of(), false);
    static final ValueSet MISSING = new ValueSet(List.of(), true);
    static final ValueSet PRESENT = new ValueSet(List.of(new Span(null, null)), false);

    /** Values from {@code from} (inclusive) to {@code until} (exclusive); null is without bound. */
    record Span(@Nullable Comparable<?> from, @Nullable Comparable<?> until) {}

    ValueSet {
        spans = List.copyOf(spans);
    }

    static ValueSet of(Comparable<?> value) {
        return between(value, value);
    }

    /** Both ends inclusive; null is without bound. */
    static ValueSet between(@Nullable Comparable<?> from, @Nullable Comparable<?> to) {
        Comparable<?> until = to == null ? null : next(to);
        return to != null && until == null || from == null || until == null || compare(from, until) < 0
                ? new ValueSet(List.of(new Span(from, until)), false)
                : NOTHING;
    }

    /** Texts that begin with at least one given character. */
    static ValueSet prefixed(String prefix) {
        int last = prefix.length() - 1;
        return new ValueSet(
                List.of(new Span(prefix, prefix.substring(0, last) + (char) (prefix.charAt(last) + 1))), false);
    }

    /** Smaller than a value. */
    static ValueSet below(Comparable<?> value) {
        return new ValueSet(List.of(new Span(null, value)), false);
    }

    boolean isEmpty() {
        return spans.isEmpty() && !withMissing;
    }

    ValueSet and(ValueSet other) {
        List<Span> both = new ArrayList<>();
        for (Span a : spans) {
            for (Span b : other.spans) {
                Comparable<?> from = later(a.from, b.from);
                Comparable<?> until = earlier(a.until, b.until);
                if (from == null || until == null || compare(from, until) < 0) {
                    both.add(new Span(from, until));
                }
            }
        }
        return new ValueSet(both, withMissing && other.withMissing);
    }

    /** Whether {@link #and} of both has anything in it. */
    boolean meets(ValueSet other) {
        if (withMissing && other.withMissing) {
            return true;
        }
        for (Span a : spans) {
            for (Span b : other.spans) {
                if (begins(a, b) && begins(b, a)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a span begins before another ends. */
    private static boolean begins(Span span, Span other) {
        return span.from == null || other.until == null || compare(span.from, other.until) < 0;
    }

    ValueSet or(ValueSet other) {
        List<Span> all = new ArrayList<>(spans);
        all.addAll(other.spans);
        all.sort(Comparator.comparing(
                Span::from, (a, b) -> a == b ? 0 : a == null ? -1 : b == null ? 1 : compare(a, b)));
        List<Span> merged = new ArrayList<>();
        for (Span span : all) {
            Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && (last.until == null || span.from == null || compare(span.from, last.until) <= 0)) {
                Comparable<?> until = last.until == null || span.until == null
                        ? null
                        : compare(last.until, span.until) >= 0 ? last.until : span.until;
                merged.set(merged.size() - 1, new Span(last.from, until));
            } else {
                merged.add(span);
            }
        }
        return new ValueSet(merged, withMissing || other.withMissing);
    }

    /** Everything else, a missing value included if this set has none. */
    ValueSet not() {
        List<Span> gaps = new ArrayList<>();
        Comparable<?> from = null;
        boolean open = true;
        for (Span span : spans) {
            if (span.from != null && (open || from != null)) {
                gaps.add(new Span(from, span.from));
            }
            from = span.until;
            open = false;
        }
        if (open || from != null) {
            gaps.add(new Span(from, null));
        }
        return new ValueSet(gaps, !withMissing);
    }

    /** How much room the set takes: the number of whole numbers in it where that is finite, 1 for a span otherwise. */
    double width() {
        double width = withMissing ? 1 : 0;
        for (Span span : spans) {
            width += span.from instanceof Long from && span.until instanceof Long until
                    ? (double) until - (double) from
                    : 1;
        }
        return width;
    }

    /** The value right after, or null after the last. */
    private static @Nullable Comparable<?> next(Comparable<?> value) {
        if (value instanceof Long n) {
            return n == Long.MAX_VALUE ? null : n + 1;
        }
        return value + "\0";
    }

    private static @Nullable Comparable<?> later(@Nullable Comparable<?> a, @Nullable Comparable<?> b) {
        return a == null ? b : b == null || compare(a, b) >= 0 ? a : b;
    }

    private static @Nullable Comparable<?> earlier(@Nullable Comparable<?> a, @Nullable Comparable<?> b) {
        return a == null ? b : b == null || compare(a, b) <= 0 ? a : b;
    }

    private static int compare(Comparable<?> a, Comparable<?> b) {
        return a instanceof Long x && b instanceof Long y
                ? Long.compare(x, y)
                : a.toString().compareTo(b.toString());
    }

    /** Names no value: labels may be original data. */
    @Override
    public String toString() {
        return "ValueSet[" + spans.size() + " spans]";
    }
}
