package io.yunyu.anonymizer.page;

import static io.yunyu.anonymizer.page.Markup.both;
import static io.yunyu.anonymizer.page.Markup.count;
import static io.yunyu.anonymizer.page.Markup.decimal;
import static io.yunyu.anonymizer.page.Markup.escaped;
import static io.yunyu.anonymizer.page.Markup.note;
import static io.yunyu.anonymizer.page.Markup.percent;
import static io.yunyu.anonymizer.page.Markup.section;
import static io.yunyu.anonymizer.page.Markup.shortened;

import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.language.Language;
import io.yunyu.contract.language.Phrases;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How well the quasi-identifiers predict the responses: scores of all, and a ROC chart of each. */
final class ClassificationCharts {
    private static final Map<String, String> NAMES =
            Map.of("naive Bayes", "朴素贝叶斯", "logistic regression", "逻辑回归", "random forest", "随机森林");

    private ClassificationCharts() {}

    static String of(List<JsonObject> entries) {
        StringBuilder charts = new StringBuilder();
        for (JsonObject entry : entries) {
            entry.optionalString("notEvaluated").ifPresent(reason -> charts.append(refusal(entry, reason)));
        }
        int refusals = charts.length();
        for (JsonObject entry : entries) {
            if (entry.has("released") && entry.object("released").has("roc")) {
                charts.append(roc(entry));
            }
        }
        return section(
                "分类性能",
                "Classification performance",
                scores(entries)
                        + note(
                                "由准标识符预测响应属性：十折交叉验证，随机种子固定。ZeroR 总是预测最常见的取值。取值须为 2 至 50 个，否则不计算。",
                                "The quasi-identifiers predict the response: ten-fold cross-validation, fixed seed."
                                        + " ZeroR always predicts the most frequent value. Evaluated for 2 to 50 values.")
                        + charts
                        + (charts.length() == refusals
                                ? ""
                                : note(
                                        "ROC 曲线：每个取值对其余取值，只比较同一折的记录。面积 0.5 等于不知情，1 为完全区分。"
                                                + "有该取值或没有该取值的不足 10 人时不计算（未指定 privacyUnit 时每条记录算一人）。"
                                                + "图中为最常见的取值（至多 "
                                                + RocChart.SHOWN + " 个）。",
                                        "ROC curves: each value against all others, comparing records of the same fold. An area of 0.5"
                                                + " is that of knowing nothing, 1 tells all apart. Not evaluated where fewer than 10"
                                                + " persons have the value, or have not; without a privacyUnit each record counts as a"
                                                + " person. The chart shows the most frequent values, at most "
                                                + RocChart.SHOWN + ".")));
    }

    private static String refusal(JsonObject entry, String reason) {
        String name = escaped(entry.string("attribute"))
                + entry.optionalString("classifier")
                        .map(of -> " · " + escaped(of))
                        .orElse("");
        return note(name + "：" + escaped(Phrases.say(reason, Language.CHINESE)), name + ": " + escaped(reason));
    }

    private static String scores(List<JsonObject> entries) {
        boolean withOriginal = entries.stream().anyMatch(one -> one.has("original"));
        StringBuilder table = new StringBuilder("<table><thead><tr><th>" + both("响应属性", "Response") + "</th><th>"
                + both("分类器", "Classifier") + "</th><th>"
                + both("记录数", "Records") + "</th><th>" + both("取值数", "Values") + "</th><th>"
                + both("ZeroR 准确率", "Accuracy of ZeroR") + "</th><th>" + both("发布数据的准确率", "Accuracy, released")
                + "</th><th>" + both("Brier 分数（发布）", "Brier score, released") + "</th>"
                + (withOriginal
                        ? "<th>" + both("原始数据的准确率", "Accuracy, original") + "</th><th>"
                                + both("相对准确率", "Relative accuracy") + "</th>"
                        : "")
                + "</tr></thead><tbody>");
        for (JsonObject one : entries) {
            table.append("<tr><th>").append(escaped(one.string("attribute"))).append("</th><td>");
            table.append(classifier(one)).append("</td><td class=\"num\">");
            table.append(count(one.longValue("records"))).append("</td><td class=\"num\">");
            table.append(count(one.longValue("responses"))).append("</td>");
            table.append(accuracy(one, "zeroR")).append(accuracy(one, "released"));
            table.append(
                    one.has("released") ? number(one.object("released"), "brierScore") : "<td class=\"num\">–</td>");
            if (withOriginal) {
                table.append(accuracy(one, "original")).append("<td class=\"num\">");
                table.append(one.has("relativeAccuracy") ? percent(one.decimal("relativeAccuracy")) : "–")
                        .append("</td>");
            }
            table.append("</tr>");
        }
        return table.append("</tbody></table>").toString();
    }

    private static String classifier(JsonObject entry) {
        String name = entry.optionalString("classifier").orElse("–");
        return both(escaped(NAMES.getOrDefault(name, name)), escaped(name));
    }

    private static String accuracy(JsonObject response, String of) {
        return "<td class=\"num\">"
                + (response.has(of) ? percent(response.object(of).decimal("accuracy")) : "–") + "</td>";
    }

    private static String number(JsonObject object, String member) {
        return "<td class=\"num\">"
                + (object.has(member) ? decimal(object.decimal(member).doubleValue()) : "–") + "</td>";
    }

    /** The chart, and beside it the areas of all values. */
    private static String roc(JsonObject entry) {
        List<JsonObject> sides = Stream.of("released", "original")
                .filter(entry::has)
                .map(side -> entry.object(side).object("roc"))
                .toList();
        List<List<JsonObject>> values =
                sides.stream().map(side -> side.objects("values")).toList();
        StringBuilder table = new StringBuilder("<table><thead><tr><th>" + both("取值", "Value") + "</th><th>"
                + both("记录数", "Records") + "</th><th>" + both("面积（发布，实线）", "Area, released (full line)") + "</th>"
                + (sides.size() > 1 ? "<th>" + both("面积（原始，虚线）", "Area, original (broken line)") + "</th>" : "")
                + "</tr></thead><tbody>");
        for (int i = 0; i < values.get(0).size(); i++) {
            JsonObject value = values.get(0).get(i);
            table.append("<tr><th><i").append(i < RocChart.SHOWN ? " class=\"curve" + i + "\"" : "");
            table.append("></i><bdi>").append(shortened(value.string("value"))).append("</bdi></th><td class=\"num\">");
            table.append(count(value.longValue("records"))).append("</td>");
            for (List<JsonObject> side : values) {
                table.append(number(side.get(i), "area"));
            }
            table.append("</tr>");
        }
        average(table, both("宏平均", "Macro average"), "macroAverage", sides);
        average(table, both("按记录数加权", "Weighted by records"), "weightedAverage", sides);
        return "<h3 class=\"above\">ROC · " + escaped(entry.string("attribute")) + " · " + classifier(entry)
                + "</h3><div class=\"rocs\">"
                + new RocChart(values.get(0), sides.size() > 1 ? values.get(1) : List.of()).svg() + "<div>"
                + table.append("</tbody></table></div></div>");
    }

    private static void average(StringBuilder table, String name, String member, List<JsonObject> sides) {
        if (sides.get(0).has(member)) {
            table.append("<tr><th><i></i>").append(name).append("</th><td></td>");
            sides.forEach(side -> table.append(number(side, member)));
            table.append("</tr>");
        }
    }
}
