package io.yunyu.anonymizer.classes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    private final @Nullable ClassUnits units;

    EquivalenceClasses(
            QuasiIdentifiers quasiIdentifiers,
            int[] levels,
            long[] keys,
            long[] counts,
            long[] population,
            long[] firstRows,
            long[] tupleSquares,
            List<Histograms> histograms) {
        this(quasiIdentifiers, levels, keys, counts, population, firstRows, tupleSquares, histograms, null);
    }

    /** @param units distinct privacy units; null where every record is its own */
    EquivalenceClasses(
            QuasiIdentifiers quasiIdentifiers,
            int[] levels,
            long[] keys,
            long[] counts,
            long[] population,
            long[] firstRows,
            long[] tupleSquares,
            List<Histograms> histograms,
            @Nullable ClassUnits units) {
        this.quasiIdentifiers = quasiIdentifiers;
        this.levels = levels;
        this.keys = keys;
        this.counts = counts;
        this.population = population;
        this.firstRows = firstRows;
        this.tupleSquares = tupleSquares;
        this.histograms = histograms;
        this.units = units;
    }

    /** A class for each part of distant tuples: sizes and histograms, without labels. */
    public static EquivalenceClasses ofSummaries(
            QuasiIdentifiers quasiIdentifiers, List<DistantTuples.Summary> summaries) {
        long[] counts =
                summaries.stream().mapToLong(DistantTuples.Summary::records).toArray();
        List<Histograms> histograms = new ArrayList<>();
        for (int h = 0; h < summaries.get(0).recordsOfValues().length; h++) {
            int histogram = h;
            histograms.add(Histograms.ofTotals(summaries.stream()
                    .map(summary -> summary.recordsOfValues()[histogram])
                    .toList()));
        }
        // A part that is not empty has squares, if they were asked for.
        boolean squared = summaries.stream().anyMatch(summary -> summary.squares() > 0);
        long[] squares = squared
                ? summaries.stream().mapToLong(DistantTuples.Summary::squares).toArray()
                : new long[0];
        return withoutLabels(quasiIdentifiers, counts, squares, histograms);
    }

    /** The classes of several sets of records one after the other, without labels and privacy units. */
    public static EquivalenceClasses concatenated(List<EquivalenceClasses> all) {
        long[] counts =
                all.stream().flatMapToLong(one -> Arrays.stream(one.counts)).toArray();
        List<Histograms> histograms = new ArrayList<>();
        for (int h = 0; h < all.get(0).histograms.size(); h++) {
            int histogram = h;
            histograms.add(Histograms.concatenated(
                    all.stream().map(one -> one.histograms.get(histogram)).toList()));
        }
        long[] squares = all.stream()
                .flatMapToLong(one -> Arrays.stream(one.tupleSquares))
                .toArray();
        return withoutLabels(all.get(0).quasiIdentifiers, counts, squares, histograms);
    }

    private static EquivalenceClasses withoutLabels(
            QuasiIdentifiers quasiIdentifiers, long[] counts, long[] squares, List<Histograms> histograms) {
        long[] firstRows = new long[counts.length];
        Arrays.setAll(firstRows, c -> c);
        return new EquivalenceClasses(
                quasiIdentifiers,
                new int[quasiIdentifiers.dimension()],
                new long[0],
                counts,
                counts,
                firstRows,
                squares,
                histograms);
    }

    /** The classes joined as {@code mapping} says, without labels. */
    public EquivalenceClasses joined(int[] mapping, int size) {
        return merged(quasiIdentifiers, levels, new long[0], mapping, size);
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

    /** Privacy units that own the records of a class under study: persons, where one has several records. */
    public long units(int equivalenceClass) {
        return units == null ? counts[equivalenceClass] : units.distinct(equivalenceClass);
    }

    /** Whether {@link #units} is known, so that one person with several records counts once. */
    public boolean countsUnits() {
        return units != null;
    }

    /** Whether coarser classes can be made of these. */
    boolean isMergeable() {
        return units == null || units.isMergeable();
    }

    @Nullable
    ClassUnits unitsOfClasses() {
        return units;
    }

    /** The same classes with units in place of records, for whoever counts persons. */
    public EquivalenceClasses inUnits() {
        return units == null
                ? this
                : new EquivalenceClasses(
                        quasiIdentifiers,
                        levels,
                        keys,
                        units.distinct(),
                        units.distinct(),
                        firstRows,
                        tupleSquares,
                        histograms);
    }

    /** All records of a class, those outside the research subset included. */
    public long population(int equivalenceClass) {
        return population[equivalenceClass];
    }

    /** The earliest record of a class in input order: a name for the class that no partitioning changes. */
    public long firstRow(int equivalenceClass) {
        return firstRows[equivalenceClass];
    }

    /** Sum over the distinct original tuples in a class of their squared counts; kept only if it was asked for. */
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

    /** Estimated size in memory. */
    long bytes() {
        long bytes = 8L * (keys.length + counts.length + firstRows.length + tupleSquares.length);
        bytes += population == counts ? 0 : 8L * population.length;
        for (Histograms histogram : histograms) {
            bytes += histogram.bytes();
        }
        return bytes + 256 + (units == null ? 0 : units.bytes());
    }

    /** Classes of a coarser or equal transformation. */
    public EquivalenceClasses rollUp(int[] target) {
        return rollUpWithMapping(target).classes();
    }

    RollUp rollUpWithMapping(int[] target) {
        TupleIndex index = new TupleIndex(quasiIdentifiers.words(), size() / 2);
        int[] mapping = new int[size()];
        int[] changed = changedAttributes(target);
        if (quasiIdentifiers.words() == 1) {
            mapOneWord(target, changed, index, mapping);
        } else {
            mapWords(target, changed, index, mapping);
        }
        return new RollUp(merged(quasiIdentifiers, target, index.keys(), mapping, index.size()), mapping);
    }

    private void mapOneWord(int[] target, int[] changed, TupleIndex index, int[] mapping) {
        int[] shifts = new int[changed.length];
        long[] masks = new long[changed.length];
        long[][] steps = new long[changed.length][];
        long kept = -1L;
        for (int j = 0; j < changed.length; j++) {
            int i = changed[j];
            shifts[j] = quasiIdentifiers.shift(i);
            masks[j] = quasiIdentifiers.mask(i);
            kept &= ~(masks[j] << shifts[j]);
            int[] step = quasiIdentifiers.attribute(i).step(levels[i], target[i]);
            steps[j] = new long[step.length];
            for (int code = 0; code < step.length; code++) {
                steps[j][code] = (long) step[code] << shifts[j];
            }
        }
        for (int c = 0; c < mapping.length; c++) {
            long key = keys[c];
            long coarser = key & kept;
            for (int j = 0; j < shifts.length; j++) {
                coarser |= steps[j][(int) ((key >>> shifts[j]) & masks[j])];
            }
            mapping[c] = index.number(coarser);
        }
    }

    private void mapWords(int[] target, int[] changed, TupleIndex index, int[] mapping) {
        int words = quasiIdentifiers.words();
        long[] scratch = new long[words];
        for (int c = 0; c < mapping.length; c++) {
            System.arraycopy(keys, c * words, scratch, 0, words);
            for (int i : changed) {
                int[] step = quasiIdentifiers.attribute(i).step(levels[i], target[i]);
                quasiIdentifiers.put(scratch, 0, i, step[code(c, i)]);
            }
            mapping[c] = index.number(scratch);
        }
    }

    /** The classes joined as {@code mapping} says, under keys of another packing. */
    EquivalenceClasses regrouped(QuasiIdentifiers packing, int[] target, long[] joinedKeys, int[] mapping, int size) {
        return merged(packing, target, joinedKeys, mapping, size);
    }

    /** Some of the classes, in the order given. */
    EquivalenceClasses selected(int[] chosen) {
        int[] mapping = new int[size()];
        Arrays.fill(mapping, -1);
        int words = quasiIdentifiers.words();
        long[] chosenKeys = new long[chosen.length * words];
        for (int c = 0; c < chosen.length; c++) {
            mapping[chosen[c]] = c;
            System.arraycopy(keys, chosen[c] * words, chosenKeys, c * words, words);
        }
        return merged(quasiIdentifiers, levels, chosenKeys, mapping, chosen.length);
    }

    private EquivalenceClasses merged(
            QuasiIdentifiers packing, int[] target, long[] mergedKeys, int[] mapping, int merged) {
        long[] mergedFirst = new long[merged];
        long[] mergedCounts = new long[merged];
        Arrays.fill(mergedFirst, Long.MAX_VALUE);
        for (int c = 0; c < mapping.length; c++) {
            int into = mapping[c];
            if (into >= 0) {
                mergedCounts[into] += counts[c];
                mergedFirst[into] = Math.min(mergedFirst[into], firstRows[c]);
            }
        }
        List<Histograms> mergedHistograms = new ArrayList<>(histograms.size());
        for (Histograms histogram : histograms) {
            mergedHistograms.add(histogram.rollUp(mapping, merged));
        }
        return new EquivalenceClasses(
                packing,
                target.clone(),
                mergedKeys,
                mergedCounts,
                population == counts ? mergedCounts : sums(population, mapping, merged),
                mergedFirst,
                tupleSquares.length == 0 ? tupleSquares : sums(tupleSquares, mapping, merged),
                mergedHistograms,
                units == null ? null : units.rollUp(mapping, merged));
    }

    private static long[] sums(long[] values, int[] mapping, int merged) {
        long[] sums = new long[merged];
        for (int c = 0; c < mapping.length; c++) {
            if (mapping[c] >= 0) {
                sums[mapping[c]] += values[c];
            }
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
