package io.yunyu.anonymizer.search;

import java.util.Arrays;
import java.util.List;

/**
 * A full-domain generalization: one level for each quasi-identifier, in their order.
 *
 * @param levels one per quasi-identifier, not negative
 */
public record Transformation(List<Integer> levels) {
    public Transformation {
        levels = List.copyOf(levels);
    }

    public static Transformation of(int... levels) {
        return new Transformation(Arrays.stream(levels).boxed().toList());
    }

    public int[] toArray() {
        return levels.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Sum of the levels. */
    public int height() {
        return levels.stream().mapToInt(Integer::intValue).sum();
    }
}
