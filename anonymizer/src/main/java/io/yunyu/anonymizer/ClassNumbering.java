package io.yunyu.anonymizer;

import io.yunyu.anonymizer.classes.EquivalenceClasses;
import java.util.HashMap;
import java.util.Map;

/** Matches two numberings of the same classes by each class's first row. */
final class ClassNumbering {
    private ClassNumbering() {}

    /** For each class of {@code from} its number in {@code to}. */
    static int[] translate(EquivalenceClasses from, EquivalenceClasses to) {
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
