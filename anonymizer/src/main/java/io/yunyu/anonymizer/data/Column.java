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
        Map<String, Integer> codeOf = new HashMap<>();
        List<String> dictionary = new ArrayList<>();
        CodeList codes = new CodeList();
        for (String value : values) {
            Integer code = codeOf.get(value);
            if (code == null) {
                code = dictionary.size();
                codeOf.put(value, code);
                dictionary.add(value);
            }
            codes.add(code);
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
        return codes.get(row);
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
}
