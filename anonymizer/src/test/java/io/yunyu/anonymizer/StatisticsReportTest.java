package io.yunyu.anonymizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.page.ReportPage;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.language.Phrases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Summary statistics and classification performance in the reports, and who may read which. */
class StatisticsReportTest {
    private static final String SPEC =
            """
            {'attributes':[
              {'name':'id','role':'DIRECT_IDENTIFIER'},
              {'name':'age','role':'QUASI_IDENTIFIER','dataType':'integer','hierarchy':{'rows':[%s]},'minLevel':%d,'maxLevel':%d},
              {'name':'town','role':'QUASI_IDENTIFIER'},
              {'name':'income','role':'SENSITIVE','dataType':'integer'},
              {'name':'ill','role':'INSENSITIVE','response':true}],
             'privacyModels':[{'model':'k-anonymity','k':3},{'model':'distinct-l-diversity','attribute':'income','l':2}],
             'suppressionLimit':0.2%s}
            """;

    /** Twenty records in two towns; the last one, of a third town, stands alone and is suppressed. */
    private static final MicrodataTable TABLE = table();

    private static MicrodataTable table() {
        Map<String, List<String>> columns = new TreeMap<>();
        List<String> names = List.of("id", "age", "town", "income", "ill", "note");
        names.forEach(name -> columns.put(name, new ArrayList<>()));
        for (int row = 0; row < 21; row++) {
            boolean last = row == 20;
            columns.get("id").add("person " + row);
            columns.get("age").add(last ? "93" : String.valueOf(30 + row % 10));
            columns.get("town").add(last ? "Dehong" : row < 10 ? "Kunming" : "Dali");
            columns.get("income").add(last ? "777777" : String.valueOf(1000 + row % 4 * 100));
            columns.get("ill").add(row < 10 ? "no" : "yes");
            columns.get("note").add(last ? "canary" : "note");
        }
        return MicrodataTable.of(
                names.stream().map(name -> Column.of(name, columns.get(name))).toList());
    }

    private static AnonymizationResult result(int ageLevel, String more) {
        List<String> rows = new ArrayList<>();
        for (int age = 30; age < 40; age++) {
            rows.add("['" + age + "','30 to 39','*']");
        }
        rows.add("['93','90 to 99','*']");
        String spec =
                SPEC.formatted(String.join(",", rows), ageLevel, ageLevel, more).replace('\'', '"');
        return Anonymizer.anonymize(TABLE, AnonymizationSpec.parse(Json.parseObject(spec), Path.of("")));
    }

    @TempDir
    Path folder;

    @BeforeEach
    void writeSubset() throws IOException {
        StringBuilder subset = new StringBuilder("id;age;town;income;ill;note\n");
        for (int row : new int[] {0, 1, 2, 3, 20}) {
            subset.append(String.join(
                            ";",
                            TABLE.columns().stream()
                                    .map(column -> column.value(row))
                                    .toList()))
                    .append('\n');
        }
        Files.writeString(folder.resolve("subset.csv"), subset);
    }

    private static JsonObject statistics(JsonObject report, String of, String attribute) {
        return report.object("summaryStatistics").objects(of).stream()
                .filter(one -> one.string("attribute").equals(attribute))
                .findFirst()
                .orElseThrow();
    }

    private static JsonObject parsed(AnonymizationReport report) throws IOException {
        JsonObject json = Json.parseObject(report.toJson());
        assertThat(SchemaCheck.violations("anonymization-report.schema.json", json))
                .isEmpty();
        return json;
    }

