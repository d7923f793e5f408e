package io.yunyu.engine.suppression;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A problem and its limits as bytes, on their way to a solver in another process: numbers big-endian, lists with their
 * length before them. Reading believes nothing and allocates nothing that the bytes do not cover.
 */
public final class TaskForm {
    public static final int MOST_CELLS = 50_000;
    public static final int MOST_REQUIREMENTS = 50_000;
    /** Cells of all equations together. */
    public static final int MOST_TERMS = 500_000;

    private static final int FORM = 1;

    private TaskForm() {}

    /** What a solver is given. */
    public record Task(SuppressionProblem problem, SuppressionLimits limits) {}

    /** @throws ProblemException TOO_LARGE */
    public static byte[] write(SuppressionProblem problem, SuppressionLimits limits) {
        int terms = problem.equations().stream().mapToInt(e -> e.cells.length).sum();
        if (problem.size() > MOST_CELLS
                || terms > MOST_TERMS
                || problem.requirements().size() > MOST_REQUIREMENTS) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE,
                    "The table is too large for secondary suppression: at most " + MOST_CELLS + " cells, "
                            + MOST_REQUIREMENTS + " protection requirements and " + MOST_TERMS
                            + " cells in its sums. Use fewer dimensions or coarser categories.");
        }
        long[] fixed = problem.fixed.toLongArray();
        int requirements = problem.requirements().size();
        ByteBuffer out = ByteBuffer.allocate(40
                + 4 * Double.BYTES * problem.size()
                + Long.BYTES * fixed.length
                + Integer.BYTES * (problem.equations().size() + terms)
                + 24 * requirements);
        out.put((byte) FORM);
        out.putLong(limits.time().toMillis());
        out.putInt(limits.exactCells());
        out.putInt(limits.exactCellsBeyondTwoDimensions());
        out.putInt(problem.size());
        for (int cell = 0; cell < problem.size(); cell++) {
            out.putDouble(problem.values[cell]);
            out.putDouble(problem.values[cell] - problem.decreases[cell]);
            out.putDouble(problem.values[cell] + problem.increases[cell]);
            out.putDouble(problem.weights[cell]);
        }
        out.putInt(fixed.length);
        for (long word : fixed) {
            out.putLong(word);
        }
        out.putInt(problem.equations().size());
        for (TableEquation equation : problem.equations()) {
            out.putInt(equation.cells.length);
            for (int cell : equation.cells) {
                out.putInt(cell);
            }
        }
        out.putInt(requirements);
        for (Requirement requirement : problem.requirements()) {
            out.putInt(requirement.cell());
            out.putDouble(requirement.lower());
            out.putDouble(requirement.upper());
            out.putInt(requirement.known());
        }
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    /** @throws ProblemException BAD_REQUEST if the bytes are no task */
    public static Task read(ByteBuffer in) {
        try {
            if (in.get() != FORM) {
                throw malformed();
            }
            SuppressionLimits limits = new SuppressionLimits(Duration.ofMillis(in.getLong()), in.getInt(), in.getInt());
            SuppressionProblem problem = problem(in);
            if (in.hasRemaining()) {
                throw malformed();
            }
            return new Task(problem, limits);
        } catch (BufferUnderflowException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | ArithmeticException e) {
            // Not what it says: a message of ours may name a cell, one of the library's a number.
            throw malformed();
        }
    }

    private static SuppressionProblem problem(ByteBuffer in) {
        int size = count(in, MOST_CELLS, 4 * Double.BYTES);
        double[][] numbers = new double[4][size];
        for (int cell = 0; cell < size; cell++) {
            for (double[] column : numbers) {
                column[cell] = in.getDouble();
            }
        }
        long[] fixed = new long[count(in, MOST_CELLS / Long.SIZE + 1, Long.BYTES)];
        for (int word = 0; word < fixed.length; word++) {
            fixed[word] = in.getLong();
        }
        List<TableEquation> equations = new ArrayList<>();
        int left = MOST_TERMS;
        for (int k = count(in, MOST_TERMS, Integer.BYTES); k > 0; k--) {
            int terms = count(in, left, Integer.BYTES);
            left -= terms;
            int total = cell(in, size);
            int[] parts = new int[Math.max(0, terms - 1)];
            for (int part = 0; part < parts.length; part++) {
                parts[part] = cell(in, size);
            }
            equations.add(TableEquation.total(total, parts));
        }
        List<Requirement> requirements = new ArrayList<>();
        for (int k = count(in, MOST_REQUIREMENTS, 24); k > 0; k--) {
            Requirement requirement = new Requirement(cell(in, size), in.getDouble(), in.getDouble(), in.getInt());
            if (requirement.known() < -1 || requirement.known() >= size) {
                throw malformed();
            }
            requirements.add(requirement);
        }
        return new SuppressionProblem(
                numbers[0], numbers[1], numbers[2], numbers[3], BitSet.valueOf(fixed), equations, requirements);
    }

    private static int cell(ByteBuffer in, int size) {
        int cell = in.getInt();
        if (cell < 0 || cell >= size) {
            throw malformed();
        }
        return cell;
    }

    private static int count(ByteBuffer in, int most, int bytesEach) {
        int count = in.getInt();
        if (count < 0 || count > most || (long) count * bytesEach > in.remaining()) {
            throw malformed();
        }
        return count;
    }

    private static ProblemException malformed() {
        return new ProblemException(
                ProblemCode.BAD_REQUEST, "What the solver of secondary suppression was given is no table it can read.");
    }
}
