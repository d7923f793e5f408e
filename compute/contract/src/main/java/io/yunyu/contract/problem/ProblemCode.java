package io.yunyu.contract.problem;

/** Every way in which a request or job can end badly: one name, one kind, one HTTP status, one exit code. */
public enum ProblemCode {
    BAD_REQUEST(Kind.USER, 400),
    NOT_FOUND(Kind.USER, 404),
    CONFLICT(Kind.USER, 409),
    TOO_LARGE(Kind.USER, 413),
    SOURCE_UNREADABLE(Kind.USER, 422),
    SOURCE_MALFORMED(Kind.USER, 422),
    COLUMN_MISSING(Kind.USER, 422),
    NOT_AUTHENTICATED(Kind.DENIED, 401),
    NOT_ALLOWED(Kind.DENIED, 403),
    KEY_REFUSED(Kind.DENIED, 403),
    AGREEMENT_NOT_IN_FORCE(Kind.DISCLOSURE, 403),
    QUERY_REFUSED(Kind.DISCLOSURE, 422),
    NOT_OPEN(Kind.DISCLOSURE, 422),
    /** The privacy budget does not suffice. */
    BUDGET_EXHAUSTED(Kind.DISCLOSURE, 422),
    /** A developer's program did not end by itself, or not well. */
    PROGRAM_FAILED(Kind.USER, 422),
    CAPACITY(Kind.CAPACITY, 503),
    DISK_FULL(Kind.CAPACITY, 507),
    TIMEOUT(Kind.CAPACITY, 504),
    OUT_OF_MEMORY(Kind.CAPACITY, 507),
    HOST_LACKS_LAYER(Kind.HOST, 503),
    /** The address is occupied, or nobody answers there. */
    ADDRESS_UNAVAILABLE(Kind.ADDRESS, 503),
    ENGINE_ENDED(Kind.BUG, 500),
    INTERNAL(Kind.BUG, 500);

    /** Whose move it is. */
    public enum Kind {
        USER(2),
        DENIED(4),
        DISCLOSURE(3),
        CAPACITY(1),
        HOST(5),
        ADDRESS(6),
        BUG(1);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        /** Exit code of the command line. */
        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;
    private final int httpStatus;

    ProblemCode(Kind kind, int httpStatus) {
        this.kind = kind;
        this.httpStatus = httpStatus;
    }

    public Kind kind() {
        return kind;
    }

    public int httpStatus() {
        return httpStatus;
    }
}
