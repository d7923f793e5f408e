package io.yunyu.anonymizer.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yunyu.anonymizer.AnonymizationReport;
import io.yunyu.anonymizer.AnonymizationResult;
import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.Anonymizer;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.page.ReportPage;
import io.yunyu.contract.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the distinct tuples are more than the limit, the search forms classes on Spark and finds what the core finds. */
class SparkSearchTest {
    private static final Path ADULT = Path.of(System.getProperty("yunyu.shared", "../shared"), "data", "adult");
    private static final long SEED = Long.getLong("yunyu.seed", 20261125L);
    private static final boolean HEAVY = Boolean.getBoolean("yunyu.anonymizer.heavy");

    /** What needs the tuples themselves, and how the search went. */
    private static final Set<String> LEFT_OUT = Set.of("attributeRisks", "quasiIdentifierRanking", "search");

    private static MicrodataTable adult;
    private static MicrodataTable everyTenth;

    @BeforeAll
    static void read() {
        System.out.println("SparkSearchTest: seed " + SEED);
        assumeTrue(Files.isDirectory(ADULT), "the census records of ../shared/data/adult are not here");
        adult = Sessions.census(ADULT, 1);
        everyTenth = Sessions.census(ADULT, 10);
    }

    /** @param limit distinct tuples that come to the driver; the table has more, every tenth of its records 308 and 544 */
    record Case(
            boolean ofAll, int limit, String quasi, String sensitive, String models, String suppression, String more) {
        AnonymizationSpec spec() {
            List<String> attributes = new ArrayList<>();
            for (String name : quasi.split(" ")) {
                attributes.add("{'name':'" + name + "','role':'QUASI_IDENTIFIER','hierarchy':{'file':'adult_hierarchy_"
                        + name + ".csv'}}");
            }
            if (!sensitive.isEmpty()) {
                attributes.add("{'name':'" + sensitive + "','role':'SENSITIVE','hierarchy':{'file':'adult_hierarchy_"
                        + sensitive + ".csv'}}");
            }
            String json = "{'attributes':[" + String.join(",", attributes) + "],'privacyModels':[" + models
                    + "],'suppressionLimit':" + suppression + more + "}";
            return AnonymizationSpec.parse(Json.parseObject(json.replace('\'', '"')), ADULT);
        }
    }

    static Stream<Case> cases() {
        Stream<Case> few = Stream.of(
                new Case(false, 200, "sex age race", "", "{'model':'k-anonymity','k':6}", "0.04", ""),
                new Case(
                        false,
                        250,
                        "age education",
                        "occupation",
                        "{'model':'k-anonymity','k':4},{'model':'distinct-l-diversity','attribute':'occupation','l':3},"
                                + "{'model':'hierarchical-t-closeness','attribute':'occupation','t':0.4},"
                                + "{'model':'average-risk','averageRisk':0.05}",
                        "0.1",
                        ""),
                new Case(
                        false,
                        200,
                        "sex age race",
                        "workclass",
                        "{'model':'k-anonymity','k':5},{'model':'distinct-l-diversity','attribute':'workclass','l':2}",
                        "0.04",
                        ",'objective':{'measure':'kl-divergence'}"));
        return HEAVY ? Stream.concat(few, casesOfAll()) : few;
    }

