package io.yunyu.engine.suppression;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks what a solver proposes, of which nothing is believed: every flagged cell is withheld, no cell that must be
 * published is, and for each requirement there is a possible table to each side that the published cells do not exclude.
 * Whole numbers are added and compared; nothing is solved, so that this runs beside keys.
 *
 * <p>Does not promise: that no cheaper pattern is safe, which the solver only claims.
 */
public final class PatternCheck {
    /** Rule of a pattern that publishes a cell which a primary rule flags. */
    public static final String PRIMARY_PUBLISHED = "primary-published";
    /** Rule of a pattern without proof that each flagged cell remains uncertain enough. */
    public static final String UNPROVED = "unproved-pattern";

    private final SuppressionProblem problem;
    private final ProposedPattern pattern;
    private final BitSet suppressed;
    private final Set<PossibleTable> possible = new HashSet<>();
    private double smallestRatio = Double.POSITIVE_INFINITY;

    private PatternCheck(SuppressionProblem problem, ProposedPattern pattern) {
        this.problem = problem;
        this.pattern = pattern;
        this.suppressed = pattern.suppressed();
    }

    /**
     * What the check says.
     *
     * @param rule by which the pattern is refused; empty if all is proved
     * @param suppressed the withheld cells
     * @param smallestRatio of all requirements and sides, how far the possible tables move the cell in multiples of what
     *     is demanded; at least 1 where all is proved, and a lower bound of what an attacker must leave open. Infinite
     *     where nothing is demanded
     */
    public record Result(Optional<String> rule, BitSet suppressed, double smallestRatio) {
        public Result {
            suppressed = (BitSet) suppressed.clone();
        }

        @Override
        public BitSet suppressed() {
            return (BitSet) suppressed.clone();
        }
    }

    /** @param problem in whole numbers; one that is not, or does not add up, has no proof */
    public static Result of(SuppressionProblem problem, ProposedPattern pattern) {
        PatternCheck check = new PatternCheck(problem, pattern);
        return new Result(check.rule(), check.suppressed, check.smallestRatio);
    }

    private Optional<String> rule() {
        BitSet published = problem.primaries();
        published.andNot(suppressed);
        if (!published.isEmpty()) {
            return Optional.of(PRIMARY_PUBLISHED);
        }
        boolean proved = suppressed.length() <= problem.size()
                && !suppressed.intersects(problem.fixed)
                && pattern.above().size() == problem.requirements().size()
                && addsUp();
        return proved ? Optional.empty() : Optional.of(UNPROVED);
    }

    private boolean addsUp() {
        try {
            return isWhole() && areProved();
        } catch (ArithmeticException tooLarge) {
            return false;
        }
    }

    /** Whether the true table is one of whole numbers, and adds up in them. */
    private boolean isWhole() {
        for (double value : problem.values) {
            if (value != Math.rint(value) || Math.abs(value) > SuppressionProblem.LARGEST_WHOLE) {
                return false;
            }
        }
        return problem.equations().stream().allMatch(e -> {
            long sum = 0;
            for (int k = 0; k < e.cells.length; k++) {
                sum = Math.addExact(sum, e.signs[k] * (long) problem.values[e.cells[k]]);
            }
            return sum == 0;
        });
    }

    private boolean areProved() {
        List<Requirement> requirements = problem.requirements();
        for (int r = 0; r < requirements.size(); r++) {
            if (!isProved(requirements.get(r), Direction.UP, pattern.above(r))
                    || !isProved(requirements.get(r), Direction.DOWN, pattern.below(r))) {
                return false;
            }
        }
        return true;
    }

    private boolean isProved(Requirement requirement, Direction direction, Optional<PossibleTable> table) {
        double level = requirement.level(direction);
        if (level == 0) {
            return true;
        }
        if (table.isEmpty() || !isPossible(table.get())) {
            return false;
        }
        double moved = direction.sign * (double) table.get().change(requirement.cell());
        boolean knowsBetter = requirement.known() >= 0 && table.get().change(requirement.known()) != 0;
        smallestRatio = Math.min(smallestRatio, moved / level);
        return !knowsBetter && moved >= level;
    }

    /** Whether nobody who sees the published cells can exclude the table. */
    private boolean isPossible(PossibleTable table) {
        return possible.contains(table) || (table.isPossible(problem, suppressed) && possible.add(table));
    }
}
