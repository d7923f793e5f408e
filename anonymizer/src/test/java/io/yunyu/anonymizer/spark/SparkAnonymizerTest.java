package io.yunyu.anonymizer.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Spark's answers are the core's: on real census records, in any order and partitioning. */
class SparkAnonymizerTest {
    private static final Path ADULT = Path.of(System.getProperty("yunyu.shared", "../shared"), "data", "adult");
    private static final long SEED = Long.getLong("yunyu.seed", 20261125L);
    private static final boolean HEAVY = Boolean.getBoolean("yunyu.anonymizer.heavy");
    private static MicrodataTable adult;

    @BeforeAll
    static void read() {
        System.out.println("SparkAnonymizerTest: seed " + SEED);
        assumeTrue(Files.isDirectory(ADULT), "the census records of ../shared/data/adult are not here");
        MicrodataTable table = Sessions.census(ADULT, HEAVY ? 1 : 10);
        // A number that every record keeps, to find it again.
        List<String> numbers = new ArrayList<>();
        for (int row = 0; row < table.rowCount(); row++) {
            numbers.add("n" + row);
        }
        List<Column> columns = new ArrayList<>(table.columns());
        columns.add(Column.of("number", numbers));
        adult = MicrodataTable.of(columns);
    }

    /** A short form by default, of every tenth record; all of them with -Dyunyu.anonymizer.heavy=true. */
    static Stream<String> orderedSpecs() {
        return HEAVY ? specs() : specs().skip(2);
    }

    static Stream<String> unorderedSpecs() {
        return HEAVY ? specs() : specs().skip(5);
    }

    private static Stream<String> specs() {
        return Stream.of(
                // Ties of loss, suppression and row order: each is decided by another rule.
                spec("sex age race", "", "{'model':'k-anonymity','k':5}", "0.02", ""),
                spec("sex age race education workclass", "", "{'model':'k-anonymity','k':10}", "0.05", ""),
                spec(
                        "sex age education",
                        "occupation",
                        "{'model':'k-anonymity','k':3},{'model':'distinct-l-diversity','attribute':'occupation','l':3},"
                                + "{'model':'hierarchical-t-closeness','attribute':'occupation','t':0.3}",
                        "0.04",
                        ""),
                spec("sex age race", "", "{'model':'average-risk','averageRisk':0.01}", "0.1", ""),
                spec(
                        "sex age race",
                        "",
                        "{'model':'k-anonymity','k':5}",
                        "0.02",
                        ",'objective':{'measure':'kl-divergence'}"),
                spec("sex race", "", "{'model':'k-anonymity','k':50}", "0.02", "")
                        .replace(
                                "{\"name\":\"race\"",
                                "{'name':'age','role':'QUASI_IDENTIFIER','dataType':'integer','microaggregation':"
                                                .replace('\'', '"')
                                        + "{\"function\":\"MEDIAN\"}},{\"name\":\"race\""));
    }

    @ParameterizedTest
    @MethodSource("orderedSpecs")
    void anonymize_anyOrderAndPartitioning_givesTheAnswerOfTheCore(String json) throws IOException {
        AnonymizationSpec spec = AnonymizationSpec.parse(Json.parseObject(json), ADULT);
        AnonymizationResult core = Anonymizer.anonymize(adult, spec);
        List<String> expected = new ArrayList<>();
        core.forEachReleasedRow(cells -> expected.add(String.join(";", cells)));
        expected.sort(null);
        for (int partitions : HEAVY ? new int[] {1, 7} : new int[] {7}) {
            Random random = new Random(SEED + partitions);
            Dataset<Row> records = Sessions.shuffled(adult, partitions, random);
            SparkAnonymization found =
                    SparkAnonymizer.anonymize(SparkRecords.of(records).orderedBy(Sessions.ORDER), spec);

            assertThat(withoutSeconds(found.result())).isEqualTo(withoutSeconds(core));
            assertThat(released(found)).isEqualTo(expected);
        }
    }

