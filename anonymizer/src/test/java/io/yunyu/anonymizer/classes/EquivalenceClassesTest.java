package io.yunyu.anonymizer.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EquivalenceClassesTest {
    private static final int VALUES = 300;

    private final long seed = Long.getLong("yunyu.seed", 20261123L);
    private final Random random = new Random(seed);

    /** Two attributes fit one word of a packed tuple, twelve need two. */
    @ParameterizedTest
    @ValueSource(ints = {2, 12})
    void rollUp_anyPath_groupsAsTheLabelsDo(int attributes) {
        System.out.println("rollUp_anyPath_groupsAsTheLabelsDo: seed " + seed);
        List<Column> columns = columns(attributes, 2000);
        Column sensitive = column("s", 2000, 7);
        BitSet subset = new BitSet();
        for (int row = 0; row < 2000; row++) {
            subset.set(row, random.nextInt(3) > 0);
        }
        QuasiIdentifiers quasiIdentifiers = new QuasiIdentifiers(columns.stream()
                .map(c -> hierarchy(c.name()).bind(c.name(), c.dictionary()))
                .toList());
        assertThat(quasiIdentifiers.words()).isEqualTo(attributes > 7 ? 2 : 1);
        GroupedMicrodata data =
                GroupedMicrodata.group(quasiIdentifiers, columns, List.of(sensitive), 2000, subset, true, null);
        int[] half = new int[attributes];
        int[] target = new int[attributes];
        for (int i = 0; i < attributes; i++) {
            target[i] = random.nextInt(3);
            half[i] = random.nextInt(target[i] + 1);
        }

        EquivalenceClasses rolled = data.tuples().rollUp(half).rollUp(target);

        Map<List<String>, long[]> expected = expected(columns, sensitive, subset, target);
        assertThat(rolled.size()).as("seed %d", seed).isEqualTo(expected.size());
        for (int c = 0; c < rolled.size(); c++) {
            List<String> labels = new ArrayList<>();
            for (int i = 0; i < attributes; i++) {
                labels.add(quasiIdentifiers.attribute(i).label(target[i], rolled.code(c, i)));
            }
            assertThat(actual(rolled, c)).as("seed %d, class %s", seed, labels).isEqualTo(expected.get(labels));
        }
    }

    /** Studied records, all records, first row, and studied records per sensitive value. */
    private static long[] actual(EquivalenceClasses classes, int c) {
        long[] found = new long[10];
        found[0] = classes.count(c);
        found[1] = classes.population(c);
        found[2] = classes.firstRow(c);
        Histograms histograms = classes.histograms(0);
        for (int entry = histograms.start(c); entry < histograms.end(c); entry++) {
            found[3 + histograms.value(entry)] = histograms.count(entry);
        }
        return found;
    }

    private static Map<List<String>, long[]> expected(
            List<Column> columns, Column sensitive, BitSet subset, int[] levels) {
        Map<List<String>, long[]> expected = new HashMap<>();
        for (int row = 0; row < 2000; row++) {
            List<String> labels = new ArrayList<>();
            for (int i = 0; i < levels.length; i++) {
                labels.add(label(columns.get(i).value(row), levels[i]));
            }
            long[] counts = expected.computeIfAbsent(labels, key -> new long[10]);
            if (counts[1] == 0) {
                counts[2] = row;
            }
            counts[0] += subset.get(row) ? 1 : 0;
            counts[1]++;
            counts[3 + sensitive.code(row)] += subset.get(row) ? 1 : 0;
        }
        return expected;
    }

    @Test
    void rollUp_finerLevel_isRefused() {
        List<Column> columns = columns(2, 50);
        QuasiIdentifiers quasiIdentifiers = new QuasiIdentifiers(columns.stream()
                .map(c -> hierarchy(c.name()).bind(c.name(), c.dictionary()))
                .toList());
        EquivalenceClasses classes = GroupedMicrodata.group(quasiIdentifiers, columns, List.of(), 50, null, false, null)
                .tuples()
                .rollUp(new int[] {1, 1});

        assertThatThrownBy(() -> classes.rollUp(new int[] {2, 0})).isInstanceOf(IllegalArgumentException.class);
    }

    private List<Column> columns(int attributes, int rows) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < attributes; i++) {
            columns.add(column("q" + i, rows, VALUES));
        }
        return columns;
    }

    private Column column(String name, int rows, int values) {
        List<String> cells = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            cells.add(String.valueOf(random.nextInt(values)));
        }
        return Column.of(name, cells);
    }

    private static String label(String value, int level) {
        return level == 0 ? value : level == 1 ? "~" + Integer.parseInt(value) / 30 : "*";
    }

    private static GeneralizationHierarchy hierarchy(String name) {
        List<List<String>> rows = new ArrayList<>();
        for (int value = 0; value < VALUES; value++) {
            String text = String.valueOf(value);
            rows.add(List.of(text, label(text, 1), label(text, 2)));
        }
        return GeneralizationHierarchy.of(name, rows);
    }
}
