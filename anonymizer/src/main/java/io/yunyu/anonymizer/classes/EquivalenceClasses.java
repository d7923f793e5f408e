package io.yunyu.anonymizer.classes;

import java.util.Arrays;
import java.util.List;

/**
 * The equivalence classes of one transformation: records that share their generalized quasi-identifiers.
 *
 * <p>A class counts the records under study ({@link #count}: all, or those of the research subset) and all records
 * ({@link #population}); a class may have population only. Coarser transformations are rolled up from finer ones and
 * never touch rows again.
 */
public final class EquivalenceClasses {
    private final QuasiIdentifiers quasiIdentifiers;
    private final int[] levels;
    private final long[] keys;
    private final long[] counts;
    private final long[] population;
    private final long[] firstRows;
    private final long[] tupleSquares;
    private final List<Histograms> histograms;

    EquivalenceClasses(
            QuasiIdentifiers quasiIdentifiers,
            int[] levels,
            long[] keys,
            long[] counts,
            long[] population,
            long[] firstRows,
            long[] tupleSquares,
            List<Histograms> histograms) {
        this.quasiIdentifiers = quasiIdentifiers;
        this.levels = levels;
        this.keys = keys;
        this.counts = counts;
        this.population = population;
        this.firstRows = firstRows;
        this.tupleSquares = tupleSquares;
        this.histograms = histograms;
    }

    public QuasiIdentifiers quasiIdentifiers() {
        return quasiIdentifiers;
    }

    public int size() {
        return counts.length;
    }

    public int level(int attribute) {
        return levels[attribute];
    }

    public int[] levels() {
        return levels.clone();
    }

    /** Records of a class that are under study. */
    public long count(int equivalenceClass) {
        return counts[equivalenceClass];
    }

    /** All records of a class, those outside the research subset included. */
    public long population(int equivalenceClass) {
        return population[equivalenceClass];
    }

    /** The earliest record of a class in input order: a name for the class that no partitioning changes. */
    public long firstRow(int equivalenceClass) {
        return firstRows[equivalenceClass];
    }

    /** Sum over the distinct original tuples in a class of their squared counts. */
    public long tupleSquares(int equivalenceClass) {
        return tupleSquares[equivalenceClass];
    }

    /** Code of a class's label for an attribute, on the attribute's level. */
    public int code(int equivalenceClass, int attribute) {
        return quasiIdentifiers.code(keys, equivalenceClass, attribute);
    }

    /** Histograms of a sensitive attribute, by its position among the sensitive attributes. */
    public Histograms histograms(int sensitiveAttribute) {
        return histograms.get(sensitiveAttribute);
    }

    /** Share of the domain that an attribute's label covers in a class. */
    public double share(int equivalenceClass, int attribute) {
        return quasiIdentifiers.attribute(attribute).share(levels[attribute], code(equivalenceClass, attribute));
    }

    /** Whether every quasi-identifier of the class reads {@code *}: the class cannot be told from suppressed records. */
    public boolean isCompletelyGeneralized(int equivalenceClass) {
        for (int i = 0; i < quasiIdentifiers.dimension(); i++) {
            if (!quasiIdentifiers.attribute(i).isAny(levels[i], code(equivalenceClass, i))) {
                return false;
            }
        }
        return true;
    }

    /** Classes of a coarser or equal transformation. */
    public EquivalenceClasses rollUp(int[] target) {
        return rollUpWithMapping(target).classes();
    }

    RollUp rollUpWithMapping(int[] target) {
        int words = quasiIdentifiers.words();
        TupleIndex index = new TupleIndex(words, Math.max(16, size() / 4));
        int[] mapping = new int[size()];
        long[] scratch = new long[words];
        int[] changed = changedAttributes(target);
        int[][] steps = new int[changed.length][];
        for (int j = 0; j < changed.length; j++) {
            steps[j] = quasiIdentifiers.attribute(changed[j]).step(levels[changed[j]], target[changed[j]]);
        }
        for (int c = 0; c < mapping.length; c++) {
            System.arraycopy(keys, c * words, scratch, 0, words);
            for (int j = 0; j < changed.length; j++) {
                quasiIdentifiers.put(scratch, 0, changed[j], steps[j][code(c, changed[j])]);
            }
            mapping[c] = index.number(scratch);
        }
        return new RollUp(merged(target, index, mapping), mapping);
    }

    private EquivalenceClasses merged(int[] target, TupleIndex index, int[] mapping) {
        int merged = index.size();
        long[] mergedFirst = new long[merged];
        Arrays.fill(mergedFirst, Long.MAX_VALUE);
        for (int c = 0; c < mapping.length; c++) {
            mergedFirst[mapping[c]] = Math.min(mergedFirst[mapping[c]], firstRows[c]);
        }
        long[] mergedCounts = sums(counts, mapping, merged);
        return new EquivalenceClasses(
                quasiIdentifiers,
                target.clone(),
                index.keys(),
                mergedCounts,
                population == counts ? mergedCounts : sums(population, mapping, merged),
                mergedFirst,
                tupleSquares.length == 0 ? tupleSquares : sums(tupleSquares, mapping, merged),
                histograms.stream().map(h -> h.rollUp(mapping, merged)).toList());
    }

    private static long[] sums(long[] values, int[] mapping, int merged) {
        long[] sums = new long[merged];
        for (int c = 0; c < mapping.length; c++) {
            sums[mapping[c]] += values[c];
        }
        return sums;
    }

    private int[] changedAttributes(int[] target) {
        int[] changed = new int[levels.length];
        int count = 0;
        for (int i = 0; i < levels.length; i++) {
            if (target[i] < levels[i]) {
                throw new IllegalArgumentException("Classes cannot be split: attribute " + i + " is on level "
                        + levels[i] + ", asked for level " + target[i] + ".");
            }
            if (target[i] > levels[i]) {
                changed[count++] = i;
            }
        }
        return Arrays.copyOf(changed, count);
    }

    /** Rolled-up classes and, for each finer class, the number of the class it went into. */
    record RollUp(EquivalenceClasses classes, int[] mapping) {}
}
