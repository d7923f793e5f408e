package io.yunyu.anonymizer;

import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy;
import java.security.SecureRandom;
import java.util.BitSet;
import java.util.Random;

/** Draws each row by itself: one random number per row, in row order. */
final class RandomSample {
    private RandomSample() {}

    static BitSet of(MicrodataTable table, DifferentialPrivacy model) {
        Random random = model.seed().isPresent() ? new Random(model.seed().getAsLong()) : new SecureRandom();
        BitSet drawn = new BitSet(table.rowCount());
        for (int row = 0; row < table.rowCount(); row++) {
            if (random.nextDouble() < model.samplingProbability()) {
                drawn.set(row);
            }
        }
        return drawn;
    }
}
