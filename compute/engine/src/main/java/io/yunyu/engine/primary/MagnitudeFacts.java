package io.yunyu.engine.primary;

import java.util.List;

/**
 * What the rules need to know of a sum.
 *
 * @param nonMissing units with a value
 * @param nonZero units whose value is not 0: only these hide each other
 * @param groupings the contributions by unit and, where units belong to holdings, by holding: a hit in either is a hit
 */
public record MagnitudeFacts(long nonMissing, long nonZero, List<Contributions> groupings) {
    public MagnitudeFacts {
        groupings = List.copyOf(groupings);
        if (nonZero < 0 || nonMissing < nonZero) {
            throw new IllegalArgumentException("A cell has " + "fewer units with a value than units with a value other"
                    + " than 0. Count units, not rows.");
        }
    }

    /** Names no value. */
    @Override
    public String toString() {
        return "MagnitudeFacts[withheld]";
    }
}
