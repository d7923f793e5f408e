package io.yunyu.anonymizer.arx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both engines on the adult census records, which are not part of the project. */
class ArxAdultTest {
    private static final Path ADULT = Path.of(System.getProperty("yunyu.shared", "../shared"), "data", "adult");
    private static final List<String> QUASI_IDENTIFIERS = List.of(
            "sex",
            "age",
            "race",
            "marital-status",
            "education",
            "native-country",
            "workclass",
            "occupation",
            "salary-class");

    @TempDir
    Path folder;

    @BeforeAll
    static void here() {
        assumeTrue(Files.isDirectory(ADULT), "the census records of ../shared/data/adult are not here");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            {'model':'k-anonymity','k':5} | 0.02 | loss | | 0.3137130352819242
            {'model':'k-anonymity','k':5} | 0 | loss | | 0.5731509655590044
            {'model':'k-anonymity','k':5} | 0.02 | discernibility | |
            {'model':'k-anonymity','k':5} | 0.02 | precision | |
            {'model':'k-anonymity','k':5} | 0.02 | entropy | |
            {'model':'distinct-l-diversity','attribute':'occupation','l':3} | 0.02 | loss | occupation |
            {'model':'k-anonymity','k':5},{'model':'hierarchical-t-closeness','attribute':'occupation','t':0.2} | 0.02 | loss | occupation |
            {'model':'enhanced-beta-likeness','attribute':'occupation','beta':2} | 0.02 | loss | occupation |
            {'model':'average-risk','averageRisk':0.05} | 0.02 | loss | |
            {'model':'k-map','k':5,'population':'USA','significance':0.05,'estimator':'POISSON'} | 0.02 | loss | |
            """)
    void anonymize_adult_givesTheSameReportAndRecords(
            String models, String limit, String measure, String sensitive, String score) throws IOException {
        BothEngines both = new BothEngines(folder, ADULT.resolve("adult.csv"));

        assertThat(both.differences(levels -> spec(models, limit, measure, sensitive, levels)))
                .isEmpty();
        assertThat(both.report("arx")).containsEntry("solved", true).containsEntry("optimal", true);
        if (score != null) {
            assertThat(both.report("arx")).containsEntry("score", score);
        }
    }

    private static String spec(String models, String limit, String measure, String sensitive, String levels) {
        JsonObject bounds = levels.isEmpty() ? null : Json.parseObject(levels);
        List<String> attributes = new ArrayList<>();
        for (String name : QUASI_IDENTIFIERS) {
            boolean isSensitive = name.equals(sensitive);
            attributes.add("{'name':'" + name + "','role':'" + (isSensitive ? "SENSITIVE" : "QUASI_IDENTIFIER")
                    + "','hierarchy':{'file':'" + ADULT.toAbsolutePath() + "/adult_hierarchy_" + name + ".csv'}"
                    + (bounds == null || isSensitive
                            ? ""
                            : ",'minLevel':" + bounds.intValue(name) + ",'maxLevel':" + bounds.intValue(name))
                    + "}");
        }
        return ("{'attributes':[" + String.join(",", attributes) + "],'privacyModels':[" + models
                        + "],'suppressionLimit':" + limit + ",'objective':{'measure':'" + measure + "'}}")
                .replace('\'', '"');
    }
}
