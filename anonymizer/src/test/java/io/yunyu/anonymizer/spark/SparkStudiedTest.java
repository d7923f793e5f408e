package io.yunyu.anonymizer.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.anonymizer.AnonymizationReport;
import io.yunyu.anonymizer.AnonymizationResult;
import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.Anonymizer;
import io.yunyu.anonymizer.RecordLottery;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy;
import io.yunyu.contract.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of which only some are under study: a research subset, or the sample of differential privacy. */
class SparkStudiedTest {
    private static final long SEED = Long.getLong("yunyu.seed", 20261129L);
    private static final boolean HEAVY = Boolean.getBoolean("yunyu.anonymizer.heavy");
    private static final List<String> HEADER = List.of("a", "b", "s");

    private final Random random = new Random(SEED);

    @TempDir
    Path folder;

    @BeforeEach
    void print() {
        System.out.println("SparkStudiedTest: seed " + SEED);
    }

    /** Many rows are equal, so that which of them are in the subset is a choice. */
    private MicrodataTable table(int rows) {
        List<List<String>> columns = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int row = 0; row < rows; row++) {
            columns.get(0).add("a" + random.nextInt(6));
            columns.get(1).add("b" + Math.min(random.nextInt(4), random.nextInt(4)));
            columns.get(2).add("s" + random.nextInt(3));
        }
        return MicrodataTable.of(IntStream.range(0, 3)
                .mapToObj(i -> Column.of(HEADER.get(i), columns.get(i)))
                .toList());
    }

    private void writeSubset(MicrodataTable table, List<Integer> rows) throws IOException {
        StringBuilder text = new StringBuilder("a;b;s\n");
        for (int row : rows) {
            text.append(String.join(
                            ";", table.columns().stream().map(c -> c.value(row)).toList()))
                    .append('\n');
        }
        Files.writeString(folder.resolve("subset.csv"), text);
    }

    private AnonymizationSpec spec(String models, String more) {
        return spec(models, more, "", "");
    }

    /** @param levelsOfA bounds of its level */
    private AnonymizationSpec spec(String models, String more, String levelsOfA, String levelsOfB) {
        List<String> rows = new ArrayList<>();
        for (int value = 0; value < 6; value++) {
            rows.add("['a" + value + "','g" + value / 2 + "','h" + value / 4 + "','*']");
        }
        String json = "{'attributes':[{'name':'a','role':'QUASI_IDENTIFIER'" + levelsOfA
                + ",'hierarchy':{'rows':[" + String.join(",", rows) + "]}},{'name':'b','role':'QUASI_IDENTIFIER'"
                + levelsOfB + ",'hierarchy':{'rows':[['b0','*'],['b1','*'],['b2','*'],['b3','*']]}}"
                + (models.contains("'s'") ? ",{'name':'s','role':'SENSITIVE'}" : "") + "],'privacyModels':[" + models
                + "]" + more + "}";
        return AnonymizationSpec.parse(Json.parseObject(json.replace('\'', '"')), folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'model':'delta-presence','min':0,'max':0.7,'subset':'subset.csv'}",
                "{'model':'k-map','k':15,'subset':'subset.csv'},{'model':'k-anonymity','k':3}",
                "{'model':'inclusion','subset':'subset.csv'},{'model':'average-risk','averageRisk':0.1}",
                "{'model':'inclusion','subset':'subset.csv'},"
                        + "{'model':'equal-t-closeness','attribute':'s','t':0.3},{'model':'k-anonymity','k':2}"
            })
    void anonymize_subset_givesTheAnswerOfTheCore(String models) throws IOException {
        MicrodataTable table = table(160);
        List<Integer> some = new ArrayList<>(IntStream.range(0, 160).boxed().toList());
        Collections.shuffle(some, random);
        writeSubset(table, some.subList(0, 70));
        AnonymizationSpec spec = spec(models, ",'suppressionLimit':0.2");
        AnonymizationResult core = Anonymizer.anonymize(table, spec);
        for (int partitions : HEAVY ? new int[] {1, 5} : new int[] {models.contains("inclusion") ? 1 : 5}) {
            Dataset<Row> rows = Sessions.shuffled(table, partitions, random);
            SparkAnonymization found =
                    SparkAnonymizer.anonymize(SparkRecords.of(rows).orderedBy(Sessions.ORDER), spec);

            assertThat(withoutSeconds(found.result())).isEqualTo(withoutSeconds(core));
            assertThat(released(found.release())).isEqualTo(released(core));
            assertThat(found.releaseKept().count()).isLessThanOrEqualTo(70);
        }
        assertThat(core.outcome().solution()).isPresent();
    }

    /** Twenty-four tuples, of which at most twelve classes are to be made, are never on the driver. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            {'model':'delta-presence','min':0.2,'max':0.8,'subset':'subset.csv'} |
            {'model':'k-map','k':15,'subset':'subset.csv'},{'model':'k-anonymity','k':3} | ,'objective':{'measure':'kl-divergence'}
            {'model':'inclusion','subset':'subset.csv'},{'model':'average-risk','averageRisk':0.1} | ,'objective':{'measure':'discernibility'}
            {'model':'inclusion','subset':'subset.csv'},{'model':'equal-t-closeness','attribute':'s','t':0.3},{'model':'k-anonymity','k':2} |
            {'model':'profitability-journalist','subset':'subset.csv'},{'model':'distinct-l-diversity','attribute':'s','l':2} | ,'objective':{'measure':'kl-divergence'}
            """)
    void anonymize_subsetOfMoreTuplesThanTheLimit_givesTheAnswerOfTheCore(String models, String more)
            throws IOException {
        MicrodataTable table = table(160);
        List<Integer> some = new ArrayList<>(IntStream.range(0, 160).boxed().toList());
        Collections.shuffle(some, random);
        writeSubset(table, some.subList(0, 70));
        AnonymizationSpec spec =
                spec(models, ",'suppressionLimit':0.2" + (more == null ? "" : more), ",'minLevel':1", "");
        AnonymizationResult core = Anonymizer.anonymize(table, spec);
        Dataset<Row> rows = Sessions.shuffled(table, 3, random);

        SparkAnonymization found = SparkAnonymizer.anonymize(
                SparkRecords.of(rows).orderedBy(Sessions.ORDER), spec, new GroupLimits(12, 1_000, 10));

        assertThat(core.outcome().solution()).isPresent();
        assertThat(report(found.result())).doesNotContainKey("attributeRisks");
        assertThat(compared(found.result())).isEqualTo(compared(core));
        assertThat(released(found.release())).isEqualTo(released(core));
        assertThat(found.releaseKept().count()).isLessThanOrEqualTo(70);
    }

    /** The same records named one by one in a file are the oracle; selected by values they need no order. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            {'model':'delta-presence','min':0,'max':0.7,'subset':SUBSET} | 1 | 100
            {'model':'k-map','k':15,'subset':SUBSET},{'model':'k-anonymity','k':3} | 4 | 100
            {'model':'inclusion','subset':SUBSET},{'model':'equal-t-closeness','attribute':'s','t':0.3},{'model':'k-anonymity','k':2} | 3 | 12
            """)
    void anonymize_subsetSelectedByValues_isTheSubsetOfTheseRecords(String models, int partitions, int groups)
            throws IOException {
        MicrodataTable table = table(160);
        writeSubset(
                table,
                IntStream.range(0, 160)
                        .filter(row ->
                                Set.of("b0", "b2").contains(table.column("b").value(row)))
                        .boxed()
                        .toList());
        String more = ",'suppressionLimit':0.2";
        AnonymizationSpec selected =
                spec(models.replace("SUBSET", "{'attribute':'b','values':['b2','b0']}"), more, ",'minLevel':1", "");
        AnonymizationResult listed =
                Anonymizer.anonymize(table, spec(models.replace("SUBSET", "'subset.csv'"), more, ",'minLevel':1", ""));
        AnonymizationResult core = Anonymizer.anonymize(table, selected);

        assertThat(listed.outcome().solution()).isPresent();
        assertThat(withoutSeconds(core)).isEqualTo(withoutSeconds(listed));
        assertThat(released(core)).isEqualTo(released(listed));
        SparkAnonymization found = SparkAnonymizer.anonymize(
                SparkRecords.of(Sessions.shuffled(table, partitions, random).drop(Sessions.ORDER)),
                selected,
                new GroupLimits(groups, 1_000, 10));
        // Classes without an order are summed up in another one than the core's.
        assertThat(compared(found.result()))
                .usingRecursiveComparison()
                .withComparatorForType(
                        (a, b) -> a.subtract(b).abs().doubleValue() < 1e-12 ? 0 : a.compareTo(b), BigDecimal.class)
                .isEqualTo(compared(core));
        assertThat(released(found.release())).containsExactlyInAnyOrderElementsOf(released(core));
        assertThat(found.releaseKept().count()).isPositive();
    }

    private static Map<String, Object> report(AnonymizationResult result) {
        return Json.parseObject(AnonymizationReport.of(result).toJson()).asMap();
    }

    /** Without what needs the tuples themselves, and how the search went. */
    private static Map<String, Object> compared(AnonymizationResult result) {
        Map<String, Object> report = new HashMap<>(report(result));
        report.keySet().removeAll(Set.of("attributeRisks", "quasiIdentifierRanking", "search"));
        return report;
    }

    @Test
    void anonymize_subsetThatDoesNotFit_saysSo() throws IOException {
        MicrodataTable table = table(30);
        // The first row as often as it occurs, and once more.
        List<Integer> rows = new ArrayList<>(List.of(5));
        IntStream.range(0, 30)
                .filter(row -> HEADER.stream().allMatch(c -> table.column(c)
                        .value(row)
                        .equals(table.column(c).value(0))))
                .forEach(row -> rows.add(0));
        rows.add(0);
        writeSubset(table, rows);
        AnonymizationSpec spec = spec("{'model':'inclusion','subset':'subset.csv'},{'model':'k-anonymity','k':2}", "");
        Dataset<Row> shuffled = Sessions.shuffled(table, 2, random);
        boolean isFive = HEADER.stream()
                .allMatch(c -> table.column(c).value(5).equals(table.column(c).value(0)));

        assertThatThrownBy(() ->
                        SparkAnonymizer.anonymize(SparkRecords.of(shuffled).orderedBy(Sessions.ORDER), spec))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("The subset's record " + (rows.size() - (isFive ? 1 : 0)) + " equals no record");
        assertThatThrownBy(() -> SparkAnonymizer.anonymize(SparkRecords.of(shuffled.drop(Sessions.ORDER)), spec))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("A research subset whose records are listed needs records that have an order");
    }

    /** The sample is drawn as the lottery says; given it, the rest is what the core makes of a subset. */
    @Test
    void anonymize_differentialPrivacy_releasesItsSampleInClassesOfTheModelsSize() throws IOException {
        MicrodataTable table = table(400);
        String model = "{'model':'differential-privacy','epsilon':1.2,'delta':0.01,'generalization':'%s',"
                + "'deterministicSeed':5%s}";
        AnonymizationSpec spec = spec(model.formatted("LOW", ""), "");
        Dataset<Row> rows = Sessions.shuffled(table, 4, random);
        DifferentialPrivacy drawn =
                DifferentialPrivacy.among(spec.privacyModels()).orElseThrow();

        SparkAnonymization found =
                SparkAnonymizer.anonymize(SparkRecords.of(rows).orderedBy(Sessions.ORDER), spec);

        List<Integer> sample = sample(400, drawn);
        writeSubset(table, sample);
        List<Integer> levels = found.result()
                .outcome()
                .solution()
                .orElseThrow()
                .transformation()
                .levels();
        AnonymizationResult core = Anonymizer.anonymize(
                table,
                spec(
                        "{'model':'inclusion','subset':'subset.csv'},{'model':'k-anonymity','k':"
                                + drawn.smallestClass() + "}",
                        ",'suppressionLimit':1",
                        fixed(levels.get(0)),
                        fixed(levels.get(1))));
        assertThat(quasiIdentifiers(released(found.release()))).isEqualTo(quasiIdentifiers(released(core)));
        assertThat(found.releaseKept().count()).isBetween(1L, (long) sample.size());
        assertThat((double) sample.size() / 400)
                .isBetween(drawn.samplingProbability() - 0.1, drawn.samplingProbability() + 0.1);

        AnonymizationSpec searching =
                spec(model.formatted("DATA_DEPENDENT", ",'searchBudget':0.5,'steps':6"), ",'suppressionLimit':1");
        assertThat(SparkAnonymizer.anonymize(SparkRecords.of(rows).orderedBy(Sessions.ORDER), searching)
                        .result()
                        .outcome()
                        .solution()
                        .orElseThrow()
                        .transformation())
                .isEqualTo(Anonymizer.anonymize(table, searching)
                        .outcome()
                        .solution()
                        .orElseThrow()
                        .transformation());
    }

    /**
     * Of 24 tuples at most 12 classes are made, and never more is on the driver: it is the sample of the same seed, and what the
     * core makes of that sample as a subset, whatever the partitioning.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            LOW | 5 | | ,'objective':{'measure':'discernibility'}
            MEDIUM | 6 | | ,'objective':{'measure':'kl-divergence'}
            LOW | 7 | ,{'model':'distinct-l-diversity','attribute':'s','l':3} |
            """)
    void anonymize_differentialPrivacyOfMoreTuplesThanTheLimit_releasesTheSameSampleInTheSameClasses(
            String generalization, int seed, String others, String objective) throws IOException {
        MicrodataTable table = table(300);
        String beside = others == null ? "" : others;
        String more = objective == null ? "" : objective;
        AnonymizationSpec spec = spec(
                "{'model':'differential-privacy','epsilon':1.2,'delta':0.01,'generalization':'" + generalization
                        + "','deterministicSeed':" + seed + "}" + beside,
                more);
        DifferentialPrivacy model =
                DifferentialPrivacy.among(spec.privacyModels()).orElseThrow();
        AnonymizationResult held = SparkAnonymizer.anonymize(
                        SparkRecords.of(Sessions.shuffled(table, 2, random)).orderedBy(Sessions.ORDER), spec)
                .result();
        List<Integer> levels =
                held.outcome().solution().orElseThrow().transformation().levels();
        List<Integer> sample = sample(300, model);
        writeSubset(table, sample);
        AnonymizationResult core = Anonymizer.anonymize(
                table,
                spec(
                        "{'model':'inclusion','subset':'subset.csv'},{'model':'k-anonymity','k':"
                                + model.smallestClass() + "}" + beside,
                        ",'suppressionLimit':1" + more,
                        fixed(levels.get(0)),
                        fixed(levels.get(1))));
        for (int partitions : HEAVY ? new int[] {1, 3, 5} : new int[] {seed == 5 ? 1 : 5}) {
            Dataset<Row> rows = Sessions.shuffled(table, partitions, random);
            SparkAnonymization found = SparkAnonymizer.anonymize(
                    SparkRecords.of(rows).orderedBy(Sessions.ORDER), spec, new GroupLimits(12, 1_000, 10));

            assertThat(report(held)).containsKey("attributeRisks");
            assertThat(report(found.result())).doesNotContainKey("attributeRisks");
            assertThat(compared(found.result())).isEqualTo(compared(held));
            assertThat(quasiIdentifiers(released(found.release()))).isEqualTo(quasiIdentifiers(released(core)));
            assertThat(found.releaseKept().count())
                    .isEqualTo(sample.size()
                            - core.outcome().solution().orElseThrow().classes().suppressedRecords())
                    .isPositive();
        }
    }

    /** The rows that the lottery draws. */
    private static List<Integer> sample(int rows, DifferentialPrivacy model) {
        RecordLottery lottery = new RecordLottery(model.seed());
        return IntStream.range(0, rows)
                .filter(row -> lottery.ticket(row) < model.samplingProbability() * RecordLottery.TICKETS)
                .boxed()
                .toList();
    }

    /** Of 24 tuples at most 12 classes are made: the same draws choose the same levels, whatever the partitioning. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            5 | 1 |
            6 | 4 | ,'objective':{'measure':'discernibility'}
            7 | 3 | ,'objective':{'measure':'aecs'}
            8 | 2 | ,'objective':{'measure':'precision'}
            """)
    void anonymize_levelsByDataOfMoreTuplesThanTheLimit_areThoseOfTheCore(int seed, int partitions, String objective)
            throws IOException {
        MicrodataTable table = table(300);
        AnonymizationSpec spec = spec(
                "{'model':'differential-privacy','epsilon':6,'delta':0.01,'generalization':'DATA_DEPENDENT',"
                        + "'searchBudget':4,'steps':4,'deterministicSeed':" + seed + "}",
                ",'suppressionLimit':1" + (objective == null ? "" : objective),
                ",'minLevel':1",
                "");
        AnonymizationResult core = Anonymizer.anonymize(table, spec);
        SparkRecords records =
                SparkRecords.of(Sessions.shuffled(table, partitions, random)).orderedBy(Sessions.ORDER);

        AnonymizationResult held =
                SparkAnonymizer.anonymize(records, spec, GroupLimits.DEFAULT).result();
        SparkAnonymization found = SparkAnonymizer.anonymize(records, spec, new GroupLimits(12, 1_000, 10));

        assertThat(report(found.result())).doesNotContainKey("attributeRisks");
        assertThat(found.result().outcome().solution().orElseThrow().transformation())
                .isEqualTo(core.outcome().solution().orElseThrow().transformation());
        assertThat(compared(found.result())).isEqualTo(compared(held));
    }

    @Test
    void anonymize_levelsByDataWithMoreClassesThanTheLimit_isRefusedByName() {
        SparkRecords records =
                SparkRecords.of(Sessions.shuffled(table(160), 2, random)).orderedBy(Sessions.ORDER);
        AnonymizationSpec spec = spec(
                "{'model':'differential-privacy','epsilon':1.2,'delta':0.01,'generalization':'DATA_DEPENDENT',"
                        + "'deterministicSeed':5}",
                ",'suppressionLimit':1");

        assertThatThrownBy(() -> SparkAnonymizer.anonymize(records, spec, new GroupLimits(5, 1_000, 10)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("more classes than can be held");
        assertThat(SparkAnonymizer.anonymize(records, spec, new GroupLimits(24, 1_000, 10))
                        .result()
                        .outcome()
                        .solution())
                .isPresent();
    }

    private static String fixed(int level) {
        return ",'minLevel':" + level + ",'maxLevel':" + level;
    }

    private static String withoutSeconds(AnonymizationResult result) {
        return AnonymizationReport.of(result).toJson().replaceAll("\"seconds\":[0-9.E-]+", "");
    }

    private static List<String> quasiIdentifiers(List<String> rows) {
        return rows.stream()
                .map(row -> row.substring(0, row.lastIndexOf(';')))
                .sorted()
                .toList();
    }

    private static List<String> released(AnonymizationResult core) throws IOException {
        List<String> rows = new ArrayList<>();
        core.forEachReleasedRow(cells -> rows.add(String.join(";", cells)));
        rows.sort(null);
        return rows;
    }

    private static List<String> released(Dataset<Row> release) {
        return release.collectAsList().stream()
                .map(row -> String.join(
                        ";",
                        Arrays.stream(release.columns()).map(row::<String>getAs).toList()))
                .sorted()
                .toList();
    }
}
