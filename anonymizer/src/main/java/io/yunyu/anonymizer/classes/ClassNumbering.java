package io.yunyu.anonymizer.classes;

import java.util.HashMap;
import java.util.Map;

/** Matches two numberings of the same classes by each class's first row. */
public final class ClassNumbering {
    private ClassNumbering() {}

    /**
     * For each distinct tuple the number of its class. Classes are numbered by the path they were rolled up on; the first
     * row names a class on every path.
     */
    public static int[] ofTuples(EquivalenceClasses tuples, EquivalenceClasses classes) {
        EquivalenceClasses.RollUp direct = tuples.rollUpWithMapping(classes.levels());
        int[] numberOf = translate(direct.classes(), classes);
        int[] mapping = direct.mapping();
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
