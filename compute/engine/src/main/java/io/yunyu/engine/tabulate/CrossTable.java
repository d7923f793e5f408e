package io.yunyu.engine.tabulate;

import io.yunyu.engine.suppression.TableEquation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The cells of one table, or of several linked ones over the same dimensions: every combination of categories, totals
 * included, numbered row by row. With linked tables only the combinations that one of them shows are cells.
 */
final class CrossTable {
    private final List<CodeTree> dimensions;
    private final int[] strides;
    private final int size;
    private final BitSet shown = new BitSet();

    /**
     * @param tables the linked tables, each as the positions of its dimensions; one with all dimensions for a plain table
     * @param maxSize most combinations of categories
     * @throws TabulationException if there are more
     */
    CrossTable(List<CodeTree> dimensions, List<List<Integer>> tables, int maxSize) {
        this.dimensions = List.copyOf(dimensions);
        this.strides = new int[dimensions.size()];
        long product = 1;
        for (int d = dimensions.size() - 1; d >= 0; d--) {
            strides[d] = (int) product;
            product *= dimensions.get(d).size();
            if (product > maxSize) {
                throw new TabulationException("The table would have more than " + maxSize
                        + " cells, totals included. Use fewer dimensions or coarser categories.");
            }
        }
        this.size = (int) product;
        for (int cell = 0; cell < size; cell++) {
            int at = cell;
            if (tables.stream().anyMatch(table -> isShown(at, table))) {
                shown.set(cell);
            }
        }
    }

    private boolean isShown(int cell, List<Integer> table) {
        for (int d = 0; d < strides.length; d++) {
            if (category(cell, d) != 0 && !table.contains(d)) {
                return false;
            }
        }
        return true;
    }

    List<CodeTree> dimensions() {
        return dimensions;
    }

    /** Number of combinations, shown or not. */
    int size() {
        return size;
    }

    boolean isShown(int cell) {
        return shown.get(cell);
    }

    int category(int cell, int dimension) {
        return cell / strides[dimension] % dimensions.get(dimension).size();
    }

    /** The cell with another category in one dimension. */
    int with(int cell, int dimension, int category) {
        return cell + (category - category(cell, dimension)) * strides[dimension];
    }

    List<String> labels(int cell) {
        List<String> labels = new ArrayList<>();
        for (int d = 0; d < strides.length; d++) {
            labels.add(dimensions.get(d).label(category(cell, d)));
        }
        return labels;
    }

    /** The cells that contain this one, one step up in one dimension. */
    List<Integer> parents(int cell) {
        List<Integer> parents = new ArrayList<>();
        for (int d = 0; d < strides.length; d++) {
            int parent = dimensions.get(d).parent(category(cell, d));
            if (parent >= 0) {
                parents.add(with(cell, d, parent));
            }
        }
        return parents;
    }

    /** Every total among the shown cells with its parts. */
    List<TableEquation> equations() {
        List<TableEquation> equations = new ArrayList<>();
        for (int d = 0; d < strides.length; d++) {
            CodeTree dimension = dimensions.get(d);
            for (int cell = 0; cell < size; cell++) {
                List<Integer> parts = dimension.children(category(cell, d));
                if (!parts.isEmpty()) {
                    addEquation(cell, d, parts, equations);
                }
            }
        }
        return equations;
    }

    private void addEquation(int total, int dimension, List<Integer> parts, List<TableEquation> into) {
        int[] cells =
                parts.stream().mapToInt(part -> with(total, dimension, part)).toArray();
        boolean allShown = shown.get(total);
        for (int cell : cells) {
            allShown &= shown.get(cell);
        }
        if (allShown) {
            into.add(TableEquation.total(total, cells));
        }
    }
}
