package io.yunyu.engine.ingest;

import java.io.Serializable;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;

/**
 * A source after its first pass: every record was checked and counted, so the number of each record is known, and the
 * good and the refused ones can be read apart.
 */
final class CheckedBatch {
    private static final int ROWS_PER_COUNT = 10_000;

    private final RecordSource source;
    private final RowPlan plan;
    private final Tally total;
    private final Cardinality cardinality;
    private final Optional<UnitSample> sample;
    private final long[] offsets;

    private CheckedBatch(
            RecordSource source,
            RowPlan plan,
            Tally total,
            Cardinality cardinality,
            Optional<UnitSample> sample,
            long[] offsets) {
        this.source = source;
        this.cardinality = cardinality;
        this.sample = sample;
        this.plan = plan;
        this.total = total;
        this.offsets = offsets;
    }

    /** Reads and checks everything once. @param progress counts records as tasks end */
    static CheckedBatch check(RecordSource source, RowPlan plan, LongAccumulator progress) {
        return check(source, plan, progress, false);
    }

    /** @param sampled whether to take a sample of the units on the way */
    static CheckedBatch check(RecordSource source, RowPlan plan, LongAccumulator progress, boolean sampled) {
        long salt = sampled ? new SecureRandom().nextLong() : 0;
        List<Part> parts = new ArrayList<>(source.records()
                .mapPartitionsWithIndex(
                        (index, records) -> List.of(tally(
                                        index, records, plan, progress, sampled ? new UnitSample(salt, index) : null))
                                .iterator(),
                        true)
                .collect());
        parts.sort(Comparator.comparingInt(p -> p.tally.partition()));
        Tally total = new Tally(-1);
        Cardinality cardinality = new Cardinality(plan.columns().size());
        UnitSample sample = new UnitSample(salt, -1);
        long[] offsets = new long[parts.size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = total.rows();
            total.add(parts.get(i).tally);
            cardinality.add(parts.get(i).cardinality);
            UnitSample part = parts.get(i).sample;
            if (part != null) {
                sample.add(part);
            }
        }
        return new CheckedBatch(
                source, plan, total, cardinality, sampled ? Optional.of(sample) : Optional.empty(), offsets);
    }

    /** What one partition holds. */
    private record Part(Tally tally, Cardinality cardinality, @Nullable UnitSample sample) implements Serializable {}

    /** Of the good records. */
    Cardinality cardinality() {
        return cardinality;
    }

    /** Of the good records; empty if none was asked for. */
    Optional<UnitSample> sample() {
        return sample;
    }

    Tally total() {
        return total;
    }

    /** One row per good record: the plan's schema. */
    JavaRDD<InternalRow> goodRows(byte[] unitSecret) {
        RowPlan p = plan;
        long[] from = offsets;
        String digest = source.digest();
        Function2<Integer, Iterator<SourceRecord>, Iterator<InternalRow>> read =
                (index, records) -> new GoodRows(records, p, unitSecret, digest, from[index]);
        return source.records().mapPartitionsWithIndex(read, true);
    }

    /** One row per refused record: number, reason, column, record, batch. */
    JavaRDD<InternalRow> badRows() {
        RowPlan p = plan;
        long[] from = offsets;
        UTF8String digest = UTF8String.fromString(source.digest());
        Function2<Integer, Iterator<SourceRecord>, Iterator<InternalRow>> read =
                (index, records) -> new BadRows(records, p, from[index], digest);
        return source.records().mapPartitionsWithIndex(read, true);
    }

    private static Part tally(
            int index,
            Iterator<SourceRecord> records,
            RowPlan plan,
            LongAccumulator progress,
            @Nullable UnitSample sample) {
        Tally tally = new Tally(index);
        RowCheck check = new RowCheck(plan);
        Cardinality cardinality = new Cardinality(plan.columns().size());
        boolean rowIsUnit = plan.unitSource() < 0;
        Object[] values = new Object[plan.columns().size()];
        while (records.hasNext()) {
            SourceRecord record = records.next();
            RowProblem problem = check.check(record, values);
            if (problem == null) {
                tally.good();
                String unit = rowIsUnit ? null : record.fields[plan.unitSource()];
                cardinality.add(values, unit);
                if (sample != null) {
                    sample.add(rowIsUnit ? null : check.unitOf(record), values, plan.columns());
                }
            } else {
                tally.bad(problem);
            }
            if (tally.rows() % ROWS_PER_COUNT == 0) {
                progress.add(ROWS_PER_COUNT);
            }
        }
        progress.add(tally.rows() % ROWS_PER_COUNT);
        return new Part(tally, cardinality, sample);
    }
}
