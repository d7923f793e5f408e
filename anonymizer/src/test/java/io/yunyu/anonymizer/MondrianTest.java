package io.yunyu.anonymizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DelimitedFiles;
import io.yunyu.anonymizer.data.DelimitedFormat;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.page.ReportPage;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import io.yunyu.contract.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads released cells only, and judges them by {@link ClassChecks}, which shares nothing with the engine. */
class MondrianTest {
    private static final Path ADULT = Path.of(System.getProperty("yunyu.shared", "../shared"), "data", "adult");
    private static final List<String> MODELS = List.of(
            "{'model':'distinct-l-diversity','attribute':'s','l':3}",
            "{'model':'shannon-entropy-l-diversity','attribute':'s','l':2.2}",
            "{'model':'recursive-c-l-diversity','attribute':'s','c':1.5,'l':2}",
            "{'model':'equal-t-closeness','attribute':'s','t':0.25}",
            "{'model':'ordered-t-closeness','attribute':'s','t':0.15}",
            "{'model':'hierarchical-t-closeness','attribute':'s','t':0.2}",
            "{'model':'basic-beta-likeness','attribute':'s','beta':0.8}",
            "{'model':'enhanced-beta-likeness','attribute':'s','beta':1.2}",
            "{'model':'delta-disclosure','attribute':'s','delta':1.2}",
            "{'model':'grassberger-entropy-l-diversity','attribute':'s','l':2.2}");
    private static final int FOR_STRICT_ONLY = 2;

    private final long seed = Long.getLong("yunyu.seed", 20261125L);
    private final Random random = new Random(seed);

    @Test
    void anonymize_anyModels_holdInEveryClassWhateverTheOrderOfRows() throws Exception {
        System.out.println("anonymize_anyModels_holdInEveryClassWhateverTheOrderOfRows: seed " + seed);
        int released = 0;
        for (int run = 0; run < 200; run++) {
            MicrodataTable table = numbered(RandomTables.table(random, 30 + random.nextInt(150)));
            boolean relaxed = run % 2 == 1;
            int k = 1 + random.nextInt(5);
            int model = random.nextInt(MODELS.size() - (relaxed ? FOR_STRICT_ONLY : 0));
            AnonymizationSpec spec = spec(k, MODELS.get(model), relaxed ? "relaxed" : "strict", "");
            AnonymizationResult result = Anonymizer.anonymize(table, spec);
            AnonymizationResult again = Anonymizer.anonymize(RandomTables.shuffled(table, random), spec);
            assertThat(sorted(again)).as("seed %d, run %d", seed, run).isEqualTo(sorted(result));
            assertThat(json(again)).isEqualTo(json(result));
            if (result.outcome().solution().isEmpty()) {
                continue;
            }
            Map<List<String>, List<String>> classes = new HashMap<>();
            List<List<String>> rows = rows(result);
            rows.forEach(row -> classes.computeIfAbsent(row.subList(0, 3), key -> new ArrayList<>())
                    .add(row.get(3)));
            List<String> all = rows.stream().map(row -> row.get(3)).toList();
            assertThat(result.outcome().solution().get().classes().suppressedRecords())
                    .isZero();
            for (List<String> values : classes.values()) {
                for (PrivacyModel each : spec.privacyModels()) {
                    assertThat(ClassChecks.holds(each, values, all))
                            .as("seed %d, run %d, %s, class of %d", seed, run, each.label(), values.size())
                            .isTrue();
                }
            }
            for (int row = 0; row < rows.size(); row++) {
                assertThat(covers(rows.get(row).get(2), table.columns().get(2).value(row)))
                        .as("seed %d, run %d, row %d", seed, run, row)
                        .isTrue();
            }
            released += classes.size();
        }
        assertThat(released).isGreaterThan(400);
    }

    /** A relaxed partition cuts on where a strict one ends. */
    @Test
    void anonymize_relaxed_losesNoMoreThanStrict() {
        int better = 0;
        for (int run = 0; run < 60; run++) {
            MicrodataTable table = numbered(RandomTables.table(random, 40 + random.nextInt(100)));
            String model = MODELS.get(0).replace("3", "1");
            double strict = loss(Anonymizer.anonymize(table, spec(4, model, "strict", "")));
            double relaxed = loss(Anonymizer.anonymize(table, spec(4, model, "relaxed", "")));
            assertThat(relaxed).as("seed %d, run %d", seed, run).isLessThanOrEqualTo(strict + 1e-9);
            better += relaxed < strict - 1e-9 ? 1 : 0;
        }
        assertThat(better).isPositive();
    }