    /** Without an order the text of the values decides: whatever arrives first changes nothing. */
    @ParameterizedTest
    @MethodSource("unorderedSpecs")
    void anonymize_withoutOrder_dependsOnTheRecordsOnly(String json) {
        AnonymizationSpec spec = AnonymizationSpec.parse(Json.parseObject(json), ADULT);
        List<List<String>> outputs = new ArrayList<>();
        for (int partitions : new int[] {2, 5}) {
            Dataset<Row> records = Sessions.shuffled(adult, partitions, new Random(SEED + partitions))
                    .drop(Sessions.ORDER);
            outputs.add(released(SparkAnonymizer.anonymize(SparkRecords.of(records), spec)));
        }
        assertThat(outputs.get(1)).isEqualTo(outputs.get(0));
    }

    /** Counted here in another way: from the released records and the persons they belong to. */
    @Test
    void anonymize_personsWithSeveralRecords_classesHoldKPersons() {
        int k = 5;
        AnonymizationSpec spec = AnonymizationSpec.parse(
                Json.parseObject(spec("sex age race", "", "{'model':'k-anonymity','k':" + k + "}", "0.02", "")), ADULT);
        Dataset<Row> records = Sessions.shuffled(adult, 3, new Random(SEED))
                .withColumn("person", functions.col(Sessions.ORDER).divide(9).cast("bigint"));
        SparkAnonymization found =
                SparkAnonymizer.anonymize(SparkRecords.of(records).ownedBy("person"), spec);

        Map<List<String>, Set<Long>> personsOfClass = new HashMap<>();
        long rows = 0;
        for (Row row : found.release().collectAsList()) {
            List<String> shown = List.of(row.getAs("sex"), row.getAs("age"), row.getAs("race"));
            long number = Long.parseLong(row.<String>getAs("number").substring(1));
            personsOfClass.computeIfAbsent(shown, key -> new HashSet<>()).add(number / 9);
            rows++;
        }
        personsOfClass.remove(List.of("*", "*", "*"));
        long fewest =
                personsOfClass.values().stream().mapToLong(Set::size).min().orElseThrow();
        assertThat(rows).isEqualTo(adult.rowCount());
        assertThat(fewest).isGreaterThanOrEqualTo(k);
        assertThat(AnonymizationReport.of(found.result()).toJson()).contains("\"minSize\":" + fewest);
    }

    @Test
    void anonymize_moreValuesThanTheLimit_saysSo() {
        AnonymizationSpec spec = AnonymizationSpec.parse(
                Json.parseObject(spec("sex age race", "", "{'model':'k-anonymity','k':5}", "0.02", "")), ADULT);
        SparkRecords records = SparkRecords.of(Sessions.shuffled(adult, 2, new Random(SEED)));
        assertThatThrownBy(() -> SparkAnonymizer.anonymize(records, spec, new GroupLimits(10_000, 50, 10)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Column 'age' has more than 50 distinct values");
    }

    private static String withoutSeconds(AnonymizationResult result) {
        return AnonymizationReport.of(result).toJson().replaceAll("\"seconds\":[0-9.E-]+", "");
    }

    private static List<String> released(SparkAnonymization found) {
        return found.release().collectAsList().stream()
                .map(row -> {
                    List<String> cells = new ArrayList<>();
                    for (int i = 0; i < row.length(); i++) {
                        if (!row.schema().fields()[i].name().equals(Sessions.ORDER)) {
                            cells.add(row.getString(i));
                        }
                    }
                    return String.join(";", cells);
                })
                .sorted()
                .toList();
    }

    private static String spec(String quasi, String sensitive, String models, String limit, String more) {
        List<String> attributes = new ArrayList<>();
        Arrays.stream(quasi.split(" "))
                .forEach(name -> attributes.add("{'name':'" + name
                        + "','role':'QUASI_IDENTIFIER','hierarchy':{'file':'adult_hierarchy_" + name + ".csv'}}"));
        if (!sensitive.isEmpty()) {
            attributes.add("{'name':'" + sensitive + "','role':'SENSITIVE','hierarchy':{'file':'adult_hierarchy_"
                    + sensitive + ".csv'}}");
        }
        return ("{'attributes':[" + String.join(",", attributes) + "],'privacyModels':[" + models
                        + "],'suppressionLimit':" + limit + more + "}")
                .replace('\'', '"');
    }
}
