package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.classes.QuasiIdentifiers;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.api.java.UDF1;

/** Generalizes one word of packed codes from some levels to coarser ones: each code has its place on every level. */
final class WordRecoding implements UDF1<Long, Long> {
    private static final long serialVersionUID = 1;

    private final long kept;
    private final int[] shifts;
    private final long[] masks;
    private final int[][] steps;

    private WordRecoding(long kept, int[] shifts, long[] masks, int[][] steps) {
        this.kept = kept;
        this.shifts = shifts;
        this.masks = masks;
        this.steps = steps;
    }

    static WordRecoding of(QuasiIdentifiers packing, int word, int[] from, int[] to) {
        List<Integer> changed = new ArrayList<>();
        long kept = -1L;
        for (int i = 0; i < from.length; i++) {
            if (packing.word(i) == word && from[i] != to[i]) {
                changed.add(i);
                kept &= ~(packing.mask(i) << packing.shift(i));
            }
        }
        return new WordRecoding(
                kept,
                changed.stream().mapToInt(packing::shift).toArray(),
                changed.stream().mapToLong(packing::mask).toArray(),
                changed.stream()
                        .map(i -> packing.attribute(i).step(from[i], to[i]))
                        .toArray(int[][]::new));
    }

    @Override
    public Long call(Long key) {
        long coarser = key & kept;
        for (int i = 0; i < shifts.length; i++) {
            coarser |= (long) steps[i][(int) (key >>> shifts[i] & masks[i])] << shifts[i];
        }
        return coarser;
    }
}
