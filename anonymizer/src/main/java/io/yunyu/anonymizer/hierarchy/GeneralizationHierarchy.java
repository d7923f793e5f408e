package io.yunyu.anonymizer.hierarchy;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.data.DelimitedFiles;
import io.yunyu.anonymizer.data.DelimitedFormat;
import io.yunyu.anonymizer.data.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value generalization hierarchy (Sweeney 2002): for each value of a domain its labels on levels 0 (the value itself)
 * to {@code levels() - 1}, each level coarser than the one before.
 *
 * <p>Guarantees that every value appears once and that a label has one parent only, so that coarser levels can be rolled
 * up from finer ones. The domain may hold values that the data lack; they count for the share of the domain that a label
 * covers. Immutable.
 */
public final class GeneralizationHierarchy implements HierarchySource {
    /** The label that says nothing. */
    public static final String ANY = "*";

    private final String name;
    private final int levels;
    private final Map<String, List<String>> rows;
    private final @Nullable DomainShares shares;

    private GeneralizationHierarchy(
            String name, int levels, Map<String, List<String>> rows, @Nullable DomainShares shares) {
        this.name = name;
        this.levels = levels;
        this.rows = rows;
        this.shares = shares;
    }

    /**
     * A materialized hierarchy.
     *
     * @param name how errors call it: a file or attribute name
     * @param rows for each value its labels, beginning with the value
     * @throws InputException if there is no row, lengths differ, a value occurs twice, or a label has two parents
     */
    public static GeneralizationHierarchy of(String name, List<List<String>> rows) {
        return of(name, rows, null);
    }

    static GeneralizationHierarchy of(String name, List<List<String>> rows, @Nullable DomainShares shares) {
        if (rows.isEmpty()) {
            throw new InputException("Hierarchy '" + name + "' is empty.");
        }
        int levels = rows.get(0).size();
        Map<String, List<String>> byValue = new LinkedHashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            List<String> labels = List.copyOf(rows.get(row));
            if (labels.size() != levels) {
                throw new InputException("Hierarchy '" + name + "', line " + (row + 1) + ": " + labels.size()
                        + " levels, the first line has " + levels + ".");
            }
            if (byValue.put(labels.get(0), labels) != null) {
                throw new InputException("Hierarchy '" + name + "', line " + (row + 1)
                        + ": its value occurred on an earlier line; remove one of the two.");
            }
        }
        requireOneParent(name, byValue, levels);
        return new GeneralizationHierarchy(name, levels, byValue, shares);
    }

    /** Reads ARX's format: no header, one line per value, first the value, then its labels from fine to coarse. */
    public static GeneralizationHierarchy read(Path path, DelimitedFormat format) {
        return of(String.valueOf(path.getFileName()), DelimitedFiles.readRecords(path, format));
    }

    /** The hierarchy of an attribute that is never generalized: level 0 only. */
    public static GeneralizationHierarchy ungeneralized(String name, List<String> values) {
        List<List<String>> rows = new ArrayList<>();
        values.forEach(value -> rows.add(List.of(value)));
        return of(name, rows);
    }

    @Override
    public GeneralizationHierarchy hierarchy(Column column, DataType type) {
        return this;
    }

    public int levels() {
        return levels;
    }

    /** Number of values of the domain, whether or not the data hold them. */
    public int domainSize() {
        return rows.size();
    }

    /** Whether a label covers as much of the domain as it has values of the hierarchy under it. */
    public boolean countsValues() {
        return shares == null;
    }

    /** All rows in their order: each a value with its labels. */
    public List<List<String>> rows() {
        return List.copyOf(rows.values());
    }

    /**
     * Binds the hierarchy to the values of a column.
     *
     * @param dictionary the column's distinct values in code order
     * @throws InputException if the hierarchy lacks one of them
     */
    public BoundHierarchy bind(String attribute, List<String> dictionary) {
        int[][] codes = new int[levels][dictionary.size()];
        List<List<String>> labels = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            Map<String, Integer> codeOf = new LinkedHashMap<>();
            for (int leaf = 0; leaf < dictionary.size(); leaf++) {
                String label = labelsOf(attribute, dictionary.get(leaf), leaf).get(level);
                Integer code = codeOf.putIfAbsent(label, codeOf.size());
                codes[level][leaf] = code == null ? codeOf.size() - 1 : code;
            }
            labels.add(List.copyOf(codeOf.keySet()));
        }
        double[][] weights = new double[levels][];
        for (int level = 0; level < levels; level++) {
            weights[level] = weights(level, labels.get(level));
        }
        return new BoundHierarchy(
                attribute, codes, labels, weights, shares == null ? rows.size() : shares.total(), rows.size());
    }

    private List<String> labelsOf(String attribute, String value, int code) {
        List<String> found = rows.get(value);
        if (found == null) {
            throw new InputException("Hierarchy '" + name + "' lacks a value of column '" + attribute + "' (the "
                    + (code + 1) + "th distinct value in the input's order). Add a line for it.");
        }
        return found;
    }

    private double[] weights(int level, List<String> labels) {
        double[] weights = new double[labels.size()];
        if (shares != null) {
            for (int code = 0; code < weights.length; code++) {
                weights[code] = shares.weight(level, labels.get(code));
            }
            return weights;
        }
        Map<String, Integer> covered = new HashMap<>();
        rows.values().forEach(row -> covered.merge(row.get(level), 1, Integer::sum));
        for (int code = 0; code < weights.length; code++) {
            weights[code] = covered.getOrDefault(labels.get(code), 0);
        }
        return weights;
    }

    private static void requireOneParent(String name, Map<String, List<String>> rows, int levels) {
        for (int level = 1; level + 1 < levels; level++) {
            Map<String, String> parents = new HashMap<>();
            int line = 0;
            for (List<String> row : rows.values()) {
                line++;
                String parent = parents.putIfAbsent(row.get(level), row.get(level + 1));
                if (parent != null && !parent.equals(row.get(level + 1))) {
                    throw new InputException("Hierarchy '" + name + "', line " + line + ": the label on level " + level
                            + " has another parent on level " + (level + 1)
                            + " on an earlier line. Each label may have one parent only.");
                }
            }
        }
    }
}
