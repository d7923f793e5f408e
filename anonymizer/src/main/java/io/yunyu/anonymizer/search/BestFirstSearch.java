package io.yunyu.anonymizer.search;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.AnonymizedClasses.Verdict;
import io.yunyu.anonymizer.quality.InformationLoss;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Searches a lattice of any size within limits, keeping a queue of nodes to go on from. Claims the optimum only if it ran
 * out of nodes that could have won.
 *
 * <p>Deterministic as long as it is the number of checks that ends it, and not time.
 */
final class BestFirstSearch {
    /** Memory for nodes; below a node that is too fine there are more than memory holds, and no check counts them. */
    private static final long MAX_BYTES =
            Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8);

    private final SearchProblem problem;
    private final GeneralizationLattice lattice;
    private final SearchBudget budget;
    private final Incumbent incumbent;
    private final long maxNodes;
    private final Set<Transformation> seen = new HashSet<>();
    private final PriorityQueue<Node> queue;
    private final Map<Transformation, Verdict> verdicts = new HashMap<>();
    private final List<int[]> tooFine = new ArrayList<>();

    BestFirstSearch(SearchProblem problem, SearchLimits limits) {
        this.problem = problem;
        this.lattice = problem.lattice();
        this.budget = new SearchBudget(problem.checker(), limits);
        // A node is held in the queue, among those seen and among the verdicts.
        this.maxNodes = MAX_BYTES / (500 + 24L * lattice.dimension());
        TieBreak tieBreak = lattice.tieBreak();
        this.incumbent = new Incumbent(tieBreak);
        this.queue = new PriorityQueue<>(Comparator.comparing(Node::priority).thenComparing(Node::levels, tieBreak));
    }

    private record Node(InformationLoss priority, int[] levels) {}

    /** First the coarsest node, so that there is a solution if there is one; then paths from the finest nodes up. */
    SearchOutcome bottomUp() {
        AnonymizedClasses coarsest = visit(lattice.top());
        if (coarsest.verdict() == Verdict.TOO_FINE) {
            return outcome(true);
        }
        verdicts.put(Transformation.of(lattice.top()), coarsest.verdict());
        enqueueCoarser(lattice.bottom());
        while (!queue.isEmpty()) {
            if (isSpent()) {
                return outcome(false);
            }
            Node node = queue.remove();
            if (!incumbent.couldWin(node.priority, node.levels)) {
                continue;
            }
            if (!isTooFine(node.levels) && !bisect(path(node.levels))) {
                return outcome(false);
            }
            for (int i = 0; i < node.levels.length; i++) {
                if (node.levels[i] < lattice.max(i)) {
                    enqueueCoarser(moved(node.levels, i, 1));
                }
            }
        }
        return outcome(true);
    }

    private boolean isSpent() {
        return seen.size() > maxNodes || budget.isSpent();
    }

    /** From a node up to the coarsest, each time to the successor with the least bound that could still win. */
    private List<int[]> path(int[] start) {
        List<int[]> path = new ArrayList<>();
        int[] levels = start;
        while (levels.length > 0) {
            path.add(levels);
            int[] next = {};
            InformationLoss least = null;
            for (int i = 0; i < levels.length; i++) {
                if (levels[i] < lattice.max(i)) {
                    int[] coarser = moved(levels, i, 1);
                    InformationLoss bound = problem.objective().bound(coarser);
                    if (incumbent.couldWin(bound, coarser) && (least == null || bound.compareTo(least) < 0)) {
                        least = bound;
                        next = coarser;
                    }
                }
            }
            levels = next;
        }
        return path;
    }

    /** Looks for the finest anonymous node of a path, and at its first node in any case; false if a limit was reached. */
    private boolean bisect(List<int[]> path) {
        int low = 0;
        int high = path.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (budget.isSpent()) {
                return false;
            }
            if (verdictOf(path.get(middle)) == Verdict.ANONYMOUS) {
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        verdictOf(path.get(0));
        return true;
    }

    private Verdict verdictOf(int[] levels) {
        if (isTooFine(levels)) {
            return Verdict.TOO_FINE;
        }
        Verdict verdict = verdicts.get(Transformation.of(levels));
        if (verdict == null) {
            verdict = visit(levels).verdict();
            verdicts.put(Transformation.of(levels), verdict);
            if (verdict == Verdict.TOO_FINE) {
                tooFine.removeIf(finer -> isFiner(finer, levels));
                tooFine.add(levels);
            }
        }
        return verdict;
    }

    /** Whether a node is finer than one that needs too much suppression. */
    private boolean isTooFine(int[] levels) {
        for (int[] known : tooFine) {
            if (isFiner(levels, known)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFiner(int[] levels, int[] than) {
        for (int i = 0; i < levels.length; i++) {
            if (levels[i] > than[i]) {
                return false;
            }
        }
        return true;
    }

    private void enqueueCoarser(int[] levels) {
        InformationLoss bound = problem.objective().bound(levels);
        if (incumbent.couldWin(bound, levels) && seen.add(Transformation.of(levels))) {
            queue.add(new Node(bound, levels));
        }
    }

    /** From the coarsest node down; what is finer than a node that needs too much suppression is left out. */
    SearchOutcome topDown() {
        enqueueFiner(lattice.top());
        while (!queue.isEmpty()) {
            int[] levels = queue.remove().levels;
            for (int i = 0; i < levels.length; i++) {
                if (isSpent()) {
                    return outcome(false);
                }
                if (levels[i] > lattice.min(i)) {
                    enqueueFiner(moved(levels, i, -1));
                }
            }
        }
        return outcome(true);
    }

    private void enqueueFiner(int[] levels) {
        if (!seen.add(Transformation.of(levels))) {
            return;
        }
        AnonymizedClasses checked = visit(levels);
        boolean hopeless = checked.verdict() == Verdict.TOO_FINE
                || !incumbent.couldWin(
                        problem.objective().boundOfFiner(checked).of(lattice.bottom()), lattice.bottom());
        if (!hopeless) {
            InformationLoss priority = checked.isAnonymous()
                    ? problem.objective().of(checked)
                    : problem.objective().bound(levels);
            queue.add(new Node(priority, levels));
        }
    }

    private AnonymizedClasses visit(int[] levels) {
        AnonymizedClasses checked = problem.checker().check(levels);
        if (checked.isAnonymous()) {
            incumbent.offer(checked, problem.objective().of(checked));
        }
        return checked;
    }

    private SearchOutcome outcome(boolean optimal) {
        return new SearchOutcome(
                incumbent.best(), optimal, lattice.size(), problem.checker().checked());
    }

    private static int[] moved(int[] levels, int attribute, int by) {
        int[] moved = levels.clone();
        moved[attribute] += by;
        return moved;
    }
}
