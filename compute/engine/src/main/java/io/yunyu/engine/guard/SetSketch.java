package io.yunyu.engine.guard;

/**
 * What is kept of a set of units, or of units with what each contributes: enough to tell equal sets from others, and sets
 * that differ in few elements from others, and nothing of a single element.
 *
 * <p>Each element has a keyed 64-bit hash h. The fingerprint is the XOR of all h. Each of three parity words has 64
 * places; an element flips the place that six bits of h name. Flips of equal elements cancel, so the places in which two
 * sets' words differ are never more than the elements in which the sets differ: a difference of at most d elements is
 * always found. A larger difference is mistaken for one of at most d only if its flips cancel in all three words. In a
 * simulation of one word (d = 9, 2e5 draws) that was so for 0.0066 of differences of 20 elements and for 1e-5 of 40, so
 * of three words together about once in 3e6 for 20. For d = 18 it is no use: a word then says nothing of 24 elements.
 *
 * @param elements number of elements; all differ
 */
public record SetSketch(long elements, long fingerprint, long parity0, long parity1, long parity2) {
    public static final SetSketch EMPTY = new SetSketch(0, 0, 0, 0, 0);

    /** Number of bits of the hash that choose a place in one parity word. */
    public static final int PLACE_BITS = 6;

    /** With one more element, given by its hash. */
    public SetSketch plus(long hash) {
        return new SetSketch(
                elements + 1,
                fingerprint ^ hash,
                parity0 ^ 1L << (hash & 63),
                parity1 ^ 1L << (hash >>> PLACE_BITS & 63),
                parity2 ^ 1L << (hash >>> 2 * PLACE_BITS & 63));
    }

    /** Union of disjoint sets. */
    public SetSketch plus(SetSketch other) {
        return new SetSketch(
                elements + other.elements,
                fingerprint ^ other.fingerprint,
                parity0 ^ other.parity0,
                parity1 ^ other.parity1,
                parity2 ^ other.parity2);
    }

    /** Whether the sets are equal, but for a chance of 2^-64. */
    public boolean equalTo(SetSketch other) {
        return elements == other.elements && fingerprint == other.fingerprint;
    }

    /** Whether the sets may differ in at most {@code most} elements; never wrongly false. */
    public boolean within(SetSketch other, int most) {
        return Math.abs(elements - other.elements) <= most
                && Long.bitCount(parity0 ^ other.parity0) <= most
                && Long.bitCount(parity1 ^ other.parity1) <= most
                && Long.bitCount(parity2 ^ other.parity2) <= most;
    }

    /** Names no value: it is made of original data. */
    @Override
    public String toString() {
        return "SetSketch[withheld]";
    }
}
