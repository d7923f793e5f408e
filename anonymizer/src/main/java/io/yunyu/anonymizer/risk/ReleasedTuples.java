package io.yunyu.anonymizer.risk;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Distinct tuples of quasi-identifiers with the number of records that show them. Labels are numbered per attribute; the
 * label {@code *} has the number {@link #ANY}, so that it can be told from a value.
 */
public final class ReleasedTuples {
    /** Number of the label {@code *}. */
    static final int ANY = 0;

    private final List<String> attributes;
    private final int[] codes;
    private final long[] counts;

    private ReleasedTuples(List<String> attributes, int[] codes, long[] counts) {
        this.attributes = attributes;
        this.codes = codes;
        this.counts = counts;
    }

    /** The released classes; suppressed ones are left out. */
    public static ReleasedTuples released(AnonymizedClasses anonymized) {
        return of(anonymized.classes(), anonymized::isKept);
    }

    /** The classes with studied records, whatever became of them: on level 0 the original tuples. */
    public static ReleasedTuples all(EquivalenceClasses classes) {
        return of(classes, c -> classes.count(c) > 0);
    }

    /** Tuples given by their codes, for tests and for tables that were not grouped here. @param codes per tuple */
    static ReleasedTuples of(List<String> attributes, int[][] codes, long[] counts) {
        int[] flat = new int[attributes.size() * codes.length];
        for (int t = 0; t < codes.length; t++) {
            System.arraycopy(codes[t], 0, flat, t * attributes.size(), attributes.size());
        }
        return new ReleasedTuples(List.copyOf(attributes), flat, counts.clone());
    }

    private interface Choice {
        boolean takes(int equivalenceClass);
    }

    private static ReleasedTuples of(EquivalenceClasses classes, Choice choice) {
        int dimension = classes.quasiIdentifiers().dimension();
        List<String> names = new ArrayList<>();
        int[][] numbers = new int[dimension][];
        for (int i = 0; i < dimension; i++) {
            BoundHierarchy hierarchy = classes.quasiIdentifiers().attribute(i);
            names.add(hierarchy.attribute());
            numbers[i] = labelNumbers(hierarchy, classes.level(i));
        }
        int[] codes = new int[classes.size() * dimension];
        long[] counts = new long[classes.size()];
        int size = 0;
        for (int c = 0; c < classes.size(); c++) {
            if (choice.takes(c)) {
                for (int i = 0; i < dimension; i++) {
                    codes[size * dimension + i] = numbers[i][classes.code(c, i)];
                }
                counts[size++] = classes.count(c);
            }
        }
        return new ReleasedTuples(
                List.copyOf(names), Arrays.copyOf(codes, size * dimension), Arrays.copyOf(counts, size));
    }

    private static int[] labelNumbers(BoundHierarchy hierarchy, int level) {
        Map<String, Integer> numberOf = new HashMap<>();
        int[] numbers = new int[hierarchy.cardinality(level)];
        for (int code = 0; code < numbers.length; code++) {
            numbers[code] = hierarchy.isAny(level, code)
                    ? ANY
                    : numberOf.computeIfAbsent(hierarchy.label(level, code), label -> numberOf.size() + 1);
        }
        return numbers;
    }

    public List<String> attributes() {
        return attributes;
    }

    public int size() {
        return counts.length;
    }

    int dimension() {
        return attributes.size();
    }

    int code(int tuple, int attribute) {
        return codes[tuple * attributes.size() + attribute];
    }

    long count(int tuple) {
        return counts[tuple];
    }

    /** Records of all tuples. */
    public long records() {
        return Arrays.stream(counts).sum();
    }
}
