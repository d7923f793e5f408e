package io.yunyu.anonymizer.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.anonymizer.AnonymizationReport;
import io.yunyu.anonymizer.AnonymizationResult;
import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.Anonymizer;
import io.yunyu.anonymizer.ClassChecks;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import io.yunyu.contract.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

/**
 * Mondrian on Spark is the core's, cell by cell, in any order and partitioning, whether or not the tuples fit on the driver;
 * and its classes hold the models by {@link ClassChecks}, which shares nothing with the engine.
 */
class SparkMondrianTest {
    private static final long SEED = Long.getLong("yunyu.seed", 20261129L);
    private static final boolean HEAVY = Boolean.getBoolean("yunyu.anonymizer.heavy");

    private static final GroupLimits FEW = new GroupLimits(40, 10_000, 10);

    private static final Set<String> NEEDS_TUPLES = Set.of("attributeRisks", "quasiIdentifierRanking");

    private static final String DIVERSE = "{'model':'distinct-l-diversity','attribute':'s','l':3}";
    private static final String CLOSE = "{'model':'hierarchical-t-closeness','attribute':'s','t':0.25}";
    private static final String KL = ",'objective':{'measure':'kl-divergence'}";
    private static final String ANY = "{'model':'distinct-l-diversity','attribute':'s','l':1}";

    @BeforeAll
    static void seed() {
        System.out.println("SparkMondrianTest: seed " + SEED);
    }

    /** @param maxLevel of attribute b, whose greatest is 2 */
    record Case(int rows, int k, String models, String mode, int maxLevel, String more) {
        AnonymizationSpec spec() {
            String json = "{'attributes':[{'name':'id','role':'DIRECT_IDENTIFIER'},"
                    + tree("a", 6, 2, ",'role':'QUASI_IDENTIFIER'") + ","
                    + tree("b", 9, 3, ",'role':'QUASI_IDENTIFIER','maxLevel':" + maxLevel)
                    + ",{'name':'c','role':'QUASI_IDENTIFIER','dataType':'decimal'},"
                    + "{'name':'t','role':'QUASI_IDENTIFIER','weight':0.3}," + tree("s", 5, 2, ",'role':'SENSITIVE'")
                    + "],'privacyModels':[{'model':'k-anonymity','k':" + k + "}," + models
                    + "],'suppressionLimit':0.3,'search':{'algorithm':'mondrian','mode':'" + mode + "'}" + more + "}";
            return AnonymizationSpec.parse(Json.parseObject(json.replace('\'', '"')), Path.of(""));
        }

        /** Fewer tuples than the table has, so that cuts are found on Spark; as many as there can be classes. */
        GroupLimits few() {
            return new GroupLimits(rows / k, 10_000, 10);
        }

        MicrodataTable table() {
            return SparkMondrianTest.table(new Random(SEED + rows), rows);
        }
    }

    /** An attribute with a hierarchy: its values, groups of them, and all. */
    private static String tree(String name, int values, int width, String more) {
        List<String> rows = new ArrayList<>();
        for (int value = 0; value < values; value++) {
            rows.add("['" + name + value + "','" + name + value / width + "/" + width + "','*']");
        }
        return "{'name':'" + name + "'" + more + ",'hierarchy':{'rows':[" + String.join(",", rows) + "]}}";
    }

    private static MicrodataTable table(Random random, int rows) {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        List.of("id", "a", "b", "c", "t", "s", "free").forEach(name -> columns.put(name, new ArrayList<>()));
        // Where numbers are few, several records have the same tuple.
        int numbers = rows % 100 == 0 && rows > 300 ? 3 : 25;
        for (int row = 0; row < rows; row++) {
            columns.get("id").add("person " + row);
            columns.get("a").add("a" + random.nextInt(6));
            columns.get("b").add("b" + Math.min(random.nextInt(9), random.nextInt(9)));
            // Equal numbers of different text must not be told apart.
            columns.get("c").add(random.nextInt(numbers) + (random.nextBoolean() ? "" : ".0"));
            columns.get("t").add("t" + random.nextInt(3));
            columns.get("s").add("s" + Math.min(random.nextInt(5), random.nextInt(5)));
            columns.get("free").add("note " + row);
        }
        return MicrodataTable.of(columns.entrySet().stream()
                .map(column -> Column.of(column.getKey(), column.getValue()))
                .toList());
    }

