package io.yunyu.engine.tabulate;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DelimitedFiles;
import io.yunyu.anonymizer.data.DelimitedFormat;
import io.yunyu.engine.tabulate.TabulationSpec.Dimension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Builds the categories of dimensions: from a hierarchy file, or one for each value of the records. */
final class Dimensions {
    private Dimensions() {}

    static CodeTree tree(Dimension dimension, Column column, DelimitedFormat format) {
        CodeTree tree = new CodeTree(dimension.name(), dimension.total());
        if (dimension.hierarchy().isEmpty()) {
            for (String value : new TreeSet<>(column.dictionary())) {
                tree.addLeaf(value, value, 0);
            }
        } else {
            List<List<String>> lines =
                    DelimitedFiles.readRecords(dimension.hierarchy().get(), format);
            fromLines(dimension, lines, tree);
            long unknown =
                    column.dictionary().stream().filter(v -> tree.leafOf(v) < 0).count();
            if (unknown > 0) {
                throw new TabulationException("Dimension '" + dimension.name() + "': " + unknown
                        + " values of the records are not in its hierarchy file. Add a line for each.");
            }
        }
        requireDistinct(tree);
        return tree;
    }

    /** Lines name a value and its categories from fine to coarse; equal neighbours and a final total are one category. */
    private static void fromLines(Dimension dimension, List<List<String>> lines, CodeTree tree) {
        Map<String, Integer> categories = new HashMap<>();
        Set<String> values = new HashSet<>();
        for (int k = 0; k < lines.size(); k++) {
            List<String> line = lines.get(k);
            if (!values.add(line.get(0))) {
                throw new TabulationException("Dimension '" + dimension.name() + "': line " + (k + 1)
                        + " of its hierarchy file has a value that an earlier line has.");
            }
            List<String> path = new ArrayList<>();
            for (String label : line) {
                if (path.isEmpty() || !path.get(path.size() - 1).equals(label)) {
                    path.add(label);
                }
            }
            if (path.size() > 1 && isTotal(path.get(path.size() - 1), dimension)) {
                path.remove(path.size() - 1);
            }
            int parent = 0;
            for (int level = path.size() - 1; level > 0; level--) {
                parent = category(path.get(level), parent, tree, categories, dimension);
            }
            tree.addLeaf(path.get(0), line.get(0), parent);
        }
    }

    private static boolean isTotal(String label, Dimension dimension) {
        return label.equals(dimension.total()) || label.equals("*");
    }

    private static int category(
            String label, int parent, CodeTree tree, Map<String, Integer> categories, Dimension dimension) {
        Integer known = categories.get(label);
        if (known == null) {
            int added = tree.add(label, parent);
            categories.put(label, added);
            return added;
        }
        if (tree.parent(known) != parent) {
            throw new TabulationException("Dimension '" + dimension.name() + "': category '" + label
                    + "' belongs to '" + tree.label(tree.parent(known)) + "' and to '" + tree.label(parent)
                    + "'. Each category of a hierarchy must nest in one other.");
        }
        return known;
    }

    private static void requireDistinct(CodeTree tree) {
        Set<String> labels = new HashSet<>();
        for (int category = 0; category < tree.size(); category++) {
            if (!labels.add(tree.label(category))) {
                throw new TabulationException("Dimension '" + tree.name() + "' has two categories with the same label,"
                        + " or one with the label of its total. Rename one, or set another label for the total.");
            }
        }
    }
}