    /** The ranges of two classes share no point. */
    @Test
    void anonymize_strictRanges_areDisjoint() throws Exception {
        List<String> x = new ArrayList<>();
        List<String> y = new ArrayList<>();
        for (int row = 0; row < 400; row++) {
            // Equal values of different text must not be told apart.
            x.add(random.nextInt(40) + (row % 3 == 0 ? ".0" : ""));
            y.add(String.valueOf(random.nextInt(15)));
        }
        MicrodataTable table = MicrodataTable.of(List.of(Column.of("x", x), Column.of("y", y)));
        AnonymizationSpec spec = parse("{'attributes':[{'name':'x','role':'QUASI_IDENTIFIER','dataType':'decimal'},"
                + "{'name':'y','role':'QUASI_IDENTIFIER','dataType':'integer'}],"
                + "'privacyModels':[{'model':'k-anonymity','k':7}],'search':{'algorithm':'mondrian'}}");
        List<List<String>> boxes =
                rows(Anonymizer.anonymize(table, spec)).stream().distinct().toList();
        assertThat(boxes).hasSizeGreaterThan(20);
        for (List<String> a : boxes) {
            for (List<String> b : boxes) {
                assertThat(a == b || !overlap(a.get(0), b.get(0)) || !overlap(a.get(1), b.get(1)))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'model':'average-risk','averageRisk':0.1}|strict||speaks about the release as a whole",
                "{'model':'delta-disclosure','attribute':'s','delta':1}|relaxed||Use mode strict",
                "{'model':'distinct-l-diversity','attribute':'s','l':2}|strict|,'localRecoding':{'mode':'FAST'}|localRecoding",
                "{'model':'distinct-l-diversity','attribute':'s','l':2}|strict|,'objective':{'measure':'height'}|one level",
                "{'model':'distinct-l-diversity','attribute':'s','l':2}|loose||search.mode"
            })
    void anonymize_whatDoesNotGoTogether_isRefused(String model, String mode, String more, String message) {
        MicrodataTable table = numbered(RandomTables.table(random, 50));
        String text = model.contains("average") ? model + "," + MODELS.get(0) : model;
        assertThatThrownBy(() -> Anonymizer.anonymize(table, spec(2, text, mode, more == null ? "" : more)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void anonymize_numberThatIsNone_namesTheColumnOnly() {
        MicrodataTable table = RandomTables.table(random, 50);
        assertThatThrownBy(() -> Anonymizer.anonymize(table, spec(2, MODELS.get(0), "strict", "")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Column 'c'")
                .hasMessageNotContaining("c1");
        assertThatThrownBy(() -> Anonymizer.anonymize(numbered(table), spec(51, MODELS.get(0), "strict", "")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("only 50");
    }

    @Test
    void anonymize_modelThatTheWholeViolates_hasNoSolutionAndSaysWhich() throws Exception {
        String model = "{'model':'recursive-c-l-diversity','attribute':'s','c':0.01,'l':2}";
        AnonymizationResult result =
                Anonymizer.anonymize(numbered(RandomTables.table(random, 50)), spec(2, model, "strict", ""));
        assertThat(result.outcome().solution()).isEmpty();
        String json = AnonymizationReport.of(result).toJson();
        assertThat(json).contains("\"failingModels\":[{\"model\":\"recursive-c-l-diversity(s, c=0.01, l=2)\"");
        assertThat(ReportPage.of(Json.parseObject(json))).contains("recursive-c-l-diversity(s, c=0.01, l=2)");
    }

    @Test
    void anonymize_adult_losesLessThanTheFullDomainOptimum() throws Exception {
        assumeTrue(Files.isDirectory(ADULT), "the census records of ../shared/data/adult are not here");
        MicrodataTable table = DelimitedFiles.readTable(ADULT.resolve("adult.csv"), DelimitedFormat.SEMICOLON);
        for (int k : new int[] {5, 10}) {
            AnonymizationResult strict = Anonymizer.anonymize(table, adult(k, "strict"));
            AnonymizationResult relaxed = Anonymizer.anonymize(table, adult(k, "relaxed"));
            System.out.println("adult, k=" + k + ": loss strict " + loss(strict) + " (" + strict.searchSeconds()
                    + " s), relaxed " + loss(relaxed) + " (" + relaxed.searchSeconds() + " s)");
            assertThat(loss(relaxed)).isLessThan(loss(strict));
            // ARX's and our optimum of full-domain generalization without suppression, k = 5.
            assertThat(loss(relaxed)).isLessThan(0.5731509655590044);
            String json = AnonymizationReport.of(relaxed).toJson();
            assertThat(SchemaCheck.violations("anonymization-report.schema.json", Json.parseObject(json)))
                    .isEmpty();
            assertThat(ReportPage.of(Json.parseObject(json))).contains("Mondrian（宽松）", "Mondrian, relaxed");
            Map<List<String>, Integer> sizes = new HashMap<>();
            rows(relaxed).forEach(row -> sizes.merge(row, 1, Integer::sum));
            assertThat(sizes.values()).allMatch(size -> size >= k);
        }
    }

    private static AnonymizationSpec adult(int k, String mode) {
        StringBuilder attributes = new StringBuilder();
        for (String name : List.of(
                "sex",
                "age",
                "race",
                "marital-status",
                "education",
                "native-country",
                "workclass",
                "occupation",
                "salary-class")) {
            attributes
                    .append(attributes.isEmpty() ? "" : ",")
                    .append("{'name':'" + name + "','role':'QUASI_IDENTIFIER',"
                            + (name.equals("age") ? "'dataType':'integer'," : "")
                            + "'hierarchy':{'file':'adult_hierarchy_" + name + ".csv'}}");
        }
        return AnonymizationSpec.parse(
                Json.parseObject(("{'attributes':[" + attributes + "],'privacyModels':[{'model':'k-anonymity','k':" + k
                                + "}],'search':{'algorithm':'mondrian','mode':'" + mode + "'}}")
                        .replace('\'', '"')),
                ADULT);
    }

    /** The third attribute as numbers, some of which are equal but for their text. */
    private static MicrodataTable numbered(MicrodataTable table) {
        List<String> numbers = new ArrayList<>();
        for (int row = 0; row < table.rowCount(); row++) {
            String digit = table.column("c").value(row).substring(1);
            numbers.add(
                    row % 5 == 0 ? digit + ".0" : table.column("b").value(row).substring(1) + digit);
        }
        return table.with(Column.of("c", numbers));
    }

    private static AnonymizationSpec spec(int k, String models, String mode, String more) {
        AnonymizationSpec parsed = parse("{'attributes':[{'name':'c','role':'QUASI_IDENTIFIER','dataType':'decimal'},"
                + "{'name':'s','role':'SENSITIVE'}],'privacyModels':[{'model':'k-anonymity','k':" + k + "}," + models
                + "],'search':{'algorithm':'mondrian','mode':'" + mode + "'}" + more + "}");
        List<AttributeSpec> random = RandomTables.attributes();
        return new AnonymizationSpec(
                parsed.format(),
                List.of(random.get(0), random.get(1), parsed.attributes().get(0), random.get(3)),
                parsed.privacyModels(),
                parsed.suppressionLimit(),
                parsed.objective(),
                parsed.searchAlgorithm(),
                parsed.searchLimits(),
                parsed.subset(),
                parsed.riskSettings(),
                parsed.sampling(),
                parsed.localRecoding());
    }

    private static AnonymizationSpec parse(String json) {
        return AnonymizationSpec.parse(Json.parseObject(json.replace('\'', '"')), Path.of(""));
    }

    private static double loss(AnonymizationResult result) {
        return result.outcome().solution().orElseThrow().loss().value();
    }

    private static String json(AnonymizationResult result) {
        return AnonymizationReport.of(result).toJson().replaceAll("\"seconds\":[0-9.E-]+", "");
    }

    private static double[] range(String label) {
        String[] ends = label.startsWith("[")
                ? label.substring(1, label.length() - 1).split(", ")
                : new String[] {label, label};
        return new double[] {Double.parseDouble(ends[0]), Double.parseDouble(ends[1])};
    }

    private static boolean overlap(String a, String b) {
        return range(a)[0] <= range(b)[1] && range(b)[0] <= range(a)[1];
    }

    private static boolean covers(String label, String value) {
        return overlap(label, value);
    }

    private static List<String> sorted(AnonymizationResult result) throws Exception {
        return result.outcome().solution().isEmpty()
                ? List.of()
                : rows(result).stream()
                        .map(row -> String.join(";", row))
                        .sorted()
                        .toList();
    }

    private static List<List<String>> rows(AnonymizationResult result) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        result.forEachReleasedRow(rows::add);
        return rows;
    }
}
