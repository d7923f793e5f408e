package io.yunyu.engine.guard;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
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
    private double[] sizes = {1};

    int size() {
        return classes.size();
    }

    double sizeOf(int place) {
        return sizes[place];
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
            int before = classes.size();
            for (int c = 0; c < before; c++) {
                if (!inside.get(c) && classes.get(c).meets(box)) {
                    cut(c, box, copied);
                    inside.set(c);
                }
            }
        }
        return inside;
    }

    /** The classes that a region meets, without cutting any. */
    BitSet meeting(Region region) {
        BitSet met = new BitSet();
        for (int c = 0; c < classes.size(); c++) {
            Box whole = classes.get(c);
            if (region.boxes().stream().anyMatch(whole::meets)) {
                met.set(c);
            }
        }
        return met;
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
        classes.set(c, within);
        sizes[c] = size * within.width() / width;
        for (Box piece : outside) {
            classes.add(piece);
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
        double sum = inside.stream().mapToDouble(c -> sizes[c]).sum();
        if (sum > 0) {
            inside.stream().forEach(c -> sizes[c] *= known / sum);
        }
    }
}
