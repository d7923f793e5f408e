package io.yunyu.anonymizer.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassificationChartsTest {
    private static JsonObject entry(int values, boolean withOriginal) {
        return JsonObject.of(Json.object(
                "attribute",
                "<i>ill</i>",
                "records",
                1000L,
                "responses",
                (long) values,
                "released",
                score(values, "0.75"),
                "original",
                withOriginal ? score(values, "0.25") : null));
    }

    /** The last value has no curve. */
    private static Map<String, Object> score(int values, String rate) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < values - 1; i++) {
            list.add(Json.object(
                    "value",
                    "<b>" + i + "</b>",
                    "records",
                    100L,
                    "area",
                    new BigDecimal("0.8125"),
                    "truePositiveRates",
                    Collections.nCopies(51, new BigDecimal(rate))));
        }
        list.add(Json.object("value", "rare", "records", 2L, "notEvaluated", "Few."));
        BigDecimal half = new BigDecimal("0.5");
        return Json.object(
                "accuracy",
                half,
                "brierScore",
                half,
                "roc",
                Json.object("macroAverage", half, "weightedAverage", half, "values", list));
    }

    private static int times(String page, String text) {
        return page.split(java.util.regex.Pattern.quote(text), -1).length - 1;
    }

    @Test
    void of_release_drawsACurvePerValueAndNothingOfTheOriginal() {
        String page = ClassificationCharts.of(List.of(entry(3, false)));

        assertThat(times(page, "<polyline")).isEqualTo(2);
        assertThat(page).contains("roc curve0", "roc curve1", "0.8125").doesNotContain("original", "原始");
        // Up at once, three quarters of the square, and on to its right side.
        assertThat(page).contains("points=\"52.0,312.0 52.0,87.0 58.0,87.0 ").contains(" 352.0,87.0\"");
        assertThat(page).doesNotContain("<b>0", "<i>ill").contains("&lt;b&gt;0&lt;/b&gt;", "&lt;i&gt;ill");
        assertThat(times(page, "class=\"zh")).isEqualTo(times(page, "class=\"en"));
    }

    @Test
    void of_owners_drawsTheOriginalBroken() {
        String page = ClassificationCharts.of(List.of(entry(3, true)));

        assertThat(times(page, "<polyline class=\"roc original")).isEqualTo(2);
        assertThat(times(page, "<polyline")).isEqualTo(4);
        assertThat(page).contains("Area, original", "面积（原始，虚线）").contains(" 352.0,237.0\"");
    }

    @Test
    void of_manyValues_drawsSomeAndListsAll() {
        String page = ClassificationCharts.of(List.of(entry(20, false)));

        assertThat(times(page, "<polyline")).isEqualTo(RocChart.SHOWN);
        assertThat(times(page, "<bdi>")).isEqualTo(20);
        assertThat(page).contains("<bdi>rare</bdi></th><td class=\"num\">2</td><td class=\"num\">–</td>");
    }

    @Test
    void of_notEvaluated_saysWhyInBothLanguagesAndHasNoChart() {
        String reason = "A classifier needs records of 2 persons and 2 to 50 different responses.";
        JsonObject entry = JsonObject.of(
                Json.object("attribute", "<i>ill", "records", 5L, "responses", 1L, "notEvaluated", reason));
        assertThat(ClassificationCharts.of(List.of(entry)))
                .contains("&lt;i&gt;ill: " + reason, "&lt;i&gt;ill：分类器需要至少 2 人的记录")
                .doesNotContain("<svg", "ROC");
    }
}
