package io.yunyu.anonymizer.page;

import static io.yunyu.anonymizer.page.Markup.at;
import static io.yunyu.anonymizer.page.Markup.bothInSvg;

import io.yunyu.contract.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;

/** ROC curves of a response's most frequent values: full lines of the release, broken ones of the original records. */
final class RocChart {
    /** Curves shown, and colours that the style sheet has for them. */
    static final int SHOWN = 6;

    private static final int SIDE = 300;
    private static final int LEFT = 52;
    private static final int TOP = 12;

    private final List<JsonObject> released;
    private final List<JsonObject> original;

    /** @param original empty if the report has none */
    RocChart(List<JsonObject> released, List<JsonObject> original) {
        this.released = released;
        this.original = original;
    }

    String svg() {
        StringBuilder svg = new StringBuilder(
                "<svg viewBox=\"0 0 " + (LEFT + SIDE + 16) + " " + (TOP + SIDE + 46) + "\" role=\"img\">");
        for (int fifth = 0; fifth <= 5; fifth++) {
            tick(svg, fifth / 5.0);
        }
        svg.append("<line class=\"policy\" x1=\"")
                .append(LEFT)
                .append("\" y1=\"")
                .append(TOP + SIDE);
        svg.append("\" x2=\"")
                .append(LEFT + SIDE)
                .append("\" y2=\"")
                .append(TOP)
                .append("\"/>");
        curves(svg, original, "roc original");
        curves(svg, released, "roc");
        int middle = TOP + SIDE / 2;
        svg.append(bothInSvg(
                "axis",
                "x=\"" + (LEFT + SIDE / 2) + "\" y=\"" + (TOP + SIDE + 40) + "\" text-anchor=\"middle\"",
                "假阳性率",
                "false positive rate"));
        svg.append(bothInSvg(
                "axis",
                "transform=\"rotate(-90 14 " + middle + ")\" x=\"14\" y=\"" + middle + "\" text-anchor=\"middle\"",
                "真阳性率",
                "true positive rate"));
        return svg.append("</svg>").toString();
    }

    private static void tick(StringBuilder svg, double rate) {
        String x = at(x(rate));
        String y = at(y(rate));
        svg.append("<line class=\"grid\" x1=\"").append(x).append("\" x2=\"").append(x);
        svg.append("\" y1=\"").append(TOP).append("\" y2=\"").append(TOP + SIDE).append("\"/>");
        svg.append("<line class=\"grid\" y1=\"").append(y).append("\" y2=\"").append(y);
        svg.append("\" x1=\"")
                .append(LEFT)
                .append("\" x2=\"")
                .append(LEFT + SIDE)
                .append("\"/>");
        svg.append("<text class=\"tick\" text-anchor=\"middle\" x=\"").append(x);
        svg.append("\" y=\"")
                .append(TOP + SIDE + 17)
                .append("\">")
                .append(at(rate))
                .append("</text>");
        svg.append("<text class=\"tick\" text-anchor=\"end\" x=\"").append(LEFT - 7);
        svg.append("\" y=\"")
                .append(at(y(rate) + 4))
                .append("\">")
                .append(at(rate))
                .append("</text>");
    }

    private static void curves(StringBuilder svg, List<JsonObject> values, String kind) {
        for (int i = 0; i < Math.min(SHOWN, values.size()); i++) {
            if (!values.get(i).has("truePositiveRates")) {
                continue;
            }
            List<BigDecimal> rates = values.get(i).list("truePositiveRates", RocChart::number);
            svg.append("<polyline class=\"")
                    .append(kind)
                    .append(" curve")
                    .append(i)
                    .append("\" points=\"");
            svg.append(at(x(0))).append(',').append(at(y(0)));
            for (int step = 0; step < rates.size(); step++) {
                svg.append(' ').append(at(x(step / (rates.size() - 1.0)))).append(',');
                svg.append(at(y(rates.get(step).doubleValue())));
            }
            svg.append("\"/>");
        }
    }

    private static BigDecimal number(Object item) {
        return new BigDecimal(String.valueOf(item));
    }

    private static double x(double rate) {
        return LEFT + SIDE * rate;
    }

    private static double y(double rate) {
        return TOP + SIDE * (1 - rate);
    }
}
