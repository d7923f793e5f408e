package io.yunyu.engine.rank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What follows from sums that are published exactly, or rounded: sums over atoms, the finest groups that are told apart.
 * A sum over other atoms is determined if its 0/1 vector lies in the space that the vectors of the published sums span
 * (Chin and Ozsoyoglu 1982, "Auditing and inference control in statistical databases"). Elimination is sparse, and modulo
 * 2^61 - 1: a vector that lies in the space over the rational numbers does so modulo the prime too, so that nothing
 * determined is missed; one that does not is taken for determined with a chance of about 1e-18 for each step.
 *
 * <p>Small groups are found in full where they are one atom, or a relation between two; of larger ones only those that
 * are rows of the reduced basis.
 *
 * <p>Bound: {@value #MAX_STEPS} additions of entries. Not safe for several threads.
 */
public final class RankAudit {
    static final long MAX_STEPS = 400_000_000L;

    /** Atoms in the order of elimination: those of many units first, so that what is left over is about few. */
    private final int[] place;

    private final int[] atomAt;
    private final long[] units;
    private final Map<Integer, SparseRow> byPivot = new HashMap<>();
    private long steps;

    /** @param units of each atom; an atom without any is nobody's and must not be given, or counts 0 */
    public RankAudit(long[] units) {
        this.units = units.clone();
        this.atomAt = IntStream.range(0, units.length)
                .boxed()
                .sorted((a, b) -> Long.compare(units[b], units[a]))
                .mapToInt(a -> a)
                .toArray();
        this.place = new int[units.length];
        for (int i = 0; i < atomAt.length; i++) {
            place[atomAt[i]] = i;
        }
    }

    /**
     * Takes a published sum.
     *
     * @throws TooLargeException if the elimination takes more steps than are allowed; the audit is then of no use
     */
    public void publish(int... atoms) {
        SparseRow rest = reduced(row(atoms));
        if (!rest.isZero()) {
            byPivot.put(rest.pivot(), rest.normalized());
        }
    }

    /** Whether the sum over these atoms follows from what was published. @throws TooLargeException as above */
    public boolean determines(int... atoms) {
        return reduced(row(atoms)).isZero();
    }

    public int rank() {
        return byPivot.size();
    }

    /**
     * Groups of atoms of fewer than {@code minUnits} units together about which a linear relation follows, such as their
     * sum or their difference.
     *
     * @throws TooLargeException as above
     */
    public List<int[]> exposed(int minUnits) {
        int firstSmall =
                (int) Arrays.stream(atomAt).filter(a -> units[a] >= minUnits).count();
        Map<Integer, SparseRow> small = new HashMap<>();
        // Bottom up, so that each row is reduced by rows that are reduced themselves.
        byPivot.keySet().stream()
                .filter(pivot -> pivot >= firstSmall)
                .sorted((a, b) -> b - a)
                .forEach(pivot ->
                        small.put(pivot, reducedBelow(java.util.Objects.requireNonNull(byPivot.get(pivot)), small)));
        List<int[]> groups = new ArrayList<>();
        Map<SparseRow, Integer> residues = new HashMap<>();
        for (int at = firstSmall; at < atomAt.length; at++) {
            SparseRow row = small.get(at);
            if (row != null && together(row) < minUnits) {
                groups.add(atoms(row));
            }
            SparseRow residue = residue(at, row);
            if (!residue.isZero()) {
                // Of atoms with equal residues the smallest come last: the order is by units, descending.
                @org.jspecify.annotations.Nullable Integer before = residues.put(residue, at);
                if (before != null && units[atomAt[before]] + units[atomAt[at]] < minUnits) {
                    addNew(groups, atomAt[before], atomAt[at]);
                }
            }
        }
        return groups;
    }

    private static void addNew(List<int[]> groups, int a, int b) {
        int[] pair = {Math.min(a, b), Math.max(a, b)};
        if (groups.stream().noneMatch(g -> Arrays.equals(g, pair))) {
            groups.add(pair);
        }
    }

    /** What of an atom does not follow, as a direction: equal for two atoms of which the one follows from the other. */
    private static SparseRow residue(int at, @org.jspecify.annotations.Nullable SparseRow row) {
        if (row == null) {
            return SparseRow.ones(new int[] {at});
        }
        int n = row.columns().length;
        return new SparseRow(Arrays.copyOfRange(row.columns(), 1, n), Arrays.copyOfRange(row.values(), 1, n))
                .normalized();
    }

    private long together(SparseRow row) {
        return Arrays.stream(row.columns()).mapToLong(c -> units[atomAt[c]]).sum();
    }

    private int[] atoms(SparseRow row) {
        return Arrays.stream(row.columns()).map(c -> atomAt[c]).sorted().toArray();
    }

    private SparseRow row(int[] atoms) {
        return SparseRow.ones(Arrays.stream(atoms).map(a -> place[a]).toArray());
    }

    private SparseRow reduced(SparseRow row) {
        SparseRow rest = row;
        int from = 0;
        while (from < rest.columns().length) {
            int column = rest.columns()[from];
            SparseRow by = byPivot.get(column);
            if (by == null) {
                from++;
            } else {
                rest = minus(rest, by, column);
            }
        }
        return rest;
    }

    private SparseRow reducedBelow(SparseRow row, Map<Integer, SparseRow> below) {
        SparseRow rest = row;
        for (int i = 1; i < rest.columns().length; ) {
            int column = rest.columns()[i];
            SparseRow by = below.get(column);
            if (by == null) {
                i++;
            } else {
                rest = minus(rest, by, column);
            }
        }
        return rest;
    }

    private SparseRow minus(SparseRow row, SparseRow by, int column) {
        steps += row.columns().length + by.columns().length;
        if (steps > MAX_STEPS) {
            throw new TooLargeException();
        }
        return row.plus(by, PrimeField.negative(row.at(column)));
    }

    /** There are too many atoms and sums for this audit. */
    public static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public TooLargeException() {
            super(
                    "The published sums are too many to be audited together. Publish fewer totals or dimensions at once.");
        }
    }
}
