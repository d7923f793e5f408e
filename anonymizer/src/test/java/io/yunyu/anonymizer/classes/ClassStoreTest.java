package io.yunyu.anonymizer.classes;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassStoreTest {
    private static final int ATTRIBUTES = 8;

    /** Histograms of many values weigh more than the classes: a bound on the number of classes does not bound memory. */
    @Test
    void classes_manyGroupingsWithWideHistograms_stayWithinTheBudgetAndRight() {
        Random random = new Random(3);
        GroupedMicrodata data = data(random);
        long tuples = data.tuples().bytes();
        ClassStore store = new ClassStore(data.tuples(), 4 * tuples);
        for (int step = 0; step < 300; step++) {
            int[] levels = random.ints(ATTRIBUTES, 0, 4).toArray();

            EquivalenceClasses classes = store.classes(levels);

            assertThat(store.heldBytes()).isLessThanOrEqualTo(4 * tuples);
            assertThat(sorted(classes)).isEqualTo(sorted(data.tuples().rollUp(levels)));
        }
        assertThat(store.heldBytes()).isPositive();
    }

    private static List<String> sorted(EquivalenceClasses classes) {
        List<String> described = new ArrayList<>();
        for (int c = 0; c < classes.size(); c++) {
            StringBuilder text = new StringBuilder(classes.firstRow(c) + ":" + classes.count(c));
            Histograms histogram = classes.histograms(0);
            for (int entry = histogram.start(c); entry < histogram.end(c); entry++) {
                text.append(' ').append(histogram.value(entry)).append('x').append(histogram.count(entry));
            }
            described.add(text.toString());
        }
        described.sort(null);
        return described;
    }

    private static GroupedMicrodata data(Random random) {
        List<Column> columns = new ArrayList<>();
        List<BoundHierarchy> hierarchies = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (int value = 0; value < 8; value++) {
            rows.add(List.of("v" + value, "p" + value / 2, "q" + value / 4, "*"));
        }
        for (int i = 0; i < ATTRIBUTES; i++) {
            Column column = column("q" + i, random, 8);
            columns.add(column);
            hierarchies.add(GeneralizationHierarchy.of("q", rows).bind("q" + i, column.dictionary()));
        }
        return GroupedMicrodata.group(
                new QuasiIdentifiers(hierarchies),
                columns,
                List.of(column("s", random, 1_000)),
                2_000,
                null,
                false,
                null);
    }

    private static Column column(String name, Random random, int values) {
        List<String> cells = new ArrayList<>();
        for (int row = 0; row < 2_000; row++) {
            cells.add("v" + random.nextInt(values));
        }
        return Column.of(name, cells);
    }
}
