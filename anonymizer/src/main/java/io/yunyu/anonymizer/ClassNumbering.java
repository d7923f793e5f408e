package io.yunyu.anonymizer;

import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.GroupedMicrodata;
import java.util.HashMap;
import java.util.Map;

/** Matches two numberings of the same classes by each class's first row. */
final class ClassNumbering {
    private ClassNumbering() {}

    /**
     * For each distinct tuple the number of its class. Classes are numbered by the path they were rolled up on; the first
     * row names a class on every path.
     */
    static int[] ofTuples(GroupedMicrodata data, EquivalenceClasses classes) {
        EquivalenceClasses direct = data.tuples().rollUp(classes.levels());
        int[] numberOf = translate(direct, classes);
        int[] mapping = data.classOfTuple(classes.levels());
        for (int tuple = 0; tuple < mapping.length; tuple++) {
            mapping[tuple] = numberOf[mapping[tuple]];
        }
        return mapping;
    }

    /** For each class of {@code from} its number in {@code to}. */
    private static int[] translate(EquivalenceClasses from, EquivalenceClasses to) {
        Map<Long, Integer> byFirstRow = new HashMap<>();
        for (int c = 0; c < to.size(); c++) {
            byFirstRow.put(to.firstRow(c), c);
        }
        int[] numbers = new int[from.size()];
        for (int c = 0; c < numbers.length; c++) {
            Integer number = byFirstRow.get(from.firstRow(c));
            if (number == null) {
                throw new IllegalStateException("The two groupings are not of the same transformation.");
            }
            numbers[c] = number;
        }
        return numbers;
    }
}
