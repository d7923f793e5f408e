package io.yunyu.anonymizer.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.anonymizer.classes.QuasiIdentifiers;
import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordRecodingTest {
    private static final int ATTRIBUTES = 24;

    /** Codes of 24 attributes do not fit in one word. */
    @Test
    void call_tuplesOfTwoWords_generalizesEachCode() {
        List<BoundHierarchy> attributes = new ArrayList<>();
        for (int i = 0; i < ATTRIBUTES; i++) {
            attributes.add(hierarchy("a" + i, 3 + 2 * i));
        }
        QuasiIdentifiers packing = new QuasiIdentifiers(attributes);
        assertThat(packing.words()).isEqualTo(2);
        long seed = Long.getLong("yunyu.seed", 20261125L);
        System.out.println("call_tuplesOfTwoWords_generalizesEachCode: seed " + seed);
        Random random = new Random(seed);
        for (int run = 0; run < 500; run++) {
            int[] from = new int[ATTRIBUTES];
            int[] to = new int[ATTRIBUTES];
            long[] key = new long[2];
            long[] expected = new long[2];
            for (int i = 0; i < ATTRIBUTES; i++) {
                from[i] = random.nextInt(3);
                to[i] = from[i] + random.nextInt(3 - from[i]);
                int leaf = random.nextInt(3 + 2 * i);
                packing.put(key, 0, i, attributes.get(i).generalize(leaf, from[i]));
                packing.put(expected, 0, i, attributes.get(i).generalize(leaf, to[i]));
            }
            for (int word = 0; word < 2; word++) {
                assertThat(WordRecoding.of(packing, word, from, to).call(key[word]))
                        .isEqualTo(expected[word]);
            }
        }
    }

    private static BoundHierarchy hierarchy(String name, int values) {
        List<List<String>> rows = new ArrayList<>();
        List<String> leaves = new ArrayList<>();
        for (int value = 0; value < values; value++) {
            leaves.add("v" + value);
            rows.add(List.of("v" + value, "g" + value / 3, "*"));
        }
        return GeneralizationHierarchy.of(name, rows).bind(name, leaves);
    }
}
