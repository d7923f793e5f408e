package io.yunyu.engine.suppression;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Shows by tables in whole numbers that a pattern meets every requirement: as few tables as one search for many
 * requirements at once gives, which is not the fewest.
 *
 * <p>In a table of two dimensions the farthest tables of the linear program are in whole numbers already, and rounding
 * only takes the solver's dust off. Beyond, and on numbers that the solver's precision does not hold, a rounded table can
 * miss an equation; then one is looked for in whole numbers.
 */
final class ProofSearch {
    private final SuppressionProblem problem;
    private final BitSet suppressed;
    private final Deadline deadline;
    private final List<PossibleTable> tables = new ArrayList<>();
    private final List<List<Integer>> places;
    /** By direction, the requirements that no table shows yet. */
    private final List<BitSet> open = new ArrayList<>();

    ProofSearch(SuppressionProblem problem, BitSet suppressed, Deadline deadline) {
        this.problem = problem;
        this.suppressed = suppressed;
        this.deadline = deadline;
        int count = problem.requirements().size();
        this.places = List.of(
                new ArrayList<>(Collections.nCopies(count, -1)), new ArrayList<>(Collections.nCopies(count, -1)));
        for (Direction direction : Direction.values()) {
            BitSet needed = new BitSet();
            for (int position = 0; position < count; position++) {
                needed.set(position, problem.requirements().get(position).level(direction) > 0);
            }
            open.add(needed);
        }
    }

    /** Empty if a requirement was shown met by no table in whole numbers; it may be met all the same. */
    Optional<ProposedPattern> prove(boolean optimal) {
        Audit.bySize(problem).forEach((size, positions) -> {
            try (AttackLp attacker = new AttackLp(problem, suppressed, Math.pow(1000, size))) {
                for (Direction direction : Direction.values()) {
                    together(attacker, direction, positions);
                    each(attacker, direction, positions);
                }
            }
        });
        for (Direction direction : Direction.values()) {
            BitSet left = open.get(direction.ordinal());
            for (int position = left.nextSetBit(0); position >= 0; position = left.nextSetBit(position + 1)) {
                Optional<PossibleTable> table = WholeNumberSearch.find(
                        problem, suppressed, problem.requirements().get(position), direction, deadline);
                if (table.isEmpty() || !serves(table.get())) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new ProposedPattern(
                suppressed,
                problem.cost(suppressed),
                optimal,
                tables,
                places.get(Direction.UP.ordinal()),
                places.get(Direction.DOWN.ordinal())));
    }

    private void together(AttackLp attacker, Direction direction, List<Integer> positions) {
        while (true) {
            List<Requirement> left = positions.stream()
                    .filter(open.get(direction.ordinal())::get)
                    .map(problem.requirements()::get)
                    .filter(r -> r.known() < 0 || !suppressed.get(r.known()))
                    .toList();
            if (left.size() < 2
                    || attacker.attackTogether(left, direction)
                            .map(Witness::rounded)
                            .filter(this::serves)
                            .isEmpty()) {
                return;
            }
        }
    }

    private void each(AttackLp attacker, Direction direction, List<Integer> positions) {
        for (int position : positions) {
            if (open.get(direction.ordinal()).get(position)) {
                serves(attacker.attackUpToLevel(problem.requirements().get(position), direction)
                        .witness()
                        .rounded());
            }
        }
    }

    /** Keeps the table if it is possible and shows something that none before it does. */
    private boolean serves(PossibleTable table) {
        if (!table.isPossible(problem, suppressed)) {
            return false;
        }
        boolean serves = false;
        for (Direction direction : Direction.values()) {
            BitSet left = open.get(direction.ordinal());
            for (int position = left.nextSetBit(0); position >= 0; position = left.nextSetBit(position + 1)) {
                if (table.shows(problem.requirements().get(position), direction)) {
                    left.clear(position);
                    places.get(direction.ordinal()).set(position, tables.size());
                    serves = true;
                }
            }
        }
        if (serves) {
            tables.add(table);
        }
        return serves;
    }
}
