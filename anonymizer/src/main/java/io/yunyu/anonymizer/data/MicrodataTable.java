package io.yunyu.anonymizer.data;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Microdata in memory: columns of equal length with distinct names, one row per record. Immutable. */
public final class MicrodataTable {
    private final List<Column> columns;
    private final int rowCount;

    private MicrodataTable(List<Column> columns, int rowCount) {
        this.columns = columns;
        this.rowCount = rowCount;
    }

    /** @throws InputException if there is no column, two columns share a name, or their lengths differ */
    public static MicrodataTable of(List<Column> columns) {
        if (columns.isEmpty()) {
            throw new InputException("The table has no column.");
        }
        int rowCount = columns.get(0).rowCount();
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.name())) {
                throw new InputException("Two columns are named '" + column.name() + "'; rename one.");
            }
            if (column.rowCount() != rowCount) {
                throw new InputException("Column '" + column.name() + "' has " + column.rowCount()
                        + " rows, the first column has " + rowCount + ".");
            }
        }
        return new MicrodataTable(List.copyOf(columns), rowCount);
    }

    public List<Column> columns() {
        return columns;
    }

    public int rowCount() {
        return rowCount;
    }

    /** The table of some of its rows, in their order, and of the values that these hold. */
    public MicrodataTable select(BitSet rows) {
        return new MicrodataTable(
                columns.stream().map(column -> column.select(rows)).toList(), rows.cardinality());
    }

    /** The same table with another column in the place of the one of its name. */
    public MicrodataTable with(Column replacement) {
        return of(columns.stream()
                .map(column -> column.name().equals(replacement.name()) ? replacement : column)
                .toList());
    }

    /** Position of a column. @throws InputException if there is none of this name */
    public int indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new InputException("The input has no column '" + name + "'; it has "
                + columns.stream().map(Column::name).toList() + ".");
    }

    public Column column(String name) {
        return columns.get(indexOf(name));
    }
}
