package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.data.InputException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Records to de-identify: one row per record, any columns. Values are read as their text; a missing one reads as the empty
 * text.
 *
 * @param rows must give the same records each time it is evaluated: it is read once to group and once to release
 * @param order a {@code bigint} column, different in every row, not negative, that says where a record stands in its source; empty if
 *     the records have no order, and then every choice among equals follows the values' order as text
 * @param studied a {@code bigint} column that says of each record whether it is under study, 1 or 0; empty if all are. Not
 *     together with {@code unit}
 * @param unit a {@code bigint} column that says whose record it is, missing of none; empty if each record is its own privacy unit
 * @param drawKey a {@code bigint} column by which a random part is drawn where the records have no order: those of one key
 *     are drawn together or not at all; may be {@code unit}
 */
public record SparkRecords(
        Dataset<Row> rows,
        Optional<String> order,
        Optional<String> unit,
        Optional<String> studied,
        Optional<String> drawKey) {
    private static final String STUDIED = "__studied";

    /** What is known of records before any is read. */
    public enum Trait {
        /** They have an order. */
        ORDERED,
        /** They have keys to draw by. */
        DRAWN_BY_KEY,
        /** Several may be of one person. */
        COUNT_PERSONS
    }

    public SparkRecords {
        for (Optional<String> column : List.of(order, unit, studied, drawKey)) {
            if (column.isPresent() && !Arrays.asList(rows.columns()).contains(column.get())) {
                throw new InputException("The records have no column '" + column.get() + "'.");
            }
            if (column.isPresent()
                    && !rows.schema().apply(column.get()).dataType().equals(DataTypes.LongType)) {
                throw new InputException("The records' column '" + column.get() + "' is not a bigint.");
            }
        }
    }

    public static SparkRecords of(Dataset<Row> rows) {
        return new SparkRecords(rows, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public SparkRecords orderedBy(String column) {
        return new SparkRecords(rows, Optional.of(column), unit, studied, drawKey);
    }

    public SparkRecords ownedBy(String column) {
        return new SparkRecords(rows, order, Optional.of(column), studied, drawKey);
    }

    public SparkRecords drawnBy(String column) {
        return new SparkRecords(rows, order, unit, studied, Optional.of(column));
    }

    Set<Trait> traits() {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        order.ifPresent(column -> traits.add(Trait.ORDERED));
        drawKey.ifPresent(column -> traits.add(Trait.DRAWN_BY_KEY));
        unit.ifPresent(column -> traits.add(Trait.COUNT_PERSONS));
        return traits;
    }

    /** The same records with other rows; their columns are there. */
    SparkRecords with(Dataset<Row> others) {
        return new SparkRecords(others, order, unit, studied, drawKey);
    }

    /** The same records, all of them under study. */
    SparkRecords allStudied() {
        return new SparkRecords(studied.map(rows::drop).orElse(rows), order, unit, Optional.empty(), drawKey);
    }

    /** The same columns with one more, which says who is under study. */
    SparkRecords studying(Column isStudied) {
        return new SparkRecords(
                rows.withColumn(STUDIED, functions.when(isStudied, 1L).otherwise(0L)),
                order,
                unit,
                Optional.of(STUDIED),
                drawKey);
    }

    /** The columns that hold data: all but order, unit, draw key and whether a record is under study. */
    List<String> names() {
        return Arrays.stream(rows.columns())
                .filter(name -> Stream.of(order, unit, studied, drawKey)
                        .flatMap(Optional::stream)
                        .noneMatch(name::equals))
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
