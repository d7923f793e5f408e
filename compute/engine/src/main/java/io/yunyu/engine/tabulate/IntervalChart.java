package io.yunyu.engine.tabulate;

import io.yunyu.anonymizer.page.Markup;
import io.yunyu.engine.suppression.CellInterval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** For each withheld cell that had to be protected: how far the attacker's interval reaches, in units of the demand. */
final class IntervalChart {
    static final int MOST = 40;

    private static final double MIDDLE = 620;
    private static final double UNIT = 80;
    private static final double REACH = 320;

    private final List<Row> rows = new ArrayList<>();

    private record Row(String label, double below, double above) {}

    IntervalChart(CrossTable table, MeasureResult measure) {
        for (int cell = 0; cell < measure.cells().length; cell++) {
            CellResult result = measure.cells()[cell];
            if (result != null && result.interval().isPresent()) {
                CellInterval interval = result.interval().get();
                rows.add(new Row(
                        String.join(" / ", table.labels(cell)),
                        ratio(
                                interval.value() - interval.low(),
                                interval.requirement().lower()),
                        ratio(
                                interval.high() - interval.value(),
                                interval.requirement().upper())));
            }
        }
        rows.sort(Comparator.comparingDouble(row -> Math.min(row.below(), row.above())));
    }

    private static double ratio(double reached, double demanded) {
        return demanded == 0 ? Double.POSITIVE_INFINITY : reached / demanded;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    String svg() {
        List<Row> shown = rows.subList(0, Math.min(MOST, rows.size()));
        int height = 30 + 22 * shown.size();
        StringBuilder out = new StringBuilder("<svg viewBox=\"0 0 960 " + height + "\" role=\"img\">");
        for (int side : new int[] {-1, 0, 1}) {
            double x = MIDDLE + side * UNIT;
            out.append("<line x1=\"" + Markup.at(x) + "\" x2=\"" + Markup.at(x) + "\" y1=\"18\" y2=\"" + height
                    + "\" class=\"" + (side == 0 ? "grid" : "policy") + "\"/>");
            out.append("<text class=\"tick\" text-anchor=\"middle\" x=\"" + Markup.at(x) + "\" y=\"12\">"
                    + (side > 0 ? "+1" : side < 0 ? "−1" : "0") + "</text>");
        }
        for (int k = 0; k < shown.size(); k++) {
            Row row = shown.get(k);
            double y = 34 + 22 * k;
            double from = MIDDLE - Math.min(REACH, row.below() * UNIT);
            double to = MIDDLE + Math.min(REACH, row.above() * UNIT);
            out.append("<text class=\"name\" x=\"0\" y=\"" + Markup.at(y + 4) + "\">" + Markup.shortened(row.label())
                    + "</text><line x1=\"" + Markup.at(from) + "\" x2=\"" + Markup.at(to) + "\" y1=\"" + Markup.at(y)
                    + "\" y2=\"" + Markup.at(y)
                    + "\" stroke=\"var(--blue)\" stroke-width=\"7\" stroke-linecap=\"round\"/>");
        }
        return out.append("</svg>").toString();
    }
}
