package io.yunyu.anonymizer.page;

import static io.yunyu.anonymizer.page.Markup.both;
import static io.yunyu.anonymizer.page.Markup.count;
import static io.yunyu.anonymizer.page.Markup.decimal;
import static io.yunyu.anonymizer.page.Markup.escaped;
import static io.yunyu.anonymizer.page.Markup.note;
import static io.yunyu.anonymizer.page.Markup.percent;
import static io.yunyu.anonymizer.page.Markup.section;

import io.yunyu.contract.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is better read than looked at. */
final class RiskTables {
    private static final Map<String, String> ESTIMATORS =
            Map.of("zayatz", "Zayatz 1991", "pitman", "Pitman / Hoshino 2001", "snb", "SNB", "dankar", "Dankar 2012");

    private RiskTables() {}

    static String sensitive(List<JsonObject> attributes) {
        if (attributes.isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder("<table><thead><tr><th>" + both("敏感属性", "Sensitive attribute")
                + "</th><th>" + both("类内最少取值数", "Fewest values in a class") + "</th><th>"
                + both("最小熵多样性 l", "Least entropy diversity l") + "</th><th>"
                + both("最大距离 t", "Greatest distance t") + "</th><th>"
                + both("同值类中的记录", "Records in one-value classes") + "</th><th>"
                + both("建议值 l≥2, t≤0.3", "Recommended l≥2, t≤0.3") + "</th></tr></thead><tbody>");
        for (JsonObject one : attributes) {
            table.append("<tr><th>").append(escaped(one.string("attribute"))).append("</th><td class=\"num\">");
            table.append(count(one.longValue("leastDistinct"))).append("</td><td class=\"num\">");
            table.append(decimal(one.decimal("leastEntropyDiversity").doubleValue()))
                    .append("</td><td class=\"num\">");
            table.append(decimal(one.decimal("greatestDistance").doubleValue())).append("</td><td class=\"num\">");
            table.append(count(one.longValue("recordsInHomogeneousClasses"))).append("</td><td>");
            table.append(one.bool("recommended") ? chip(true, "满足", "met") : chip(false, "未满足", "not met"));
            table.append("</td></tr>");
        }
        return section(
                "敏感属性泄露",
                "Sensitive attributes",
                table.append("</tbody></table>")
                        + note(
                                "同一类的记录若敏感值相同，不必重标识即可得知。距离为等距 EMD。",
                                "Where all records of a class share a value, everybody's is known without telling them"
                                        + " apart. Distance: earth mover's, all values equally far."));
    }

    static String populationUniqueness(JsonObject uniqueness) {
        StringBuilder rows = new StringBuilder();
        JsonObject parts = uniqueness.object("uniquePart");
        for (String estimator : parts.asMap().keySet()) {
            rows.append("<tr><th>").append(escaped(ESTIMATORS.getOrDefault(estimator, estimator)));
            rows.append("</th><td class=\"num\">")
                    .append(percent(parts.decimal(estimator)))
                    .append("</td></tr>");
        }
        String population = count(uniqueness.longValue("population"));
        String fraction = percent(uniqueness.decimal("samplingFraction"));
        String uniques = count(uniqueness.longValue("sampleUniques"));
        return section(
                "总体唯一性",
                "Population uniqueness",
                note(
                                "总体 " + population + " 人，抽样比 " + fraction + "；发布数据中唯一 " + uniques + "。下为估计的总体唯一比例：",
                                "Population of " + population + ", sampling fraction " + fraction + "; " + uniques
                                        + " unique in the release. Estimated part of the population that is unique:")
                        + "<table class=\"narrow\"><tbody>" + rows + "</tbody></table>");
    }

    static String context(JsonObject context) {
        String environment =
                switch (context.string("environment")) {
                    case "PUBLIC" -> both("完全公开", "public");
                    case "CONTROLLED" -> both("受控公开", "controlled");
                    default -> both("领地公开", "enclave");
                };
        return section(
                "使用环境与总体风险",
                "Context and overall risk",
                "<div class=\"tiles\">" + tile(environment, both("环境", "environment"))
                        + tile(percent(context.decimal("attemptProbability")), both("攻击概率", "attempt probability"))
                        + tile(
                                percent(context.decimal("averageRiskOverClasses")),
                                both("类平均风险", "average risk of the classes"))
                        + tile(
                                percent(context.decimal("classesBelowThreshold")),
                                both(
                                        "小于 " + context.longValue("smallestClass") + " 的类",
                                        "classes below " + context.longValue("smallestClass")))
                        + tile(percent(context.decimal("overallRisk")), both("总体风险", "overall risk")) + "</div>"
                        + note(
                                "按第三方公开实现所述 GB/T 42460-2023 附录 D 的方法计算；未核对标准原文，请以标准为准。",
                                "After the scheme that a third party's public implementation ascribes to GB/T 42460-2023,"
                                        + " annex D; the standard's text was not read. Confirm there."));
    }

    static String attributeSets(JsonObject risks) {
        return section(
                "属性组合的识别能力",
                "Sets of attributes",
                "<details><summary>" + both("原始数据", "Original data") + "</summary>" + sets(risks.object("original"))
                        + "</details><details><summary>" + both("发布数据", "Release") + "</summary>"
                        + sets(risks.object("released")) + "</details>");
    }

    private static String sets(JsonObject risks) {
        StringBuilder table = new StringBuilder("<table><thead><tr><th>" + both("属性组合", "Set") + "</th><th>"
                + both("区分度", "Distinction") + "</th><th>" + both("分离度", "Separation") + "</th><th>"
                + both("唯一记录", "Unique records") + "</th></tr></thead><tbody>");
        for (JsonObject set : risks.objects("sets")) {
            table.append("<tr><td>");
            table.append(set.strings("attributes").stream().map(Markup::escaped).collect(Collectors.joining(", ")));
            table.append("</td><td class=\"num\">").append(percent(set.decimal("distinction")));
            table.append("</td><td class=\"num\">").append(percent(set.decimal("separation")));
            table.append("</td><td class=\"num\">")
                    .append(count(set.longValue("uniqueRecords")))
                    .append("</td></tr>");
        }
        String evaluated = count(risks.longValue("evaluatedSets"));
        String size = count(risks.longValue("maxSetSize"));
        String extent = risks.bool("complete")
                ? note(
                        "已计算全部 " + evaluated + " 个组合；每种大小只列前十。",
                        "All " + evaluated + " sets were evaluated; ten of each size are shown.")
                : note(
                        "组合太多：只计算了不超过 " + size + " 个属性的组合及全部属性的组合，共 " + evaluated + " 个。",
                        "Too many sets: those of up to " + size + " attributes and the set of all were evaluated, "
                                + evaluated + " in all.");
        return extent + table.append("</tbody></table>");
    }

    static String tile(String value, String name) {
        return "<div class=\"tile\"><b>" + value + "</b><span>" + name + "</span></div>";
    }

    static String chip(boolean good, String zh, String en) {
        return "<span class=\"chip " + (good ? "good" : "bad") + "\">" + both(zh, en) + "</span>";
    }
}
