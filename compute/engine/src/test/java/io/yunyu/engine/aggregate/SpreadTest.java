package io.yunyu.engine.aggregate;

import static io.yunyu.contract.agreement.ColumnUse.GROUP_BY;
import static io.yunyu.contract.agreement.ColumnUse.MEASURE;
import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.ClampingBounds;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.agreement.ProtectionRules;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.engine.guard.MemoryGuard;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Variances and standard deviations: from protected sums, or not at all. */
class SpreadTest {
    private static final long SEED = 5;
    private static final ProtectionRules RULES = new ProtectionRules(10, 10, 5, 3, 2, 1000, "policy-1");
    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = ExitFixture.session(2);
    }

    /** Even amounts around 0, so that the spread is much larger than its noise. */
    private static ExitFixture exit() {
        Random random = new Random(SEED);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 6000; i++) {
            long amount = random.nextInt(2001) - 1000;
            rows.add(row(i, "large", amount));
        }
        for (int i = 0; i < 10; i++) {
            rows.add(row(10_000 + i, "ten", 100 + i));
        }
        for (int i = 0; i < 40; i++) {
            rows.add(row(20_000 + i, "one-far-out", i == 0 ? 30_000 : 100 + i));
        }
        for (int i = 0; i < 40; i++) {
            rows.add(row(30_000 + i, "far-from-zero", 500_000 + i % 2));
        }
        ExitFixture exit = new ExitFixture(spark);
        exit.tables.put(
                "payments",
                spark.createDataFrame(
                        rows,
                        new StructType()
                                .add("__unit", DataTypes.LongType)
                                .add("kind", DataTypes.StringType)
                                .add("amount", DataTypes.LongType)
                                .add("fee", DataTypes.createDecimalType(12, 2))
                                .add("score", DataTypes.DoubleType)));
        return exit;
    }

    private static Row row(long unit, String kind, long amount) {
        return RowFactory.create(
                unit * 0x9E3779B97F4A7C15L, kind, amount, BigDecimal.valueOf(amount * 10, 2), (double) amount);
    }

    private static AccessGrant grant() {
        return ExitFixture.grant(
                RULES,
                new GrantedTable(
                        "payments",
                        "ds-payments",
                        0,
                        "family",
                        "payer",
                        List.of(
                                new GrantedColumn("payer", "STRING", Set.of()),
                                new GrantedColumn("kind", "STRING", Set.of(GROUP_BY)),
                                new GrantedColumn("amount", "LONG", Set.of(MEASURE)),
                                new GrantedColumn("fee", "DECIMAL(12,2)", Set.of(MEASURE)),
                                new GrantedColumn("score", "DOUBLE", Set.of(MEASURE)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"amount", "fee", "score"})
    void spread_largeGroup_isNearTheTruth(String column) {
        ExitFixture.Outcome outcome = exit().run(
                        grant(),
                        "SELECT kind, variance(" + column + ") AS v, stddev_samp(" + column + ") AS s FROM payments"
                                + " GROUP BY kind ORDER BY kind");
        List<Object> large = outcome.rows().stream()
                .filter(r -> r.get(0).equals("large"))
                .findFirst()
                .orElseThrow();
        // Uniform on -1000..1000: 2001^2 / 12 - 1/12; fees are a tenth of it.
        double truth = (2001.0 * 2001 - 1) / 12 / (column.equals("fee") ? 100 : 1);
        double variance = ((Number) large.get(1)).doubleValue();
        assertThat(variance).isBetween(truth * 0.94, truth * 1.06).isNotEqualTo(truth);
        assertThat(((Number) large.get(2)).doubleValue())
                .isBetween(Math.sqrt(variance) - 0.1, Math.sqrt(variance) + 0.1);
    }

    @Test
    void spread_isWhatTheProtectedSumsGive_andNoMore() {
        ExitFixture exit = exit();
        ExitFixture.Outcome first = exit.run(grant(), "SELECT variance(amount) AS v FROM payments GROUP BY kind");
        exit.guard = new MemoryGuard();
        ExitFixture.Outcome again = exit.run(
                grant(), "SELECT kind, count(amount), sum(amount), var_samp(amount) AS v FROM payments GROUP BY kind");
        // The same noise however it is asked for.
        assertThat(first.rows().stream().map(r -> r.get(0).toString()).sorted().toList())
                .isEqualTo(again.rows().stream()
                        .map(r -> r.get(3).toString())
                        .sorted()
                        .toList());
    }

    @Test
    void spread_fewUnitsOneDominantOrTooNoisy_isWithheldWithTheRule() {
        ExitFixture.Outcome outcome =
                exit().run(grant(), "SELECT kind, stddev(amount) AS s FROM payments GROUP BY kind ORDER BY kind");

        assertThat(outcome.rows())
                .filteredOn(r -> !r.get(0).equals("large"))
                .allMatch(r -> r.get(1).equals("-"))
                .hasSize(3);
        assertThat(outcome.cells("p-percent")).contains(1L);
        assertThat(outcome.cells("uncertain-spread")).contains(2L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "median(amount)",
                "percentile(amount, 0.5)",
                "percentile_approx(amount, 0.5)",
                "min(amount)",
                "var_pop(amount)",
                "variance(DISTINCT amount)",
                "stddev(amount * 2)",
                "stddev(kind)"
            })
    void spread_quantilesAndOtherForms_areRefused(String value) {
        ExitFixture.Outcome outcome = exit().run(grant(), "SELECT " + value + " FROM payments");
        assertThat(outcome.result().status()).isEqualTo(EngineResult.Status.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"median(amount)", "percentile(amount, 0.5)", "percentile_approx(amount, 0.5)"})
    void quantile_withoutAPrivacyClause_isRefusedWithTheWayOut(String value) {
        ExitFixture.Outcome outcome = exit().run(grant(), "SELECT " + value + " FROM payments");
        assertThat(outcome.result().report().orElseThrow().findings())
                .filteredOn(finding -> finding.rule().equals("function-not-allowed"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.suggestion())
                        .contains("only under an agreement with a privacy clause. Ask the provider for one"));
    }

    private static PrivacyClause clause(Map<String, ClampingBounds> bounds) {
        return new PrivacyClause(2_000_000, 2_000_000, 1_000_000, 1, 1, Map.of("ds-payments", bounds), Map.of());
    }

    private static ClampingBounds bounds(String column) {
        BigDecimal most = new BigDecimal(column.equals("fee") ? "100" : "1000");
        return new ClampingBounds(most.negate(), most, column.equals("amount") ? 0 : 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"amount", "fee", "score"})
    void spread_underAPrivacyClause_isNearTheTruth(String column) {
        ExitFixture.Outcome outcome = exit().run(
                        grant().with(clause(Map.of(column, bounds(column)))),
                        "SELECT kind, variance(" + column + ") AS v, stddev_samp(" + column + ") AS s FROM payments"
                                + " GROUP BY kind");
        List<Object> large = outcome.rows().stream()
                .filter(r -> r.get(0).equals("large"))
                .findFirst()
                .orElseThrow();
        double truth = (2001.0 * 2001 - 1) / 12 / (column.equals("fee") ? 100 : 1);
        double variance = ((Number) large.get(1)).doubleValue();
        assertThat(variance).isBetween(truth * 0.97, truth * 1.03).isNotEqualTo(truth);
        assertThat(((Number) large.get(2)).doubleValue())
                .isBetween(Math.sqrt(variance) * 0.999999, Math.sqrt(variance) * 1.000001);
        List<JsonObject> numbers = JsonObject.of(
                        outcome.result().report().orElseThrow().protection())
                .objects("numbers");
        assertThat(numbers.stream().map(n -> n.string("number"))).containsExactly("mean", "non-missing", "variance");
        assertThat(numbers.stream().mapToLong(n -> n.longValue("rhoMicros"))).containsOnly(500_000L);
        assertThat(numbers.get(2).object("interval95AtRecords").decimal("1000").doubleValue())
                .isBetween(truth / 1000, truth);
    }

    @Test
    void spread_underAPrivacyClauseWithoutBounds_isRefused() {
        ExitFixture.Outcome outcome = exit().run(
                        grant().with(clause(Map.of("score", bounds("score")))),
                        "SELECT kind, stddev(amount) FROM payments GROUP BY kind");
        assertThat(outcome.result().status()).isEqualTo(EngineResult.Status.REFUSED);
        assertThat(outcome.blockingRules()).containsExactly("bounds-missing");
    }
}
