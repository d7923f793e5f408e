package io.yunyu.anonymizer.arx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deidentifier.arx.aggregates.StatisticsClassification;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same specification in, the same report and records out: ARX itself beside the engine, on a table made up at random. */
class ArxAgreementTest {
    private static final long SEED = Long.getLong("yunyu.seed", 20261129L);
    private static final int ROWS = 600;
    private static final String K = "{'model':'k-anonymity','k':4}";

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeTable() throws IOException {
        System.out.println("ArxAgreementTest: seed " + SEED);
        Random random = new Random(SEED);
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            rows.add(String.join(
                    ";",
                    "person " + row,
                    "a" + random.nextInt(6),
                    "b" + Math.min(random.nextInt(9), random.nextInt(9)),
                    String.valueOf(20 + Math.min(random.nextInt(40), random.nextInt(40))),
                    "t" + Math.min(random.nextInt(3), random.nextInt(3)),
                    String.valueOf(Math.min(random.nextInt(5), random.nextInt(5))),
                    "note " + row % 7));
        }
        Files.writeString(folder.resolve("input.csv"), "id;a;b;age;t;s;note\n" + String.join("\n", rows) + "\n");
        Files.writeString(
                folder.resolve("subset.csv"),
                "id;a;b;age;t;s;note\n"
                        + String.join(
                                "\n",
                                rows.stream()
                                        .filter(row -> random.nextInt(3) > 0)
                                        .toList())
                        + "\n");
        writeHierarchy("a", 6, 2);
        writeHierarchy("b", 9, 3);
        writeHierarchy("", 5, 2);
    }

    private static void writeHierarchy(String prefix, int values, int width) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int value = 0; value < values; value++) {
            rows.append(prefix)
                    .append(value)
                    .append(";group")
                    .append(value / width)
                    .append(";*\n");
        }
        Files.writeString(folder.resolve("hierarchy" + prefix + ".csv"), rows);
    }

    /** @param more members of the specification, each after a comma */
    record Case(String models, String suppressionLimit, String more) {
        String spec(String levels) {
            JsonObject bounds = levels.isEmpty() ? null : Json.parseObject(levels);
            String sensitive = models.contains("'s'")
                    ? ",{'name':'s','role':'SENSITIVE','dataType':'integer','hierarchy':{'file':'hierarchy.csv'}}"
                    : "";
            String json = "{'attributes':[{'name':'id','role':'DIRECT_IDENTIFIER'},"
                    + quasi("a", ",'weight':0.8,'hierarchy':{'file':'hierarchya.csv'}", bounds) + ","
                    + quasi("b", ",'hierarchy':{'file':'hierarchyb.csv'}", bounds) + ","
                    + quasi(
                            "age",
                            ",'dataType':'integer','hierarchy':{'builder':'interval','width':10,'groups':[2]}",
                            bounds)
                    + "," + quasi("t", "", bounds) + sensitive + "],'privacyModels':[" + models
                    + "],'suppressionLimit':" + suppressionLimit + more + "}";
            return json.replace('\'', '"');
        }

        private static String quasi(String name, String more, JsonObject bounds) {
            String level = bounds == null
                    ? ""
                    : ",'minLevel':" + bounds.intValue(name) + ",'maxLevel':" + bounds.intValue(name);
            return "{'name':'" + name + "','role':'QUASI_IDENTIFIER'" + more + level + "}";
        }

        @Override
        public String toString() {
            return models + more;
        }
    }

    static Stream<Case> models() {
        return Stream.of(
                        K,
                        K + ",{'model':'distinct-l-diversity','attribute':'s','l':3}",
                        "{'model':'shannon-entropy-l-diversity','attribute':'s','l':2.5}",
                        "{'model':'recursive-c-l-diversity','attribute':'s','c':3,'l':2}",
                        K + ",{'model':'equal-t-closeness','attribute':'s','t':0.3}",
                        "{'model':'ordered-t-closeness','attribute':'s','t':0.2}",
                        K + ",{'model':'hierarchical-t-closeness','attribute':'s','t':0.2}",
                        "{'model':'delta-disclosure','attribute':'s','delta':1.5}",
                        "{'model':'basic-beta-likeness','attribute':'s','beta':1.5}",
                        "{'model':'enhanced-beta-likeness','attribute':'s','beta':1.5}",
                        "{'model':'delta-presence','min':0.2,'max':0.9,'subset':'subset.csv'}",
                        "{'model':'k-map','k':6,'subset':'subset.csv'}",
                        "{'model':'inclusion','subset':'subset.csv'}," + K,
                        "{'model':'k-map','k':50,'population':20000,'significance':0.05,'estimator':'POISSON'}",
                        "{'model':'k-map','k':50,'population':20000,'significance':0.05,'estimator':'ZERO_TRUNCATED_POISSON'}",
                        "{'model':'average-risk','averageRisk':0.1}",
                        "{'model':'average-risk','averageRisk':0.1,'highestRisk':0.3,'recordsAtRisk':0.05}",
                        "{'model':'sample-uniqueness','threshold':0.02}",
                        "{'model':'population-uniqueness','threshold':0.01,'population':20000,'estimator':'ZAYATZ'}",
                        "{'model':'population-uniqueness','threshold':0.01,'population':20000,'estimator':'PITMAN'}",
                        "{'model':'population-uniqueness','threshold':0.01,'population':20000,'estimator':'DANKAR'}",
                        "{'model':'profitability-prosecutor'}",
                        "{'model':'profitability-prosecutor-no-attack'}",
                        "{'model':'profitability-journalist','subset':'subset.csv'}",
                        "{'model':'profitability-journalist-no-attack','subset':'subset.csv'}",
                        "{'model':'differential-privacy','epsilon':2,'delta':0.01,'generalization':'MEDIUM','deterministicSeed':-559038737}")
                .map(model -> new Case(
                        model,
                        model.contains("differential-privacy") ? "1" : "0.1",
                        model.contains("profitability")
                                ? ",'costBenefit':{'publisherBenefit':1200,'publisherLoss':500,'adversaryGain':300,'adversaryCost':50}"
                                : ""));
    }

    static Stream<Case> objectives() {
        Stream<String> aggregated = Stream.of("sum", "maximum", "arithmetic-mean", "geometric-mean", "rank")
                .map(aggregate -> "'loss','aggregate':'" + aggregate + "','generalizationSuppressionFactor':0.3");
        Stream<String> others = Stream.of(
                "'aecs'",
                "'discernibility'",
                "'discernibility','monotonic':true",
                "'entropy'",
                "'entropy','monotonic':true",
                "'normalized-entropy'",
                "'height'",
                "'precision'",
                "'precision','monotonic':true",
                "'kl-divergence'",
                "'ambiguity'",
                "'entropy-based-loss'",
                "'publisher-payout'",
                "'publisher-payout','journalist':true",
                "'static','losses':{'a':[0,0.4,1],'b':[0,0.3,1],'age':[0,0.2,0.5,1],'t':[0]}");
        return Stream.concat(aggregated, others)
                .map(measure -> new Case(
                        measure.contains("journalist") ? "{'model':'inclusion','subset':'subset.csv'}," + K : K,
                        "0.1",
                        ",'objective':{'measure':" + measure + "}"));
    }

    @ParameterizedTest
    @MethodSource({"models", "objectives"})
    void anonymize_sameSpecification_givesTheSameReportAndRecords(Case one) throws IOException {
        BothEngines both = new BothEngines(folder, folder.resolve("input.csv"));

        assertThat(both.differences(one::spec)).isEmpty();
        assertThat(both.report("arx")).containsEntry("engine", "arx").containsEntry("solved", true);
    }

    @Test
    void anonymize_withoutSolution_bothSaySoAndWriteNoRecords() throws IOException {
        BothEngines both = new BothEngines(folder, folder.resolve("input.csv"));
        String spec = new Case("{'model':'recursive-c-l-diversity','attribute':'s','c':0.01,'l':2}", "0", "").spec("");
        for (String engine : List.of("native", "arx")) {
            BothEngines.Ended ended = both.run(engine, spec);

            assertThat(ended.exitCode()).isEqualTo(3);
            assertThat(both.report(engine)).containsEntry("solved", false).doesNotContainKey("score");
            assertThat(folder.resolve(engine).resolve("data.csv")).doesNotExist();
        }
    }

    /** Where ARX is wrong the report says so; the comparison then finds a difference, and so can find one. */
    @Test
    void anonymize_grassbergerEntropy_differsAndTheReportSaysWhy() throws IOException {
        BothEngines both = new BothEngines(folder, folder.resolve("input.csv"));
        Case one = new Case("{'model':'grassberger-entropy-l-diversity','attribute':'s','l':3}", "0.1", "");

        assertThat(both.differences(one::spec)).isNotEmpty();
        assertThat(both.report("native").get("differencesFromArx").toString())
                .contains("before it has seen all values");
    }

    /** A table of losses with one level too many, at which ARX throws an exception of no particular kind. */
    @ParameterizedTest
    @ValueSource(strings = {"native", "arx"})
    void anonymize_tableOfLossesThatIsTooLong_isBadInput(String engine) throws IOException {
        Case one = new Case(
                K,
                "0.1",
                ",'objective':{'measure':'static','losses':{'a':[0,0.4,1],'b':[0,0.3,1],'age':[0,0.2,0.5,1],'t':[0,1]}}");

        BothEngines.Ended ended = new BothEngines(folder, folder.resolve("input.csv")).run(engine, one.spec(""));

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.said()).contains("needs a loss for each of the 1 levels of 't'");
    }

    /** Statistics of the original records, where ARX has the same: of numbers, dates apart, and text. */
    @Test
    void anonymize_ownersReport_hasTheSameStatisticsOfTheInput() throws IOException {
        BothEngines both = new BothEngines(folder, folder.resolve("input.csv"));
        String sensitive = K + ",{'model':'distinct-l-diversity','attribute':'s','l':2}";

        assertThat(both.differencesForOwner(new Case(sensitive, "0.1", "").spec("")))
                .isEmpty();
        assertThat(both.differencesForOwner(new Case(K, "0.1", "").spec(""))).isEmpty();
    }

    /** Other folds and another implementation of naive Bayes: near, and both better than the most frequent value. */
    @Test
    void report_classificationPerformance_isNearArxs() throws Exception {
        List<String> rows = new ArrayList<>();
        Random random = new Random(SEED);
        for (int row = 0; row < 2_000; row++) {
            int a = random.nextInt(6);
            int b = random.nextInt(9);
            boolean ill = random.nextInt(10) < (a / 2 + b / 3 > 2 ? 8 : 2);
            rows.add("a" + a + ";b" + b + ";" + (ill ? "ill" : "well"));
        }
        Files.writeString(folder.resolve("ill.csv"), "a;b;health\n" + String.join("\n", rows) + "\n");
        String spec = ("{'attributes':[{'name':'a','role':'QUASI_IDENTIFIER','hierarchy':{'file':'hierarchya.csv'}},"
                        + "{'name':'b','role':'QUASI_IDENTIFIER','hierarchy':{'file':'hierarchyb.csv'}},"
                        + "{'name':'health','role':'INSENSITIVE','response':true,'classifiers':["
                        + "'naive-bayes','logistic-regression']}],'privacyModels':["
                        + "{'model':'k-anonymity','k':60}],'suppressionLimit':0}")
                .replace('\'', '"');
        Path csv = folder.resolve("ill.csv");
        List<JsonObject> ours =
                new BothEngines(folder, csv).ownersReport("native", spec).objects("classificationPerformance");

        requireNear(ours.get(0), ArxClassification.naiveBayes(csv, spec, folder), 0.02);
        // ARX's learns by one pass of stochastic gradient descent, and does not come as far.
        requireNear(ours.get(1), ArxClassification.logisticRegression(csv, spec, folder), 0.1);
    }

    /** @param better how much better ours may be; it may be worse by 0.02 */
    private static void requireNear(JsonObject ours, StatisticsClassification theirs, double better) {
        double zeroR = ours.object("zeroR").decimal("accuracy").doubleValue();
        double released = ours.object("released").decimal("accuracy").doubleValue();
        double original = ours.object("original").decimal("accuracy").doubleValue();
        System.out.println(ours.string("classifier") + " accuracy: ours " + released + ", ARX " + theirs.getAccuracy()
                + "; original " + original + ", " + theirs.getOriginalAccuracy() + "; ZeroR " + zeroR + ", "
                + theirs.getZeroRAccuracy());
        assertThat(zeroR).isCloseTo(theirs.getZeroRAccuracy(), within(0.01));
        assertThat(released)
                .isGreaterThan(zeroR + 0.1)
                .isBetween(theirs.getAccuracy() - 0.02, theirs.getAccuracy() + better);
        assertThat(original).isBetween(theirs.getOriginalAccuracy() - 0.02, theirs.getOriginalAccuracy() + better);
        for (String value : List.of("ill", "well")) {
            double ofReleased = area(ours.object("released"), value);
            double ofOriginal = area(ours.object("original"), value);
            System.out.println(value + " area: ours " + ofReleased + ", ARX "
                    + theirs.getROCCurve(value).getAUC() + "; original " + ofOriginal + ", "
                    + theirs.getOriginalROCCurve(value).getAUC());
            assertThat(ofReleased - theirs.getROCCurve(value).getAUC()).isBetween(-0.02, better);
            assertThat(ofOriginal - theirs.getOriginalROCCurve(value).getAUC()).isBetween(-0.02, better);
        }
    }

    private static double area(JsonObject score, String value) {
        return score.object("roc").objects("values").stream()
                .filter(one -> one.string("value").equals(value))
                .findFirst()
                .orElseThrow()
                .decimal("area")
                .doubleValue();
    }

    @ParameterizedTest
    @MethodSource("searches")
    void anonymize_heuristicSearch_isNoBetterThanTheOptimum(String algorithm) throws IOException {
        BothEngines both = new BothEngines(folder, folder.resolve("input.csv"));
        both.run("native", new Case(K, "0.1", "").spec(""));
        BothEngines.Ended ended = both.run(
                "arx", new Case(K, "0.1", ",'search':{'algorithm':'" + algorithm + "','timeLimitSeconds':5}").spec(""));

        assertThat(ended.exitCode()).isZero();
        assertThat(Double.parseDouble((String) both.report("arx").get("score")))
                .isGreaterThanOrEqualTo(
                        Double.parseDouble((String) both.report("native").get("score")) * (1 - 1e-9));
    }

    static Stream<String> searches() {
        return Stream.of("best-first-bottom-up", "best-first-top-down", "genetic");
    }
}
