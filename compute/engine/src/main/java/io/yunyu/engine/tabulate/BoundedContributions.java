package io.yunyu.engine.tabulate;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sums of the finest cells after bounding what each unit adds: of its cells l0, of its records in a cell linf, chosen
 * by chance, each value cut to its bounds and rounded to a whole number.
 */
final class BoundedContributions {
    private final Microdata data;
    private final CrossTable table;
    private final int[] leaves;
    private final int[] order;
    private final boolean[] kept;

    BoundedContributions(Microdata data, CrossTable table, Protection.Private settings, SecureRandom random) {
        this.data = data;
        this.table = table;
        this.leaves = new int[data.size];
        for (int r = 0; r < data.size; r++) {
            for (int d = 0; d < table.dimensions().size(); d++) {
                CodeTree tree = table.dimensions().get(d);
                leaves[r] = table.with(
                        leaves[r], d, tree.leafOf(data.column(tree.name()).value(r)));
            }
        }
        this.order = data.byUnit();
        this.kept = new boolean[data.size];
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to < order.length && data.units[order[to]] == data.units[order[from]]) {
                to++;
            }
            keep(from, to, settings, random);
            from = to;
        }
    }

    private void keep(int from, int to, Protection.Private settings, SecureRandom random) {
        for (int k = to - 1; k > from; k--) {
            int other = from + random.nextInt(k - from + 1);
            int record = order[k];
            order[k] = order[other];
            order[other] = record;
        }
        Map<Integer, Integer> used = new HashMap<>();
        for (int k = from; k < to; k++) {
            int leaf = leaves[order[k]];
            if (used.containsKey(leaf) || used.size() < settings.l0()) {
                kept[order[k]] = used.merge(leaf, 1, Integer::sum) <= settings.linf();
            }
        }
    }

    /** @param bounds smallest and largest value; null counts records with a value other than 0 as 1 */
    long[] sums(double @Nullable [] column, double @Nullable [] bounds) {
        long[] sums = new long[table.size()];
        for (int r = 0; r < data.size; r++) {
            double value = column == null ? 1 : column[r];
            if (kept[r] && !Double.isNaN(value)) {
                long added = bounds == null
                        ? (value == 0 ? 0 : 1)
                        : Math.round(Math.max(bounds[0], Math.min(bounds[1], value)));
                sums[leaves[r]] = Math.addExact(sums[leaves[r]], added);
            }
        }
        return sums;
    }
}
