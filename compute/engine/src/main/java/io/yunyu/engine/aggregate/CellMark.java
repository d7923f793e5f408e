package io.yunyu.engine.aggregate;

import io.yunyu.contract.disclosure.ReviewFacts;
import io.yunyu.engine.aggregate.CellProtection.Outcome;
import java.util.Set;

/**
 * What became of one value of a cell, in the words of {@link ReviewFacts}. Of a value that is withheld the rule is told and
 * nothing of how far it is from being published. A group that is too small has the mark of one that has no unit.
 *
 * @param repeats jobs as whose the value is answered; an empty text for another cell of this one
 */
record CellMark(String word, Set<String> repeats) {
    static final CellMark NOISE = new CellMark(ReviewFacts.NOISE, Set.of());
    static final CellMark EXACT = new CellMark(ReviewFacts.EXACT, Set.of());
    static final CellMark NONE = new CellMark(ReviewFacts.NONE, Set.of());

    CellMark {
        repeats = Set.copyOf(repeats);
    }

    static CellMark withheld(String rule) {
        return new CellMark(rule, Set.of());
    }

    static CellMark of(Outcome outcome) {
        if (outcome instanceof Outcome.Suppressed withheld) {
            return withheld(withheld.rule());
        }
        if (outcome instanceof Outcome.Exact) {
            return EXACT;
        }
        Set<String> repeats = ((Outcome.Published) outcome).repeats();
        return repeats.isEmpty() ? NOISE : new CellMark(ReviewFacts.REPEATED, repeats);
    }

    /** Whether the cell shows a value. */
    boolean isPublished() {
        return word.equals(ReviewFacts.NOISE) || word.equals(ReviewFacts.REPEATED) || word.equals(ReviewFacts.EXACT);
    }

    /** Whether a rule withholds the value; one that does not exist is not withheld. */
    boolean isWithheld() {
        return !isPublished() && !word.equals(ReviewFacts.NONE);
    }
}
