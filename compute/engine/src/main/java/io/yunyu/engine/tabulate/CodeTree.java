package io.yunyu.engine.tabulate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The categories of one dimension: a tree whose root is the total and whose leaves are the values in the records.
 * Categories are numbered with the root 0 and every category after the one it is part of.
 */
final class CodeTree {
    private final String name;
    private final List<String> labels = new ArrayList<>();
    private final List<Integer> parents = new ArrayList<>();
    private final List<List<Integer>> children = new ArrayList<>();
    private final Map<String, Integer> leaves = new HashMap<>();

    CodeTree(String name, String totalLabel) {
        this.name = name;
        add(totalLabel, -1);
    }

    String name() {
        return name;
    }

    /** Adds a category to one that exists and gives its number. */
    int add(String label, int parent) {
        labels.add(label);
        parents.add(parent);
        children.add(new ArrayList<>());
        if (parent >= 0) {
            children.get(parent).add(labels.size() - 1);
        }
        return labels.size() - 1;
    }

    /** Adds a category that stands for a value of the records. */
    int addLeaf(String label, String value, int parent) {
        int leaf = add(label, parent);
        leaves.put(value, leaf);
        return leaf;
    }

    int size() {
        return labels.size();
    }

    String label(int category) {
        return labels.get(category);
    }

    /** The category that this one is part of; -1 for the total. */
    int parent(int category) {
        return parents.get(category);
    }

    List<Integer> children(int category) {
        return children.get(category);
    }

    boolean isLeaf(int category) {
        return children.get(category).isEmpty();
    }

    /** The category of a value; -1 if it has none. */
    int leafOf(String value) {
        return leaves.getOrDefault(value, -1);
    }
}
