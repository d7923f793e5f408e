package io.yunyu.contract.problem;

/** Carries a {@link Problem} to the nearest door. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(ProblemCode code, String detail) {
        super(code + ": " + detail);
        this.problem = new Problem(code, detail);
    }

    public ProblemException(Problem problem) {
        super(problem.code() + ": " + problem.detail());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
