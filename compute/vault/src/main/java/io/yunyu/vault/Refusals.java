package io.yunyu.vault;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;

/** What the vault does not do, it refuses with a text that names column, dataset and agreement, and never a key. */
final class Refusals {
    private Refusals() {}

    static ProblemException key(String detail) {
        return new ProblemException(ProblemCode.KEY_REFUSED, detail);
    }

    static ProblemException exhausted(String detail) {
        return new ProblemException(ProblemCode.BUDGET_EXHAUSTED, detail);
    }

    static ProblemException badRequest(String detail) {
        return new ProblemException(ProblemCode.BAD_REQUEST, detail);
    }
}
