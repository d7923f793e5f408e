package io.yunyu.anonymizer.data;

import java.util.ArrayList;
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
    private final int[] codes;
    private final long[] knownCounts;

    Column(String name, List<String> dictionary, int[] codes) {
        this(name, dictionary, codes, new long[0]);
    }

    private Column(String name, List<String> dictionary, int[] codes, long[] knownCounts) {
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
        return new Column(name, List.copyOf(dictionary), new int[0], counts.clone());
    }

    /** Encodes values. */
    public static Column of(String name, List<String> values) {
        Map<String, Integer> codeOf = new HashMap<>();
        List<String> dictionary = new ArrayList<>();
        int[] codes = new int[values.size()];
        for (int row = 0; row < codes.length; row++) {
            String value = values.get(row);
            Integer code = codeOf.get(value);
            if (code == null) {
                code = dictionary.size();
                codeOf.put(value, code);
                dictionary.add(value);
            }
            codes[row] = code;
        }
        return new Column(name, List.copyOf(dictionary), codes);
    }

    public String name() {
        return name;
    }

    /** Distinct values; the position of a value is its code. */
    public List<String> dictionary() {
        return dictionary;
    }

    public int code(int row) {
        return codes[row];
    }

    public String value(int row) {
        return dictionary.get(codes[row]);
    }

    public int rowCount() {
        return codes.length;
    }

    /** How often each value of the dictionary occurs. */
    public long[] counts() {
        long[] counts = codes.length == 0 ? knownCounts.clone() : new long[dictionary.size()];
        for (int code : codes) {
            counts[code]++;
        }
        return counts;
    }
}
