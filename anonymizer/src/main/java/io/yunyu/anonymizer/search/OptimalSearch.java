package io.yunyu.anonymizer.search;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.AnonymizedClasses.Verdict;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.quality.InformationLoss;
import io.yunyu.anonymizer.quality.Objective;
import io.yunyu.anonymizer.quality.Objective.LevelBound;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;

/**
 * Finds the transformation of least loss, and among equals the first in the order of {@link TieBreak}.
 *
 * <p>Like Flash (Kohlmayer, Prasser, Eckert, Kemper and Kuhn 2012) it walks paths from fine to coarse and bisects them.
 * It leaves out a node once its lower bound cannot win any more. Bounds come from levels alone, from finer nodes, and
 * from coarser ones: what must be suppressed there must be suppressed in every finer node too.
 */
final class OptimalSearch {
    /** Largest lattice searched for the optimum. */
    static final int MAX_LATTICE_SIZE = 1_000_000;

    private final GeneralizationLattice lattice;
    private final TransformationChecker checker;
    private final Objective objective;
    private final SearchBudget budget;
    private final InformationLoss[] bounds;
    private final BitSet decided = new BitSet();
    private final Incumbent incumbent;
    private final int[] strides;

    /** @throws InputException if the lattice is larger than {@link #MAX_LATTICE_SIZE} */
    OptimalSearch(SearchProblem problem, SearchLimits limits) {
        this.lattice = problem.lattice();
        if (lattice.size().compareTo(BigInteger.valueOf(MAX_LATTICE_SIZE)) > 0) {
            throw new InputException(
                    "The lattice has " + lattice.size() + " transformations; the optimal search takes at most "
                            + MAX_LATTICE_SIZE + ". Choose another search algorithm, or narrow minLevel and maxLevel.");
        }
        this.checker = problem.checker();
        this.objective = problem.objective();
        this.budget = new SearchBudget(checker, limits);
        this.bounds = new InformationLoss[lattice.size().intValueExact()];
        this.incumbent = new Incumbent(lattice.tieBreak());
        this.strides = lattice.strides();
    }

    SearchOutcome run() {
        boolean complete = true;
        for (int start : byBound()) {
            while (complete && isOpen(start)) {
                complete = searchPath(path(start));
            }
        }
        return new SearchOutcome(incumbent.best(), complete, lattice.size(), checker.checked());
    }

    /** All nodes, those with the least bound first. */
    private int[] byBound() {
        List<Integer> order = new ArrayList<>(bounds.length);
        int[] height = new int[bounds.length];
        for (int node = 0; node < bounds.length; node++) {
            int[] levels = lattice.levels(node);
            bounds[node] = objective.bound(levels);
            height[node] = Arrays.stream(levels).sum();
            order.add(node);
        }
        order.sort((a, b) -> {
            int byBound = bounds[a].compareTo(bounds[b]);
            return byBound != 0 ? byBound : Integer.compare(height[a], height[b]);
        });
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    /** From a node up, each time to the open successor with the least bound. */
    private List<Integer> path(int start) {
        List<Integer> path = new ArrayList<>();
        int node = start;
        while (node >= 0) {
            path.add(node);
            int[] levels = lattice.levels(node);
            int next = -1;
            for (int i = 0; i < levels.length; i++) {
                int successor = node + strides[i];
                if (levels[i] < lattice.max(i)
                        && isOpen(successor)
                        && (next < 0 || bounds[successor].compareTo(bounds[next]) < 0)) {
                    next = successor;
                }
            }
            node = next;
        }
        return path;
    }

    /** Bisects a path until none of its nodes is open; false if a limit was reached. */
    private boolean searchPath(List<Integer> path) {
        int low = 0;
        int high = path.size() - 1;
        while (true) {
            while (low <= high && !isOpen(path.get(low))) {
                low++;
            }
            if (low > high) {
                return true;
            }
            int middle = (low + high) >>> 1;
            while (!isOpen(path.get(middle))) {
                middle--;
            }
            if (budget.isSpent()) {
                return false;
            }
            if (visit(path.get(middle)) == Verdict.ANONYMOUS) {
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
    }

    private Verdict visit(int node) {
        int[] levels = lattice.levels(node);
        AnonymizedClasses checked = checker.check(levels);
        decided.set(node);
        if (checked.isAnonymous()) {
            incumbent.offer(checked, objective.of(checked));
        }
        if (checked.verdict() == Verdict.TOO_FINE) {
            lattice.forEachFiner(levels, (finer, ignored) -> decided.set(finer));
        } else {
            LevelBound bound = objective.boundOfFiner(checked);
            lattice.forEachFiner(levels, (finer, finerLevels) -> raise(finer, () -> bound.of(finerLevels)));
        }
        InformationLoss bound = objective.boundOfCoarser(checked);
        if (bound != InformationLoss.LEAST) {
            lattice.forEachCoarser(levels, (coarser, ignored) -> raise(coarser, () -> bound));
        }
        return checked.verdict();
    }

    private void raise(int node, Supplier<InformationLoss> bound) {
        if (!decided.get(node)) {
            InformationLoss raised = bound.get();
            if (raised.compareTo(bounds[node]) > 0) {
                bounds[node] = raised;
            }
        }
    }

    private boolean isOpen(int node) {
        if (decided.get(node)) {
            return false;
        }
        if (!incumbent.couldWin(bounds[node], lattice.levels(node))) {
            decided.set(node);
            return false;
        }
        return true;
    }
}
