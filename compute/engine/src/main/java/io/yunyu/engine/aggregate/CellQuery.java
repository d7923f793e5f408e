package io.yunyu.engine.aggregate;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.grouping_id;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.try_sum;
import static org.apache.spark.sql.functions.when;

import io.yunyu.engine.perturbation.CellKey;
import io.yunyu.engine.policy.Catalyst;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.collection.immutable.Seq;

/**
 * Computes cells in two steps: first by group keys and unit, then by group keys. Only functions that Spark compiles into
 * its loops; whole numbers and decimals are added exactly, in any order with the same result.
 */
final class CellQuery {
    /** 2^64 modulo the number of record keys: what reading a negative unit key as unsigned adds to its remainder. */
    private static final long UNSIGNED = Long.remainderUnsigned(-1L, CellKey.MODULUS) + 1;

    /** Which keys a cell is a total over. */
    static final String GROUPING = "grouping";

    private static final Column ONE = lit(1L);

    private final CellPlan plan;
    private final SketchColumns sketches;

    private CellQuery(CellPlan plan, SketchColumns sketches) {
        this.plan = plan;
        this.sketches = sketches;
    }

    /** The cells, at most {@code limit} of them, in no particular order. */
    static List<Cell> run(
            SparkSession spark, CellPlan plan, OriginalTables originals, SketchColumns sketches, int limit) {
        CellQuery query = new CellQuery(plan, sketches);
        Dataset<Row> cells = query.perCell(query.perUnit(SourcePlan.records(spark, plan, originals)));
        CellReader reader = new CellReader(plan, sketches);
        List<Cell> result = new ArrayList<>();
        // Without keys there is one row, and a limit would only cost a stage.
        for (Row row : (plan.keys().isEmpty() ? cells : cells.limit(limit)).collectAsList()) {
            result.add(reader.read(row));
        }
        return result;
    }

    /** One row per group and unit: g*, u, r (rows), c* (rows with a value), s* (sum). */
    private Dataset<Row> perUnit(Dataset<Row> records) {
        List<Column> totals = new ArrayList<>();
        totals.add(count(ONE).as("r"));
        for (int m = 0; m < plan.measures().size(); m++) {
            if (countsRows(m)) {
                totals.add(count(col("m" + m)).as("c" + m));
            }
            if (plan.measures().get(m).summed()) {
                totals.add((isDouble(m) ? sum(col("m" + m)) : try_sum(col("m" + m))).as("s" + m));
            }
        }
        List<Column> by = new ArrayList<>(keys());
        by.add(col("u"));
        if (plan.query().groupingSets().isEmpty()) {
            return aggregated(records, by, totals);
        }
        List<Seq<Column>> sets = new ArrayList<>();
        for (List<Integer> set : plan.query().groupingSets()) {
            List<Column> columns = new ArrayList<>();
            set.forEach(i -> columns.add(col("g" + i)));
            columns.add(col("u"));
            sets.add(Catalyst.seq(columns));
        }
        totals.add(grouping_id().as(GROUPING));
        return records.groupingSets(Catalyst.seq(sets), by.toArray(Column[]::new))
                .agg(totals.get(0), totals.subList(1, totals.size()).toArray(Column[]::new));
    }

    private Dataset<Row> perCell(Dataset<Row> units) {
        Column key = when(col("u").lt(0L), col("u").mod(CellKey.MODULUS).plus(CellKey.MODULUS + UNSIGNED))
                .otherwise(col("u").mod(CellKey.MODULUS));
        List<Column> totals = new ArrayList<>();
        totals.add(count(ONE).as("n"));
        totals.add(sum(col("r")).as("r"));
        totals.add(max(col("r")).as("rmax"));
        totals.add(SecondLargest.of(col("r")).as("rnext"));
        totals.add(sum(col("k")).as("k"));
        for (int m = 0; m < plan.measures().size(); m++) {
            measureTotals(m, totals);
        }
        sketches.totals(totals);
        List<Column> by = new ArrayList<>(keys());
        if (!plan.query().groupingSets().isEmpty()) {
            by.add(col(GROUPING));
        }
        return aggregated(sketches.hashed(units.withColumn("k", key)), by, totals);
    }

    private void measureTotals(int m, List<Column> totals) {
        Column rows = col("c" + m);
        Column sum = col("s" + m);
        if (plan.measures().get(m).counted()) {
            totals.add(count(when(rows.gt(0L), ONE)).as("cn" + m));
            totals.add(sum(when(rows.gt(0L), col("k"))).as("ck" + m));
            totals.add(sum(rows).as("cr" + m));
            totals.add(max(rows).as("cmax" + m));
            totals.add(SecondLargest.of(rows).as("cnext" + m));
        }
        if (plan.measures().get(m).summed()) {
            Column contributes = sum.notEqual(isDouble(m) ? lit(0.0) : lit(0L));
            totals.add(count(when(contributes, ONE)).as("zn" + m));
            totals.add(sum(when(contributes, col("k"))).as("zk" + m));
            totals.add((isDouble(m) ? sum(sum) : try_sum(sum)).as("s" + m));
            totals.add(sum(abs(sum.cast("double"))).as("a" + m));
            totals.add(max(sum).as("hi" + m));
            totals.add(min(sum).as("lo" + m));
            totals.add(SecondLargest.of(abs(sum.cast("double"))).as("next" + m));
            if (!isDouble(m)) {
                totals.add(count(when(rows.gt(0L).and(sum.isNull()), ONE)).as("o" + m));
            }
        }
    }

    /** Rows with a value are also needed to tell an overflown sum from a missing one. */
    private boolean countsRows(int m) {
        CellPlan.Measure measure = plan.measures().get(m);
        return measure.counted() || measure.summed() && !isDouble(m);
    }

    private boolean isDouble(int m) {
        return plan.measures().get(m).isDouble();
    }

    private List<Column> keys() {
        return IntStream.range(0, plan.keys().size())
                .mapToObj(i -> col("g" + i))
                .toList();
    }

    private static Dataset<Row> aggregated(Dataset<Row> rows, List<Column> by, List<Column> totals) {
        return rows.groupBy(by.toArray(Column[]::new))
                .agg(totals.get(0), totals.subList(1, totals.size()).toArray(Column[]::new));
    }
}
