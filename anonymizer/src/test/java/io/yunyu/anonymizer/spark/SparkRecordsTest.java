package io.yunyu.anonymizer.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.anonymizer.AnonymizationReport;
import io.yunyu.anonymizer.AnonymizationResult;
import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.Anonymizer;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done to records before they are grouped: the core draws the same ones and masks them alike. */
class SparkRecordsTest {
    private static final long SEED = Long.getLong("yunyu.seed", 20261129L);
    private static final boolean HEAVY = Boolean.getBoolean("yunyu.anonymizer.heavy");

    private static final String K = "'privacyModels':[{'model':'k-anonymity','k':4},"
            + "{'model':'distinct-l-diversity','attribute':'income','l':2}],'suppressionLimit':0.2";

    @TempDir
    Path folder;

    @BeforeEach
    void writeKey() throws IOException {
        System.out.println("SparkRecordsTest: seed " + SEED);
        byte[] secret = new byte[32];
        new Random(SEED).nextBytes(secret);
        Files.write(folder.resolve("key"), secret);
        Files.setPosixFilePermissions(folder.resolve("key"), PosixFilePermissions.fromString("rw-------"));
    }

    private static MicrodataTable table(int rows, String badDate) {
        Random random = new Random(SEED);
        Map<String, List<String>> columns = new LinkedHashMap<>();
        List.of("name", "card", "age", "town", "income", "seen", "visits", "note")
                .forEach(name -> columns.put(name, new ArrayList<>()));
        for (int row = 0; row < rows; row++) {
            columns.get("name").add("Li " + row);
            columns.get("card").add(row % 9 == 0 ? "" : String.valueOf(5301 + random.nextInt(50)));
            columns.get("age").add(String.valueOf(20 + random.nextInt(30)));
            columns.get("town").add("t" + random.nextInt(4));
            columns.get("income").add(String.valueOf(1000 + random.nextInt(3000)));
            columns.get("seen").add(row == rows / 2 ? badDate : "2026-0" + (1 + random.nextInt(9)) + "-11");
            columns.get("visits").add(String.valueOf(random.nextInt(100)));
            columns.get("note").add("note " + row);
        }
        return MicrodataTable.of(columns.entrySet().stream()
                .map(column -> Column.of(column.getKey(), column.getValue()))
                .toList());
    }

