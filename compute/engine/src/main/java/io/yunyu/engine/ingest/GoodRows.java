package io.yunyu.engine.ingest;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.jspecify.annotations.Nullable;

/** The good records of one partition as rows of the table. */
final class GoodRows implements Iterator<InternalRow> {
    private final Iterator<SourceRecord> records;
    private final RowPlan plan;
    private final RowCheck check;
    private final UnitKey unitKey;
    private final String batchDigest;
    private long rowNumber;
    private @Nullable InternalRow next;

    GoodRows(Iterator<SourceRecord> records, RowPlan plan, byte[] unitSecret, String batchDigest, long rowsBefore) {
        this.records = records;
        this.plan = plan;
        this.check = new RowCheck(plan);
        this.unitKey = new UnitKey(unitSecret);
        this.batchDigest = batchDigest;
        this.rowNumber = rowsBefore;
    }

    @Override
    public boolean hasNext() {
        int width = plan.columns().size();
        while (next == null && records.hasNext()) {
            SourceRecord record = records.next();
            rowNumber++;
            @Nullable Object[] values = new Object[width + 1];
            if (check.check(record, values) == null) {
                values[width] =
                        unitKey.of(plan.unitSource() < 0 ? batchDigest + ":" + rowNumber : check.unitOf(record));
                next = new GenericInternalRow(values);
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
}
