package io.yunyu.anonymizer.hierarchy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One level more than a hierarchy has: with the labels of all levels, or with ranges.
 *
 * @param labels of every level, the new one last
 * @param weights of every label; a label that stands on several levels weighs there what it weighs most
 * @param codes for each level and code the code on the new level; empty for ranges
 * @param levels for each code on the new level the least level it occurs on; empty for ranges
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

    static MixedLevel ofRanges(
            List<List<String>> labels,
            double[][] weights,
            double domainWeight,
            List<String> ranges,
            double[] rangeShares) {
        List<String> mixed = new ArrayList<>(List.of(GeneralizationHierarchy.ANY));
        mixed.addAll(ranges);
        List<List<String>> allLabels = new ArrayList<>(labels);
        allLabels.add(List.copyOf(mixed));
        double[][] allWeights = Arrays.copyOf(weights, weights.length + 1);
        double[] rangeWeights = new double[mixed.size()];
        rangeWeights[0] = domainWeight;
        for (int range = 0; range < rangeShares.length; range++) {
            rangeWeights[range + 1] = rangeShares[range] * domainWeight;
        }
        allWeights[weights.length] = rangeWeights;
        return new MixedLevel(allLabels, allWeights, new int[0][], new int[0]);
    }
}