    private AnonymizationSpec spec(String more) {
        String json = "{'attributes':[{'name':'name','role':'DIRECT_IDENTIFIER','masking':{'method':'redact',"
                + "'keepFirst':1,'length':2}},{'name':'card','role':'DIRECT_IDENTIFIER',"
                + "'pseudonym':{'keyFile':'key','scope':'card'}},{'name':'age','role':'QUASI_IDENTIFIER',"
                + "'dataType':'integer','hierarchy':{'builder':'interval','width':5,'groups':[2]}},"
                + "{'name':'town','role':'QUASI_IDENTIFIER'},{'name':'income','role':'SENSITIVE',"
                + "'masking':{'method':'round','multiple':1000}},{'name':'seen','role':'INSENSITIVE','masking':"
                + "{'method':'truncate-date','format':'yyyy-MM-dd','to':'MONTH'}},{'name':'visits',"
                + "'role':'INSENSITIVE','topBottomCoding':{'bottom':10,'top':90}}]," + K + more + "}";
        return AnonymizationSpec.parse(Json.parseObject(json.replace('\'', '"')), folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",'search':{'algorithm':'mondrian'}",
                ",'sampling':{'fraction':0.4,'seed':7}",
                ",'localRecoding':{'mode':'ITERATIVE'}",
                ",'sampling':{'records':150,'seed':8},'search':{'algorithm':'mondrian','mode':'relaxed'}"
            })
    void anonymize_maskedAndDrawn_givesTheAnswerOfTheCore(String more) throws IOException {
        MicrodataTable table = table(500, "2026-01-11");
        AnonymizationResult core = Anonymizer.anonymize(table, spec(more));
        List<String> expected = new ArrayList<>();
        core.forEachReleasedRow(cells -> expected.add(String.join(";", cells)));
        for (int partitions : HEAVY ? new int[] {1, 4} : new int[] {more.contains("records") ? 1 : 4}) {
            Dataset<Row> rows = Sessions.shuffled(table, partitions, new Random(SEED + partitions));
            SparkAnonymization found =
                    SparkAnonymizer.anonymize(SparkRecords.of(rows).orderedBy(Sessions.ORDER), spec(more));

            assertThat(withoutSeconds(found.result())).isEqualTo(withoutSeconds(core));
            assertThat(released(found)).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /** So many that several tickets begin alike. */
    @Test
    void of_manyRecords_drawsExactlyAsManyAsAskedFor() {
        Dataset<Row> rows = Sessions.spark().range(60_000).toDF(Sessions.ORDER);
        SparkRecords records = SparkRecords.of(rows).orderedBy(Sessions.ORDER);

        for (int wanted : new int[] {1, 3_000, 59_999}) {
            SparkRecords drawn = SampledRecords.of(records, spec(",'sampling':{'records':" + wanted + "}"));
            assertThat(drawn.rows().count()).isEqualTo(wanted);
        }
    }

    /** Three records of each key: all of a person's records are drawn or none, and with a seed the same ones again. */
    @Test
    void anonymize_sampleByKey_drawsPersonsWithAllTheirRecords() {
        Dataset<Row> rows = Sessions.shuffled(table(600, "2026-01-11"), 3, new Random(SEED));
        // Keys are hashes, of both signs.
        org.apache.spark.sql.Column person =
                functions.floor(functions.col(Sessions.ORDER).divide(3));
        SparkRecords records = SparkRecords.of(
                        rows.withColumn("unit", functions.xxhash64(person)).drop(Sessions.ORDER))
                .drawnBy("unit")
                .ownedBy("unit");
        String sampling = ",'sampling':{'fraction':0.5,'seed':%d}";
        SparkAnonymization found = SparkAnonymizer.anonymize(records, spec(sampling.formatted(3)));

        List<Integer> drawn = numbers(found.release());
        Map<Integer, Long> recordsOfPerson =
                drawn.stream().collect(Collectors.groupingBy(number -> number / 3, Collectors.counting()));
        assertThat(recordsOfPerson.values()).allMatch(number -> number == 3);
        assertThat(recordsOfPerson).hasSizeBetween(60, 140);
        assertThat(found.release().columns()).doesNotContain("unit");
        assertThat(numbers(
                        SampledRecords.of(records, spec(sampling.formatted(3))).rows()))
                .isEqualTo(drawn);
        assertThat(numbers(
                        SampledRecords.of(records, spec(sampling.formatted(4))).rows()))
                .isNotEqualTo(drawn);
        assertThatThrownBy(() -> SparkAnonymizer.anonymize(records, spec(",'sampling':{'records':9}")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Use sampling.fraction");
    }

    private static List<Integer> numbers(Dataset<Row> rows) {
        return rows.collectAsList().stream()
                .map(row -> Integer.parseInt(row.<String>getAs("note").substring("note ".length())))
                .sorted()
                .toList();
    }

    /** Each of two draws is about as large as it should be, and they differ. */
    @Test
    void anonymize_sampleWithoutSeed_isDrawnAnew() {
        Dataset<Row> rows = Sessions.shuffled(table(500, "2026-01-11"), 3, new Random(SEED));
        SparkRecords records = SparkRecords.of(rows).orderedBy(Sessions.ORDER);
        SparkAnonymization found = SparkAnonymizer.anonymize(records, spec(",'sampling':{'records':200}"));
        List<Integer> drawn = numbers(found.release());
        assertThat(drawn).hasSize(200).doesNotHaveDuplicates();
        // Read a second time it is the same sample.
        assertThat(numbers(found.release())).isEqualTo(drawn);
        SparkRecords others = SampledRecords.of(records, spec(",'sampling':{'records':200}"));
        assertThat(numbers(others.rows())).hasSize(200).isNotEqualTo(drawn);
    }

    @Test
    void anonymize_valueThatDoesNotFitItsMasking_isRefusedBeforeTheReleaseWithoutTheValue() {
        Dataset<Row> rows = Sessions.shuffled(table(60, "CANARY"), 3, new Random(SEED));
        assertThatThrownBy(() -> SparkAnonymizer.anonymize(SparkRecords.of(rows.drop(Sessions.ORDER)), spec("")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Column 'seen': a value is not a date in the pattern of its masking")
                .hasMessageNotContaining("CANARY");
    }

    @Test
    void anonymize_sampleThatCannotBe_saysSo() {
        Dataset<Row> rows = Sessions.shuffled(table(60, "2026-01-11"), 3, new Random(SEED));
        SparkRecords ordered = SparkRecords.of(rows).orderedBy(Sessions.ORDER);
        assertThatThrownBy(() -> SparkAnonymizer.anonymize(
                        SparkRecords.of(rows.drop(Sessions.ORDER)), spec(",'sampling':{'fraction':0.5}")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("records that have an order");
        assertThatThrownBy(() -> SparkAnonymizer.anonymize(ordered, spec(",'sampling':{'records':61}")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("sampling.records is 61, the input has 60");
        assertThatThrownBy(() -> SparkAnonymizer.anonymize(ordered, spec(",'sampling':{'fraction':0.000000001}")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("No record was drawn");
    }

    /** What Spark throws where it cannot convert a value may hold the value. */
    @Test
    void new_columnThatIsNotABigint_isRefusedBeforeAnyIsRead() {
        SparkRecords records = SparkRecords.of(Sessions.shuffled(table(60, "CANARY"), 3, new Random(SEED)));
        assertThatThrownBy(() -> records.ownedBy("seen"))
                .isInstanceOf(InputException.class)
                .hasMessage("The records' column 'seen' is not a bigint.");
        assertThatThrownBy(() -> records.orderedBy("place"))
                .isInstanceOf(InputException.class)
                .hasMessage("The records have no column 'place'.");
    }

    private static String withoutSeconds(AnonymizationResult result) {
        return AnonymizationReport.of(result).toJson().replaceAll("\"seconds\":[0-9.E-]+", "");
    }

    private static List<String> released(SparkAnonymization found) {
        return found.release().collectAsList().stream()
                .map(row -> {
                    List<String> cells = new ArrayList<>();
                    for (int i = 0; i < row.length(); i++) {
                        cells.add(row.getString(i));
                    }
                    return String.join(";", cells);
                })
                .toList();
    }
}
