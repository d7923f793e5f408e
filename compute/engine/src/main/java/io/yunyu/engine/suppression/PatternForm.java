package io.yunyu.engine.suppression;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** A proposed pattern as bytes, on its way from a solver in another process. Most of it are small whole numbers. */
public final class PatternForm {
    /** Cells of all tables together, at two bytes or more each. */
    private static final int MOST_CHANGES = 8_000_000;

    private PatternForm() {}

    public static byte[] write(ProposedPattern pattern) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeDouble(pattern.cost());
            out.writeBoolean(pattern.optimal());
            long[] words = pattern.suppressed().toLongArray();
            out.writeInt(words.length);
            for (long word : words) {
                out.writeLong(word);
            }
            out.writeInt(pattern.tables().size());
            for (PossibleTable table : pattern.tables()) {
                int[] cells = table.cells();
                out.writeInt(cells.length);
                int before = -1;
                for (int cell : cells) {
                    number(cell - before, out);
                    signed(table.change(cell), out);
                    before = cell;
                }
            }
            out.writeInt(pattern.above().size());
            for (int position = 0; position < pattern.above().size(); position++) {
                out.writeInt(pattern.above().get(position));
                out.writeInt(pattern.below().get(position));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Seven bits a byte, the low ones first. */
    private static void number(long value, DataOutputStream out) throws IOException {
        long left = value;
        for (; (left & ~0x7fL) != 0; left >>>= 7) {
            out.writeByte((int) (left & 0x7f | 0x80));
        }
        out.writeByte((int) left);
    }

    private static void signed(long value, DataOutputStream out) throws IOException {
        number(value << 1 ^ value >> 63, out);
    }

    /** Empty if the bytes are no pattern for this problem. */
    public static Optional<ProposedPattern> read(ByteBuffer in, SuppressionProblem problem) {
        try {
            double cost = in.getDouble();
            boolean optimal = in.get() == 1;
            long[] words = new long[count(in, problem.size() / Long.SIZE + 1, Long.BYTES)];
            for (int word = 0; word < words.length; word++) {
                words[word] = in.getLong();
            }
            BitSet suppressed = BitSet.valueOf(words);
            List<PossibleTable> tables = new ArrayList<>();
            int left = MOST_CHANGES;
            for (int k = count(in, 2 * problem.requirements().size(), Integer.BYTES); k > 0; k--) {
                int changes = count(in, Math.min(left, problem.size()), 2);
                left -= changes;
                tables.add(table(in, changes));
            }
            int requirements = count(in, problem.requirements().size(), 2 * Integer.BYTES);
            Integer[] above = new Integer[requirements];
            Integer[] below = new Integer[requirements];
            for (int position = 0; position < requirements; position++) {
                above[position] = in.getInt();
                below[position] = in.getInt();
            }
            boolean fits = !in.hasRemaining()
                    && requirements == problem.requirements().size()
                    && suppressed.length() <= problem.size()
                    && tables.stream().allMatch(table -> table.isWithin(problem.size()));
            return fits
                    ? Optional.of(new ProposedPattern(
                            suppressed, cost, optimal, tables, Arrays.asList(above), Arrays.asList(below)))
                    : Optional.empty();
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static PossibleTable table(ByteBuffer in, int size) {
        int[] cells = new int[size];
        long[] changes = new long[size];
        int before = -1;
        for (int k = 0; k < size; k++) {
            cells[k] = before = Math.addExact(before, Math.toIntExact(number(in)));
            long folded = number(in);
            changes[k] = folded >>> 1 ^ -(folded & 1);
        }
        return new PossibleTable(cells, changes);
    }

    private static long number(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("A number of a pattern has too many bytes.");
    }

    private static int count(ByteBuffer in, int most, int bytesEach) {
        int count = in.getInt();
        if (count < 0 || count > most || (long) count * bytesEach > in.remaining()) {
            throw new IllegalArgumentException("A pattern announces more than it has.");
        }
        return count;
    }
}
