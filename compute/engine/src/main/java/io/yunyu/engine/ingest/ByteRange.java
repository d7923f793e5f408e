package io.yunyu.engine.ingest;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Whole records of a file: where they begin and how many bytes they take. */
record ByteRange(long offset, int length) implements Serializable {
    byte[] read(String file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file, "r")) {
            byte[] bytes = new byte[length];
            in.seek(offset);
            in.readFully(bytes);
            return bytes;
        } catch (EOFException e) {
            throw new IOException("The source file became shorter while it was read.");
        }
    }

    /** The ranges in at most {@code groups} consecutive groups of about the same number. */
    static List<List<ByteRange>> grouped(List<ByteRange> ranges, int groups) {
        List<List<ByteRange>> result = new ArrayList<>();
        int count = Math.max(1, Math.min(groups, ranges.size()));
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) ranges.size() * i / count);
            int to = (int) ((long) ranges.size() * (i + 1) / count);
            result.add(new ArrayList<>(ranges.subList(from, to)));
        }
        return result;
    }
}
