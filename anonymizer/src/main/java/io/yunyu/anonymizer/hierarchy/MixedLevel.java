package io.yunyu.anonymizer.hierarchy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels of all levels of a hierarchy as one level more.
 *
 * @param labels of every level, the new one last
 * @param weights of every label; a label that stands on several levels weighs there what it weighs most
 * @param codes for each level and code the code on the new level
 * @param levels for each code on the new level the least level it occurs on
 */
record MixedLevel(List<List<String>> labels, double[][] weights, int[][] codes, int[] levels) {
    static MixedLevel of(List<List<String>> labels, double[][] weights, double domainWeight) {
        Map<String, Integer> codeOf = new HashMap<>();
        List<String> mixed = new ArrayList<>(List.of(GeneralizationHierarchy.ANY));
        List<Integer> levelOf = new ArrayList<>(List.of(labels.size() - 1));
        List<Double> weightOf = new ArrayList<>(List.of(domainWeight));
        int[][] codes = new int[labels.size()][];
        for (int level = 0; level < labels.size(); level++) {
            codes[level] = new int[labels.get(level).size()];
            for (int code = 0; code < codes[level].length; code++) {
                String label = labels.get(level).get(code);
                Integer known = codeOf.putIfAbsent(label, mixed.size());
                int found = known == null ? mixed.size() : known;
                if (known == null) {
                    mixed.add(label);
                    levelOf.add(level);
                    weightOf.add(weights[level][code]);
                } else {
                    weightOf.set(found, Math.max(weightOf.get(found), weights[level][code]));
                }
                codes[level][code] = found;
            }
        }
        List<List<String>> allLabels = new ArrayList<>(labels);
        allLabels.add(List.copyOf(mixed));
        double[][] allWeights = Arrays.copyOf(weights, weights.length + 1);
        allWeights[weights.length] =
                weightOf.stream().mapToDouble(Double::doubleValue).toArray();
        return new MixedLevel(
                allLabels,
                allWeights,
                codes,
                levelOf.stream().mapToInt(Integer::intValue).toArray());
    }
}
