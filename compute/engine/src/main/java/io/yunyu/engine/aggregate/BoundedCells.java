package io.yunyu.engine.aggregate;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.dense_rank;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.shiftleft;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.try_add;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.yunyu.contract.agreement.ClampingBounds;
import io.yunyu.engine.aggregate.Figure.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DoubleType;

/**
 * Computes cells to which every privacy unit contributes no more than it may: in at most l0 cells, and in each at most
 * linf records' worth, every value clamped. Whole numbers throughout, added in any order with the same result; no
 * expression can fail or overflow, whatever the records hold, since a failure would tell of them.
 *
 * <p>A unit with more than linf records in a cell counts with linf times their mean, which is what linf records drawn from
 * them would give on average, without drawing. A unit in more than l0 cells counts in those whose labels come first by
 * a hash of the query, the unit's key and the labels: a choice made from the unit's own records only, the same whenever it is made. A
 * number that is missing, infinite or no number counts as missing.
 */
final class BoundedCells {
    private static final int HALF = 32;
    private static final long LOW_HALF = (1L << HALF) - 1;
    /** More records of one unit on one point than this weigh no more than as many. */
    private static final long MOST_RECORDS = 1L << 30;

    private static final Column ONE = lit(1L);
    private static final Column ZERO = lit(0L);

    private final NoisePlan plan;
    private final long seed;

    private BoundedCells(NoisePlan plan, long seed) {
        this.plan = plan;
        this.seed = seed;
    }

    /**
     * One row per cell: g*, n (units), for figure i its sum as h{i} 2^32 + l{i}, and for a measure m of quantiles the
     * points of its grid that have records, each with their weight, as the list q{m}.
     */
    static Dataset<Row> of(SparkSession spark, NoisePlan plan, OriginalTables originals, long seed) {
        BoundedCells cells = new BoundedCells(plan, seed);
        Dataset<Row> records = cells.inDomain(SourcePlan.records(spark, plan.cells(), originals));
        Dataset<Row> cellsOfUnits = cells.contributions(cells.perUnit(records));
        Dataset<Row> bounded = plan.bindsCells() ? cells.firstCells(cellsOfUnits) : cellsOfUnits;
        Dataset<Row> result = cells.perCell(bounded);
        for (int m = 0; m < plan.cells().measures().size(); m++) {
            result = plan.grid(m).isPresent() ? cells.withWeights(result, records, m) : result;
        }
        // Cells below the threshold can never show; dropping them here keeps the driver's work small.
        return plan.selection().isPresent()
                ? result.where(
                        col("n").geq(plan.cells().query().grant().protection().minUnits()))
                : result;
    }

    /** Keys that are not public are no part of the question, and must not take a unit's place in another cell. */
    private Dataset<Row> inDomain(Dataset<Row> records) {
        Dataset<Row> inside = records;
        for (int i = 0; i < plan.domains().size(); i++) {
            inside = inside.where(
                    col("g" + i).isin(plan.domains().get(i).values().toArray()));
        }
        return inside;
    }

    /** One row per unit and cell: r (records), and per measure c* (with a value) and its sum in two halves. */
    private Dataset<Row> perUnit(Dataset<Row> records) {
        List<Column> totals = new ArrayList<>();
        totals.add(count(ONE).as("r"));
        for (int m = 0; m < plan.cells().measures().size(); m++) {
            totals.add(count(col("m" + m)).as("c" + m));
            if (plan.cells().measures().get(m).summed()) {
                Column value = plan.cells().measures().get(m).squared() ? square(m) : clamped(m);
                totals.add(sum(shiftright(value, HALF)).as("h" + m));
                totals.add(sum(value.bitwiseAND(lit(LOW_HALF))).as("l" + m));
            }
        }
        List<Column> by = new ArrayList<>(keys());
        by.add(col("u"));
        return aggregated(records, by, totals);
    }

