package io.yunyu.engine.tabulate;

import io.yunyu.anonymizer.page.Markup;
import java.util.List;

/** How often which noise occurs among published cells: a histogram. */
final class NoiseChart {
    private static final int MOST_BARS = 41;
    private static final double WIDTH = 960;
    private static final double HEIGHT = 190;
    private static final double BASE = 160;

    private final double[] noises;

    NoiseChart(List<CellResult> cells) {
        noises = cells.stream()
                .filter(c -> c.status() == CellResult.Status.PUBLISHED)
                .mapToDouble(CellResult::noise)
                .sorted()
                .toArray();
    }

    String svg() {
        double reach = Math.max(Math.abs(noises[0]), Math.abs(noises[noises.length - 1]));
        boolean whole = reach <= MOST_BARS / 2;
        for (double noise : noises) {
            whole &= noise == Math.rint(noise);
        }
        int half = whole ? (int) Math.max(1, reach) : MOST_BARS / 2;
        double step = whole ? 1 : reach / half;
        long[] counts = new long[2 * half + 1];
        long most = 1;
        for (double noise : noises) {
            int bar = (int) Math.round(noise / step) + half;
            most = Math.max(most, ++counts[Math.max(0, Math.min(2 * half, bar))]);
        }
        StringBuilder out = new StringBuilder("<svg viewBox=\"0 0 960 190\" role=\"img\">");
        double slot = WIDTH / counts.length;
        for (int bar = 0; bar < counts.length; bar++) {
            double height = 130.0 * counts[bar] / most;
            out.append("<rect x=\"" + Markup.at(bar * slot + slot * 0.08) + "\" y=\"" + Markup.at(BASE - height)
                    + "\" width=\"" + Markup.at(slot * 0.84) + "\" height=\"" + Markup.at(height)
                    + "\" fill=\"" + (bar == half ? "var(--light)" : "var(--blue)") + "\"/>");
            if (counts[bar] > 0) {
                out.append(text(bar * slot + slot / 2, BASE - height - 5, "value", Markup.count(counts[bar])));
            }
            if (counts.length <= 21 || (bar - half) % 5 == 0) {
                out.append(text(bar * slot + slot / 2, HEIGHT - 10, "tick", label((bar - half) * step)));
            }
        }
        return out.append("<line class=\"grid\" x1=\"0\" x2=\"960\" y1=\"160\" y2=\"160\"/></svg>")
                .toString();
    }

    private static String text(double x, double y, String kind, String words) {
        return "<text class=\"" + kind + "\" text-anchor=\"middle\" x=\"" + Markup.at(x) + "\" y=\"" + Markup.at(y)
                + "\">" + words + "</text>";
    }

    private static String label(double value) {
        String text = value == Math.rint(value) && Math.abs(value) < 1e15
                ? Markup.count((long) value)
                : String.format(java.util.Locale.ROOT, "%.3g", value);
        return value > 0 ? "+" + text : text;
    }
}
