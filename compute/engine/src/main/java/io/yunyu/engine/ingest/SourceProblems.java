package io.yunyu.engine.ingest;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;

/** Refusals of a whole source. Texts name columns, counts and record numbers only. */
final class SourceProblems {
    private SourceProblems() {}

    static ProblemException unreadable(String detail) {
        return new ProblemException(ProblemCode.SOURCE_UNREADABLE, detail);
    }

    static ProblemException malformed(String detail) {
        return new ProblemException(ProblemCode.SOURCE_MALFORMED, detail);
    }

    static ProblemException missing(String detail) {
        return new ProblemException(ProblemCode.COLUMN_MISSING, detail);
    }
}
