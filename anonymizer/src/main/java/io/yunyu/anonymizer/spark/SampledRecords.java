package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.RecordLottery;
import io.yunyu.anonymizer.RecordSampling;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** The records that a specification draws at random, by their order or keys: the same ones each time they are read. */
final class SampledRecords {
    /** A ticket's first bits, by which the place of the highest one drawn is found. */
    private static final int FIRST_BITS = 12;

    private static final int OTHER_BITS = 63 - FIRST_BITS;

    private SampledRecords() {}

    static SparkRecords of(SparkRecords records, AnonymizationSpec spec) {
        if (spec.sampling().isEmpty()) {
            return records;
        }
        RecordSampling sampling = spec.sampling().get();
        RecordLottery lottery = sampling.lottery();
        Column ticket = ticket(records, lottery);
        long highest =
                sampling.records().isPresent() ? highest(records, ticket, sampling) : sampling.highestOfFraction();
        return records.with(records.rows().where(ticket.leq(highest)));
    }

    /** Each record's ticket: by its place in the order, else by its key. */
    static Column ticket(SparkRecords records, RecordLottery lottery) {
        return ticket(records.column(records.order().or(records::drawKey).orElseThrow()), lottery);
    }

    /** The ticket of whatever has the number. */
    static Column ticket(Column place, RecordLottery lottery) {
        UDF1<Long, Long> draw = new Draw(lottery);
        return functions
                .udf(draw, DataTypes.LongType)
                .apply(functions.coalesce(place.cast("bigint"), functions.lit(0L)));
    }

    /** The ticket that as many records as are wanted do not exceed. */
    private static long highest(SparkRecords records, Column ticket, RecordSampling sampling) {
        long[] number = new long[1 << FIRST_BITS];
        Dataset<Row> tickets = records.rows().select(ticket.as("ticket"));
        Dataset<Row> numbers = tickets.groupBy(functions
                        .shiftright(functions.col("ticket"), OTHER_BITS)
                        .as("first"))
                .count();
        LongRows.forEach(numbers, 2, (block, at) -> number[(int) block[at]] = block[at + 1]);
        sampling.requireAtLeast(Arrays.stream(number).sum());
        long wanted = sampling.records().getAsInt();
        int first = 0;
        while (wanted > number[first]) {
            wanted -= number[first++];
        }
        long[] among = new long[Math.toIntExact(number[first])];
        int[] size = {0};
        LongRows.forEach(
                tickets.where(functions
                        .shiftright(functions.col("ticket"), OTHER_BITS)
                        .equalTo((long) first)),
                1,
                (block, at) -> among[size[0]++] = block[at]);
        Arrays.sort(among);
        return among[(int) wanted - 1];
    }

    /** Tasks of one process get lotteries of their own, each being read from what was sent. */
    private record Draw(RecordLottery lottery) implements UDF1<Long, Long> {
        private static final long serialVersionUID = 1;

        @Override
        public Long call(Long place) {
            return lottery.ticket(place);
        }
    }
}
