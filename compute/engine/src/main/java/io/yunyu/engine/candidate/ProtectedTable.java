package io.yunyu.engine.candidate;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table that is put up for release. Values are {@code String}, {@code Long}, {@code BigDecimal}, {@code Double},
 * {@code Boolean}, {@code LocalDate} or {@code LocalDateTime}, by the column's type; null is a missing label in a label
 * column and a suppressed value in any other.
 */
public record ProtectedTable(List<Column> columns, List<List<@Nullable Object>> rows) {
    /** Type of a column. */
    public enum Type {
        STRING,
        LONG,
        DECIMAL,
        DOUBLE,
        BOOLEAN,
        DATE,
        TIMESTAMP
    }

    /**
     * One column.
     *
     * @param name unique in its table
     * @param precision digits of a decimal, else 0
     * @param scale decimals of a decimal, else 0
     * @param label whether it is a group label and not a value
     */
    public record Column(String name, Type type, int precision, int scale, boolean label) {}

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

    public ProtectedTable {
        columns = uniquelyNamed(columns);
        List<List<@Nullable Object>> copy = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "A row has " + row.size() + " values for " + columns.size() + " columns.");
            }
            copy.add(Collections.unmodifiableList(new ArrayList<>(row)));
        }
        rows = Collections.unmodifiableList(copy);
    }

    public boolean isSuppressed(int row, int column) {
        return rows.get(row).get(column) == null && !columns.get(column).label();
    }

    /** A value as the text tables write it; empty if it is missing. */
    public static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Double d) {
            BigDecimal plain = BigDecimal.valueOf(d);
            return plain.signum() == 0 ? "0" : plain.stripTrailingZeros().toPlainString();
        }
        if (value instanceof BigDecimal d) {
            return d.toPlainString();
        }
        return value instanceof LocalDateTime t ? TIMESTAMP.format(t) : value.toString();
    }

    private static List<Column> uniquelyNamed(List<Column> columns) {
        // Readers of Parquet compare names without case, and the CSV has a column of its own.
        Set<String> taken = new HashSet<>(Set.of(TextTables.SUPPRESSED));
        List<Column> unique = new ArrayList<>();
        for (Column column : columns) {
            String name = column.name();
            for (int n = 2; !taken.add(name.toLowerCase(Locale.ROOT)); n++) {
                name = column.name() + "_" + n;
            }
            unique.add(new Column(name, column.type(), column.precision(), column.scale(), column.label()));
        }
        return List.copyOf(unique);
    }
}
