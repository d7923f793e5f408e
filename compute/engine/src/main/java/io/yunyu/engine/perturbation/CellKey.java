package io.yunyu.engine.perturbation;

/**
 * Exact arithmetic of record keys and cell keys: integers in [0, 10^8), standing for eight decimals of a number in
 * [0, 1).
 *
 * <p>The sum of keys modulo 10^8 is uniform as soon as one of them is uniform and independent of the others, and depends
 * on the set of units only, not on their order. Record keys are secrets: whoever knows the keys of a cell's units can
 * remove its noise. The caller must give each statistical unit (a person, not a row) one key for all versions of a
 * dataset family, derived from a secret and never from the data.
 */
public final class CellKey {
    /** Number of different keys. */
    public static final long MODULUS = 100_000_000L;

    private CellKey() {}

    /** The record key of a unit whose 64-bit pseudorandom key, read as unsigned, is given. Bias: about 5e-12. */
    public static long recordKey(long unitKey) {
        return Long.remainderUnsigned(unitKey, MODULUS);
    }

    /** The key of the cell whose units' record keys add up to a total; a cell without units has key 0. */
    public static long ofTotal(long recordKeyTotal) {
        if (recordKeyTotal < 0) {
            throw new IllegalArgumentException(
                    "The total of the record keys is negative: it overflowed or is no total of"
                            + " record keys. Add keys with CellKey.plus, which cannot overflow.");
        }
        return recordKeyTotal % MODULUS;
    }

    /** The key of the union of two disjoint sets of units. */
    public static long plus(long key, long otherKey) {
        return (checked(key) + checked(otherKey)) % MODULUS;
    }

    /** The key with its eight decimals rotated left: 0.abcdefgh becomes 0.bcdefgha for one time. */
    public static long rotated(long key, int times) {
        long rotated = checked(key);
        for (int k = 0; k < Math.floorMod(times, 8); k++) {
            rotated = rotated % (MODULUS / 10) * 10 + rotated / (MODULUS / 10);
        }
        return rotated;
    }

    static long checked(long key) {
        if (key < 0 || key >= MODULUS) {
            // The value stays unsaid: keys are secrets.
            throw new IllegalArgumentException("A key lies outside 0.." + (MODULUS - 1)
                    + ". Derive keys with CellKey.recordKey and add them with" + " CellKey.plus or CellKey.ofTotal.");
        }
        return key;
    }
}
