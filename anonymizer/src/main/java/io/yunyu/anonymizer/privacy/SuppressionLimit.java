package io.yunyu.anonymizer.privacy;

import io.yunyu.anonymizer.data.InputException;

/**
 * The greatest part of the studied records that may be suppressed.
 *
 * @param fraction in [0, 1]
 */
public record SuppressionLimit(double fraction) {
    public SuppressionLimit {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new InputException("suppressionLimit must lie in [0, 1], got " + fraction + ".");
        }
    }

    /** Greatest number of records that may be suppressed, rounded down. */
    public long records(long studied) {
        return (long) Math.floor(fraction * studied);
    }
}
