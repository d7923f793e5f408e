package io.yunyu.engine.tabulate;

import io.yunyu.engine.suppression.CellInterval;
import java.util.Optional;

/**
 * One value of a table after protection, with what it was: not for publication.
 *
 * @param published the value to publish, meaningless unless the status is PUBLISHED or EMPTY
 * @param noise published or publishable value minus original
 * @param interval what an attacker can compute about a withheld value, where it was audited
 */
record CellResult(CellFacts facts, Status status, double published, double noise, Optional<CellInterval> interval) {
    enum Status {
        PUBLISHED,
        PRIMARY,
        SECONDARY,
        EMPTY
    }

    boolean isShown() {
        return status == Status.PUBLISHED || status == Status.EMPTY;
    }

    /** The outcome of methods that look at one cell at a time: what is flagged is withheld. */
    static CellResult of(CellFacts facts, double published, boolean withheld) {
        Status status = facts.isEmpty() ? Status.EMPTY : withheld ? Status.PRIMARY : Status.PUBLISHED;
        return new CellResult(facts, status, published, published - facts.original(), Optional.empty());
    }

    /** Names no value. */
    @Override
    public String toString() {
        return "CellResult[" + status + "]";
    }
}
