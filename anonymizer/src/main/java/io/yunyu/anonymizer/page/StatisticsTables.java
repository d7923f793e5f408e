package io.yunyu.anonymizer.page;

import static io.yunyu.anonymizer.page.Markup.both;
import static io.yunyu.anonymizer.page.Markup.count;
import static io.yunyu.anonymizer.page.Markup.decimal;
import static io.yunyu.anonymizer.page.Markup.escaped;
import static io.yunyu.anonymizer.page.Markup.note;
import static io.yunyu.anonymizer.page.Markup.section;

import io.yunyu.contract.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What the records look like and what they are still good for: quality of the whole and summary statistics. */
final class StatisticsTables {
    /** A member of the report and what it is called. */
    private record Measure(String member, String zh, String en) {}

    private static final List<Measure> QUALITY = List.of(
            new Measure("granularity", "粒度", "Granularity"),
            new Measure("generalizationIntensity", "泛化强度", "Generalization intensity"),
            new Measure("averageClassSize", "平均等价类大小", "Average class size"),
            new Measure("discernibility", "可辨识度", "Discernibility"),
            new Measure("ambiguity", "歧义度", "Ambiguity"),
            new Measure("recordSquaredError", "记录级平方误差", "Record-level squared error"),
            new Measure("sseSst", "SSE/SST", "SSE/SST"));

    private static final List<Measure> COUNTS = List.of(
            new Measure("records", "记录数", "Records"),
            new Measure("missing", "缺失", "Missing"),
            new Measure("distinctValues", "不同取值", "Distinct values"));

    private static final List<Measure> TEXTS = List.of(
            new Measure("minimum", "最小值", "Minimum"),
            new Measure("lowerQuartile", "下四分位数", "Lower quartile"),
            new Measure("median", "中位数", "Median"),
            new Measure("upperQuartile", "上四分位数", "Upper quartile"),
            new Measure("maximum", "最大值", "Maximum"));

    private static final List<Measure> NUMBERS = List.of(
            new Measure("mean", "均值", "Mean"),
            new Measure("geometricMean", "几何均值", "Geometric mean"),
            new Measure("standardDeviation", "标准差", "Standard deviation"),
            new Measure("sampleVariance", "样本方差", "Sample variance"),
            new Measure("populationVariance", "总体方差", "Population variance"),
            new Measure("range", "极差", "Range"),
            new Measure("skewness", "偏度", "Skewness"),
            new Measure("kurtosis", "峰度", "Kurtosis"));

    private StatisticsTables() {}

    /** Measures of the release as a whole; those that the report lacks are left out. */
    static String quality(JsonObject quality) {
        StringBuilder rows = new StringBuilder("<table class=\"narrow\"><tbody>");
        for (Measure measure : QUALITY) {
            if (quality.has(measure.member)) {
                rows.append("<tr><th>").append(both(measure.zh, measure.en)).append("</th><td>");
                rows.append(AttributeCharts.meter(
                                quality.decimal(measure.member).doubleValue()))
                        .append("</td></tr>");
            }
        }
        return section(
                "整体效用",
                "Quality of the whole",
                rows.append("</tbody></table>")
                        + note("100 % 为原始数据，0 为全部抑制。", "100 % is the original data, 0 everything suppressed.")
                        + (quality.has("sseSst")
                                ? note(
                                        "平方误差把标签视为其记录原值的区间，只计数值和日期。",
                                        "For squared errors a label stands for the range of its records' original values;"
                                                + " numbers and dates only.")
                                : ""));
    }

    /** A card per attribute: the released cells, and beside them the original ones where the report has them. */
    static String summaries(JsonObject statistics) {
        boolean withInput = statistics.has("input");
        StringBuilder cards = new StringBuilder("<div class=\"cards\">");
        for (JsonObject released : statistics.objects("released")) {
            String attribute = released.string("attribute");
            Optional<JsonObject> input = withInput
                    ? statistics.objects("input").stream()
                            .filter(one -> one.string("attribute").equals(attribute))
                            .findFirst()
                    : Optional.empty();
            cards.append("<div class=\"card\"><h3>").append(escaped(attribute)).append("</h3><table>");
            if (input.isPresent()) {
                cards.append("<thead><tr><th></th><th>").append(both("发布", "Released"));
                cards.append("</th><th>").append(both("原始", "Original")).append("</th></tr></thead>");
            }
            cards.append("<tbody>");
            COUNTS.forEach(
                    measure -> row(cards, measure, released, input, (of, member) -> count(of.longValue(member))));
            row(cards, new Measure("mode", "众数", "Mode"), released, input, StatisticsTables::mode);
            TEXTS.forEach(measure -> row(cards, measure, released, input, (of, member) -> escaped(of.string(member))));
            NUMBERS.forEach(measure -> row(
                    cards,
                    measure,
                    released,
                    input,
                    (of, member) -> decimal(of.decimal(member).doubleValue())));
            cards.append("</tbody></table></div>");
        }
        return section(
                "汇总统计",
                "Summary statistics",
                cards.append("</div>")
                        + note(
                                "缺失指空值、NULL 或 *。不属于属性类型的标签（如区间）只作为名称统计。日期的数值以自 1970-01-01 起的天数计。",
                                "Missing: empty, NULL or *. Labels that are not of the attribute's type, such as ranges, are"
                                        + " taken as names. Figures of dates are in days since 1970-01-01."));
    }

    private interface Shown {
        String of(JsonObject statistics, String member);
    }

    private static void row(
            StringBuilder rows, Measure measure, JsonObject released, Optional<JsonObject> input, Shown shown) {
        if (!released.has(measure.member)
                && input.filter(one -> one.has(measure.member)).isEmpty()) {
            return;
        }
        rows.append("<tr><th>").append(both(measure.zh, measure.en)).append("</th>");
        cell(rows, measure, released, shown);
        input.ifPresent(original -> cell(rows, measure, original, shown));
        rows.append("</tr>");
    }

    private static void cell(StringBuilder rows, Measure measure, JsonObject statistics, Shown shown) {
        rows.append("<td>");
        rows.append(statistics.has(measure.member) ? shown.of(statistics, measure.member) : "–")
                .append("</td>");
    }

    private static String mode(JsonObject statistics, String member) {
        String records = statistics.has("modeRecords") ? " (" + count(statistics.longValue("modeRecords")) + ")" : "";
        return "<bdi>" + escaped(statistics.string(member)) + "</bdi>" + records;
    }
}
