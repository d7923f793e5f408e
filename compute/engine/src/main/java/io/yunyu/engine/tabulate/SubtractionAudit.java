package io.yunyu.engine.tabulate;

import io.yunyu.engine.rank.LinearEstimate;
import io.yunyu.engine.rank.RankAudit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which withheld cells the published ones of a table give back, by whatever sums and differences: linear algebra over the
 * finest cells. Exact and rounded values by rank, perturbed counts by the variance of the best linear estimate.
 */
final class SubtractionAudit {
    private static final int MOST_ATOMS = 20_000;
    private static final int MOST_ESTIMATES = 200;

    private final CrossTable table;
    private final @Nullable CellResult[] cells;
    /** Places of the finest cells whose values are not public, by cell. */
    private final Map<Integer, Integer> atoms = new HashMap<>();

    private final List<Integer> atomCells = new ArrayList<>();
    /** By cell, the places of the atoms in it. */
    private final Map<Integer, List<Integer>> parts = new TreeMap<>();

    private SubtractionAudit(CrossTable table, @Nullable CellResult[] cells, boolean exact) {
        this.table = table;
        this.cells = cells;
        for (int cell = 0; cell < table.size(); cell++) {
            if (isFinest(cell) && !(exact && isPublic(cell)) && !isEmpty(cell)) {
                atoms.put(cell, atomCells.size());
                atomCells.add(cell);
            }
        }
    }

    /**
     * What subtraction gives back.
     *
     * @param audited whether the table was small enough to find out
     * @param variances by number of a withheld cell that follows from published ones, how uncertain it remains: 0 for exact
     *     and rounded values, and for perturbed counts the variance of the best estimate in multiples of that of one
     *     published count
     */
    record Findings(boolean audited, Map<Integer, Double> variances) {
        static final Findings NONE = new Findings(true, Map.of());
    }

    /** @param perturbed whether published values carry independent noise of one variance; otherwise none */
    static Findings of(CrossTable table, @Nullable CellResult[] cells, boolean perturbed) {
        boolean some = false;
        for (CellResult cell : cells) {
            some |= cell != null && !cell.isShown();
        }
        if (!some) {
            return Findings.NONE;
        }
        SubtractionAudit audit = new SubtractionAudit(table, cells, !perturbed);
        if (audit.atomCells.size() > MOST_ATOMS) {
            return new Findings(false, Map.of());
        }
        audit.collect();
        try {
            return new Findings(true, perturbed ? audit.estimates() : audit.determined());
        } catch (RankAudit.TooLargeException e) {
            return new Findings(false, Map.of());
        }
    }

    private void collect() {
        for (int place = 0; place < atomCells.size(); place++) {
            containing(atomCells.get(place), 0, place);
        }
    }

    /** Notes the atom in every cell that contains it, itself included. */
    private void containing(int cell, int dimension, int place) {
        if (dimension == table.dimensions().size()) {
            if (table.isShown(cell)) {
                parts.computeIfAbsent(cell, c -> new ArrayList<>()).add(place);
            }
            return;
        }
        CodeTree tree = table.dimensions().get(dimension);
        for (int category = table.category(cell, dimension); category >= 0; category = tree.parent(category)) {
            containing(table.with(cell, dimension, category), dimension + 1, place);
        }
    }

    private Map<Integer, Double> determined() {
        long[] units = new long[atomCells.size()];
        for (int place = 0; place < units.length; place++) {
            CellResult cell = cells[atomCells.get(place)];
            units[place] = cell == null ? Long.MAX_VALUE : cell.facts().units();
        }
        Map<Integer, Double> found = new TreeMap<>();
        RankAudit audit = new RankAudit(units);
        parts.forEach((cell, inside) -> {
            if (isPublic(cell)) {
                audit.publish(ints(inside));
            }
        });
        for (int cell = 0; cell < cells.length; cell++) {
            // One without parts consists of public cells only.
            boolean withheld = table.isShown(cell) && !isPublic(cell);
            if (withheld && audit.determines(ints(parts.getOrDefault(cell, List.of())))) {
                found.put(cell, 0.0);
            }
        }
        return found;
    }

    private Map<Integer, Double> estimates() {
        int[][] published = parts.entrySet().stream()
                .filter(e -> isPublic(e.getKey()))
                .map(e -> ints(e.getValue()))
                .toArray(int[][]::new);
        LinearEstimate estimate = new LinearEstimate(published, atomCells.size());
        Map<Integer, Double> found = new TreeMap<>();
        int left = MOST_ESTIMATES;
        for (Map.Entry<Integer, List<Integer>> entry : parts.entrySet()) {
            if (!isPublic(entry.getKey()) && left-- > 0) {
                double variance = estimate.variance(ints(entry.getValue()));
                if (Double.isFinite(variance)) {
                    found.put(entry.getKey(), variance);
                }
            }
        }
        return found;
    }

    private boolean isFinest(int cell) {
        for (int d = 0; d < table.dimensions().size(); d++) {
            if (!table.dimensions().get(d).isLeaf(table.category(cell, d))) {
                return false;
            }
        }
        return true;
    }

    private boolean isPublic(int cell) {
        CellResult result = cells[cell];
        return result != null && result.isShown();
    }

    private boolean isEmpty(int cell) {
        CellResult result = cells[cell];
        return result != null && result.status() == CellResult.Status.EMPTY;
    }

    private static int[] ints(List<Integer> places) {
        return places.stream().mapToInt(p -> p).toArray();
    }
}
