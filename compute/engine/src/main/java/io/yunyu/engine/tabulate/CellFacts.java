package io.yunyu.engine.tabulate;

import io.yunyu.engine.perturbation.MagnitudeCell;
import java.util.List;
import java.util.Optional;

/**
 * One value of a table before protection: original data.
 *
 * @param original the weighted count or sum
 * @param units units counted, or with a value
 * @param weightSum of these units
 * @param cellKey of the units that the noise depends on; 0 where there are no record keys
 * @param rules the primary rules that flag it
 * @param level how uncertain the value must remain by these rules, in its own unit; 0 where they do not say
 * @param singleUnit the one unit that all of the value comes from, or -1
 * @param negative whether a contribution is below 0
 * @param magnitude what perturbation needs to know of a sum
 */
record CellFacts(
        double original,
        long units,
        double weightSum,
        long cellKey,
        List<String> rules,
        double level,
        int singleUnit,
        boolean negative,
        Optional<MagnitudeCell> magnitude) {
    CellFacts {
        rules = List.copyOf(rules);
    }

    boolean isEmpty() {
        return units == 0;
    }

    boolean isFlagged() {
        return !rules.isEmpty();
    }

    CellFacts flaggedBy(String rule) {
        List<String> more = new java.util.ArrayList<>(rules);
        more.add(rule);
        return new CellFacts(original, units, weightSum, cellKey, more, level, singleUnit, negative, magnitude);
    }

    /** Names no value. */
    @Override
    public String toString() {
        return "CellFacts[withheld]";
    }
}
