package io.yunyu.anonymizer.search;

/** Counts a search's checks and time against its limits. */
final class SearchBudget {
    private final TransformationChecker checker;
    private final long checks;
    private final long deadline;

    SearchBudget(TransformationChecker checker, SearchLimits limits) {
        this.checker = checker;
        this.checks = limits.checks();
        this.deadline = System.nanoTime() + limits.time().toNanos();
    }

    boolean isSpent() {
        return checker.checked() >= checks || System.nanoTime() - deadline > 0;
    }
}
