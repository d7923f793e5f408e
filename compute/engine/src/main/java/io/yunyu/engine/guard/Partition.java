package io.yunyu.engine.guard;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The classes of records that a sequence of regions can tell apart: disjoint boxes that cover everything, each wholly
 * inside or wholly outside of every region so far. Each class has an estimated size, such that the classes of a region add
 * up to its known size; of all such estimates it is the one of largest entropy, approached by proportional fitting.
 *
 * <p>Above {@value #MAX_CLASSES} classes none is cut any more: a class that a region meets then counts as inside.
 */
final class Partition {
    static final int MAX_CLASSES = 3000;

    private final List<Box> classes = new ArrayList<>(List.of(Box.EVERYTHING));
    /**
     * The classes that meet what a box lets through of one column. Many boxes share a side: the cells of one output have as
     * many sides as labels, which are few beside the cells.
     */
    private final Map<Side, BitSet> meeting = new HashMap<>();

    private double[] sizes = {1};

    private record Side(String column, ValueSet values) {
        boolean meets(Box box) {
            return box.of(column).meets(values);
        }
    }

    int size() {
        return classes.size();
    }

    double sizeOf(int place) {
        return sizes[place];
    }

    /** Persons in several classes. A loop: it is asked of each pair of answers, where a stream costs more than the sum. */
    double sizeOf(BitSet some) {
        double sum = 0;
        for (int c = some.nextSetBit(0); c >= 0; c = some.nextSetBit(c + 1)) {
            sum += sizes[c];
        }
        return sum;
    }

    /**
     * Cuts classes along a region's border.
     *
     * @param copied told the class of which a new last class is a piece
     * @return the classes inside
     */
    BitSet cut(Region region, IntConsumer copied) {
        BitSet inside = new BitSet();
        for (Box box : region.boxes()) {
            BitSet met = meeting(box);
            met.andNot(inside);
            for (int c = met.nextSetBit(0); c >= 0; c = met.nextSetBit(c + 1)) {
                cut(c, box, copied);
                inside.set(c);
            }
        }
        return inside;
    }

    /** The classes that a region meets, without cutting any. */
    BitSet meeting(Region region) {
        BitSet met = new BitSet();
        region.boxes().forEach(box -> met.or(meeting(box)));
        return met;
    }

    private BitSet meeting(Box box) {
        BitSet met = new BitSet();
        met.set(0, classes.size());
        box.columns()
                .forEach((column, values) -> met.and(meeting.computeIfAbsent(new Side(column, values), this::met)));
        return met;
    }

    private BitSet met(Side side) {
        BitSet met = new BitSet();
        for (int c = 0; c < classes.size(); c++) {
            met.set(c, side.meets(classes.get(c)));
        }
        return met;
    }

    /** Puts a class in its place, or in the place after the last. */
    private void put(int c, Box box) {
        if (c == classes.size()) {
            classes.add(box);
        } else {
            classes.set(c, box);
        }
        meeting.forEach((side, met) -> met.set(c, side.meets(box)));
    }

    private void cut(int c, Box box, IntConsumer copied) {
        Box whole = classes.get(c);
        List<Box> outside = whole.minus(box);
        if (outside.isEmpty() || classes.size() + outside.size() > MAX_CLASSES) {
            return;
        }
        Box within = whole.and(box).orElseThrow();
        double width = within.width() + outside.stream().mapToDouble(Box::width).sum();
        double size = sizes[c];
        put(c, within);
        sizes[c] = size * within.width() / width;
        for (Box piece : outside) {
            put(classes.size(), piece);
            if (classes.size() > sizes.length) {
                sizes = java.util.Arrays.copyOf(sizes, 2 * sizes.length + 16);
            }
            sizes[classes.size() - 1] = size * piece.width() / width;
            copied.accept(c);
        }
    }

    /** Notes that nobody is in these classes. */
    void empty(BitSet nobody) {
        nobody.stream().forEach(c -> sizes[c] = 0);
    }

    /** Scales the classes of a region to its known size. */
    void fit(BitSet inside, double known) {
        double sum = sizeOf(inside);
        if (sum > 0) {
            for (int c = inside.nextSetBit(0); c >= 0; c = inside.nextSetBit(c + 1)) {
                sizes[c] *= known / sum;
            }
        }
    }
}
