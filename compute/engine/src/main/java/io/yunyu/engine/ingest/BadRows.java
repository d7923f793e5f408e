package io.yunyu.engine.ingest;

import io.yunyu.contract.json.Json;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** The refused records of one partition as rows of the problem table. */
final class BadRows implements Iterator<InternalRow> {
    /** One row per refused record; {@code row_number} counts the source's records from 1. */
    static final StructType SCHEMA = new StructType()
            .add("row_number", DataTypes.LongType)
            .add("reason", DataTypes.StringType)
            .add("column", DataTypes.StringType)
            .add("record", DataTypes.StringType)
            .add("batch", DataTypes.StringType);

    private final Iterator<SourceRecord> records;
    private final RowPlan plan;
    private final RowCheck check;
    private final UTF8String batch;
    private final @Nullable Object[] ignored;
    private long rowNumber;
    private @Nullable InternalRow next;

    BadRows(Iterator<SourceRecord> records, RowPlan plan, long rowsBefore, UTF8String batch) {
        this.records = records;
        this.plan = plan;
        this.check = new RowCheck(plan);
        this.rowNumber = rowsBefore;
        this.batch = batch;
        this.ignored = new Object[plan.columns().size()];
    }

    @Override
    public boolean hasNext() {
        while (next == null && records.hasNext()) {
            SourceRecord record = records.next();
            rowNumber++;
            RowProblem problem = check.check(record, ignored);
            if (problem != null) {
                next = row(record, problem);
            }
        }
        return next != null;
    }

    @Override
    public InternalRow next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        InternalRow row = next;
        next = null;
        return row;
    }

    private InternalRow row(SourceRecord record, RowProblem problem) {
        return new GenericInternalRow(new @Nullable Object[] {
            rowNumber,
            UTF8String.fromString(problem.reason()),
            problem.column().isEmpty() ? null : UTF8String.fromString(problem.column()),
            UTF8String.fromString(json(record)),
            batch
        });
    }

    /** Values beyond the last column are kept under their position. */
    private String json(SourceRecord record) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < record.fields.length; i++) {
            String value = record.fields[i];
            if (value != null) {
                members.put(
                        i < plan.sourceColumns().size() ? plan.sourceColumns().get(i) : "#" + (i + 1), value);
            }
        }
        return Json.write(members);
    }
}
