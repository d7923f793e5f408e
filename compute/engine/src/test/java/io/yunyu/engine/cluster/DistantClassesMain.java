package io.yunyu.engine.cluster;

import io.yunyu.anonymizer.AnonymizationReport;
import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.spark.GroupLimits;
import io.yunyu.anonymizer.spark.SparkAnonymization;
import io.yunyu.anonymizer.spark.SparkAnonymizer;
import io.yunyu.anonymizer.spark.SparkRecords;
import io.yunyu.contract.json.Json;
import io.yunyu.engine.session.EngineSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A driver that de-identifies made-up records whose groups are more than it takes, so that executors form the classes and make
 * the first cuts. Says what came of it, as a digest of each.
 */
public final class DistantClassesMain {
    private static final long ROWS = 12_000;
    private static final int TASKS = 4;
    private static final GroupLimits FEW = new GroupLimits(400, 10_000, 400);

    private static final String QUASI_IDENTIFIERS = "{'attributes':[{'name':'age','role':'QUASI_IDENTIFIER',"
            + "'dataType':'integer','hierarchy':{'rows':[" + rows(90, 10)
            + "]}},{'name':'zip','role':'QUASI_IDENTIFIER',"
            + "'dataType':'integer','hierarchy':{'rows':[" + rows(300, 50)
            + "]}},{'name':'illness','role':'SENSITIVE'}],"
            + "'privacyModels':[{'model':'k-anonymity','k':25},"
            + "{'model':'distinct-l-diversity','attribute':'illness','l':2}],";
    private static final String LEVELS = QUASI_IDENTIFIERS + "'suppressionLimit':0.3,'localRecoding':{'mode':'FAST'}}";
    private static final String CUTS = QUASI_IDENTIFIERS + "'search':{'algorithm':'mondrian','mode':'relaxed'}}";

    private DistantClassesMain() {}

    public static void main(String[] arguments) throws NoSuchAlgorithmException {
        ClusterMember member = ClusterMember.read(
                Path.of(System.getProperty("yunyu.engine.cluster")),
                System.getProperty("yunyu.engine.master"),
                System.getProperty("yunyu.engine.host"));
        Path scratch = Path.of(System.getProperty("yunyu.engine.scratch"));
        System.out.println(said(EngineSession.start(member, scratch, builder -> builder)));
        Runtime.getRuntime().halt(0);
    }

    /** What it says in this session. */
    static String said(SparkSession spark) throws NoSuchAlgorithmException {
        Dataset<Row> rows = spark.range(0, ROWS, 1, TASKS)
                .selectExpr(
                        "hash(id, 1) % 45 + 45 as age",
                        "hash(id, 2) % 150 + 150 as zip",
                        "concat('illness', pmod(hash(id, 3), 5)) as illness",
                        "id % 5000 as unit");
        return found(SparkRecords.of(rows).ownedBy("unit"), LEVELS) + " "
                + found(SparkRecords.of(rows.drop("unit")), CUTS);
    }

    private static String found(SparkRecords records, String spec) throws NoSuchAlgorithmException {
        SparkAnonymization found = SparkAnonymizer.anonymize(
                records, AnonymizationSpec.parseWithoutFiles(Json.parseObject(spec.replace('\'', '"'))), FEW);
        List<String> released = found.releaseKept().collectAsList().stream()
                .map(row -> row.mkString("|"))
                .sorted()
                .toList();
        String report = AnonymizationReport.of(found.result()).toJson().replaceAll("\"seconds\":[^,}]*", "");
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest((String.join("\n", released) + report).getBytes(StandardCharsets.UTF_8));
        return released.size() + " in " + released.stream().distinct().count() + " "
                + HexFormat.of().formatHex(digest);
    }

    /** Values from 0 on, bands of this width, and all together. */
    private static String rows(int values, int width) {
        return IntStream.range(0, values)
                .mapToObj(value -> "['" + value + "','" + value / width + "','*']")
                .collect(Collectors.joining(","));
    }
}
