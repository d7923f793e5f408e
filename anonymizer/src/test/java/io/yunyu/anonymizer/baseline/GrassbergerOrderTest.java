package io.yunyu.anonymizer.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.anonymizer.AnonymizationResult;
import io.yunyu.anonymizer.Anonymizer;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.risk.ClassStatistics;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Where our Grassberger verdicts differ from ARX's, ARX's come from the order in which it adds up: it stops once the sum
 * of the terms seen so far exceeds the limit, though later terms may be negative. Here both are computed from rows, without
 * the engine: in ARX's order the numbers are ARX's, without an order they are ours.
 */
class GrassbergerOrderTest {
    private static final int SLOTS = 8;

    @Test
    void suppress_inArxsOrderAndWithoutOrder_givesArxsNumbersAndOurs() throws IOException {
        Path shared = Path.of(System.getProperty("yunyu.shared", "absent"));
        Assumptions.assumeTrue(
                Files.exists(shared.resolve("vectors/arx-baseline.json")),
                "The ARX baseline is not there; set yunyu.shared to compare with it.");
        int rows = 0;
        int differing = 0;
        for (ArxRow row : ArxRow.all(shared)) {
            if (row.json().strings("models").stream().noneMatch(model -> model.contains("GRASSBERGER"))) {
                continue;
            }
            rows++;
            List<Map<Integer, Integer>> classes = classes(row);
            long[] ordered = suppressed(classes, 4, true);
            long[] orderFree = suppressed(classes, 4, false);
            JsonObject arx = row.json().object("ecStats");
            assertThat(ordered)
                    .as("%s in ARX's order", row)
                    .containsExactly(arx.longValue("suppressed"), arx.longValue("classes"));
            differing += ordered[0] == orderFree[0] ? 0 : 1;
            AnonymizationResult ours = Anonymizer.anonymize(row.table(), row.specAtArxTransformation());
            if (ours.outcome().solution().isPresent()) {
                ClassStatistics statistics =
                        ClassStatistics.of(ours.outcome().solution().get().classes());
                assertThat(orderFree)
                        .as("%s without order", row)
                        .containsExactly(statistics.suppressedRecords(), statistics.classes());
            }
        }
        assertThat(rows).isEqualTo(8);
        assertThat(differing).isPositive();
    }

    /** For each class of ARX's transformation its counts per occupation, whose codes are in the order of first occurrence in the data. */
    private static List<Map<Integer, Integer>> classes(ArxRow row) {
        MicrodataTable table = row.table();
        List<String> names = row.json().strings("quasiIdentifiers");
        List<Map<String, String>> labels = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int level = row.transformation().get(i);
            Map<String, String> labelOf = new HashMap<>();
            row.hierarchyRows(names.get(i)).forEach(line -> labelOf.put(line.get(0), line.get(level)));
            labels.add(labelOf);
        }
        Map<String, Integer> codeOf = new HashMap<>();
        Map<List<String>, Map<Integer, Integer>> counts = new LinkedHashMap<>();
        for (int r = 0; r < table.rowCount(); r++) {
            List<String> tuple = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                tuple.add(labels.get(i).get(table.column(names.get(i)).value(r)));
            }
            String occupation = table.column("occupation").value(r);
            codeOf.putIfAbsent(occupation, codeOf.size());
            counts.computeIfAbsent(tuple, key -> new LinkedHashMap<>()).merge(codeOf.get(occupation), 1, Integer::sum);
        }
        return new ArrayList<>(counts.values());
    }

    /** Records and number of classes suppressed and kept: {suppressed records, kept classes}. */
    private static long[] suppressed(List<Map<Integer, Integer>> classes, double l, boolean inArxsOrder) {
        long records = 0;
        long kept = 0;
        for (Map<Integer, Integer> counts : classes) {
            int n = counts.values().stream().mapToInt(Integer::intValue).sum();
            double limit = n * (grassberger(n) - Math.log(l));
            double sum = 0;
            boolean stopped = false;
            for (int code : inArxsOrder ? bucketOrder(counts.keySet()) : counts.keySet()) {
                int count = counts.get(code);
                sum += count * grassberger(count);
                stopped |= inArxsOrder && sum > limit;
            }
            if (counts.size() < l || stopped || sum > limit) {
                records += n;
            } else {
                kept++;
            }
        }
        return new long[] {records, kept};
    }

    /** Codes in an open hash table with linear probing, of 8 slots that double once more than 3/4 are taken. */
    private static List<Integer> bucketOrder(Iterable<Integer> codes) {
        int[] slots = new int[SLOTS];
        Arrays.fill(slots, -1);
        int size = 0;
        for (int code : codes) {
            insert(slots, code);
            if (++size > 0.75 * slots.length) {
                int[] larger = new int[2 * slots.length];
                Arrays.fill(larger, -1);
                for (int held : slots) {
                    if (held >= 0) {
                        insert(larger, held);
                    }
                }
                slots = larger;
            }
        }
        List<Integer> order = new ArrayList<>();
        for (int code : slots) {
            if (code >= 0) {
                order.add(code);
            }
        }
        return order;
    }

    private static void insert(int[] slots, int code) {
        int slot = code & (slots.length - 1);
        while (slots[slot] >= 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = code;
    }

    /** Grassberger 2003, by its recurrence up to any size: G(1) = -gamma - ln 2, G(2m) = G(2m - 2) + 2 / (2m - 1). */
    private static double grassberger(int n) {
        double g = -0.57721566490153286 - Math.log(2);
        for (int m = 1; m <= n / 2; m++) {
            g += 2.0 / (2 * m - 1);
        }
        return g;
    }
}