    @Test
    void toJson_forTheOwner_holdsBothSidesByTheirScales() throws IOException {
        JsonObject report = parsed(AnonymizationReport.ofOwner(result(1, "")));

        assertThat(report.bool("forOwnerOnly")).isTrue();
        JsonObject input = statistics(report, "input", "age");
        assertThat(input.string("scale")).isEqualTo("RATIO");
        assertThat(input.string("maximum")).isEqualTo("93");
        assertThat(input.string("median")).isEqualTo("35");
        assertThat(input.decimal("mean").doubleValue()).isEqualTo((2 * 345 + 93) / 21.0);
        JsonObject released = statistics(report, "released", "age");
        assertThat(released.string("scale")).isEqualTo("NOMINAL");
        assertThat(released.string("mode")).isEqualTo("30 to 39");
        assertThat(released.intValue("modeRecords")).isEqualTo(20);
        assertThat(released.intValue("missing")).isEqualTo(1);
        assertThat(released.has("mean")).isFalse();
        // What is released as it is has the same statistics on both sides, whoever is suppressed.
        assertThat(statistics(report, "released", "income").asMap())
                .isEqualTo(statistics(report, "input", "income").asMap())
                .containsEntry("maximum", "777777");
        assertThat(statistics(report, "input", "note").string("mode")).isEqualTo("note");
        assertThat(report.object("summaryStatistics").objects("input"))
                .noneMatch(one -> one.string("attribute").equals("id"));
    }

    /** Where numbers are released, the statistics of the release are theirs. */
    @Test
    void toJson_ungeneralizedNumbers_haveMomentsInTheRelease() throws IOException {
        JsonObject report = parsed(AnonymizationReport.ofAllRecords(result(0, "")));
        // No level but 0 is allowed, ages differ, and classes of three there are none of.
        assertThat(report.bool("solved")).isFalse();
        assertThat(report.has("summaryStatistics")).isFalse();

        JsonObject other = parsed(AnonymizationReport.ofAllRecords(Anonymizer.anonymize(
                TABLE,
                AnonymizationSpec.parse(
                        Json.parseObject(
                                "{\"attributes\":[{\"name\":\"income\",\"role\":\"QUASI_IDENTIFIER\",\"dataType\":\"integer\"},"
                                        + "{\"name\":\"ill\",\"role\":\"QUASI_IDENTIFIER\"}],\"privacyModels\":[{\"model\":"
                                        + "\"k-anonymity\",\"k\":2}],\"suppressionLimit\":0.1}"),
                        Path.of("")))));
        JsonObject income = statistics(other, "released", "income");
        assertThat(income.string("scale")).isEqualTo("RATIO");
        assertThat(income.string("maximum")).isEqualTo("1300");
        assertThat(income.intValue("missing")).isEqualTo(1);
    }

