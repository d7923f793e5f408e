package io.yunyu.program;

import io.yunyu.contract.job.ProgramJob;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.WriteOperation;

/** The tables that a program has made so far, and the schemas it may ask for. */
final class KeptTables {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");

    private final PlanChannel guard;
    private final List<ProgramJob.Table> granted;
    private int collected;

    KeptTables(PlanChannel guard, List<ProgramJob.Table> granted) {
        this.guard = guard;
        this.granted = List.copyOf(granted);
    }

    /** The answer of {@code collect}, {@code count} and their like: a table like any other, under a name given here. */
    PlanVerdict collected(Relation relation) {
        PlanVerdict verdict = guard.keep("result_" + (collected + 1), PlanText.of(relation));
        collected++;
        return verdict;
    }

    void saved(WriteOperation write) {
        boolean plain = write.hasTable()
                && write.getTable().getSaveMethod()
                        == WriteOperation.SaveTable.TableSaveMethod.TABLE_SAVE_METHOD_SAVE_AS_TABLE
                && !write.hasSource()
                && !write.hasBucketBy()
                && write.getOptionsCount() == 0
                && write.getPartitioningColumnsCount()
                                + write.getSortColumnNamesCount()
                                + write.getClusteringColumnsCount()
                        == 0
                && (write.getMode() == WriteOperation.SaveMode.SAVE_MODE_ERROR_IF_EXISTS
                        || write.getMode() == WriteOperation.SaveMode.SAVE_MODE_UNSPECIFIED);
        if (!plain || !NAME.matcher(write.getTable().getTableName()).matches()) {
            throw new NotOffered("Use write.saveAsTable(name) alone, with a fresh name of letters, digits and _:"
                    + " no path, format, mode or option.");
        }
        guard.keep(write.getTable().getTableName(), PlanText.of(write.getInput()));
    }

    DataType schema(Relation relation) {
        if (relation.hasRead() && relation.getRead().hasNamedTable()) {
            String name = relation.getRead().getNamedTable().getUnparsedIdentifier();
            for (ProgramJob.Table table : granted) {
                if (table.name().equalsIgnoreCase(name)) {
                    return struct(table);
                }
            }
        }
        return guard.check(PlanText.of(relation)).schema();
    }

    private static DataType struct(ProgramJob.Table table) {
        DataType.Struct.Builder struct = DataType.Struct.newBuilder();
        table.columns()
                .forEach(column -> struct.addFields(DataType.StructField.newBuilder()
                        .setName(column.name())
                        .setDataType(ColumnTypes.of(column.type()))
                        .setNullable(true)));
        return DataType.newBuilder().setStruct(struct).build();
    }
}
