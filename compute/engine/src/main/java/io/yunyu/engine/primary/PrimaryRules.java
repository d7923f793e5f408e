package io.yunyu.engine.primary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The primary rules of a publication.
 *
 * @param minUnits smallest number of units in a published cell; 1 demands nothing
 * @param zeroRule whether a sum of nothing but zeros is unsafe: it tells the value of each of its contributors
 */
public record PrimaryRules(
        int minUnits, Optional<DominanceRule> dominance, Optional<PriorPosteriorRule> pPercent, boolean zeroRule) {
    public static final String MIN_UNITS = "min-units";
    public static final String COMPLEMENT = "complement";
    public static final String DOMINANCE = "dominance";
    public static final String P_PERCENT = "p-percent";
    public static final String ZERO = "zero-rule";

    /** No demand at all. */
    public static final PrimaryRules NONE = new PrimaryRules(1, Optional.empty(), Optional.empty(), false);

    public PrimaryRules {
        if (minUnits < 1 || minUnits > 1_000_000) {
            throw new IllegalArgumentException("The least number of units is " + minUnits
                    + ", but must lie in 1..1000000. The platform's default is 10.");
        }
    }

    /** Whether a number of units above 0 is too small. No units at all make an empty cell, not an unsafe one. */
    public boolean isTooFew(long units) {
        return units > 0 && units < minUnits;
    }

    /** The rules that flag a sum, in order; empty if it is safe. */
    public List<String> unsafe(MagnitudeFacts cell) {
        List<String> rules = new ArrayList<>();
        if (isTooFew(cell.nonMissing()) || isTooFew(cell.nonZero())) {
            rules.add(MIN_UNITS);
        }
        if (dominance.isPresent()
                && cell.groupings().stream().anyMatch(c -> dominance.get().isUnsafe(c))) {
            rules.add(DOMINANCE);
        }
        if (pPercent.isPresent()
                && cell.groupings().stream().anyMatch(c -> pPercent.get().isUnsafe(c))) {
            rules.add(P_PERCENT);
        }
        if (zeroRule && cell.nonMissing() > 0 && cell.nonZero() == 0) {
            rules.add(ZERO);
        }
        return rules;
    }

    /** How uncertain a flagged sum must remain upwards: the largest demand of the dominance and p% rules; may be 0. */
    public double protectionLevel(MagnitudeFacts cell) {
        double level = 0;
        for (Contributions grouping : cell.groupings()) {
            level = Math.max(
                    level, dominance.map(rule -> rule.protectionLevel(grouping)).orElse(0.0));
            level = Math.max(
                    level, pPercent.map(rule -> rule.protectionLevel(grouping)).orElse(0.0));
        }
        return level;
    }
}
