package io.yunyu.anonymizer.mondrian;

import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the regions show.
 *
 * @param labelled the quasi-identifiers with a mixed level that holds the regions' labels
 * @param codes for each region one after the other the codes of its labels on it; 0 where it is suppressed
 */
public record RegionLabels(List<BoundHierarchy> labelled, int[] codes) {
    /** @param attributes the quasi-identifiers, each cut by the dimension of its place */
    public static RegionLabels of(Partition partition, List<Dimension> dimensions, List<BoundHierarchy> attributes) {
        int[] codes = new int[partition.boxes().length / 2];
        List<BoundHierarchy> labelled = new ArrayList<>();
        for (int i = 0; i < dimensions.size(); i++) {
            labelled.add(
                    dimensions.get(i) instanceof TreeDimension tree
                            ? onLevels(partition, tree, attributes.get(i).mixed(), codes, i, dimensions.size())
                            : asRanges(partition, dimensions.get(i), attributes.get(i), codes, i, dimensions.size()));
        }
        return new RegionLabels(labelled, codes);
    }

    private static BoundHierarchy onLevels(
            Partition partition, TreeDimension tree, BoundHierarchy mixed, int[] codes, int i, int dimension) {
        for (int region = 0; region < partition.regions(dimension); region++) {
            int at = region * dimension + i;
            if (!partition.suppressed().get(region)) {
                int first = partition.boxes()[2 * at];
                int last = partition.boxes()[2 * at + 1];
                codes[at] = mixed.mixedCode(tree.level(first, last), tree.labelCode(first, last));
            }
        }
        return mixed;
    }

    private static BoundHierarchy asRanges(
            Partition partition, Dimension ordered, BoundHierarchy plain, int[] codes, int i, int dimension) {
        Map<String, Integer> codeOf = new LinkedHashMap<>(Map.of(GeneralizationHierarchy.ANY, 0));
        List<Double> shares = new ArrayList<>();
        for (int region = 0; region < partition.regions(dimension); region++) {
            int at = region * dimension + i;
            if (partition.suppressed().get(region)) {
                continue;
            }
            int first = partition.boxes()[2 * at];
            int last = partition.boxes()[2 * at + 1];
            Integer known = codeOf.putIfAbsent(ordered.label(first, last), codeOf.size());
            codes[at] = known == null ? codeOf.size() - 1 : known;
            if (known == null) {
                shares.add(ordered.share(first, last));
            }
        }
        List<String> ranges = new ArrayList<>(codeOf.keySet()).subList(1, codeOf.size());
        return plain.ranged(
                ranges, shares.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
