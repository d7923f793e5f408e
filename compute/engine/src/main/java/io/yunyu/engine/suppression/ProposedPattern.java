package io.yunyu.engine.suppression;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What a solver says: which cells to withhold, and why that is safe. Nothing here was checked.
 *
 * @param suppressed primaries and secondaries
 * @param cost their weights together
 * @param optimal whether no safe pattern costs less; cannot be checked by additions, so tell it as the solver's word
 * @param tables each shows one or more requirements met to one side
 * @param above for each requirement the place in {@code tables} of one that has its cell at least {@code upper} higher,
 *     or -1 where that level is 0
 * @param below the same for at least {@code lower} lower
 */
public record ProposedPattern(
        BitSet suppressed,
        double cost,
        boolean optimal,
        List<PossibleTable> tables,
        List<Integer> above,
        List<Integer> below) {
    public ProposedPattern {
        suppressed = (BitSet) suppressed.clone();
        tables = List.copyOf(tables);
        above = List.copyOf(above);
        below = List.copyOf(below);
        if (above.size() != below.size()) {
            throw new IllegalArgumentException("A pattern has a place above and one below for each requirement.");
        }
        for (List<Integer> places : List.of(above, below)) {
            for (int place : places) {
                if (place < -1 || place >= tables.size()) {
                    throw new IllegalArgumentException("A pattern points to a table that it does not have.");
                }
            }
        }
    }

    @Override
    public BitSet suppressed() {
        return (BitSet) suppressed.clone();
    }

    /** The table that has the cell of this requirement high enough. */
    public Optional<PossibleTable> above(int requirement) {
        return table(above.get(requirement));
    }

    /** The table that has the cell of this requirement low enough. */
    public Optional<PossibleTable> below(int requirement) {
        return table(below.get(requirement));
    }

    private Optional<PossibleTable> table(int place) {
        return place < 0 ? Optional.empty() : Optional.of(tables.get(place));
    }

    /** Names no cell. */
    @Override
    public String toString() {
        return "ProposedPattern[" + above.size() + " requirements, " + tables.size() + " tables]";
    }
}
