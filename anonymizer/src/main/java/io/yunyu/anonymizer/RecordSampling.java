package io.yunyu.anonymizer;

import io.yunyu.anonymizer.data.InputException;
import io.yunyu.contract.json.JsonObject;
import java.security.SecureRandom;
import java.util.BitSet;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/**
 * A random part of the records, drawn before anything else; the others take no part and are not released.
 *
 * <p>With a seed the draw can be repeated, by everybody who knows it: it then hides nobody. It depends on the order of the
 * rows.
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

    /** @throws InputException if more records are asked for than there are, or none was drawn */
    BitSet draw(int rows) {
        Random random = seed.isPresent() ? new Random(seed.getAsLong()) : new SecureRandom();
        BitSet drawn = new BitSet(rows);
        if (records.isPresent() && records.getAsInt() > rows) {
            throw new InputException("sampling.records is " + records.getAsInt() + ", the input has " + rows + ".");
        }
        int left = records.orElse(0);
        for (int row = 0; row < rows; row++) {
            // Selection sampling (Knuth, The Art of Computer Programming, volume 2, algorithm 3.4.2 S).
            boolean draw = records.isPresent()
                    ? random.nextDouble() * (rows - row) < left
                    : random.nextDouble() < fraction.getAsDouble();
            if (draw) {
                drawn.set(row);
                left--;
            }
        }
        if (drawn.isEmpty()) {
            throw new InputException("No record was drawn; raise sampling.fraction.");
        }
        return drawn;
    }
}
