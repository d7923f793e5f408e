package io.yunyu.anonymizer.classes;

import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Classes of tuples that were put in regions, each with labels of its own. Regions that read alike are one class; those
 * that are suppressed are one more.
 *
 * @param classes numbered by their first regions
 * @param classOfTuple class of each tuple
 * @param classOfRegion class of each region
 * @param suppressedClass number of the class of suppressed regions; -1 if there is none
 */
public record JoinedRegions(EquivalenceClasses classes, int[] classOfTuple, int[] classOfRegion, int suppressedClass) {
    /**
     * @param labelled the quasi-identifiers, each with a mixed level
     * @param codes for each region one after the other the codes of its labels on the mixed levels
     * @param suppressed regions whose records are not released
     */
    public static JoinedRegions of(
            EquivalenceClasses tuples,
            List<BoundHierarchy> labelled,
            int[] codes,
            BitSet suppressed,
            int[] regionOfTuple) {
        int dimension = labelled.size();
        QuasiIdentifiers packing = new QuasiIdentifiers(labelled);
        int words = packing.words();
        TupleIndex index = new TupleIndex(words, 1024);
        int[] classOfRegion = new int[codes.length / dimension];
        long[] key = new long[words];
        for (int region = 0; region < classOfRegion.length; region++) {
            Arrays.fill(key, 0);
            for (int i = 0; i < dimension; i++) {
                packing.put(key, 0, i, codes[region * dimension + i]);
            }
            classOfRegion[region] = suppressed.get(region) ? -1 : index.number(key);
        }
        int kept = index.size();
        boolean anySuppressed = !suppressed.isEmpty();
        suppressed.stream().forEach(region -> classOfRegion[region] = kept);
        int[] classOfTuple = new int[regionOfTuple.length];
        for (int tuple = 0; tuple < classOfTuple.length; tuple++) {
            classOfTuple[tuple] = classOfRegion[regionOfTuple[tuple]];
        }
        int size = kept + (anySuppressed ? 1 : 0);
        int[] levels = labelled.stream().mapToInt(BoundHierarchy::mixedLevel).toArray();
        EquivalenceClasses classes =
                tuples.regrouped(packing, levels, Arrays.copyOf(index.keys(), size * words), classOfTuple, size);
        return new JoinedRegions(classes, classOfTuple, classOfRegion, anySuppressed ? kept : -1);
    }
}
