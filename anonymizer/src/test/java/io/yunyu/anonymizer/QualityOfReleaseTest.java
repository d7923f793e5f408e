package io.yunyu.anonymizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quality of small releases, worked out by hand; larger ones were laid beside ARX's, see docs/anonymize.md. */
class QualityOfReleaseTest {
    @ParameterizedTest
    @CsvSource({
        // One record is suppressed: among the suppressed nothing is left to lose. Classes of 4 and 3 come of 4, 3 and
        // 1.
        "a a a a b b b b, 1 1 1 1 1 1 1 2, 1.0, 0.875, 0.84375, 0.875",
        // Two are, with different labels: one bit each, of the eight bits that all would lose. Classes of 3 and 3.
        "a a a a b b b b, 1 1 1 2 1 1 1 3, 0.75, 0.75, 0.8333333333333334, 0.75"
    })
    void quality_suppressedRecords_areToldApartAmongThemselves(
            String first, String second, double entropy, double present, double classSize, double ambiguity) {
        MicrodataTable table = MicrodataTable.of(List.of(
                Column.of("first", List.of(first.split(" "))), Column.of("second", List.of(second.split(" ")))));
        AnonymizationSpec spec = AnonymizationSpec.parse(
                JsonObject.of(Json.object(
                        "attributes",
                        List.of(
                                Json.object("name", "first", "role", "QUASI_IDENTIFIER"),
                                Json.object("name", "second", "role", "QUASI_IDENTIFIER")),
                        "privacyModels",
                        List.of(Json.object("model", "k-anonymity", "k", 3L)),
                        "suppressionLimit",
                        new BigDecimal("0.25"))),
                Path.of(""));

        JsonObject quality = Json.parseObject(AnonymizationReport.of(Anonymizer.anonymize(table, spec))
                        .toJson())
                .object("quality");

        JsonObject attribute = quality.objects("attributes").get(0);
        assertThat(attribute.decimal("nonUniformEntropy").doubleValue()).isCloseTo(entropy, within(1e-12));
        assertThat(attribute.decimal("presentCells").doubleValue()).isEqualTo(present);
        assertThat(quality.decimal("averageClassSize").doubleValue()).isCloseTo(classSize, within(1e-12));
        // A suppressed record may be any of 4, or of 6, tuples; the others are one.
        assertThat(quality.decimal("ambiguity").doubleValue()).isCloseTo(ambiguity, within(1e-12));
        assertThat(quality.has("sseSst")).isFalse();
    }

    /**
     * 20 and 30 read alike, 40 and 60 are suppressed, one value is missing. Squared errors 100, 100, 400, 1600 of at most
     * 1600, 900, 400, 1600; middles at 25 and 40, the average at 37.5.
     */
    @ParameterizedTest
    @CsvSource({"integer, 20 30 40 60 NULL", "decimal, 20.0 3e1 40 60.00 NULL"})
    void quality_numbers_haveSquaredErrorsForTheOwner(String type, String values) {
        MicrodataTable table = MicrodataTable.of(List.of(
                Column.of("age", List.of(values.split(" "))), Column.of("sex", List.of("f f f f m".split(" ")))));
        String[] each = values.split(" ");
        String hierarchy = "[['%s','young'],['%s','young'],['%s','old'],['%s','older'],['%s','unknown']]"
                .formatted((Object[]) each);
        AnonymizationSpec spec = AnonymizationSpec.parse(
                Json.parseObject(("{'attributes':[{'name':'age','role':'QUASI_IDENTIFIER','dataType':'" + type
                                + "','hierarchy':{'rows':" + hierarchy + "},'minLevel':1,'maxLevel':1},"
                                + "{'name':'sex','role':'QUASI_IDENTIFIER'}],'privacyModels':[{'model':'k-anonymity',"
                                + "'k':2}],'suppressionLimit':0.6}")
                        .replace('\'', '"')),
                Path.of(""));

        JsonObject quality = Json.parseObject(AnonymizationReport.ofOwner(Anonymizer.anonymize(table, spec))
                        .toJson())
                .object("quality");

        List<JsonObject> attributes = quality.objects("attributes");
        assertThat(attributes.get(0).decimal("squaredError").doubleValue()).isCloseTo(1 - 2200 / 4500.0, within(1e-9));
        assertThat(attributes.get(1).has("squaredError")).isFalse();
        assertThat(quality.decimal("recordSquaredError").doubleValue()).isCloseTo(1 - 80 / 130.0, within(1e-9));
        assertThat(quality.decimal("sseSst").doubleValue()).isCloseTo(1 - 450 / 875.0, within(1e-9));
    }
}
