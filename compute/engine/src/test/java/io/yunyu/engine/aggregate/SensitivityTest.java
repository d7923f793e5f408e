package io.yunyu.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.ClampingBounds;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.engine.aggregate.Visits.Visit;
import io.yunyu.engine.policy.CheckedQuery;
import io.yunyu.engine.policy.QueryPolicy;
import io.yunyu.engine.policy.Verdict;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Small data sets, every privacy unit taken out of each in turn: the exact numbers of the bounded cells may change in at
 * most l0 cells, and in each by at most what the noise is made for.
 */
final class SensitivityTest {
    private static final int UNITS = 4;
    private static final String SQL = "SELECT county, sex, COUNT(*) n, COUNT(DISTINCT person_id) p, COUNT(amount) a,"
            + " SUM(amount) t, AVG(score) m, SUM(age) g, MEDIAN(amount) h, PERCENTILE(score, 0.9) d,"
            + " VARIANCE(score) w, STDDEV(age) z"
            + " FROM visits GROUP BY county, sex";

    @ParameterizedTest
    @CsvSource({"1, 1, 11", "2, 3, 12"})
    void of_anyUnitRemoved_changesNoMoreThanClaimed(int l0, int linf, long seed) {
        SparkSession spark = ExitFixture.session(1);
        // A handful of records: compiling each plan would take longer than running it.
        spark.conf().set("spark.sql.codegen.wholeStage", "false");
        spark.conf().set("spark.sql.adaptive.enabled", "false");
        NoisePlan plan = plan(spark, l0, linf);
        List<Visit> all = wild(new Random(seed));
        Map<List<Object>, BoundedCell> with = exact(spark, plan, all);
        for (long unit = 0; unit < UNITS; unit++) {
            long removed = unit;
            Map<List<Object>, BoundedCell> without = exact(
                    spark, plan, all.stream().filter(v -> v.unit() != removed).toList());
            Set<List<Object>> cells = new HashSet<>(with.keySet());
            cells.addAll(without.keySet());
            cells.removeIf(c ->
                    figures(with, c, plan).equals(figures(without, c, plan)) && weight(with, without, c, plan) == 0);
            assertThat(cells.size()).as("cells of unit %s, seed %s", unit, seed).isBetween(1, l0);
            for (List<Object> cell : cells) {
                assertThat(weight(with, without, cell, plan))
                        .as("weight of unit %s, seed %s", unit, seed)
                        .isLessThanOrEqualTo(linf * Quantile.RECORD);
            }
            for (int i = 0; i < plan.figures().size(); i++) {
                Figure figure = plan.figures().get(i);
                BigInteger squares = BigInteger.ZERO;
                for (List<Object> cell : cells) {
                    BigInteger change = figures(with, cell, plan)
                            .get(i)
                            .subtract(figures(without, cell, plan).get(i));
                    squares = squares.add(change.multiply(change));
                }
                // sigma^2 = l2^2 / (2 rho)
                BigInteger l2Squared = figure.noise()
                        .sigmaSquared()
                        .numerator()
                        .multiply(BigInteger.valueOf(2 * figure.rhoMicros()))
                        .divide(figure.noise().sigmaSquared().denominator().multiply(BigInteger.valueOf(1_000_000)));
                assertThat(squares)
                        .as("%s of unit %s, seed %s", figure.kind(), unit, seed)
                        .isLessThanOrEqualTo(l2Squared);
            }
        }
    }

    private static List<BigInteger> figures(Map<List<Object>, BoundedCell> cells, List<Object> cell, NoisePlan plan) {
        return cells.containsKey(cell)
                ? cells.get(cell).figures()
                : plan.figures().stream().map(f -> BigInteger.ZERO).toList();
    }

