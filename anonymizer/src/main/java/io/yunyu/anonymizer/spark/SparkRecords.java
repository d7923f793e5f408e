package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.data.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Records to de-identify: one row per record, any columns. Values are read as their text; a missing one reads as the empty
 * text.
 *
 * @param rows must give the same records each time it is evaluated: it is read once to group and once to release
 * @param order a {@code bigint} column, different in every row, not negative, that says where a record stands in its source; empty if
 *     the records have no order, and then every choice among equals follows the values' order as text
 * @param unit a {@code bigint} column that says whose record it is; empty if each record is its own privacy unit
 */
public record SparkRecords(Dataset<Row> rows, Optional<String> order, Optional<String> unit) {
    public SparkRecords {
        for (String column : List.of(order.orElse(""), unit.orElse(""))) {
            if (!column.isEmpty() && !Arrays.asList(rows.columns()).contains(column)) {
                throw new InputException("The records have no column '" + column + "'.");
            }
        }
    }

    public static SparkRecords of(Dataset<Row> rows) {
        return new SparkRecords(rows, Optional.empty(), Optional.empty());
    }

    public SparkRecords orderedBy(String column) {
        return new SparkRecords(rows, Optional.of(column), unit);
    }

    public SparkRecords ownedBy(String column) {
        return new SparkRecords(rows, order, Optional.of(column));
    }

    /** The columns that hold data: all but order and unit. */
    List<String> names() {
        return Arrays.stream(rows.columns())
                .filter(name ->
                        !Optional.of(name).equals(order) && !Optional.of(name).equals(unit))
                .toList();
    }

    /** A column's values as text. */
    Column text(String name) {
        if (!names().contains(name)) {
            throw new InputException("The input has no column '" + name + "'; it has " + names() + ".");
        }
        return functions.coalesce(column(name).cast("string"), functions.lit(""));
    }

    Column column(String name) {
        return rows.col("`" + name.replace("`", "``") + "`");
    }
}
