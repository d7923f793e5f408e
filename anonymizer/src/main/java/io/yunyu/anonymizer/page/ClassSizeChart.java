package io.yunyu.anonymizer.page;

import static io.yunyu.anonymizer.page.Markup.at;
import static io.yunyu.anonymizer.page.Markup.bothInSvg;
import static io.yunyu.anonymizer.page.Markup.count;
import static io.yunyu.anonymizer.page.Markup.percent;

import io.yunyu.contract.json.JsonObject;
import java.util.List;

/** How many members live in classes of which size, with the sizes that the policies ask for. */
final class ClassSizeChart {
    private static final int WIDTH = 940;
    private static final int HEIGHT = 318;
    private static final int LEFT = 56;
    private static final int TOP = 62;
    private static final int BASE = 254;

    private final List<JsonObject> bands;
    private final List<Policy> policies;
    private final double step;
    private final double tallest;
    private final long members;

    /** A size that a policy asks for. */
    record Policy(String zh, String en, long size) {}

    ClassSizeChart(List<JsonObject> bands, List<Policy> policies) {
        this.bands = bands;
        this.policies = policies;
        this.step = (WIDTH - LEFT - 12.0) / Math.max(1, bands.size());
        this.tallest = bands.stream()
                .mapToLong(band -> band.longValue("members"))
                .max()
                .orElse(1);
        this.members =
                bands.stream().mapToLong(band -> band.longValue("members")).sum();
    }

    String svg() {
        StringBuilder svg = new StringBuilder("<svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" role=\"img\">");
        grid(svg);
        for (int i = 0; i < bands.size(); i++) {
            bar(svg, i);
        }
        // Lines that stand close to each other get their words one below the other.
        int row = 0;
        for (Policy policy : policies) {
            line(svg, policy, row++);
        }
        svg.append(bothInSvg(
                "axis",
                "x=\"" + (WIDTH + LEFT) / 2 + "\" y=\"" + (HEIGHT - 8) + "\" text-anchor=\"middle\"",
                "等价类大小（成员数）；柱高为成员数，柱顶为类数",
                "size of the equivalence class; height: members, on top: number of classes"));
        return svg.append("</svg>").toString();
    }

    private void grid(StringBuilder svg) {
        for (int i = 0; i <= 4; i++) {
            double y = BASE - (BASE - TOP) * i / 4.0;
            svg.append("<line class=\"grid\" x1=\"")
                    .append(LEFT)
                    .append("\" x2=\"")
                    .append(WIDTH - 8);
            svg.append("\" y1=\"")
                    .append(at(y))
                    .append("\" y2=\"")
                    .append(at(y))
                    .append("\"/>");
            double part = members == 0 ? 0 : tallest * i / 4.0 / members;
            svg.append("<text class=\"tick\" text-anchor=\"end\" x=\"")
                    .append(LEFT - 6)
                    .append("\" y=\"");
            svg.append(at(y + 4)).append("\">").append(Math.round(part * 100)).append(" %</text>");
        }
    }

    private void bar(StringBuilder svg, int i) {
        JsonObject band = bands.get(i);
        long from = band.longValue("from");
        double height = (BASE - TOP) * band.longValue("members") / tallest;
        double x = LEFT + i * step;
        svg.append("<rect class=\"")
                .append(kind(from))
                .append("\" x=\"")
                .append(at(x + 3))
                .append("\" y=\"");
        svg.append(at(BASE - height)).append("\" width=\"").append(at(step - 6)).append("\" height=\"");
        svg.append(at(height)).append("\" rx=\"2\"><title>").append(label(band)).append(": ");
        svg.append(count(band.longValue("members"))).append(" / ").append(count(band.longValue("classes")));
        svg.append(" (").append(percent(members == 0 ? 0 : (double) band.longValue("members") / members));
        svg.append(")</title></rect>");
        if (band.longValue("classes") > 0) {
            svg.append("<text class=\"value\" text-anchor=\"middle\" x=\"")
                    .append(at(x + step / 2))
                    .append("\" y=\"");
            svg.append(at(BASE - height - 5))
                    .append("\">")
                    .append(count(band.longValue("classes")))
                    .append("</text>");
        }
        svg.append("<text class=\"tick").append(bands.size() > 13 ? " dense" : "");
        svg.append("\" text-anchor=\"middle\" x=\"").append(at(x + step / 2)).append("\" y=\"");
        svg.append(BASE + 17).append("\">").append(label(band)).append("</text>");
    }

    /** Coloured by the strictest policy that the band meets. */
    private String kind(long from) {
        long met = policies.stream().filter(policy -> from >= policy.size()).count();
        return "band" + met;
    }

    private void line(StringBuilder svg, Policy policy, int row) {
        double x = LEFT + position(policy.size()) * step;
        int y = 12 + 13 * (row % 3);
        svg.append("<line class=\"policy\" x1=\"")
                .append(at(x))
                .append("\" x2=\"")
                .append(at(x))
                .append("\" y1=\"");
        svg.append(y - 8).append("\" y2=\"").append(BASE).append("\"/>");
        boolean atEnd = x > WIDTH - 120;
        svg.append(bothInSvg(
                "policyname",
                "x=\"" + at(atEnd ? x - 5 : x + 5) + "\" y=\"" + y + "\" text-anchor=\"" + (atEnd ? "end" : "start")
                        + "\"",
                policy.zh() + " k=" + policy.size(),
                policy.en() + " k=" + policy.size()));
    }

    /** Number of bands below a size; the policies' sizes begin bands. */
    private int position(long size) {
        int position = 0;
        while (position < bands.size() && bands.get(position).longValue("from") < size) {
            position++;
        }
        return position;
    }

    private static String label(JsonObject band) {
        long from = band.longValue("from");
        if (!band.has("to")) {
            return brief(from) + "+";
        }
        long to = band.longValue("to");
        return from == to ? brief(from) : from >= 1000 ? brief(from) + "–" + brief(to + 1) : from + "–" + to;
    }

    private static String brief(long number) {
        return number >= 1_000_000 ? number / 1_000_000 + "M" : number >= 1000 ? number / 1000 + "k" : "" + number;
    }
}
