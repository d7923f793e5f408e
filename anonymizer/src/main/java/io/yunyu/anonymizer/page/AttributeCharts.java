package io.yunyu.anonymizer.page;

import static io.yunyu.anonymizer.page.Markup.at;
import static io.yunyu.anonymizer.page.Markup.both;
import static io.yunyu.anonymizer.page.Markup.count;
import static io.yunyu.anonymizer.page.Markup.escaped;
import static io.yunyu.anonymizer.page.Markup.percent;
import static io.yunyu.anonymizer.page.Markup.shortened;

import io.yunyu.contract.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What became of each quasi-identifier: its level, what is left of its information, and how it sets records apart. */
final class AttributeCharts {
    private AttributeCharts() {}

    /** One row per attribute: the ladder of levels, labels before and after, and the quality measures as bars. */
    static String levels(List<JsonObject> attributes, List<JsonObject> quality) {
        boolean hasNumbers = quality.stream().anyMatch(one -> one.has("squaredError"));
        List<String> measures =
                new ArrayList<>(List.of("granularity", "generalizationIntensity", "nonUniformEntropy", "presentCells"));
        if (hasNumbers) {
            measures.add("squaredError");
        }
        StringBuilder table = new StringBuilder("<table class=\"levels\"><thead><tr><th>"
                + both("准标识符", "Quasi-identifier") + "</th><th>" + both("泛化层级", "Level") + "</th><th>"
                + both("取值数 前 → 后", "Labels before → after") + "</th><th>" + both("粒度", "Granularity") + "</th><th>"
                + both("泛化强度", "Intensity") + "</th><th>" + both("熵", "Entropy") + "</th><th>"
                + both("未抑制单元格", "Cells present") + "</th>"
                + (hasNumbers ? "<th>" + both("平方误差", "Squared error") + "</th>" : "") + "</tr></thead><tbody>");
        for (JsonObject attribute : attributes) {
            List<Integer> labels = attribute.list("labelsPerLevel", item -> Math.toIntExact((Long) item));
            table.append("<tr><th>")
                    .append(escaped(attribute.string("attribute")))
                    .append("</th><td>");
            table.append(
                            attribute.has("level")
                                    ? ladder(labels.size(), attribute.intValue("level"))
                                    : both("区间", "ranges"))
                    .append("</td><td class=\"num\">");
            table.append(count(labels.get(0)))
                    .append(" → <b>")
                    .append(count(attribute.longValue("releasedLabelCount")))
                    .append("</b></td>");
            JsonObject kept = quality.stream()
                    .filter(one -> one.string("attribute").equals(attribute.string("attribute")))
                    .findFirst()
                    .orElse(null);
            for (String measure : measures) {
                table.append("<td>")
                        .append(
                                kept == null || !kept.has(measure)
                                        ? "–"
                                        : meter(kept.decimal(measure).doubleValue()))
                        .append("</td>");
            }
            table.append("</tr>");
        }
        return table.append("</tbody></table>").toString();
    }

    /** A step per level; the ones climbed are filled. */
    private static String ladder(int levels, int level) {
        int width = Math.max(1, levels) * 18;
        StringBuilder svg =
                new StringBuilder("<svg class=\"ladder\" width=\"" + width + "\" height=\"30\" viewBox=\"0 0 " + width
                        + " 30\" role=\"img\"><title>" + level + " / " + (levels - 1) + "</title>");
        for (int i = 0; i < levels; i++) {
            double height = 6 + 20.0 * (i + 1) / levels;
            svg.append("<rect class=\"").append(i == level ? "chosen" : i < level ? "climbed" : "left");
            svg.append("\" x=\"").append(i * 18).append("\" y=\"").append(at(28 - height));
            svg.append("\" width=\"15\" height=\"").append(at(height)).append("\" rx=\"2\"/>");
        }
        return svg.append("</svg> <span class=\"of\">" + level + " / " + (levels - 1) + "</span>")
                .toString();
    }

    static String meter(double part) {
        return "<span class=\"meter\"><i style=\"width:" + at(Math.max(0, Math.min(1, part)) * 100) + "%\"></i></span>"
                + "<span class=\"num\">" + percent(part) + "</span>";
    }