    static Stream<Case> cases() {
        Stream<Case> all = Stream.of(
                new Case(400, 6, DIVERSE + "," + CLOSE, "relaxed", 2, KL),
                new Case(300, 5, DIVERSE, "strict", 1, ""),
                new Case(500, 4, ANY, "strict", 2, ""),
                new Case(450, 9, ANY, "relaxed", 2, ",'objective':{'measure':'discernibility'}"),
                new Case(350, 3, CLOSE, "strict", 2, ",'objective':{'measure':'aecs'}"),
                new Case(420, 2, "{'model':'equal-t-closeness','attribute':'s','t':0.3}", "relaxed", 1, ""),
                new Case(600, 30, DIVERSE, "relaxed", 2, ",'objective':{'measure':'ambiguity'}"));
        return HEAVY ? all : all.limit(2);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anonymize_anyOrderPartitioningAndLimit_givesTheAnswerOfTheCore(Case one) throws IOException {
        MicrodataTable table = one.table();
        AnonymizationResult core = Anonymizer.anonymize(table, one.spec());
        int run = 0;
        for (GroupLimits limits : List.of(GroupLimits.DEFAULT, one.few())) {
            for (int partitions : HEAVY ? new int[] {1, 3, 7} : new int[] {1 + 4 * (run % 2)}) {
                boolean ordered = run++ % 2 == 1;
                Dataset<Row> rows = Sessions.shuffled(table, partitions, new Random(SEED + run));
                SparkRecords records = ordered
                        ? SparkRecords.of(rows).orderedBy(Sessions.ORDER)
                        : SparkRecords.of(rows.drop(Sessions.ORDER));
                SparkAnonymization found = SparkAnonymizer.anonymize(records, one.spec(), limits);

                assertSameAsCore(found, one, table, core, limits != GroupLimits.DEFAULT);
            }
        }
    }

    private static void assertSameAsCore(
            SparkAnonymization found, Case one, MicrodataTable table, AnonymizationResult core, boolean distant)
            throws IOException {
        assertThat(report(found.result(), distant))
                .as("%s, %s", one, distant ? "cut on Spark" : "held")
                .isEqualTo(report(core, distant));
        assertThat(AnonymizationReport.of(found.result()).toJson().contains("attributeRisks"))
                .isEqualTo(!distant);
        assertThat(released(found)).isEqualTo(released(core));
        checkClasses(found, one.spec(), table);
    }

    /**
     * Everybody from b6 to b8 has one sensitive value, and b cannot be released coarser than in threes: that part is forced,
     * and no cut of it is diverse. It is judged from sums where it does not fit, and as tuples where it does.
     */
    @Test
    void anonymize_forcedPartThatViolatesAModel_isSuppressedWhereverItIsCut() throws IOException {
        Case one = new Case(500, 15, DIVERSE, "relaxed", 1, KL);
        MicrodataTable random = one.table();
        List<String> values = new ArrayList<>();
        long alike = 0;
        for (int row = 0; row < random.rowCount(); row++) {
            boolean isLast = random.column("b").value(row).compareTo("b6") >= 0;
            values.add(isLast ? "s0" : random.column("s").value(row));
            alike += isLast ? 1 : 0;
        }
        MicrodataTable table = MicrodataTable.of(random.columns().stream()
                .map(column -> column.name().equals("s") ? Column.of("s", values) : column)
                .toList());
        AnonymizationResult core = Anonymizer.anonymize(table, one.spec());
        long all = GroupLimits.DEFAULT.groups();
        for (long most : HEAVY ? new long[] {35, 150, all} : new long[] {35, all}) {
            SparkAnonymization found = SparkAnonymizer.anonymize(
                    SparkRecords.of(Sessions.shuffled(table, 3, new Random(SEED)))
                            .orderedBy(Sessions.ORDER),
                    one.spec(),
                    new GroupLimits(most, 10_000, 10));

            assertSameAsCore(found, one, table, core, most < 200);
            assertThat(found.result()
                            .outcome()
                            .solution()
                            .orElseThrow()
                            .classes()
                            .suppressedRecords())
                    .isEqualTo(alike)
                    .isGreaterThan(40);
            assertThat(found.release().collectAsList())
                    .filteredOn(row -> shown(row).equals(List.of("*", "*", "*", "*")))
                    .hasSize((int) alike)
                    .allMatch(row -> row.getAs("s").equals("s0"));
            assertThat(found.releaseKept().collectAsList())
                    .noneMatch(row -> row.<String>getAs("b").equals("*"));
        }
    }

    /** Counted from the released records and the persons they belong to; and as the core counts them. */
    @Test
    void anonymize_personsWithSeveralRecords_classesHoldKPersons() throws IOException {
        Case one = new Case(500, 5, DIVERSE, "relaxed", 2, "");
        MicrodataTable table = one.table();
        List<String> persons = new ArrayList<>();
        for (int row = 0; row < table.rowCount(); row++) {
            persons.add("p" + row / 4);
        }
        AnonymizationSpec byPerson = new Case(500, 5, DIVERSE, "relaxed", 2, ",'privacyUnit':'person'").spec();
        List<Column> columns = new ArrayList<>(table.columns());
        columns.add(Column.of("person", persons));
        List<String> expected = released(Anonymizer.anonymize(MicrodataTable.of(columns), byPerson)).stream()
                .map(row -> row.substring(0, row.lastIndexOf(';')))
                .sorted()
                .toList();
        Dataset<Row> rows = Sessions.shuffled(table, 3, new Random(SEED))
                .withColumn("unit", functions.col(Sessions.ORDER).divide(4).cast("bigint"));
        SparkRecords records = SparkRecords.of(rows).orderedBy(Sessions.ORDER).ownedBy("unit");

        SparkAnonymization found = SparkAnonymizer.anonymize(records, one.spec());

        assertThat(released(found)).isEqualTo(expected);
        Map<List<String>, Set<Integer>> personsOfClass = new HashMap<>();
        for (Row row : found.releaseKept().collectAsList()) {
            int number = Integer.parseInt(row.<String>getAs("free").substring("note ".length()));
            personsOfClass.computeIfAbsent(shown(row), key -> new HashSet<>()).add(number / 4);
        }
        assertThat(personsOfClass).hasSizeGreaterThan(3).allSatisfy((label, of) -> assertThat(of)
                .hasSizeGreaterThanOrEqualTo(5));
        assertThatThrownBy(() -> SparkAnonymizer.anonymize(records, one.spec(), FEW))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("persons with several records");
    }

    @Test
    void anonymize_withoutSolutionOrMoreClassesThanTheLimit_saysSo() {
        Case unsolvable = new Case(200, 2, DIVERSE.replace("3", "6"), "strict", 2, "");
        MicrodataTable table = unsolvable.table();
        SparkRecords records = SparkRecords.of(Sessions.shuffled(table, 2, new Random(SEED)));
        for (GroupLimits limits : List.of(GroupLimits.DEFAULT, FEW)) {
            AnonymizationResult found = SparkAnonymizer.anonymize(records, unsolvable.spec(), limits)
                    .result();
            assertThat(found.outcome().solution()).isEmpty();
            assertThat(report(found, true)).isEqualTo(report(Anonymizer.anonymize(table, unsolvable.spec()), true));
        }
        AnonymizationSpec fine = new Case(200, 1, ANY, "strict", 2, "").spec();
        assertThatThrownBy(() -> SparkAnonymizer.anonymize(records, fine, FEW))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("more than 40 classes");
    }

    /** The classes as they read, against the models; whoever is suppressed is in none. */
    private static void checkClasses(SparkAnonymization found, AnonymizationSpec spec, MicrodataTable table) {
        Map<List<String>, List<String>> classes = new HashMap<>();
        List<Row> kept = found.releaseKept().collectAsList();
        for (Row row : kept) {
            classes.computeIfAbsent(shown(row), key -> new ArrayList<>()).add(row.getAs("s"));
        }
        List<String> all = new ArrayList<>();
        for (int row = 0; row < table.rowCount(); row++) {
            all.add(table.column("s").value(row));
        }
        for (List<String> values : classes.values()) {
            for (PrivacyModel model : spec.privacyModels()) {
                assertThat(ClassChecks.holds(model, values, all))
                        .as("%s, class of %d", model.label(), values.size())
                        .isTrue();
            }
        }
        long suppressed =
                found.result().outcome().solution().orElseThrow().classes().suppressedRecords();
        assertThat(kept).hasSize((int) (table.rowCount() - suppressed));
    }

    private static List<String> shown(Row row) {
        return List.of(row.getAs("a"), row.getAs("b"), row.getAs("c"), row.getAs("t"));
    }

    private static Map<String, Object> report(AnonymizationResult result, boolean withoutTuples) {
        Map<String, Object> report = new HashMap<>(
                Json.parseObject(AnonymizationReport.of(result).toJson().replaceAll(",?\"seconds\":[0-9.E-]+", ""))
                        .asMap());
        if (withoutTuples) {
            report.keySet().removeAll(NEEDS_TUPLES);
        }
        return report;
    }

    private static List<String> released(AnonymizationResult core) throws IOException {
        List<String> rows = new ArrayList<>();
        core.forEachReleasedRow(cells -> rows.add(String.join(";", cells)));
        rows.sort(null);
        return rows;
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
}
