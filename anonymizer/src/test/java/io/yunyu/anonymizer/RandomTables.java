package io.yunyu.anonymizer;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Small random tables: three quasi-identifiers with uneven hierarchies, one sensitive attribute. */
final class RandomTables {
    static final List<String> QUASI_IDENTIFIERS = List.of("a", "b", "c");

    private RandomTables() {}

    static MicrodataTable table(Random random, int rows) {
        List<List<String>> values = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            values.add(new ArrayList<>());
        }
        for (int row = 0; row < rows; row++) {
            values.get(0).add("a" + random.nextInt(6));
            values.get(1).add("b" + Math.min(random.nextInt(9), random.nextInt(9)));
            values.get(2).add("c" + random.nextInt(3));
            values.get(3).add("s" + Math.min(random.nextInt(5), random.nextInt(5)));
        }
        return MicrodataTable.of(List.of(
                Column.of("a", values.get(0)),
                Column.of("b", values.get(1)),
                Column.of("c", values.get(2)),
                Column.of("s", values.get(3))));
    }

    static MicrodataTable shuffled(MicrodataTable table, Random random) {
        List<Integer> order = new ArrayList<>();
        for (int row = 0; row < table.rowCount(); row++) {
            order.add(row);
        }
        Collections.shuffle(order, random);
        return MicrodataTable.of(table.columns().stream()
                .map(column -> Column.of(
                        column.name(), order.stream().map(column::value).toList()))
                .toList());
    }

    /** Some of the rows. */
    static MicrodataTable subset(MicrodataTable table, Random random) {
        List<Integer> chosen = new ArrayList<>();
        for (int row = 0; row < table.rowCount(); row++) {
            if (row < 5 || random.nextInt(3) == 0) {
                chosen.add(row);
            }
        }
        return MicrodataTable.of(table.columns().stream()
                .map(column -> Column.of(
                        column.name(), chosen.stream().map(column::value).toList()))
                .toList());
    }

    static List<AttributeSpec> attributes() {
        return List.of(
                AttributeSpec.quasiIdentifier("a", hierarchy("a", 7, 2, 4)),
                AttributeSpec.quasiIdentifier("b", hierarchy("b", 9, 3)),
                AttributeSpec.quasiIdentifier("c", hierarchy("c", 3)),
                AttributeSpec.sensitive("s", DataType.STRING, Optional.of(hierarchy("s", 5, 2))));
    }

    /** Levels of groups of the given widths, then {@code *}. */
    private static GeneralizationHierarchy hierarchy(String prefix, int values, int... widths) {
        List<List<String>> rows = new ArrayList<>();
        for (int value = 0; value < values; value++) {
            List<String> row = new ArrayList<>();
            row.add(prefix + value);
            for (int width : widths) {
                row.add(prefix + value / width + "/" + width);
            }
            row.add("*");
            rows.add(row);
        }
        return GeneralizationHierarchy.of(prefix, rows);
    }
}
