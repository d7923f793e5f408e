package io.yunyu.engine.suppression;

import java.util.BitSet;
import java.util.List;

/**
 * An additive table, or several linked ones over the union of their cells, with the cells to protect.
 *
 * <p>Holds original values; immutable; {@code toString} names none.
 */
public final class SuppressionProblem {
    /** Up to here a floating-point number is every whole number. */
    static final long LARGEST_WHOLE = 1L << 53;

    private static final double ADDITIVITY = 1e-9;

    final double[] values;
    final double[] decreases;
    final double[] increases;
    final double[] weights;
    final BitSet fixed;
    private final List<TableEquation> equations;
    private final List<Requirement> requirements;

    /**
     * @param values of the cells, finite
     * @param lowers what every attacker knows each value to be at least
     * @param uppers what every attacker knows each value to be at most; infinity is allowed
     * @param weights loss by withholding each cell, at least 0
     * @param fixed cells that are published in any case, such as empty ones
     * @param equations the additive relations, which the values must satisfy
     * @param requirements of the cells that primary rules flag; each of them is withheld
     */
    public SuppressionProblem(
            double[] values,
            double[] lowers,
            double[] uppers,
            double[] weights,
            BitSet fixed,
            List<TableEquation> equations,
            List<Requirement> requirements) {
        int size = values.length;
        if (lowers.length != size || uppers.length != size || weights.length != size || fixed.length() > size) {
            throw new IllegalArgumentException(
                    "Bounds, weights and values differ in number; give one of each per cell.");
        }
        this.values = values.clone();
        this.weights = weights.clone();
        this.fixed = (BitSet) fixed.clone();
        this.decreases = new double[size];
        this.increases = new double[size];
        for (int i = 0; i < size; i++) {
            decreases[i] = values[i] - lowers[i];
            increases[i] = uppers[i] - values[i];
            if (!Double.isFinite(values[i]) || !(decreases[i] >= 0) || !(increases[i] >= 0)) {
                throw new IllegalArgumentException(
                        "Cell " + i + " has a value that is not finite or not between its bounds.");
            }
            if (!(weights[i] >= 0) || Double.isInfinite(weights[i])) {
                throw new IllegalArgumentException("Cell " + i + " has a weight that is negative or not finite.");
            }
        }
        this.equations = List.copyOf(equations);
        this.requirements = List.copyOf(requirements);
        check();
    }

    private void check() {
        for (TableEquation equation : equations) {
            double size = 1;
            for (int cell : equation.cells) {
                size = Math.max(size, Math.abs(values[cell]));
            }
            if (Math.abs(equation.residual(values)) > ADDITIVITY * size) {
                throw new IllegalArgumentException("The parts of cell " + equation.cells[0]
                        + " do not add up to it: secondary suppression needs an additive table.");
            }
        }
        for (Requirement requirement : requirements) {
            if (fixed.get(requirement.cell())) {
                throw new IllegalArgumentException(
                        "Cell " + requirement.cell() + " is to be protected, but also to be published in any case.");
            }
        }
    }

    public int size() {
        return values.length;
    }

    public List<TableEquation> equations() {
        return equations;
    }

    public List<Requirement> requirements() {
        return requirements;
    }

    /** The cells that have a requirement. */
    public BitSet primaries() {
        BitSet cells = new BitSet();
        requirements.forEach(r -> cells.set(r.cell()));
        return cells;
    }

    /** Whether values, bounds and levels are whole numbers that are held exactly; an infinite bound is whole. */
    public boolean isWhole() {
        for (int cell = 0; cell < size(); cell++) {
            if (!isWhole(values[cell])
                    || !(Double.isInfinite(decreases[cell]) || isWhole(decreases[cell]))
                    || !(Double.isInfinite(increases[cell]) || isWhole(increases[cell]))) {
                return false;
            }
        }
        return requirements.stream().allMatch(r -> isWhole(r.lower()) && isWhole(r.upper()));
    }

    private static boolean isWhole(double number) {
        return Math.abs(number) <= LARGEST_WHOLE && Math.rint(number) == number;
    }

    /** The loss of a pattern. */
    public double cost(BitSet suppressed) {
        return suppressed.stream().mapToDouble(i -> weights[i]).sum();
    }

    /** All cells that may be withheld. */
    BitSet suppressible() {
        BitSet cells = new BitSet();
        cells.set(0, size());
        cells.andNot(fixed);
        return cells;
    }

    /** The most equations that one cell is in: 2 in a table of two dimensions without hierarchies. */
    int mostEquationsOfACell() {
        int[] count = new int[size()];
        int most = 0;
        for (TableEquation equation : equations) {
            for (int cell : equation.cells) {
                most = Math.max(most, ++count[cell]);
            }
        }
        return most;
    }

    /** Names no value. */
    @Override
    public String toString() {
        return "SuppressionProblem[" + size() + " cells, " + requirements.size() + " requirements]";
    }
}
