package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.classes.DistantTuples;
import io.yunyu.anonymizer.classes.QuasiIdentifiers;
import java.io.Serializable;

/** Reads a tuple's codes out of packed words. Each task needs one of its own. */
final class PackedTuple implements DistantTuples.Tuple, Serializable {
    private static final long serialVersionUID = 1;

    private final int[] word;
    private final int[] shift;
    private final long[] mask;
    final long[] key;

    PackedTuple(QuasiIdentifiers packing) {
        int dimension = packing.dimension();
        word = new int[dimension];
        shift = new int[dimension];
        mask = new long[dimension];
        for (int i = 0; i < dimension; i++) {
            word[i] = packing.word(i);
            shift[i] = packing.shift(i);
            mask[i] = packing.mask(i);
        }
        key = new long[packing.words()];
    }

    private PackedTuple(PackedTuple of) {
        word = of.word;
        shift = of.shift;
        mask = of.mask;
        key = new long[of.key.length];
    }

    PackedTuple copy() {
        return new PackedTuple(this);
    }

    @Override
    public int code(int attribute) {
        return (int) (key[word[attribute]] >>> shift[attribute] & mask[attribute]);
    }

    int[] codes() {
        int[] codes = new int[word.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = code(i);
        }
        return codes;
    }
}
