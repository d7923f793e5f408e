package io.yunyu.engine.ingest;

import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.Source;
import io.yunyu.engine.encryption.ColumnNames;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * How the records of a batch are checked and read: declared columns bound to the source's columns.
 *
 * @param unitSource index of the unit column in the source, or -1 if each record is its own unit
 * @param unitIdentifier kind of identifier in the unit column, or null
 * @param today the day against which birth dates are checked
 */
record RowPlan(
        List<ColumnPlan> columns,
        List<String> sourceColumns,
        String unitColumn,
        int unitSource,
        @Nullable IdentifierKind unitIdentifier,
        boolean allowSyntheticRegions,
        LocalDate today)
        implements Serializable {
    RowPlan {
        // Spark serializes plans with Java's serialization, which ArrayList bears and immutable lists do as well.
        columns = List.copyOf(columns);
        sourceColumns = List.copyOf(sourceColumns);
    }

    /** Binds declared columns. @throws io.yunyu.contract.problem.ProblemException naming columns that are missing */
    static RowPlan bind(IngestOrder order, List<AttributeSpec> attributes, List<String> source, LocalDate today) {
        requireSplit(order, attributes, source);
        requireUnit(order, source);
        List<String> missing = attributes.stream()
                .map(AttributeSpec::name)
                .filter(name -> indexOf(source, name) < 0)
                .toList();
        if (!missing.isEmpty()) {
            throw SourceProblems.missing("The source has no column " + quoted(missing) + ". It has " + shown(source)
                    + ". Correct the order's attributes or the source.");
        }
        List<ColumnPlan> columns = new ArrayList<>();
        for (AttributeSpec attribute : attributes) {
            columns.add(ColumnPlan.of(attribute, indexOf(source, attribute.name())));
        }
        int unit = order.unitColumn().equals(GrantedTable.ROW_UNIT) ? -1 : indexOf(source, order.unitColumn());
        IdentifierKind kind = columns.stream()
                .filter(c -> c.source() == unit && c.identifier() != null)
                .map(ColumnPlan::identifier)
                .findFirst()
                .orElse(null);
        return new RowPlan(columns, source, order.unitColumn(), unit, kind, order.allowSyntheticRegions(), today);
    }

    /** The table: declared columns under their names in files, then the unit's key. */
    StructType schema() {
        List<StructField> fields = new ArrayList<>();
        columns.forEach(c -> fields.add(c.field()));
        fields.add(DataTypes.createStructField(ColumnNames.UNIT, DataTypes.LongType, true));
        return DataTypes.createStructType(fields);
    }

    private static void requireSplit(IngestOrder order, List<AttributeSpec> attributes, List<String> source) {
        boolean severalExpected = attributes.size() > 1
                || (attributes.isEmpty() && !order.unitColumn().equals(GrantedTable.ROW_UNIT));
        if (order.source() instanceof Source.Csv csv && source.size() == 1 && severalExpected) {
            throw SourceProblems.malformed("With the delimiter '" + csv.delimiter()
                    + "' the header line has only one column. Check the delimiter.");
        }
    }

    private static void requireUnit(IngestOrder order, List<String> source) {
        if (!order.unitColumn().equals(GrantedTable.ROW_UNIT) && indexOf(source, order.unitColumn()) < 0) {
            throw SourceProblems.missing("The source has no unit column '" + order.unitColumn() + "'. It has "
                    + shown(source) + ". Name one of them as the unit, or @row.");
        }
    }

    /** The column of exactly this name, else the one that differs in case only. */
    private static int indexOf(List<String> source, String name) {
        int exact = source.indexOf(name);
        if (exact >= 0) {
            return exact;
        }
        List<String> lower =
                source.stream().map(s -> s.toLowerCase(Locale.ROOT)).toList();
        return lower.indexOf(name.toLowerCase(Locale.ROOT));
    }

    private static String quoted(List<String> names) {
        return names.stream().map(n -> "'" + n + "'").collect(Collectors.joining(", "));
    }

    /** A first line that is no header is data, so the source's own names are not repeated. */
    private static String shown(List<String> source) {
        return source.size() + " columns of other names";
    }
}
