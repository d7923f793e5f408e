package io.yunyu.anonymizer.classes;

import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import java.util.List;

/**
 * The quasi-identifiers of a table and how a tuple of their codes is packed: each attribute takes as many bits as its
 * distinct values need, in one or more words of 64 bits.
 */
public final class QuasiIdentifiers {
    private final List<BoundHierarchy> attributes;
    private final int[] word;
    private final int[] shift;
    private final long[] mask;
    private final int words;

    public QuasiIdentifiers(List<BoundHierarchy> attributes) {
        this.attributes = List.copyOf(attributes);
        int dimension = attributes.size();
        this.word = new int[dimension];
        this.shift = new int[dimension];
        this.mask = new long[dimension];
        int currentWord = 0;
        int used = 0;
        for (int i = 0; i < dimension; i++) {
            int bits = 32
                    - Integer.numberOfLeadingZeros(Math.max(1, attributes.get(i).greatestCardinality() - 1));
            if (used + bits > 64) {
                currentWord++;
                used = 0;
            }
            word[i] = currentWord;
            shift[i] = used;
            mask[i] = (1L << bits) - 1;
            used += bits;
        }
        this.words = currentWord + 1;
    }

    public int dimension() {
        return attributes.size();
    }

    public BoundHierarchy attribute(int i) {
        return attributes.get(i);
    }

    public List<BoundHierarchy> attributes() {
        return attributes;
    }

    /** 64-bit words per packed tuple. */
    public int words() {
        return words;
    }

    /** Position of an attribute's lowest bit in its word. */
    public int shift(int attribute) {
        return shift[attribute];
    }

    /** The word that holds an attribute. */
    public int word(int attribute) {
        return word[attribute];
    }

    /** The bits of an attribute, not shifted. */
    public long mask(int attribute) {
        return mask[attribute];
    }

    /** The same, each with one level more that holds the labels of all levels. */
    QuasiIdentifiers mixed() {
        return new QuasiIdentifiers(
                attributes.stream().map(BoundHierarchy::mixed).toList());
    }

    /** Number of each attribute's level that holds the labels of all levels. */
    public int[] mixedLevels() {
        return attributes.stream().mapToInt(BoundHierarchy::mixedLevel).toArray();
    }

    int code(long[] keys, int tuple, int attribute) {
        return (int) ((keys[tuple * words + word[attribute]] >>> shift[attribute]) & mask[attribute]);
    }

    /** Packs an attribute's code into a tuple. */
    public void put(long[] keys, int tuple, int attribute, int code) {
        int at = tuple * words + word[attribute];
        keys[at] = (keys[at] & ~(mask[attribute] << shift[attribute])) | ((long) code << shift[attribute]);
    }

    /** Packs an attribute's codes into as many tuples, in which its bits are not set yet. */
    void put(long[] keys, int attribute, int[] codes, int number) {
        int at = word[attribute];
        for (int tuple = 0; tuple < number; tuple++) {
            keys[at] |= (long) codes[tuple] << shift[attribute];
            at += words;
        }
    }
}