    /** The report that goes with a release says nothing that the release does not show. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void toJson_notForTheOwner_holdsNoOriginalValueThatIsNotReleased(boolean allRecords) throws IOException {
        AnonymizationResult result = result(1, "");
        AnonymizationReport report =
                allRecords ? AnonymizationReport.ofAllRecords(result) : AnonymizationReport.of(result);

        JsonObject json = parsed(report);
        String text = report.toJson() + ReportPage.of(json);
        assertThat(json.has("forOwnerOnly")).isFalse();
        assertThat(json.object("summaryStatistics").has("input")).isFalse();
        assertThat(text)
                .doesNotContain("\"93\"", ">93<", "90 to 99", "Dehong", "person 1", "canary", "original\":{\"acc");
        // Of the suppressed record all records' release shows the income, the kept records' does not.
        assertThat(text.contains("777777")).isEqualTo(allRecords);
        assertThat(statistics(json, "released", "income").intValue("records")).isEqualTo(allRecords ? 21 : 20);
        assertThat(statistics(json, "released", "age").intValue("missing")).isEqualTo(allRecords ? 1 : 0);
        assertThat(json.has("classificationPerformance")).isEqualTo(allRecords);
    }

    /**
     * Twenty records are released with their very numbers, one is suppressed: whatever its numbers are, the reports are the
     * same. A squared error would be an equation with the one unknown. How many intervals a built hierarchy has is seen in
     * the figures, and the same here.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void toJson_numbersOfASuppressedRecord_changeNothingInTheReport(boolean allRecords) throws IOException {
        List<String> reports = new ArrayList<>();
        for (String[] suppressed : new String[][] {{"93", "170"}, {"12", "158"}, {"60", "175"}}) {
            List<String> ages = new ArrayList<>();
            List<String> heights = new ArrayList<>();
            for (int row = 0; row < 20; row++) {
                ages.add(row < 10 ? "30" : "47");
                heights.add(String.valueOf(160 + row % 5));
            }
            ages.add(suppressed[0]);
            heights.add(suppressed[1]);
            MicrodataTable table = MicrodataTable.of(List.of(Column.of("age", ages), Column.of("height", heights)));
            String spec =
                    "{'attributes':[{'name':'age','role':'QUASI_IDENTIFIER','dataType':'integer'},{'name':'height',"
                            + "'role':'QUASI_IDENTIFIER','dataType':'integer','hierarchy':{'builder':'interval','width':10}}],"
                            + "'privacyModels':[{'model':'k-anonymity','k':3}],'suppressionLimit':0.1}";
            AnonymizationResult result = Anonymizer.anonymize(
                    table, AnonymizationSpec.parse(Json.parseObject(spec.replace('\'', '"')), Path.of("")));
            AnonymizationReport report =
                    allRecords ? AnonymizationReport.ofAllRecords(result) : AnonymizationReport.of(result);
            assertThat(parsed(report).intValue("suppressedRecords")).isEqualTo(1);
            reports.add(report.toJson().replaceAll("\"seconds\":[0-9.E-]+", ""));
            assertThat(parsed(AnonymizationReport.ofOwner(result))
                            .object("quality")
                            .has("sseSst"))
                    .isTrue();
        }
        assertThat(reports).allMatch(reports.get(0)::equals);
    }

    /** Suppressed records of a subset stand among all others in the file: no statistic says which they are. */
    @Test
    void toJson_subset_isOfTheKeptRecordsAlone() throws IOException {
        AnonymizationSpec spec = AnonymizationSpec.parse(
                Json.parseObject(
                        "{\"attributes\":[{\"name\":\"town\",\"role\":\"QUASI_IDENTIFIER\"},{\"name\":\"ill\",\"role\":"
                                + "\"INSENSITIVE\",\"response\":true}],\"privacyModels\":[{\"model\":\"inclusion\",\"subset\":"
                                + "\"subset.csv\"},{\"model\":\"k-anonymity\",\"k\":3}],\"suppressionLimit\":0.3}"),
                folder);
        JsonObject report = parsed(AnonymizationReport.ofAllRecords(Anonymizer.anonymize(TABLE, spec)));

        // Of Kunming four records are under study, and the lonely one, which is suppressed.
        assertThat(report.intValue("suppressedRecords")).isEqualTo(1);
        assertThat(statistics(report, "released", "note").asMap())
                .containsEntry("records", 4L)
                .containsEntry("mode", "note")
                .containsEntry("distinctValues", 1L);
        assertThat(statistics(report, "released", "town").intValue("missing")).isZero();
        assertThat(report.objects("classificationPerformance").get(0).intValue("records"))
                .isEqualTo(4);
    }

    @Test
    void toJson_response_saysHowWellItIsPredicted() throws IOException {
        JsonObject owners = parsed(AnonymizationReport.ofOwner(result(1, "")))
                .objects("classificationPerformance")
                .get(0);
        assertThat(owners.string("attribute")).isEqualTo("ill");
        assertThat(owners.intValue("records")).isEqualTo(21);
        // The town says it, and is released; of 21 records 11 are ill.
        assertThat(owners.object("released").decimal("accuracy").doubleValue()).isGreaterThan(0.9);
        assertThat(owners.object("original").decimal("accuracy").doubleValue()).isGreaterThan(0.9);
        assertThat(owners.object("zeroR").decimal("accuracy").doubleValue()).isLessThan(0.6);
        double none = owners.object("zeroR").decimal("accuracy").doubleValue();
        assertThat(owners.decimal("relativeAccuracy").doubleValue())
                .isEqualTo((owners.object("released").decimal("accuracy").doubleValue() - none)
                        / (owners.object("original").decimal("accuracy").doubleValue() - none));
    }

