package io.yunyu.engine.aggregate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.yunyu.engine.guard.SetSketch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The sketches that the guard needs of a cell, computed along with its totals: of its units, and of its units with the
 * rows, counts and sums that each contributes. Units are hashed with secret numbers of the family.
 */
final class SketchColumns {
    private static final StructType SECRET = new StructType().add("key", DataTypes.LongType, false);

    private final List<Aspect> aspects = new ArrayList<>();
    private final long[] keys;

    /**
     * @param elements name of the column that counts the elements
     * @param hash of one element, null for a unit that is none
     */
    private record Aspect(String name, String elements, Column hash) {}

    private SketchColumns(long[] keys) {
        this.keys = keys.clone();
    }

    /** No sketch of anything: where no guard is asked. */
    static SketchColumns none() {
        return new SketchColumns(new long[2]);
    }

    static SketchColumns of(CellPlan plan, long[] keys) {
        SketchColumns sketches = new SketchColumns(keys);
        sketches.aspects.add(new Aspect(CellPlan.UNITS_ASPECT, "n", sketches.hash(col("u"))));
        if (plan.values().stream().anyMatch(v -> v.kind() == CellPlan.Kind.ROWS)) {
            sketches.aspects.add(new Aspect(CellPlan.ROWS_ASPECT, "n", sketches.hash(col("u"), col("r"))));
        }
        for (int m = 0; m < plan.measures().size(); m++) {
            CellPlan.Measure measure = plan.measures().get(m);
            if (measure.counted()) {
                Column rows = col("c" + m);
                sketches.aspects.add(
                        new Aspect(measure.countAspect(), "cn" + m, when(rows.gt(0L), sketches.hash(col("u"), rows))));
                sketches.contributors(measure.countAspect(), "cn" + m, rows.gt(0L));
            }
            if (measure.summed()) {
                boolean isDouble = measure.isDouble();
                Column sum = col("s" + m);
                // Doubles add up a little differently in another order: their last digits do not count.
                Column hash = sketches.hash(col("u"), isDouble ? sum.cast("float") : sum);
                Column contributes = sum.notEqual(isDouble ? lit(0.0) : lit(0L));
                sketches.aspects.add(new Aspect(measure.sumAspect(), "zn" + m, when(contributes, hash)));
                sketches.contributors(measure.sumAspect(), "zn" + m, contributes);
            }
        }
        return sketches;
    }

    private void contributors(String aspect, String elements, Column contributes) {
        aspects.add(new Aspect(contributorsOf(aspect), elements, when(contributes, hash(col("u")))));
    }

    /** The name of the aspect of the units that contribute to another. */
    static String contributorsOf(String aspect) {
        return "contributors of " + aspect;
    }

    private Column hash(Column... of) {
        return hash(keys, of);
    }

    /** What a family's guard remembers are these numbers, so that they must not change from one version to the next. */
    static Column hash(long[] keys, Column... of) {
        List<Column> all = new ArrayList<>(List.of(secret(keys[0])));
        all.addAll(List.of(of));
        all.add(secret(keys[1]));
        return xxhash64(all.toArray(Column[]::new));
    }

    /**
     * A number that is hashed like itself and is no part of the text of the code that Spark generates: secrets do not belong
     * there, and the same code then serves every family.
     */
    private static Column secret(long key) {
        return ExpressionUtils.column(Literal.create(RowFactory.create(key), SECRET));
    }

    /** The units with their hashes: h*. */
    org.apache.spark.sql.Dataset<Row> hashed(org.apache.spark.sql.Dataset<Row> units) {
        Map<String, Column> hashes = new LinkedHashMap<>();
        for (int i = 0; i < aspects.size(); i++) {
            hashes.put("h" + i, aspects.get(i).hash);
        }
        return units.withColumns(hashes);
    }

    /** The totals over units. */
    void totals(List<Column> totals) {
        for (int i = 0; i < aspects.size(); i++) {
            totals.add(SketchAggregate.of(col("h" + i)).as("h" + i));
        }
    }

    /** By aspect. */
    Map<String, SetSketch> read(Row row) {
        Map<String, SetSketch> sketches = new LinkedHashMap<>();
        for (int i = 0; i < aspects.size(); i++) {
            sketches.put(
                    aspects.get(i).name,
                    SketchAggregate.sketch(whole(row, aspects.get(i).elements), row.getAs("h" + i)));
        }
        return sketches;
    }

    private static long whole(Row row, String name) {
        Number value = row.getAs(name);
        return value == null ? 0 : value.longValue();
    }
}
