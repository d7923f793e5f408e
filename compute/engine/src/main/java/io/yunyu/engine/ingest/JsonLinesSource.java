package io.yunyu.engine.ingest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * One JSON object per line. The columns are the members of all objects, in the order of their first appearance; a member
 * that an object lacks is an empty value. Values that are objects or arrays come in as their JSON text.
 */
final class JsonLinesSource implements RecordSource {
    /** More member names than this are no table. */
    private static final int MAX_COLUMNS = 2000;

    private final JavaSparkContext spark;
    private final String file;
    private final String digest;
    private final List<ByteRange> body;
    private final List<String> columns;

    JsonLinesSource(JavaSparkContext spark, Path file) {
        this.spark = spark;
        this.file = file.toString();
        RecordScan scan = RecordScan.of(file, null);
        this.digest = scan.digest();
        this.body = scan.ranges();
        if (body.isEmpty()) {
            throw SourceProblems.malformed("The source file is empty. It must hold one JSON object per line.");
        }
        this.columns = memberNames();
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
        List<String> names = new ArrayList<>(columns);
        return Partitions.of(spark, body, range -> new JsonLineRecords(range.read(path), names));
    }

    private List<String> memberNames() {
        String path = file;
        List<ArrayList<String>> perRange = spark.parallelize(body, body.size())
                .map(range -> namesIn(path, range))
                .collect();
        Set<String> names = new LinkedHashSet<>();
        for (List<String> some : perRange) {
            names.addAll(some);
            requireBounded(names);
        }
        if (names.isEmpty()) {
            throw SourceProblems.malformed("No line of the source file is a JSON object with members.");
        }
        return List.copyOf(names);
    }

    private static ArrayList<String> namesIn(String path, ByteRange range) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        JsonLineRecords lines = new JsonLineRecords(range.read(path), List.of());
        lines.collectNames(names, MAX_COLUMNS + 1);
        return new ArrayList<>(names);
    }

    private static void requireBounded(Set<String> names) {
        if (names.size() > MAX_COLUMNS) {
            throw SourceProblems.malformed(
                    "The JSON objects have more than " + MAX_COLUMNS + " different members: names seem to be data.");
        }
    }
}
