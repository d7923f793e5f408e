package io.yunyu.anonymizer;

import io.yunyu.anonymizer.privacy.BasicBetaLikeness;
import io.yunyu.anonymizer.privacy.DeltaDisclosure;
import io.yunyu.anonymizer.privacy.DistinctLDiversity;
import io.yunyu.anonymizer.privacy.EnhancedBetaLikeness;
import io.yunyu.anonymizer.privacy.EntropyLDiversity;
import io.yunyu.anonymizer.privacy.EqualTCloseness;
import io.yunyu.anonymizer.privacy.HierarchicalTCloseness;
import io.yunyu.anonymizer.privacy.KAnonymity;
import io.yunyu.anonymizer.privacy.OrderedTCloseness;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import io.yunyu.anonymizer.privacy.RecursiveCLDiversity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether the sensitive values of one released class satisfy a model, written from the models' definitions on plain lists
 * of cells, and sharing nothing with the engine. Tolerates rounding of 1e-9.
 */
public final class ClassChecks {
    private static final double TOLERANCE = 1e-9;

    private ClassChecks() {}

    /**
     * @param values sensitive values of the class's records
     * @param all sensitive values of all records
     */
    public static boolean holds(PrivacyModel model, List<String> values, List<String> all) {
        Map<String, Double> q = shares(values);
        Map<String, Double> p = shares(all);
        if (model instanceof KAnonymity m) {
            return values.size() >= m.k();
        } else if (model instanceof DistinctLDiversity m) {
            return q.size() >= m.l();
        } else if (model instanceof EntropyLDiversity m) {
            return q.size() >= m.l() && entropy(m.estimator(), values) >= Math.log(m.l()) - TOLERANCE;
        } else if (model instanceof RecursiveCLDiversity m) {
            return isRecursivelyDiverse(m, values);
        } else if (model instanceof EqualTCloseness m) {
            return keys(p, q, v -> Math.abs(of(p, v) - of(q, v))) / 2 <= m.t() + TOLERANCE;
        } else if (model instanceof OrderedTCloseness m) {
            return orderedDistance(p, q) <= m.t() + TOLERANCE;
        } else if (model instanceof HierarchicalTCloseness m) {
            return treeDistance(p, q) <= m.t() + TOLERANCE;
        } else if (model instanceof DeltaDisclosure m) {
            return q.keySet().stream().allMatch(v -> Math.abs(Math.log(of(q, v) / of(p, v)) / Math.log(2)) < m.delta());
        } else if (model instanceof BasicBetaLikeness m) {
            return q.keySet().stream().allMatch(v -> of(q, v) / of(p, v) - 1 <= m.beta() + TOLERANCE);
        } else if (model instanceof EnhancedBetaLikeness m) {
            return q.keySet().stream()
                    .allMatch(v -> of(q, v) / of(p, v) - 1 <= Math.min(m.beta(), Math.log(1 / of(p, v))) + TOLERANCE);
        }
        throw new IllegalArgumentException("No check is written for " + model.label());
    }

    private static boolean isRecursivelyDiverse(RecursiveCLDiversity model, List<String> values) {
        List<Long> descending = new ArrayList<>(values.stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .values());
        descending.sort(Collections.reverseOrder());
        return descending.size() >= model.l()
                && descending.get(0)
                        < model.c()
                                * descending.subList(model.l() - 1, descending.size()).stream()
                                        .mapToLong(Long::longValue)
                                        .sum();
    }

    private static double entropy(EntropyLDiversity.Estimator estimator, List<String> values) {
        double n = values.size();
        double entropy = 0;
        for (double share : shares(values).values()) {
            entropy += estimator == EntropyLDiversity.Estimator.SHANNON
                    ? -share * Math.log(share)
                    : share * (grassberger((int) n) - grassberger((int) Math.rint(share * n)));
        }
        return entropy;
    }

    /** Grassberger 2003: G(n) = psi(n) + (-1)^n sum (-1)^k / (n + k), whose last term is halved for the sake of precision. */
    private static double grassberger(int n) {
        int last = 100_000;
        double alternating = 0;
        for (int k = 0; k <= last; k++) {
            alternating += (k % 2 == 0 ? 1.0 : -1.0) / (n + k) / (k == last ? 2 : 1);
        }
        double psi = -0.57721566490153286;
        for (int k = 1; k < n; k++) {
            psi += 1.0 / k;
        }
        return psi + (n % 2 == 0 ? 1 : -1) * alternating;
    }

    /** The values of {@link RandomTables} are ordered by their text. */
    private static double orderedDistance(Map<String, Double> p, Map<String, Double> q) {
        double cumulative = 0;
        double distance = 0;
        for (String value : p.keySet()) {
            cumulative += of(q, value) - of(p, value);
            distance += Math.abs(cumulative);
        }
        return distance / (p.size() - 1);
    }

    /** The sensitive hierarchy of {@link RandomTables}: pairs of values, then all; what moves within a pair costs half. */
    private static double treeDistance(Map<String, Double> p, Map<String, Double> q) {
        Map<String, Double> pairs = new TreeMap<>();
        for (String value : p.keySet()) {
            String pair = String.valueOf(Integer.parseInt(value.substring(1)) / 2);
            pairs.merge(pair, of(p, value) - of(q, value), Double::sum);
        }
        double across = pairs.values().stream().mapToDouble(Math::abs).sum() / 2;
        double moved = keys(p, q, v -> Math.abs(of(p, v) - of(q, v))) / 2;
        return across + (moved - across) / 2;
    }

    private static double keys(Map<String, Double> p, Map<String, Double> q, Function<String, Double> term) {
        return p.keySet().stream().mapToDouble(term::apply).sum();
    }

    private static double of(Map<String, Double> shares, String value) {
        return shares.getOrDefault(value, 0.0);
    }

    private static Map<String, Double> shares(List<String> values) {
        Map<String, Double> shares = new TreeMap<>();
        values.forEach(value -> shares.merge(value, 1.0 / values.size(), Double::sum));
        return shares;
    }
}
