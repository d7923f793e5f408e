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
        "a a a a b b b b, 1 1 1 1 1 1 1 2, 1.0, 0.875, 0.84375",
        // Two are, with different labels: one bit each, of the eight bits that all would lose. Classes of 3 and 3.
        "a a a a b b b b, 1 1 1 2 1 1 1 3, 0.75, 0.75, 0.8333333333333334"
    })
    void quality_suppressedRecords_areToldApartAmongThemselves(
            String first, String second, double entropy, double present, double classSize) {
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
    }
}
