package io.yunyu.anonymizer.privacy;

import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.Histograms;
import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import java.util.Optional;

/**
 * t-closeness with the distance of two values given by the level of their lowest common ancestor in the attribute's
 * hierarchy, relative to its height (Li, Li and Venkatasubramanian 2007).
 *
 * <p>Computed in 64-bit integers. ARX multiplies in 32 bits, so that above some 46 000 records it accepts classes that
 * are not close; the verdicts differ there, and these are right.
 *
 * @param t in [0, 1]
 */
public record HierarchicalTCloseness(String attribute, double t) implements PrivacyModel {
    public HierarchicalTCloseness {
        PrivacyModel.require(t >= 0 && t <= 1, "hierarchical-t-closeness", "t must lie in [0, 1], got " + t);
    }

    @Override
    public String label() {
        return "hierarchical-t-closeness(" + attribute + ", t=" + t + ")";
    }

    @Override
    public Optional<String> sensitiveAttribute() {
        return Optional.of(attribute);
    }

    /** Moves surplus up the tree and pays for what meets a deficit at each inner node. */
    record Criterion(int sensitive, double t, long[] frequencies, BoundHierarchy tree, long records)
            implements ClassCriterion {
        @Override
        public boolean isSatisfied(EquivalenceClasses classes, int equivalenceClass) {
            Histograms histograms = classes.histograms(sensitive);
            long n = classes.count(equivalenceClass);
            long[] surplus = new long[frequencies.length];
            for (int value = 0; value < frequencies.length; value++) {
                surplus[value] = frequencies[value] * n;
            }
            for (int entry = histograms.start(equivalenceClass); entry < histograms.end(equivalenceClass); entry++) {
                surplus[histograms.value(entry)] -= histograms.count(entry) * records;
            }
            int height = tree.levels() - 1;
            double cost = 0;
            for (int level = 1; level <= height; level++) {
                int[] parent = tree.step(level - 1, level);
                long[] positive = new long[tree.cardinality(level)];
                long[] negative = new long[positive.length];
                for (int child = 0; child < surplus.length; child++) {
                    if (surplus[child] > 0) {
                        positive[parent[child]] += surplus[child];
                    } else {
                        negative[parent[child]] -= surplus[child];
                    }
                }
                surplus = new long[positive.length];
                for (int node = 0; node < surplus.length; node++) {
                    cost += (double) level / height * Math.min(positive[node], negative[node]);
                    surplus[node] = positive[node] - negative[node];
                }
            }
            return cost / ((double) records * n) <= t;
        }

        @Override
        public Merging merging() {
            return Merging.CONVEX;
        }
    }
}