    /** The value in units of its last digit; null where it is missing. */
    private Column clamped(int m) {
        ClampingBounds bounds = plan.bounds().get(m).orElseThrow();
        Column value = col("m" + m);
        Column inside;
        if (plan.cells().measures().get(m).column().dataType() instanceof DoubleType) {
            double scale = Math.pow(10, bounds.decimals());
            // In units first, then between the bounds, so that rounding cannot lead beyond them.
            Column units =
                    floor(least(greatest(value.multiply(lit(scale)), lit((double) bounds.lowerUnits())), lit((double)
                                    bounds.upperUnits()))
                            .plus(lit(0.5)));
            inside = least(units.cast("bigint"), lit(bounds.upperUnits()));
        } else {
            inside = least(greatest(value, lit(bounds.lowerUnits())), lit(bounds.upperUnits()));
        }
        return when(value.isNotNull(), inside);
    }

    /** The square of the column's distance from its middle, in squared steps; null where it is missing. */
    private Column square(int m) {
        int base = plan.cells().baseOf(m);
        SquareScale scale = SquareScale.of(plan.bounds().get(base).orElseThrow());
        Column steps = shiftright(clamped(base).minus(lit(scale.middle())).plus(lit(scale.half())), scale.shift());
        return steps.multiply(steps);
    }

    /** What each unit contributes to each of its cells: f{i} for figure i. */
    private Dataset<Row> contributions(Dataset<Row> units) {
        List<Column> columns = new ArrayList<>(keys());
        columns.add(col("u"));
        for (int i = 0; i < plan.figures().size(); i++) {
            Figure figure = plan.figures().get(i);
            Column contribution =
                    switch (figure.kind()) {
                        case UNITS -> ONE;
                        case ROWS -> bounded(col("r"));
                        case NON_MISSING -> bounded(col("c" + figure.measure()));
                        case SUM -> total(figure.measure());
                        case CENTRED ->
                            total(figure.measure())
                                    .minus(bounded(col("c" + figure.measure()))
                                            .multiply(lit(NoisePlan.middle(plan.bounds()
                                                    .get(figure.measure())
                                                    .orElseThrow()))));
                    };
            columns.add(contribution.as("f" + i));
        }
        return units.select(columns.toArray(Column[]::new));
    }

    private Column bounded(Column records) {
        return least(records, lit((long) plan.clause().linf()));
    }

    private Column total(int m) {
        ClampingBounds bounds = plan.bounds().get(m).orElseThrow();
        // A value is missing for its square exactly where it is for itself; the squares' own column is not used.
        Column records = col(
                "c" + (plan.cells().measures().get(m).squared() ? plan.cells().baseOf(m) : m));
        Column counted = bounded(records);
        Column exact = coalesce(try_add(shiftleft(col("h" + m), HALF), col("l" + m)), ZERO);
        Column mean = col("h" + m)
                .cast("double")
                .multiply(lit((double) (1L << HALF)))
                .plus(col("l" + m).cast("double"))
                .divide(greatest(records, ONE).cast("double"));
        Column scaled = round(
                        least(greatest(mean, lit((double) bounds.lowerUnits())), lit((double) bounds.upperUnits()))
                                .multiply(counted.cast("double")))
                .cast("bigint");
        Column value = when(records.equalTo(ZERO), ZERO)
                .when(records.leq(lit((long) plan.clause().linf())), exact)
                .otherwise(scaled);
        return least(
                greatest(value, counted.multiply(lit(bounds.lowerUnits()))),
                counted.multiply(lit(bounds.upperUnits())));
    }

    /** At most l0 cells of each unit. */
    private Dataset<Row> firstCells(Dataset<Row> cellsOfUnits) {
        List<Column> hashed = new ArrayList<>();
        hashed.add(lit(seed));
        hashed.add(col("u"));
        hashed.addAll(keys());
        List<Column> order = new ArrayList<>();
        order.add(xxhash64(hashed.toArray(Column[]::new)));
        order.addAll(keys());
        // Of cells, of which a unit may have several rows here.
        Column place = dense_rank().over(Window.partitionBy(col("u")).orderBy(order.toArray(Column[]::new)));
        return cellsOfUnits.withColumn("place", place).where(col("place").leq(plan.l0()));
    }

