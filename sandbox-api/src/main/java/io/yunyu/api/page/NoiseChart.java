package io.yunyu.api.page;

import io.yunyu.api.review.TableMarks;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How large the noise is beside the values: a line for each column, a dot for each value, on a logarithmic scale from 0.1
 * to 100 percent. Drawn on the server.
 *
 * @param height of the picture; its width is {@value #WIDTH}
 */
public record NoiseChart(int height, List<Line> lines) {
    static final int WIDTH = 640;
    private static final int LEFT = 170;
    private static final int RIGHT = 20;
    private static final int ROW = 34;
    private static final int TOP = 8;
    private static final int FOOT = 30;
    private static final double LOWEST = -1;
    private static final double HIGHEST = 2;
    private static final int LONGEST_NAME = 18;

    /**
     * A column.
     *
     * @param median percent, as text, and the next the largest
     * @param dots places of the values, each once
     */
    public record Line(
            String column, boolean atLeast, String median, String largest, int medianX, int y, List<Integer> dots) {}

    /** A line of the scale. */
    public record Tick(String label, int x) {}

    /** Empty if no column's noise can be told. */
    static Optional<NoiseChart> of(TableMarks marks) {
        List<Line> lines = new ArrayList<>();
        for (TableMarks.Column column : marks.columns()) {
            List<BigDecimal> known = column.known();
            if (!known.isEmpty()) {
                Set<Integer> dots = new LinkedHashSet<>();
                known.forEach(percent -> dots.add(x(percent)));
                BigDecimal median = column.median().orElseThrow();
                lines.add(new Line(
                        shortened(column.name()),
                        column.atLeast(),
                        text(median),
                        text(column.largest().orElseThrow()),
                        x(median),
                        TOP + ROW * lines.size() + ROW / 2,
                        List.copyOf(dots)));
            }
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(new NoiseChart(TOP + ROW * lines.size() + FOOT, lines));
    }

    public List<Tick> ticks() {
        return List.of(
                new Tick("0.1 %", x(new BigDecimal("0.1"))),
                new Tick("1 %", x(BigDecimal.ONE)),
                new Tick("10 %", x(BigDecimal.TEN)),
                new Tick("100 %", x(BigDecimal.valueOf(100))));
    }

    /** Where the scale is. */
    public int floor() {
        return height - FOOT;
    }

    private static int x(BigDecimal percent) {
        double place = Math.max(LOWEST, Math.min(HIGHEST, Math.log10(percent.doubleValue())));
        return (int) Math.round(LEFT + (place - LOWEST) / (HIGHEST - LOWEST) * (WIDTH - LEFT - RIGHT));
    }

    private static String text(BigDecimal percent) {
        return percent.stripTrailingZeros().toPlainString();
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }
}
