package io.yunyu.anonymizer.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One attribute of a table: a dictionary of its distinct values in order of first occurrence, and a code for each row.
 *
 * <p>Holds original data; has no {@code toString} of its own for that reason.
 */
public final class Column {
    private final String name;
    private final List<String> dictionary;
    private final CodeList codes;
    private final long[] knownCounts;

    Column(String name, List<String> dictionary, CodeList codes) {
        this(name, dictionary, codes, new long[0]);
    }

    private Column(String name, List<String> dictionary, CodeList codes, long[] knownCounts) {
        this.name = name;
        this.dictionary = dictionary;
        this.codes = codes;
        this.knownCounts = knownCounts;
    }

    /** A column without rows: its distinct values, and how often each occurs. */
    public static Column summary(String name, List<String> dictionary, long[] counts) {
        if (dictionary.size() != counts.length) {
            throw new IllegalArgumentException("A count is missing, or a value.");
        }
        return new Column(name, List.copyOf(dictionary), new CodeList(), counts.clone());
    }

    /** Encodes values. */
    public static Column of(String name, List<String> values) {
        Builder builder = new Builder(name);
        for (String value : values) {
            builder.addCode(builder.codeOf(value));
        }
        return builder.build();
    }

    public String name() {
        return name;
    }

    /** Some of the rows, in their order. */
    Column select(BitSet rows) {
        int[] newCode = new int[dictionary.size()];
        Arrays.fill(newCode, -1);
        List<String> values = new ArrayList<>();
        CodeList selected = new CodeList();
        for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
            int code = codes.get(row);
            if (newCode[code] < 0) {
                newCode[code] = values.size();
                values.add(dictionary.get(code));
            }
            selected.add(newCode[code]);
        }
        return new Column(name, List.copyOf(values), selected);
    }

    /**
     * The same rows with other values; equal ones become one.
     *
     * @param values new value per code
     */
    public Column withValues(List<String> values) {
        Map<String, Integer> codeOf = new HashMap<>();
        List<String> distinct = new ArrayList<>();
        int[] newCode = new int[values.size()];
        for (int code = 0; code < newCode.length; code++) {
            Integer known = codeOf.putIfAbsent(values.get(code), distinct.size());
            newCode[code] = known == null ? distinct.size() : known;
            if (known == null) {
                distinct.add(values.get(code));
            }
        }
        CodeList recoded = new CodeList();
        for (int row = 0; row < codes.size(); row++) {
            recoded.add(newCode[codes.get(row)]);
        }
        return new Column(name, List.copyOf(distinct), recoded);
    }

    /** The same rows with the values' codes in the order of their text, so that no code depends on the order of rows. */
    public Column inTextOrder() {
        List<Integer> sorted = DataType.Ordering.sorted(dictionary);
        int[] newCode = new int[sorted.size()];
        for (int code = 0; code < newCode.length; code++) {
            newCode[sorted.get(code)] = code;
        }
        CodeList recoded = new CodeList();
        for (int row = 0; row < codes.size(); row++) {
            recoded.add(newCode[codes.get(row)]);
        }
        long[] counts = new long[knownCounts.length];
        for (int code = 0; code < counts.length; code++) {
            counts[newCode[code]] = knownCounts[code];
        }
        return new Column(name, sorted.stream().map(dictionary::get).toList(), recoded, counts);
    }

    /** Distinct values; the position of a value is its code. */
    public List<String> dictionary() {
        return dictionary;
    }

    public int code(int row) {
        return codes.get(row);
    }

    /** The codes of some rows, from the beginning of {@code into} on. */
    public void codes(int firstRow, int number, int[] into) {
        codes.copy(firstRow, number, into);
    }

    public String value(int row) {
        return dictionary.get(codes.get(row));
    }

    public int rowCount() {
        return codes.size();
    }

    /** How often each value of the dictionary occurs. */
    public long[] counts() {
        if (codes.size() == 0) {
            return knownCounts.clone();
        }
        long[] counts = new long[dictionary.size()];
        for (int row = 0; row < codes.size(); row++) {
            counts[codes.get(row)]++;
        }
        return counts;
    }

    /** Collects a column value by value. */
    public static final class Builder {
        private final String name;
        private final Map<String, Integer> codes = new HashMap<>();
        private final List<String> dictionary = new ArrayList<>();
        private final CodeList rows = new CodeList();

        public Builder(String name) {
            this.name = name;
        }

        /** The code of a value; a new one gets the next, so that codes follow the order of first occurrence. */
        public int codeOf(String value) {
            Integer code = codes.putIfAbsent(value, dictionary.size());
            if (code == null) {
                dictionary.add(value);
                return dictionary.size() - 1;
            }
            return code;
        }

        /** Adds a row. @param code of a value that {@link #codeOf} was asked for */
        public void addCode(int code) {
            rows.add(code);
        }

        public Column build() {
            return new Column(name, List.copyOf(dictionary), rows);
        }
    }
}
