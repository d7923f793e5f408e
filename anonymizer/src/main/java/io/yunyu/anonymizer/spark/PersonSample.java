package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.RecordLottery;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/** Persons who may be drawn, each once. Original data: only what {@link #draw} gives may leave. */
public final class PersonSample implements AutoCloseable {
    private final PrivateRelease release;
    private final Dataset<Row> persons;
    private final String fingerprint;

    /** @param persons persisted; one row per person: {@link PrivateRelease#PERSON}, then the labels */
    PersonSample(PrivateRelease release, Dataset<Row> persons) {
        this.release = release;
        this.persons = persons;
        this.fingerprint = fingerprint(persons);
    }

    private static String fingerprint(Dataset<Row> persons) {
        Column hash = functions.xxhash64(
                Arrays.stream(persons.columns()).map(functions::col).toArray(Column[]::new));
        Row row = persons.agg(
                        functions.count(functions.lit(1)),
                        functions.bit_xor(hash),
                        functions.sum(functions.shiftright(hash, Integer.SIZE)))
                .first();
        return row.getLong(0) + " " + row.get(1) + " " + row.get(2);
    }

    /**
     * Differs, but for a chance of about 2^-64, where anybody's labels do; depends on no order. Original data. Two states of
     * the records must not be drawn from with one key: the difference of their releases would be a person.
     */
    public String fingerprint() {
        return fingerprint;
    }

    /**
     * Draws persons and forms their classes; computed now, and held until closed. The same key draws the same persons.
     *
     * @param key at least 16 bytes that nobody knows who sees the release, for this request and {@link #fingerprint} alone
     */
    public PrivateClasses draw(byte[] key) {
        RecordLottery lottery = RecordLottery.ofKey(key);
        // The double below: never more likely than the model says, whichever way it was rounded.
        long drawn = (long) (Math.nextDown(release.model().samplingProbability()) * RecordLottery.TICKETS);
        Column ticket = SampledRecords.ticket(functions.col(PrivateRelease.PERSON), lottery);
        Dataset<Row> classes = persons.where(ticket.lt(drawn))
                .groupBy(release.labels().toArray(Column[]::new))
                .agg(functions.count(functions.lit(1)).as(PrivateClasses.SIZE))
                .where(functions.col(PrivateClasses.SIZE).geq(release.smallestClass()))
                .persist(StorageLevel.MEMORY_AND_DISK());
        return new PrivateClasses(release, classes);
    }

    @Override
    public void close() {
        persons.unpersist();
    }
}