    private static Stream<Case> casesOfAll() {
        return Stream.of(
                new Case(true, 300, "sex age race", "", "{'model':'k-anonymity','k':50}", "0.02", ""),
                new Case(
                        true,
                        400,
                        "age education",
                        "occupation",
                        "{'model':'k-anonymity','k':25},{'model':'distinct-l-diversity','attribute':'occupation','l':3},"
                                + "{'model':'hierarchical-t-closeness','attribute':'occupation','t':0.3}",
                        "0.04",
                        ""),
                new Case(
                        true,
                        300,
                        "sex age race",
                        "workclass",
                        "{'model':'k-anonymity','k':50},{'model':'distinct-l-diversity','attribute':'workclass','l':2}",
                        "0.02",
                        ",'objective':{'measure':'kl-divergence'}"),
                new Case(
                        true,
                        250,
                        "sex age race",
                        "",
                        "{'model':'k-anonymity','k':60},{'model':'average-risk','averageRisk':0.005}",
                        "0.05",
                        ""),
                new Case(
                        true,
                        300,
                        "sex age race",
                        "",
                        "{'model':'k-anonymity','k':50}",
                        "0.02",
                        ",'objective':{'measure':'discernibility','monotonic':true}"),
                new Case(
                        true,
                        3_000,
                        "sex age race education workclass",
                        "",
                        "{'model':'k-anonymity','k':25}",
                        "0.05",
                        ""));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anonymize_moreTuplesThanTheLimit_givesTheAnswerOfTheCore(Case one) throws IOException {
        AnonymizationSpec spec = one.spec();
        MicrodataTable table = one.ofAll ? adult : everyTenth;
        AnonymizationResult core = Anonymizer.anonymize(table, spec);
        List<String> expected = new ArrayList<>();
        core.forEachReleasedRow(cells -> expected.add(String.join(";", cells)));
        expected.sort(null);
        for (int partitions : HEAVY ? new int[] {1, 3, 7} : new int[] {5}) {
            Dataset<Row> records = Sessions.shuffled(table, partitions, new Random(SEED + partitions));
            SparkAnonymization found = SparkAnonymizer.anonymize(
                    SparkRecords.of(records).orderedBy(Sessions.ORDER), spec, new GroupLimits(one.limit, 1_000, 10));

            assertThat(report(found.result()).keySet()).doesNotContain("attributeRisks");
            assertThat(compared(found.result())).isEqualTo(compared(core));
            assertThat(core.outcome().optimal()).isTrue();
            assertThat(found.result().outcome().optimal()).isTrue();
            assertThat(released(found)).isEqualTo(expected);
            assertThat(ReportPage.of(Json.parseObject(
                            AnonymizationReport.of(found.result()).toJson())))
                    .contains("<html");
        }
    }

    /** The finest transformations have few small classes, and too many classes to be brought to the driver. */
    @Test
    void anonymize_transformationsThatCannotBeChecked_claimsNoOptimumAndHoldsTheModel() {
        Case one = new Case(false, 60, "sex age race", "", "{'model':'k-anonymity','k':2}", "0.05", "");
        Dataset<Row> records = Sessions.shuffled(everyTenth, 3, new Random(SEED));
        SparkAnonymization found =
                SparkAnonymizer.anonymize(SparkRecords.of(records), one.spec(), new GroupLimits(60, 1_000, 10));

        assertThat(found.result().outcome().optimal()).isFalse();
        Map<List<String>, Integer> sizes = new HashMap<>();
        for (Row row : found.release().collectAsList()) {
            sizes.merge(List.of(row.getAs("sex"), row.getAs("age"), row.getAs("race")), 1, Integer::sum);
        }
        sizes.remove(List.of("*", "*", "*"));
        assertThat(sizes).hasSizeLessThanOrEqualTo(60);
        assertThat(new HashSet<>(sizes.values())).allMatch(size -> size >= 2);
    }

    @Test
    void anonymize_tieByOrderWithoutOne_saysSo() {
        Dataset<Row> rows = Sessions.shuffled(everyTenth, 2, new Random(SEED));
        GroupLimits limits = new GroupLimits(60, 1_000, 10);
        AnonymizationSpec ofRelease =
                new Case(false, 60, "sex age", "", "{'model':'average-risk','averageRisk':0.01}", "0.1", "").spec();

        assertThatThrownBy(
                        () -> SparkAnonymizer.anonymize(SparkRecords.of(rows.drop(Sessions.ORDER)), ofRelease, limits))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("records that have an order");
    }

    private static Map<String, Object> report(AnonymizationResult result) {
        return Json.parseObject(AnonymizationReport.of(result).toJson()).asMap();
    }

    private static Map<String, Object> compared(AnonymizationResult result) {
        Map<String, Object> report = new HashMap<>(report(result));
        report.keySet().removeAll(LEFT_OUT);
        return report;
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
                .sorted()
                .toList();
    }
}
