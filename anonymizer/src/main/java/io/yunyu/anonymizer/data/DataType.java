package io.yunyu.anonymizer.data;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.chrono.ChronoLocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/** How the values of an attribute are ordered, which ordered t-closeness and the hierarchy builders depend on. */
public sealed interface DataType {
    /** Plain text, ordered by code units. */
    DataType STRING = new Text();

    /** Whole numbers. */
    DataType INTEGER = new Numeric(true);

    /** Decimal numbers. */
    DataType DECIMAL = new Numeric(false);

    /**
     * The codes of a dictionary in the order of their values; equal values keep the dictionary's order.
     *
     * @throws InputException if a value is not of this type; names the column, not the value
     */
    List<Integer> ascending(String column, List<String> dictionary);

    /**
     * The values of a dictionary on a line; equal values of different text stand in the same place.
     *
     * @throws InputException if a value is not of this type; names the column, not the value
     */
    ValueOrder order(String column, List<String> dictionary);

    /** What may be said of the values beside which are equal. */
    Scale scale();

    /** Whether a text is a value of this type. */
    boolean accepts(String value);

    /** Scales of measurement (Stevens 1946); each allows what the ones before it do. */
    enum Scale {
        /** Names. */
        NOMINAL,
        /** An order. */
        ORDINAL,
        /** Differences. */
        INTERVAL,
        /** A zero, and so proportions. */
        RATIO
    }

    /** Whether a cell says that there is no value: empty, or {@code NULL}, unless the type has such a value. */
    default boolean isMissing(String cell) {
        return cell.isEmpty() || cell.equals("NULL");
    }

    /** A number of this type, or the day of a date; empty where a value is none, and of types without numbers. */
    default OptionalDouble toNumber(String value) {
        return OptionalDouble.empty();
    }

    /** Text in alphabetical order of its UTF-16 code units. */
    record Text() implements DataType {
        @Override
        public Scale scale() {
            return Scale.NOMINAL;
        }

        @Override
        public boolean accepts(String value) {
            return true;
        }

        @Override
        public boolean isMissing(String cell) {
            return false;
        }

        @Override
        public List<Integer> ascending(String column, List<String> dictionary) {
            return Ordering.sorted(dictionary);
        }

        @Override
        public ValueOrder order(String column, List<String> dictionary) {
            return ValueOrder.evenly(dictionary);
        }
    }

    /** Text with a given order. */
    record Ordered(List<String> order) implements DataType {
        public Ordered {
            order = List.copyOf(order);
        }

        @Override
        public Scale scale() {
            return Scale.ORDINAL;
        }

        @Override
        public boolean accepts(String value) {
            return order.contains(value);
        }

        @Override
        public boolean isMissing(String cell) {
            return DataType.super.isMissing(cell) && !order.contains(cell);
        }

        @Override
        public List<Integer> ascending(String column, List<String> dictionary) {
            return Ordering.sorted(ranks(column, dictionary));
        }

        /** At even distances in the declared order, values that the data lack included. */
        @Override
        public ValueOrder order(String column, List<String> dictionary) {
            return ValueOrder.of(ranks(column, dictionary), BigDecimal::valueOf);
        }

        private List<Integer> ranks(String column, List<String> dictionary) {
            Map<String, Integer> rank = new HashMap<>();
            order.forEach(value -> rank.putIfAbsent(value, rank.size()));
            return Ordering.keys(column, dictionary, "in the declared order", value -> {
                Integer found = rank.get(value);
                if (found == null) {
                    throw new IllegalArgumentException("not in the order");
                }
                return found;
            });
        }
    }

    /** Numbers; whole ones if {@code whole}. */
    record Numeric(boolean whole) implements DataType {
        @Override
        public Scale scale() {
            return Scale.RATIO;
        }

        @Override
        public boolean accepts(String value) {
            return toNumber(value).isPresent();
        }

        @Override
        public List<Integer> ascending(String column, List<String> dictionary) {
            return Ordering.sorted(numbers(column, dictionary));
        }

        @Override
        public ValueOrder order(String column, List<String> dictionary) {
            return ValueOrder.of(numbers(column, dictionary), number -> number);
        }

        private List<BigDecimal> numbers(String column, List<String> dictionary) {
            return Ordering.keys(column, dictionary, whole ? "an integer" : "a decimal number", this::number);
        }

        @Override
        public OptionalDouble toNumber(String value) {
            try {
                return OptionalDouble.of(number(value).doubleValue());
            } catch (NumberFormatException e) {
                return OptionalDouble.empty();
            }
        }

        BigDecimal number(String value) {
            String trimmed = value.trim();
            return whole ? BigDecimal.valueOf(Long.parseLong(trimmed)) : new BigDecimal(trimmed);
        }
    }

    /** Dates in a {@link DateTimeFormatter} pattern. */
    record Date(String pattern) implements DataType {
        public Date {
            try {
                Objects.requireNonNull(DateTimeFormatter.ofPattern(pattern));
            } catch (IllegalArgumentException e) {
                throw new InputException("'" + pattern + "' is not a date pattern such as yyyy-MM-dd.", e);
            }
        }

        @Override
        public Scale scale() {
            return Scale.INTERVAL;
        }

        @Override
        public boolean accepts(String value) {
            return toNumber(value).isPresent();
        }

        @Override
        public List<Integer> ascending(String column, List<String> dictionary) {
            return Ordering.sorted(dates(column, dictionary));
        }

        @Override
        public ValueOrder order(String column, List<String> dictionary) {
            return ValueOrder.of(dates(column, dictionary), date -> BigDecimal.valueOf(date.toEpochDay()));
        }

        @Override
        public OptionalDouble toNumber(String value) {
            try {
                return OptionalDouble.of(LocalDate.parse(value, DateTimeFormatter.ofPattern(pattern))
                        .toEpochDay());
            } catch (DateTimeException e) {
                return OptionalDouble.empty();
            }
        }

        private List<ChronoLocalDate> dates(String column, List<String> dictionary) {
            DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern);
            return Ordering.keys(column, dictionary, "a date in the pattern " + pattern, value -> {
                try {
                    return LocalDate.parse(value, formatter);
                } catch (DateTimeException e) {
                    throw new IllegalArgumentException(e);
                }
            });
        }
    }

    /** Sorting of dictionaries by typed keys; equal keys keep the dictionary's order. */
    final class Ordering {
        private Ordering() {}

        private interface Key<K> {
            K of(String value);
        }

        private static <K> List<K> keys(String column, List<String> dictionary, String expected, Key<K> key) {
            List<K> keys = new ArrayList<>();
            for (int code = 0; code < dictionary.size(); code++) {
                try {
                    keys.add(key.of(dictionary.get(code)));
                } catch (IllegalArgumentException e) {
                    throw new InputException("Column '" + column + "': its " + (code + 1)
                            + "th distinct value in input order is not " + expected
                            + ". Correct the value or the column's dataType.");
                }
            }
            return keys;
        }

        static <K extends Comparable<? super K>> List<Integer> sorted(List<K> keys) {
            List<Integer> codes = new ArrayList<>();
            for (int code = 0; code < keys.size(); code++) {
                codes.add(code);
            }
            codes.sort((a, b) -> keys.get(a).compareTo(keys.get(b)));
            return codes;
        }
    }
}
