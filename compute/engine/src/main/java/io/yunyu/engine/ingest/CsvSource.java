package io.yunyu.engine.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Delimited text with a header. */
final class CsvSource implements RecordSource {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final JavaSparkContext spark;
    private final String file;
    private final byte[] delimiter;
    private final String digest;
    private final List<ByteRange> body;
    private final List<String> columns;

    CsvSource(JavaSparkContext spark, Path file, String delimiter) {
        this.spark = spark;
        this.file = file.toString();
        this.delimiter = delimiter.getBytes(StandardCharsets.UTF_8);
        RecordScan scan = RecordScan.of(file, this.delimiter);
        this.digest = scan.digest();
        if (scan.ranges().isEmpty()) {
            throw SourceProblems.malformed("The source file is empty. A CSV file begins with a header line.");
        }
        List<ByteRange> ranges = new ArrayList<>(scan.ranges());
        ByteRange first = ranges.get(0);
        byte[] head = read(first);
        CsvRecords records = new CsvRecords(head, startsWithMark(head) ? BYTE_ORDER_MARK.length : 0, this.delimiter, 0);
        this.columns = header(records);
        ranges.set(0, new ByteRange(first.offset() + records.position(), first.length() - records.position()));
        this.body = ranges;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public String digest() {
        return digest;
    }

    @Override
    public JavaRDD<SourceRecord> records() {
        String path = file;
        byte[] separator = delimiter;
        int width = columns.size();
        return Partitions.of(spark, body, range -> iterate(path, range, separator, width));
    }

    private static Iterator<SourceRecord> iterate(String path, ByteRange range, byte[] separator, int width)
            throws IOException {
        return new CsvRecords(range.read(path), 0, separator, width);
    }

    private static List<String> header(CsvRecords records) {
        if (!records.hasNext()) {
            throw SourceProblems.malformed("The source file has no header line.");
        }
        SourceRecord header = records.next();
        if (header.malformed != null) {
            throw SourceProblems.malformed(
                    "The header line is malformed (" + header.malformed + "). It must be UTF-8 with RFC 4180 quoting.");
        }
        return unique(header.fields);
    }

    /** Column names must be there and differ, whatever the case. */
    private static List<String> unique(String[] names) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.length; i++) {
            if (names[i] == null || names[i].isBlank()) {
                throw SourceProblems.malformed("Column " + (i + 1) + " has no name in the header line.");
            }
            if (!seen.add(names[i].toLowerCase(Locale.ROOT))) {
                throw SourceProblems.malformed("The header line names column " + (i + 1) + " like one before it.");
            }
        }
        return List.of(names);
    }

    private byte[] read(ByteRange range) {
        try {
            return range.read(file);
        } catch (IOException e) {
            throw SourceProblems.unreadable("The source file cannot be read. Check that it is there and readable.");
        }
    }

    private static boolean startsWithMark(byte[] head) {
        return head.length >= 3
                && head[0] == BYTE_ORDER_MARK[0]
                && head[1] == BYTE_ORDER_MARK[1]
                && head[2] == BYTE_ORDER_MARK[2];
    }
}
