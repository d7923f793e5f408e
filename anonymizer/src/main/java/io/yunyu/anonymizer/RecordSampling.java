package io.yunyu.anonymizer;

import io.yunyu.anonymizer.data.InputException;
import io.yunyu.contract.json.JsonObject;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A random part of the records, drawn before anything else; the others take no part and are not released.
 *
 * <p>With a seed the draw can be repeated, by everybody who knows it: it then hides nobody. It depends on the order of the
 * rows; two records share a ticket with a probability of about n^2 / 2^64 among n, and then one more may be drawn.
 *
 * @param fraction each record is drawn by itself with this probability, in (0, 1)
 * @param records this many records are drawn, every choice of them equally likely
 */
public record RecordSampling(OptionalDouble fraction, OptionalInt records, OptionalLong seed) {
    public RecordSampling {
        if (fraction.isPresent() == records.isPresent()) {
            throw new InputException("sampling needs a fraction or a number of records, and not both.");
        }
        if (fraction.isPresent() && !(fraction.getAsDouble() > 0 && fraction.getAsDouble() < 1)) {
            throw new InputException("sampling.fraction must lie in (0, 1), got " + fraction.getAsDouble() + ".");
        }
        if (records.isPresent() && records.getAsInt() < 1) {
            throw new InputException("sampling.records must be at least 1, got " + records.getAsInt() + ".");
        }
    }

    static RecordSampling read(JsonObject json) {
        json.onlyMembers(Set.of("fraction", "records", "seed"));
        return new RecordSampling(
                json.has("fraction")
                        ? OptionalDouble.of(json.decimal("fraction").doubleValue())
                        : OptionalDouble.empty(),
                json.has("records") ? OptionalInt.of(json.intValue("records")) : OptionalInt.empty(),
                json.has("seed") ? OptionalLong.of(json.longValue("seed")) : OptionalLong.empty());
    }

    /** Who is drawn: the records whose tickets are low enough. */
    public RecordLottery lottery() {
        return new RecordLottery(seed);
    }

    /** @throws InputException if more records are asked for than there are */
    public void requireAtLeast(long rows) {
        if (records.isPresent() && records.getAsInt() > rows) {
            throw new InputException("sampling.records is " + records.getAsInt() + ", the input has " + rows + ".");
        }
    }

    /** In place of a sample without records. */
    public static InputException nothingDrawn() {
        return new InputException("No record was drawn; raise sampling.fraction.");
    }

    /** @throws InputException if more records are asked for than there are, or none was drawn */
    BitSet draw(int rows) {
        requireAtLeast(rows);
        RecordLottery lottery = lottery();
        long[] tickets = new long[rows];
        Arrays.setAll(tickets, lottery::ticket);
        long highest = highest(tickets);
        BitSet drawn = new BitSet(rows);
        for (int row = 0; row < rows; row++) {
            drawn.set(row, tickets[row] <= highest);
        }
        if (drawn.isEmpty()) {
            throw nothingDrawn();
        }
        return drawn;
    }

    private long highest(long[] tickets) {
        if (records.isEmpty()) {
            return highestOfFraction();
        }
        long[] sorted = tickets.clone();
        Arrays.sort(sorted);
        return sorted[records.getAsInt() - 1];
    }

    /** The highest ticket that is drawn where each record is drawn by itself. */
    public long highestOfFraction() {
        return (long) (fraction.getAsDouble() * RecordLottery.TICKETS) - 1;
    }
}
