package io.yunyu.anonymizer.search;

import java.math.BigInteger;
import java.time.Duration;

/** How a solution is found: by a search of the lattice, or by cutting the data. */
public enum SearchAlgorithm {
    /** Optimal where the lattice is small enough, else local search, at most eight seconds unless a time limit is given. */
    AUTOMATIC,
    /** The optimum; refuses lattices that are too large. */
    OPTIMAL,
    /** From the finest transformation up, those with the least bound first. */
    BEST_FIRST_BOTTOM_UP,
    /** From the coarsest transformation down, those with the least loss first. */
    BEST_FIRST_TOP_DOWN,
    /** Descends by exchanging few levels, again and again from near the best, with a fixed seed. */
    LOCAL_SEARCH,
    /** Crosses and mutates good transformations, with a fixed seed. */
    GENETIC,
    /** No lattice: cuts the tuples into regions of their own labels that do not overlap. */
    MONDRIAN_STRICT,
    /** The same; regions may overlap. */
    MONDRIAN_RELAXED;

    private static final Duration AUTOMATIC_TIME = Duration.ofSeconds(8);

    /** Whether the data are cut, and no lattice is searched. */
    public boolean isMondrian() {
        return this == MONDRIAN_STRICT || this == MONDRIAN_RELAXED;
    }

    /** Whether regions may overlap. */
    public boolean isRelaxed() {
        return this == MONDRIAN_RELAXED;
    }

    /** Searches a lattice. */
    public SearchOutcome search(SearchProblem anyProblem, SearchLimits limits) {
        SearchProblem formed = anyProblem.checker().isDistant() ? anyProblem.ofDistantClasses() : anyProblem;
        SearchProblem problem = limits.practicalMonotonicity() ? formed.takenAsMonotone() : formed;
        SearchOutcome outcome =
                switch (this) {
                    case AUTOMATIC -> automatic(problem, limits);
                    case OPTIMAL -> new OptimalSearch(problem, limits).run();
                    case BEST_FIRST_BOTTOM_UP -> new BestFirstSearch(problem, limits).bottomUp();
                    case BEST_FIRST_TOP_DOWN -> new BestFirstSearch(problem, limits).topDown();
                    case LOCAL_SEARCH -> new LocalSearch(problem, limits).run();
                    case GENETIC -> new GeneticSearch(problem, limits).run();
                    case MONDRIAN_STRICT, MONDRIAN_RELAXED ->
                        throw new IllegalStateException("Mondrian searches no lattice.");
                };
        return limits.practicalMonotonicity() || leavesOpen(problem, outcome) ? outcome.withoutClaim() : outcome;
    }

    /** Whether a transformation that could not be checked might have been the best. */
    private static boolean leavesOpen(SearchProblem problem, SearchOutcome outcome) {
        return problem.checker().undecided().stream()
                .anyMatch(levels -> outcome.solution().isEmpty()
                        || problem.objective()
                                        .bound(levels)
                                        .compareTo(outcome.solution().get().loss())
                                <= 0);
    }

    private static SearchOutcome automatic(SearchProblem problem, SearchLimits limits) {
        boolean small = problem.lattice().size().compareTo(BigInteger.valueOf(OptimalSearch.MAX_LATTICE_SIZE)) <= 0;
        SearchLimits needed = small || limits.time().compareTo(SearchLimits.NONE.time()) < 0
                ? limits
                : new SearchLimits(AUTOMATIC_TIME, limits.checks(), limits.practicalMonotonicity());
        return small ? new OptimalSearch(problem, needed).run() : new LocalSearch(problem, needed).run();
    }
}