    /** Labels of the release with their frequencies, a card per attribute. */
    static String labels(List<JsonObject> attributes) {
        StringBuilder cards = new StringBuilder("<div class=\"cards\">");
        for (JsonObject attribute : attributes) {
            List<JsonObject> labels = attribute.objects("releasedLabels");
            long most = labels.stream()
                    .mapToLong(label -> label.longValue("records"))
                    .max()
                    .orElse(1);
            cards.append("<div class=\"card\"><h3>")
                    .append(escaped(attribute.string("attribute")))
                    .append("</h3>");
            for (JsonObject label : labels) {
                cards.append("<div class=\"label\"><span class=\"text\" title=\"")
                        .append(escaped(label.string("label")));
                cards.append("\"><bdi>").append(escaped(label.string("label"))).append("</bdi></span>");
                cards.append("<span class=\"bar\"><i style=\"width:");
                cards.append(at(100.0 * label.longValue("records") / most)).append("%\"></i></span>");
                cards.append("<span class=\"num\">")
                        .append(count(label.longValue("records")))
                        .append("</span></div>");
            }
            if (attribute.longValue("recordsUnderOtherLabels") > 0) {
                String others = count(attribute.longValue("recordsUnderOtherLabels"));
                cards.append("<p class=\"note\">")
                        .append(both("其余取值共 " + others + " 条", "other labels: " + others + " records"))
                        .append("</p>");
            }
            cards.append("</div>");
        }
        return cards.append("</div>").toString();
    }

    /** Separation before and after, most identifying first. */
    static String ranking(List<JsonObject> ranking) {
        int rowHeight = 34;
        int left = 210;
        int right = 700;
        int height = rowHeight * ranking.size() + 40;
        StringBuilder svg = new StringBuilder("<svg viewBox=\"0 0 940 " + height + "\" role=\"img\">");
        svg.append(Markup.bothInSvg("axis", "x=\"720\" y=\"14\"", "不知此属性时的平均风险", "average risk without it"));
        svg.append(Markup.bothInSvg(
                "axis",
                "x=\"" + left + "\" y=\"14\"",
                "分离度：原始（浅）与发布（深）",
                "separation: original (light) and released (dark)"));
        for (int i = 0; i < ranking.size(); i++) {
            JsonObject one = ranking.get(i);
            int y = 28 + i * rowHeight;
            svg.append("<text class=\"name\" text-anchor=\"end\" x=\"")
                    .append(left - 12)
                    .append("\" y=\"");
            svg.append(y + 16)
                    .append("\"><title>")
                    .append(escaped(one.string("attribute")))
                    .append("</title>");
            svg.append(i + 1)
                    .append(". ")
                    .append(shortened(one.string("attribute")))
                    .append("</text>");
            bar(svg, "before", one.object("original"), left, right - left, y);
            bar(svg, "after", one.object("released"), left, right - left, y + 13);
            if (one.has("averageRiskWithout")) {
                svg.append("<text class=\"value\" x=\"720\" y=\"")
                        .append(y + 16)
                        .append("\">");
                svg.append(percent(one.decimal("averageRiskWithout"))).append("</text>");
            }
        }
        return svg.append("</svg>").toString();
    }

    private static void bar(StringBuilder svg, String kind, JsonObject risk, int x, int width, int y) {
        double separation = risk.decimal("separation").doubleValue();
        svg.append("<rect class=\"")
                .append(kind)
                .append("\" x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y);
        svg.append("\" width=\"").append(at(Math.max(1, width * separation))).append("\" height=\"11\" rx=\"2\"/>");
        boolean inside = separation > 0.85;
        svg.append("<text class=\"").append(inside && kind.equals("after") ? "inbar light" : "inbar");
        svg.append("\" text-anchor=\"").append(inside ? "end" : "start").append("\" x=\"");
        svg.append(at(x + width * separation + (inside ? -5 : 5)))
                .append("\" y=\"")
                .append(y + 9)
                .append("\">");
        svg.append(percent(separation)).append("</text>");
    }
}
