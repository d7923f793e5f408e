package io.yunyu.engine.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.jspecify.annotations.Nullable;

/** Reads the rows of {@link CellQuery}. */
final class CellReader {
    private final CellPlan plan;
    private final SketchColumns sketches;
    private final List<scala.Function1<Object, Object>> labelConverters = new ArrayList<>();

    CellReader(CellPlan plan, SketchColumns sketches) {
        this.plan = plan;
        this.sketches = sketches;
        for (CellPlan.Key key : plan.keys()) {
            labelConverters.add(CatalystTypeConverters.createToCatalystConverter(
                    key.expression().dataType()));
        }
    }

    Cell read(Row row) {
        List<@Nullable Object> labels = new ArrayList<>();
        for (int i = 0; i < labelConverters.size(); i++) {
            Object label = row.getAs("g" + i);
            labels.add(label == null ? null : labelConverters.get(i).apply(label));
        }
        List<Cell.MeasureTotals> measures = new ArrayList<>();
        for (int m = 0; m < plan.measures().size(); m++) {
            measures.add(measure(row, m));
        }
        return new Cell(
                labels,
                whole(row, "n"),
                whole(row, "r"),
                whole(row, "rmax"),
                whole(row, "rnext"),
                whole(row, "k"),
                measures,
                sketches.read(row),
                summedOver(row));
    }

    /** Spark's grouping id has the last of the keys and the unit in its lowest bit, set where it is summed over. */
    private long summedOver(Row row) {
        long id = plan.query().groupingSets().isEmpty() ? 0 : whole(row, CellQuery.GROUPING);
        long over = 0;
        int keys = plan.keys().size();
        for (int i = 0; i < keys; i++) {
            over |= (id >>> (keys - i) & 1) << i;
        }
        return over;
    }

    private Cell.MeasureTotals measure(Row row, int m) {
        CellPlan.Measure measure = plan.measures().get(m);
        DataType type = measure.column().dataType();
        double scale = type instanceof DecimalType d && !measure.squared() ? Math.pow(10, d.scale()) : 1;
        boolean summed = measure.summed();
        long contributors = summed ? whole(row, "zn" + m) : 0;
        double high = summed ? number(row, "hi" + m) : 0;
        double low = summed ? number(row, "lo" + m) : 0;
        boolean overflown = summed
                && !measure.isDouble()
                && (whole(row, "o" + m) > 0 || contributors > 0 && row.getAs("s" + m) == null);
        return new Cell.MeasureTotals(
                measure.counted() ? whole(row, "cn" + m) : 0,
                measure.counted() ? whole(row, "ck" + m) : 0,
                measure.counted() ? whole(row, "cr" + m) : 0,
                measure.counted() ? whole(row, "cmax" + m) : 0,
                measure.counted() ? whole(row, "cnext" + m) : 0,
                contributors,
                summed ? whole(row, "zk" + m) : 0,
                summed ? number(row, "s" + m) / scale : 0,
                summed ? number(row, "a" + m) / scale : 0,
                (Math.abs(high) >= Math.abs(low) ? high : low) / scale,
                summed ? number(row, "next" + m) / scale : 0,
                overflown);
    }

    private static long whole(Row row, String name) {
        Number value = row.getAs(name);
        return value == null ? 0 : value.longValue();
    }

    private static double number(Row row, String name) {
        Number value = row.getAs(name);
        return value == null ? 0 : value.doubleValue();
    }
}