    private Dataset<Row> perCell(Dataset<Row> bounded) {
        List<Column> totals = new ArrayList<>();
        totals.add(count(ONE).as("n"));
        for (int i = 0; i < plan.figures().size(); i++) {
            if (plan.figures().get(i).kind() != Kind.UNITS) {
                totals.add(sum(shiftright(col("f" + i), HALF)).as("h" + i));
                totals.add(sum(col("f" + i).bitwiseAND(lit(LOW_HALF))).as("l" + i));
            }
        }
        return aggregated(bounded, keys(), totals);
    }

    private Dataset<Row> withWeights(Dataset<Row> cells, Dataset<Row> records, int m) {
        Dataset<Row> weights = weights(records, m);
        if (plan.cells().keys().isEmpty()) {
            return cells.crossJoin(weights);
        }
        Column same = lit(true);
        List<String> renamed = new ArrayList<>();
        for (int i = 0; i < plan.cells().keys().size(); i++) {
            renamed.add("w" + i);
            weights = weights.withColumnRenamed("g" + i, "w" + i);
            same = same.and(col("g" + i).eqNullSafe(col("w" + i)));
        }
        return cells.join(weights, same, "left_outer").drop(renamed.toArray(String[]::new));
    }

    /**
     * One row per cell: g*, q{m}. The records of a unit weigh the same each, and together at most what linf records do; a
     * unit in too many cells has weight in the same ones in which it is counted.
     */
    private Dataset<Row> weights(Dataset<Row> records, int m) {
        List<Column> ofUnit = new ArrayList<>(keys());
        ofUnit.add(col("u"));
        List<Column> onPoint = new ArrayList<>(ofUnit);
        onPoint.add(point(m).as("b"));
        Dataset<Row> points = aggregated(
                records, onPoint, List.of(least(count(ONE), lit(MOST_RECORDS)).as("k")));
        Dataset<Row> bounded = plan.bindsCells() ? firstCells(points) : points;
        long linf = plan.clause().linf();
        Column has = sum(col("k")).over(Window.partitionBy(ofUnit.toArray(Column[]::new)));
        Column weight = when(col("c").leq(lit(linf)), col("k").multiply(lit(Quantile.RECORD)))
                .otherwise(call_function("div", col("k").multiply(lit(linf * Quantile.RECORD)), col("c")));
        List<Column> cellPoint = new ArrayList<>(keys());
        cellPoint.add(col("b"));
        Dataset<Row> weighed = aggregated(
                bounded.where(col("b").isNotNull()).withColumn("c", has),
                cellPoint,
                List.of(sum(weight).as("w")));
        return aggregated(
                weighed,
                keys(),
                List.of(collect_list(struct(col("b"), col("w"))).as("q" + m)));
    }

    /** The nearest point of the measure's grid; null where the value is missing. */
    private Column point(int m) {
        QuantileGrid grid = plan.grid(m).orElseThrow();
        Column steps =
                call_function("div", clamped(m).minus(lit(grid.first())).plus(lit(grid.step() / 2)), lit(grid.step()));
        // LEAST passes over what is missing, and would put it on the last point.
        return when(steps.isNotNull(), least(steps, lit(grid.points() - 1L)));
    }

    private List<Column> keys() {
        return IntStream.range(0, plan.cells().keys().size())
                .mapToObj(i -> col("g" + i))
                .toList();
    }

    private static Dataset<Row> aggregated(Dataset<Row> rows, List<Column> by, List<Column> totals) {
        return rows.groupBy(by.toArray(Column[]::new))
                .agg(totals.get(0), totals.subList(1, totals.size()).toArray(Column[]::new));
    }
}