    /** Most weight that a cell gained or lost, of the measures of quantiles; never both gained and lost. */
    private static long weight(
            Map<List<Object>, BoundedCell> with,
            Map<List<Object>, BoundedCell> without,
            List<Object> cell,
            NoisePlan plan) {
        long most = 0;
        for (Quantile quantile : plan.quantiles()) {
            long[] none = new long[quantile.grid().points()];
            long[] a = with.containsKey(cell) ? with.get(cell).weights().get(quantile.measure()) : none;
            long[] b = without.containsKey(cell) ? without.get(cell).weights().get(quantile.measure()) : none;
            long moved = 0;
            for (int i = 0; i < none.length; i++) {
                assertThat(a[i]).isGreaterThanOrEqualTo(b[i]);
                moved += a[i] - b[i];
            }
            most = Math.max(most, moved);
        }
        return most;
    }

    private static Map<List<Object>, BoundedCell> exact(SparkSession spark, NoisePlan plan, List<Visit> visits) {
        Dataset<Row> table = new Visits(visits).table(spark, 1);
        Map<List<Object>, BoundedCell> cells = new HashMap<>();
        for (Row row : BoundedCells.of(spark, plan, (granted, columns) -> table.select(columnsOf(columns)), 99)
                .collectAsList()) {
            cells.put(
                    List.of(String.valueOf(row.get(0)), String.valueOf(row.get(1))),
                    PrivateExit.cell(plan, List.of(v -> v, v -> v), row));
        }
        return cells;
    }

    private static org.apache.spark.sql.Column[] columnsOf(Set<String> columns) {
        List<org.apache.spark.sql.Column> all = new ArrayList<>();
        columns.forEach(c -> all.add(functions.col(c)));
        all.add(functions.col("__unit"));
        return all.toArray(org.apache.spark.sql.Column[]::new);
    }

    private static NoisePlan plan(SparkSession spark, int l0, int linf) {
        PrivacyClause clause = new PrivacyClause(
                1_000_000,
                1_000_000,
                0,
                l0,
                linf,
                Map.of(
                        "ds-visits",
                        Map.of(
                                "amount", new ClampingBounds(BigDecimal.ONE, new BigDecimal("500"), 2),
                                "score", new ClampingBounds(new BigDecimal("-10.5"), new BigDecimal("100"), 1),
                                "age",
                                        new ClampingBounds(
                                                new BigDecimal("-1000000000000000"), new BigDecimal("7"), 0))),
                Map.of("ds-visits", Map.of("county", List.of("A", "B"), "sex", List.of("F", "M"))));
        AccessGrant grant = ExitFixture.grant(Visits.RULES, Visits.granted()).with(clause);
        CheckedQuery query = ((Verdict.Passed) QueryPolicy.check(spark, SQL, grant)).query();
        return ((NoisePlan.Result.Planned) NoisePlan.of(CellPlan.of(query), clause)).plan();
    }

    /** Few units with many records, and in them every value that arithmetic might trip over. */
    private static List<Visit> wild(Random random) {
        Long[] ages = {null, Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L, 7L, 8L};
        double[] scores = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 99.97, -10.55, 1e18};
        BigDecimal[] amounts = {
            null, new BigDecimal("9999999999.99"), new BigDecimal("-9999999999.99"), BigDecimal.ZERO, BigDecimal.TEN
        };
        String[] counties = {"A", "B", "C", null};
        List<Visit> visits = new ArrayList<>();
        for (long unit = 0; unit < UNITS; unit++) {
            visits.add(new Visit(unit, "A", "F", 7L, BigDecimal.TEN, 1, LocalDate.of(2026, 1, 1)));
            int records = 1 + random.nextInt(12);
            for (int r = 0; r < records; r++) {
                visits.add(new Visit(
                        unit,
                        counties[random.nextInt(counties.length)],
                        random.nextBoolean() ? "F" : "M",
                        ages[random.nextInt(ages.length)],
                        amounts[random.nextInt(amounts.length)],
                        scores[random.nextInt(scores.length)],
                        LocalDate.of(2026, 1, 1)));
            }
        }
        return visits;
    }
}
