package io.yunyu.engine.cluster;

import io.yunyu.engine.session.EngineSession;
import io.yunyu.engine.session.LargeResults;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A driver whose executors exchange and then hand it more than a message holds: results above 1 MiB are fetched from their
 * executor. Says what it got, as a digest.
 */
public final class LargeResultMain {
    /** Two tasks of 64 bytes a row, which compress to half at most: over 1.5 MiB each. */
    private static final long ROWS = 100_000;

    private static final int TASKS = 2;

    private LargeResultMain() {}

    public static void main(String[] arguments) throws NoSuchAlgorithmException {
        ClusterMember member = ClusterMember.read(
                Path.of(System.getProperty("yunyu.engine.cluster")),
                System.getProperty("yunyu.engine.master"),
                System.getProperty("yunyu.engine.host"));
        Path scratch = Path.of(System.getProperty("yunyu.engine.scratch"));
        SparkSession spark = EngineSession.start(member, scratch, builder -> builder);
        LargeResults results = LargeResults.of(spark);
        List<String> words = spark.range(0, ROWS, 1, TASKS)
                .select(functions.sha2(functions.col("id").cast("string"), 256).as("word"))
                .repartition(TASKS, functions.col("word"))
                .as(Encoders.STRING())
                .collectAsList();
        if (results.above(1 << 20) < TASKS) {
            throw new IllegalStateException("The results fitted into messages; nothing was fetched.");
        }
        System.out.println(digest(words));
        Runtime.getRuntime().halt(0);
    }

    /** What it must say. */
    static String expected() throws NoSuchAlgorithmException {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        return digest(LongStream.range(0, ROWS)
                .mapToObj(id ->
                        HexFormat.of().formatHex(sha.digest(Long.toString(id).getBytes(StandardCharsets.UTF_8))))
                .toList());
    }

    private static String digest(List<String> words) throws NoSuchAlgorithmException {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        words.stream().sorted().forEach(word -> sha.update(word.getBytes(StandardCharsets.UTF_8)));
        return words.size() + " " + HexFormat.of().formatHex(sha.digest());
    }
}
