package io.yunyu.engine.tabulate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which records are in each shown cell, those of one unit next to each other. */
final class CellRecords {
    private final int[] starts;
    private final int[] records;

    CellRecords(Microdata data, CrossTable table) {
        int[][] paths = new int[data.size][];
        int[] order = data.byUnit();
        starts = new int[table.size() + 1];
        LeafPaths leaves = new LeafPaths(data, table);
        long total = 0;
        for (int r = 0; r < data.size; r++) {
            paths[r] = leaves.cells(r);
            for (int cell : paths[r]) {
                starts[cell + 1]++;
            }
            total += paths[r].length;
        }
        if (total > Integer.MAX_VALUE - 8) {
            throw new TabulationException("The records times the levels of the dimensions are more than this command"
                    + " holds in memory. Use fewer dimensions.");
        }
        for (int cell = 0; cell < table.size(); cell++) {
            starts[cell + 1] += starts[cell];
        }
        int[] next = Arrays.copyOf(starts, table.size());
        records = new int[(int) total];
        for (int r : order) {
            for (int cell : paths[r]) {
                records[next[cell]++] = r;
            }
        }
    }

    int[] of(int cell) {
        return Arrays.copyOfRange(records, starts[cell], starts[cell + 1]);
    }

    /** The cells of a record; equal for equal leaves, so each combination is worked out once. */
    private static final class LeafPaths {
        private final Microdata data;
        private final CrossTable table;
        private final int[][] leafOfCode;
        private final int[][] codes;
        private final Map<Integer, int[]> known = new HashMap<>();

        LeafPaths(Microdata data, CrossTable table) {
            this.data = data;
            this.table = table;
            List<CodeTree> dimensions = table.dimensions();
            leafOfCode = new int[dimensions.size()][];
            codes = new int[dimensions.size()][data.size];
            for (int d = 0; d < leafOfCode.length; d++) {
                CodeTree tree = dimensions.get(d);
                var column = data.column(tree.name());
                leafOfCode[d] =
                        column.dictionary().stream().mapToInt(tree::leafOf).toArray();
                for (int r = 0; r < data.size; r++) {
                    codes[d][r] = column.code(r);
                }
            }
        }

        int[] cells(int record) {
            int leaf = 0;
            for (int d = 0; d < codes.length; d++) {
                leaf = table.with(leaf, d, leafOfCode[d][codes[d][record]]);
            }
            return known.computeIfAbsent(leaf, this::ancestors);
        }

        private int[] ancestors(int leaf) {
            int[] cells = {leaf};
            for (int d = 0; d < codes.length; d++) {
                int[] wider = new int[cells.length * 4];
                int count = 0;
                for (int cell : cells) {
                    for (int c = table.category(cell, d);
                            c >= 0;
                            c = table.dimensions().get(d).parent(c)) {
                        if (count == wider.length) {
                            wider = Arrays.copyOf(wider, 2 * count);
                        }
                        wider[count++] = table.with(cell, d, c);
                    }
                }
                cells = Arrays.copyOf(wider, count);
            }
            return Arrays.stream(cells).filter(table::isShown).sorted().toArray();
        }
    }
}