    @Test
    void toJson_classifiersOfAResponse_haveAnEntryEach() throws IOException {
        String spec =
                """
                {'attributes':[{'name':'town','role':'QUASI_IDENTIFIER'},
                  {'name':'ill','role':'INSENSITIVE','response':true,'classifiers':['random-forest','logistic-regression','naive-bayes']},
                  {'name':'note','role':'INSENSITIVE','response':true,'classifiers':['logistic-regression']},
                  {'name':'income','role':'INSENSITIVE','response':true}],
                 'privacyModels':[{'model':'k-anonymity','k':5}],'suppressionLimit':0.1}
                """
                        .replace('\'', '"');
        assertThat(SchemaCheck.violations("anonymization-spec.schema.json", Json.parseObject(spec)))
                .isEmpty();
        List<JsonObject> entries = parsed(AnonymizationReport.ofOwner(
                        Anonymizer.anonymize(TABLE, AnonymizationSpec.parse(Json.parseObject(spec), Path.of("")))))
                .objects("classificationPerformance");

        assertThat(entries.stream().map(one -> one.string("attribute") + ", " + one.string("classifier")))
                .containsExactly(
                        "ill, naive Bayes",
                        "ill, logistic regression",
                        "ill, random forest",
                        "note, logistic regression",
                        "income, naive Bayes");
        JsonObject ofRegression = entries.get(1);
        assertThat(ofRegression.object("zeroR").asMap())
                .isEqualTo(entries.get(0).object("zeroR").asMap());
        assertThat(ofRegression.object("released").decimal("accuracy").doubleValue())
                .isGreaterThan(0.9);
        assertThat(ofRegression.object("released").asMap())
                .isNotEqualTo(entries.get(0).object("released").asMap())
                .doesNotContainKey("unconvergedFolds");
        assertThat(ofRegression.object("original").has("roc")).isTrue();
        assertThat(ofRegression.has("relativeAccuracy")).isTrue();
        String page = ReportPage.of(parsed(AnonymizationReport.ofOwner(
                Anonymizer.anonymize(TABLE, AnonymizationSpec.parse(Json.parseObject(spec), Path.of(""))))));
        assertThat(page).contains("逻辑回归", "logistic regression", "朴素贝叶斯", "随机森林");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'INSENSITIVE','classifiers':['naive-bayes'] | cannot have classifiers",
                "'QUASI_IDENTIFIER','response':true,'classifiers':['naive-bayes'] | cannot have classifiers",
                "'INSENSITIVE','response':true,'classifiers':[] | names none; known are naive-bayes, logistic-regression",
                "'INSENSITIVE','response':true,'classifiers':['svm'] | classifier 'svm' is not known"
            },
            quoteCharacter = '"')
    void parse_classifiersThatPredictNothing_isRefused(String attribute, String message) {
        String spec = ("{'attributes':[{'name':'town','role':'QUASI_IDENTIFIER'},{'name':'ill','role':" + attribute
                        + "}],'privacyModels':[{'model':'k-anonymity','k':5}]}")
                .replace('\'', '"');
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> AnonymizationSpec.parse(Json.parseObject(spec), Path.of("")))
                .withMessageContaining(message)
                .satisfies(refused -> assertThat(Phrases.chinese(String.valueOf(refused.getMessage())))
                        .isPresent());
    }

    /** Where everything is generalized away nothing is left to predict by: as good as the most frequent value, exactly. */
    @Test
    void toJson_responseOfNothing_isPredictedAsByZeroR() throws IOException {
        String spec =
                """
                {'attributes':[{'name':'town','role':'QUASI_IDENTIFIER','minLevel':1,'maxLevel':1,
                    'hierarchy':{'rows':[['Kunming','*'],['Dali','*'],['Dehong','*']]}},
                  {'name':'age','role':'QUASI_IDENTIFIER','response':true,'dataType':'integer','minLevel':1,
                    'hierarchy':{'builder':'interval','width':100}},
                  {'name':'ill','role':'INSENSITIVE','response':true},{'name':'note','role':'INSENSITIVE','response':true},
                  {'name':'id','role':'INSENSITIVE','response':true}],
                 'privacyModels':[{'model':'k-anonymity','k':5}],'suppressionLimit':0.1}
                """
                        .replace('\'', '"');
        List<JsonObject> entries = parsed(AnonymizationReport.ofAllRecords(
                        Anonymizer.anonymize(TABLE, AnonymizationSpec.parse(Json.parseObject(spec), Path.of("")))))
                .objects("classificationPerformance");

        // A quasi-identifier is released generalized, and is no response.
        assertThat(entries.stream().map(one -> one.string("attribute"))).containsExactly("ill", "note", "id");
        assertThat(entries.get(0).has("original")).isFalse();
        // Twenty-one different values are few enough, but each occurs once: no other fold knows it.
        assertThat(entries.get(2).object("released").decimal("accuracy")).isZero();
        for (JsonObject entry : entries) {
            assertThat(entry.object("released").asMap())
                    .containsAllEntriesOf(entry.object("zeroR").asMap());
        }
        JsonObject roc = entries.get(0).object("released").object("roc");
        assertThat(roc.decimal("macroAverage")).isEqualByComparingTo("0.5");
        assertThat(roc.decimal("weightedAverage")).isEqualByComparingTo("0.5");
        assertThat(roc.objects("values"))
                .allMatch(value -> value.decimal("area").doubleValue() == 0.5);
    }

    /** What tells the values apart is in the release; values of few records are named, with the reason, and not judged. */
    @Test
    void toJson_response_hasACurvePerValueButForRareOnes() throws IOException {
        List<String> towns = new ArrayList<>();
        List<String> illnesses = new ArrayList<>();
        for (int row = 0; row < 200; row++) {
            towns.add(row % 2 == 0 ? "Kunming" : "Dali");
            illnesses.add(row < 2 ? "plague" : row < 12 ? "gout" : row % 2 == 0 ? "flu" : "asthma");
        }
        towns.add("canary");
        illnesses.add("flu");
        MicrodataTable table = MicrodataTable.of(List.of(Column.of("town", towns), Column.of("ill", illnesses)));
        String spec = "{\"attributes\":[{\"name\":\"town\",\"role\":\"QUASI_IDENTIFIER\"},{\"name\":\"ill\",\"role\":"
                + "\"INSENSITIVE\",\"response\":true}],\"privacyModels\":[{\"model\":\"k-anonymity\",\"k\":5}],"
                + "\"suppressionLimit\":0.1}";
        AnonymizationResult result =
                Anonymizer.anonymize(table, AnonymizationSpec.parse(Json.parseObject(spec), Path.of("")));
        JsonObject report = parsed(AnonymizationReport.ofAllRecords(result));

        JsonObject entry = report.objects("classificationPerformance").get(0);
        JsonObject roc = entry.object("released").object("roc");
        List<JsonObject> values = roc.objects("values");
        assertThat(values.stream().map(value -> value.string("value") + " " + value.intValue("records")))
                .containsExactly("flu 95", "asthma 94", "gout 10", "plague 2");
        double flu = values.get(0).decimal("area").doubleValue();
        double asthma = values.get(1).decimal("area").doubleValue();
        double gout = values.get(2).decimal("area").doubleValue();
        // Gout is as frequent in both towns; each of the others is in one town.
        assertThat(flu).isBetween(0.9, 0.99);
        assertThat(asthma).isBetween(0.9, 0.99);
        assertThat(gout).isBetween(0.2, 0.8);
        assertThat(roc.decimal("macroAverage").doubleValue()).isCloseTo((flu + asthma + gout) / 3, within(1e-12));
        assertThat(roc.decimal("weightedAverage").doubleValue())
                .isCloseTo((95 * flu + 94 * asthma + 10 * gout) / 199, within(1e-12));
        assertThat(values.get(3).asMap().keySet()).containsOnly("value", "records", "notEvaluated");
        assertThat(values.get(3).string("notEvaluated")).startsWith("A curve needs records of 10 persons");
        assertThat(Phrases.chinese(values.get(3).string("notEvaluated"))).isPresent();
        assertThat(entry.object("zeroR").has("roc")).isFalse();
        assertThat(entry.has("original")).isFalse();
        assertThat(report.asMap().toString()).doesNotContain("canary");
        JsonObject owners = parsed(AnonymizationReport.ofOwner(result))
                .objects("classificationPerformance")
                .get(0);
        assertThat(owners.object("released").asMap())
                .isEqualTo(entry.object("released").asMap());
        assertThat(owners.object("original")
                        .object("roc")
                        .objects("values")
                        .get(3)
                        .has("area"))
                .isFalse();
    }

    /** Nine persons with eight records each, whose released names are all alike: nine folds, and no curve speaks of so few. */
    @Test
    void toJson_personsWithSeveralRecords_areFoldedAndCountedAsPersons() throws IOException {
        List<String> names = new ArrayList<>();
        List<String> towns = new ArrayList<>();
        List<String> illnesses = new ArrayList<>();
        for (int row = 0; row < 72; row++) {
            names.add("person " + row / 8);
            towns.add(row / 8 < 4 ? "Kunming" : "Dali");
            illnesses.add(row % 2 == 0 ? "flu" : "gout");
        }
        MicrodataTable table = MicrodataTable.of(
                List.of(Column.of("id", names), Column.of("town", towns), Column.of("ill", illnesses)));
        String spec =
                "{'attributes':[{'name':'id','role':'DIRECT_IDENTIFIER','masking':{'method':'replace','value':'x'}},"
                        + "{'name':'town','role':'QUASI_IDENTIFIER'},{'name':'ill','role':'INSENSITIVE','response':true}],"
                        + "'privacyModels':[{'model':'k-anonymity','k':4}]%s}";
        List<JsonObject> entries = new ArrayList<>();
        for (String more : List.of(",'privacyUnit':'id'", "")) {
            JsonObject json = Json.parseObject(spec.formatted(more).replace('\'', '"'));
            AnonymizationResult result = Anonymizer.anonymize(table, AnonymizationSpec.parse(json, Path.of("")));
            entries.add(parsed(AnonymizationReport.ofAllRecords(result))
                    .objects("classificationPerformance")
                    .get(0));
        }
        assertThat(entries.get(0).intValue("folds")).isEqualTo(9);
        assertThat(entries.get(0).object("released").object("roc").objects("values"))
                .hasSize(2)
                .allMatch(value -> value.string("notEvaluated").contains("of 10 persons"));
        assertThat(entries.get(1).intValue("folds")).isEqualTo(10);
        assertThat(entries.get(1).object("released").object("roc").objects("values"))
                .allMatch(value -> value.has("area"));
    }

    @Test
    void of_page_showsStatisticsQualityAndTheWarningInBothLanguages() throws IOException {
        String shared = ReportPage.of(parsed(AnonymizationReport.ofAllRecords(result(1, ""))));
        String owners = ReportPage.of(parsed(AnonymizationReport.ofOwner(result(1, ""))));

        for (String page : List.of(shared, owners)) {
            assertThat(page).contains("汇总统计", "Summary statistics", "分类性能", "Classification performance");
            assertThat(page).contains("歧义度", "Ambiguity", "众数", "Mode");
        }
        assertThat(owners).contains("平方误差", "Squared error", "SSE/SST");
        assertThat(shared).doesNotContain("SSE/SST");
        assertThat(owners).contains("仅供原始数据的持有者", "For the owner of the original records only", "原始", ">93<");
        assertThat(shared)
                .doesNotContain("仅供原始数据的持有者", "For the owner", ">93<", "Accuracy, original", "Area, original");
        assertThat(shared)
                .contains("ROC", "Area, released", "class=\"roc curve0\"")
                .doesNotContain("roc original");
        assertThat(owners).contains("Area, original", "class=\"roc original curve0\"");
        assertThat(shared).contains("不含未发布的取值");
        assertThat(owners).doesNotContain("不含未发布的取值");
    }
}
