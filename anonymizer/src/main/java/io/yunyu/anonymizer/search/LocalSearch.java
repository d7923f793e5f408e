package io.yunyu.anonymizer.search;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.AnonymizedClasses.Verdict;
import io.yunyu.anonymizer.quality.InformationLoss;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Iterated local search for lattices of any size: descends to a transformation that no exchange of a few levels improves,
 * shakes the best one and descends again. Most of its work is done by bounds: an exchange is checked only if its levels
 * could win and it is not finer than a transformation known to need too much suppression.
 *
 * <p>Deterministic unless it is time that ends it: the seed is fixed. Never claims the optimum.
 */
final class LocalSearch {
    private static final long SEED = 0x10CA1L;
    private static final int IDLE_ROUNDS = 60;
    private static final int MAX_KNOWN = 200_000;
    private static final int MAX_TOO_FINE = 2_000;

    private final SearchProblem problem;
    private final GeneralizationLattice lattice;
    private final SearchBudget budget;
    private final Incumbent incumbent;
    private final TieBreak tieBreak;
    private final Random random = new Random(SEED);
    private final Map<String, Visited> known = new HashMap<>();
    private final List<int[]> tooFine = new ArrayList<>();

    LocalSearch(SearchProblem problem, SearchLimits limits) {
        this.problem = problem;
        this.lattice = problem.lattice();
        this.budget = new SearchBudget(problem.checker(), limits);
        this.tieBreak = lattice.tieBreak();
        this.incumbent = new Incumbent(tieBreak);
    }

    /** What a check said; {@code distance} counts the records to suppress of a transformation that is not anonymous. */
    private record Visited(int[] levels, Verdict verdict, long distance, InformationLoss loss) {
        boolean isBetterThan(Visited other) {
            int byDistance = Long.compare(distance, other.distance);
            return byDistance < 0 || byDistance == 0 && loss.compareTo(other.loss) < 0;
        }
    }

    private record Move(int[] levels, InformationLoss bound) {}

    SearchOutcome run() {
        Visited best = visit(lattice.top());
        if (best.verdict == Verdict.TOO_FINE) {
            return outcome(true);
        }
        best = descend(best);
        int idle = 0;
        while (idle < IDLE_ROUNDS && !budget.isSpent()) {
            Visited found = descend(visit(shaken(best.levels, 1 + idle / 20)));
            if (found.isBetterThan(best)) {
                best = found;
                idle = 0;
            } else {
                idle++;
            }
        }
        return outcome(false);
    }

    private Visited descend(Visited start) {
        Visited at = start;
        while (!budget.isSpent()) {
            Visited better = firstBetter(at);
            if (better == at) {
                break;
            }
            at = better;
        }
        return at;
    }

    /** The improving exchange of least bound; {@code at} itself if there is none. */
    private Visited firstBetter(Visited at) {
        for (int width = 1; width <= 3; width++) {
            for (Move move : moves(at, width)) {
                if (budget.isSpent()) {
                    return at;
                }
                if (at.distance == 0 && isTooFine(move.levels)) {
                    continue;
                }
                Visited visited = visit(move.levels);
                if (visited.isBetterThan(at)) {
                    return visited;
                }
            }
        }
        return at;
    }

    /** Exchanges of one, two or three levels that could lose less, those with the least bound first. */
    private List<Move> moves(Visited at, int width) {
        List<Move> moves = new ArrayList<>();
        int dimension = lattice.dimension();
        int[] levels = at.levels.clone();
        for (int i = 0; i < dimension; i++) {
            if (width == 1) {
                add(moves, at, levels, i, -1, i, 0, i, 0);
                add(moves, at, levels, i, 1, i, 0, i, 0);
                continue;
            }
            for (int j = 0; j < dimension; j++) {
                if (width == 2) {
                    add(moves, at, levels, i, -1, j, i == j ? -1 : 1, j, 0);
                    continue;
                }
                for (int k = 0; k < dimension; k++) {
                    if (k != i && k != j && i <= j) {
                        add(moves, at, levels, i, -1, j, -1, k, 1);
                    }
                    if (k != i && k != j && i != j && j <= k) {
                        add(moves, at, levels, i, -1, j, 1, k, 1);
                    }
                }
            }
        }
        moves.sort(Comparator.comparing(Move::bound).thenComparing(Move::levels, tieBreak));
        return moves;
    }

    private void add(List<Move> moves, Visited at, int[] levels, int i, int di, int j, int dj, int k, int dk) {
        levels[i] += di;
        levels[j] += dj;
        levels[k] += dk;
        if (isInside(levels, i) && isInside(levels, j) && isInside(levels, k)) {
            InformationLoss bound = problem.objective().bound(levels);
            if (at.distance > 0 || bound.compareTo(at.loss) < 0) {
                moves.add(new Move(levels.clone(), bound));
            }
        }
        levels[i] -= di;
        levels[j] -= dj;
        levels[k] -= dk;
    }

    private boolean isInside(int[] levels, int i) {
        return levels[i] >= lattice.min(i) && levels[i] <= lattice.max(i);
    }

    /** A few attributes at random raised to any coarser level, or lowered where they are at the top. */
    private int[] shaken(int[] from, int strength) {
        int[] levels = from.clone();
        for (int step = 0; step <= strength; step++) {
            int i = random.nextInt(levels.length);
            int room = lattice.max(i) - levels[i];
            int down = levels[i] - lattice.min(i);
            levels[i] += room > 0 ? 1 + random.nextInt(room) : down > 0 ? -1 - random.nextInt(down) : 0;
        }
        return levels;
    }

    private Visited visit(int[] levels) {
        String key = key(levels);
        Visited visited = known.get(key);
        if (visited == null) {
            AnonymizedClasses checked = problem.checker().check(levels);
            boolean anonymous = checked.isAnonymous();
            InformationLoss loss = anonymous
                    ? problem.objective().of(checked)
                    : problem.objective().bound(levels);
            long distance = anonymous ? 0 : 1 + checked.suppressedRecords();
            visited = new Visited(levels, checked.verdict(), distance, loss);
            if (anonymous) {
                incumbent.offer(checked, loss);
            } else if (checked.verdict() == Verdict.TOO_FINE) {
                remember(levels);
            }
            if (known.size() < MAX_KNOWN) {
                known.put(key, visited);
            }
        }
        return visited;
    }

    private void remember(int[] levels) {
        tooFine.removeIf(finer -> isFiner(finer, levels));
        if (tooFine.size() == MAX_TOO_FINE) {
            tooFine.remove(0);
        }
        tooFine.add(levels);
    }

    private boolean isTooFine(int[] levels) {
        for (int[] one : tooFine) {
            if (isFiner(levels, one)) {
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

    private static String key(int[] levels) {
        char[] key = new char[levels.length];
        for (int i = 0; i < key.length; i++) {
            key[i] = (char) levels[i];
        }
        return new String(key);
    }

    private SearchOutcome outcome(boolean optimal) {
        return new SearchOutcome(
                incumbent.best(), optimal, lattice.size(), problem.checker().checked());
    }
}
