package io.yunyu.anonymizer.page;

import static io.yunyu.anonymizer.page.Markup.at;
import static io.yunyu.anonymizer.page.Markup.bothInSvg;
import static io.yunyu.anonymizer.page.Markup.percent;

import java.util.List;

/** Highest and average risk for each attacker on a logarithmic scale, with the thresholds of the policies. */
final class RiskChart {
    private static final int WIDTH = 940;
    private static final int LEFT = 150;
    private static final int RIGHT = 900;
    private static final int TOP = 50;
    private static final int ROW = 40;
    private static final double LEAST = 1e-5;

    private final List<Attacker> attackers;
    private final List<ClassSizeChart.Policy> policies;

    /** @param highest greatest risk of a record; equal to {@code average} where only an average is defined */
    record Attacker(String zh, String en, double highest, double average) {}

    RiskChart(List<Attacker> attackers, List<ClassSizeChart.Policy> policies) {
        this.attackers = attackers;
        this.policies = policies;
    }

    String svg() {
        int base = TOP + ROW * attackers.size();
        StringBuilder svg = new StringBuilder("<svg viewBox=\"0 0 " + WIDTH + " " + (base + 46) + "\" role=\"img\">");
        for (int exponent = -5; exponent <= 0; exponent++) {
            tick(svg, Math.pow(10, exponent), base);
        }
        int row = 0;
        for (ClassSizeChart.Policy policy : policies) {
            threshold(svg, policy, base, row++);
        }
        for (int i = 0; i < attackers.size(); i++) {
            attacker(svg, attackers.get(i), TOP + ROW * i + ROW / 2);
        }
        svg.append(bothInSvg(
                "axis",
                "x=\"" + (LEFT + RIGHT) / 2 + "\" y=\"" + (base + 40) + "\" text-anchor=\"middle\"",
                "重标识风险（对数刻度）：实心为最高，空心为平均",
                "risk of re-identification (logarithmic): full dot highest, open dot average"));
        return svg.append("</svg>").toString();
    }

    private void tick(StringBuilder svg, double risk, int base) {
        double x = x(risk);
        svg.append("<line class=\"grid\" x1=\"")
                .append(at(x))
                .append("\" x2=\"")
                .append(at(x))
                .append("\" y1=\"");
        svg.append(TOP).append("\" y2=\"").append(base).append("\"/><text class=\"tick\" text-anchor=\"middle\" x=\"");
        svg.append(at(x)).append("\" y=\"").append(base + 17).append("\">");
        svg.append(risk >= 0.01 ? Math.round(risk * 100) + " %" : "1/" + Markup.count(Math.round(1 / risk)));
        svg.append("</text>");
    }

    private void threshold(StringBuilder svg, ClassSizeChart.Policy policy, int base, int row) {
        double x = x(1.0 / policy.size());
        int y = 12 + 14 * row;
        svg.append("<line class=\"policy\" x1=\"")
                .append(at(x))
                .append("\" x2=\"")
                .append(at(x))
                .append("\" y1=\"");
        svg.append(y - 8).append("\" y2=\"").append(base).append("\"/>");
        svg.append(bothInSvg(
                "policyname",
                "text-anchor=\"end\" x=\"" + at(x - 5) + "\" y=\"" + y + "\"",
                policy.zh() + " 1/" + policy.size(),
                policy.en() + " 1/" + policy.size()));
    }

    private void attacker(StringBuilder svg, Attacker attacker, int y) {
        svg.append(bothInSvg(
                "name",
                "text-anchor=\"end\" x=\"" + (LEFT - 16) + "\" y=\"" + (y + 5) + "\"",
                attacker.zh(),
                attacker.en()));
        double from = x(attacker.average());
        double to = x(attacker.highest());
        svg.append("<line class=\"span\" x1=\"")
                .append(at(from))
                .append("\" x2=\"")
                .append(at(to))
                .append("\" y1=\"");
        svg.append(y).append("\" y2=\"").append(y).append("\"/>");
        svg.append("<circle class=\"average\" cx=\"")
                .append(at(from))
                .append("\" cy=\"")
                .append(y);
        svg.append("\" r=\"6\"/>");
        svg.append("<text class=\"value\" text-anchor=\"middle\" x=\"")
                .append(at(from))
                .append("\" y=\"");
        svg.append(y - 11).append("\">").append(percent(attacker.average())).append("</text>");
        if (attacker.highest() > attacker.average()) {
            svg.append("<circle class=\"highest\" cx=\"")
                    .append(at(to))
                    .append("\" cy=\"")
                    .append(y);
            svg.append("\" r=\"6\"/><text class=\"value\" x=\"")
                    .append(at(to + 11))
                    .append("\" y=\"")
                    .append(y + 5);
            svg.append("\">").append(percent(attacker.highest())).append("</text>");
        }
    }

    private static double x(double risk) {
        double log = Math.log10(Math.max(LEAST, Math.min(1, risk)) / LEAST) / Math.log10(1 / LEAST);
        return LEFT + (RIGHT - LEFT) * log;
    }
}
