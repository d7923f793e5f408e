package io.yunyu.anonymizer.mondrian;

import java.util.Arrays;
import java.util.BitSet;

/** The regions found so far, in their order. */
final class RegionBoxes {
    private final int dimensions;
    private final BitSet suppressed = new BitSet();
    private int[] boxes = new int[64];
    private int size;

    RegionBoxes(int dimensions) {
        this.dimensions = dimensions;
    }

    int size() {
        return size;
    }

    /** Adds a region; returns its number. */
    int add(int[] box, boolean isSuppressed) {
        append(box);
        suppressed.set(size, isSuppressed);
        return size++;
    }

    /** Adds all regions of a part that was cut by itself. */
    void addAll(Partition part) {
        append(part.boxes());
        part.suppressed().stream().forEach(region -> suppressed.set(size + region));
        size += part.regions(dimensions);
    }

    private void append(int[] more) {
        int at = size * 2 * dimensions;
        if (at + more.length > boxes.length) {
            boxes = Arrays.copyOf(boxes, 2 * boxes.length + more.length);
        }
        System.arraycopy(more, 0, boxes, at, more.length);
    }

    int[] boxes() {
        return Arrays.copyOf(boxes, size * 2 * dimensions);
    }

    BitSet suppressed() {
        return suppressed;
    }
}
