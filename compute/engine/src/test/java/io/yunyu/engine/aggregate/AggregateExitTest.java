package io.yunyu.engine.aggregate;

import static io.yunyu.contract.agreement.ColumnUse.GROUP_BY;
import static io.yunyu.contract.agreement.ColumnUse.JOIN_KEY;
import static io.yunyu.contract.agreement.ColumnUse.MEASURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.ProtectionRules;
import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.engine.aggregate.Visits.Visit;
import io.yunyu.engine.perturbation.CellKey;
import io.yunyu.engine.perturbation.CountPerturbation;
import io.yunyu.engine.perturbation.PerturbationParameters;
import io.yunyu.engine.perturbation.PerturbationTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AggregateExitTest {
    private static final CountPerturbation NOISE = new CountPerturbation(
            PerturbationTable.of(PerturbationParameters.counts(5, 3, 2)).shuffled(0.2, ExitFixture.SECRET));
    private static final Visits VISITS = Visits.random(20261123, 1500);
    private static SparkSession spark;

    private final AccessGrant grant = ExitFixture.grant(Visits.RULES, Visits.granted());
    private ExitFixture exit;

    @BeforeAll
    static void start() {
        spark = ExitFixture.session(3);
    }

    @BeforeEach
    void tables() {
        exit = new ExitFixture(spark);
        exit.tables.put("visits", VISITS.table(spark, 2));
    }

    /** The published count of the units of some records, computed apart from the engine. */
    private static long published(List<Visit> records) {
        long[] units = records.stream().mapToLong(Visit::unit).distinct().toArray();
        return NOISE.perturb(
                units.length,
                CellKey.ofTotal(LongStream.of(units).map(CellKey::recordKey).sum()));
    }

    private static Map<String, List<Visit>> byCounty(Predicate<Visit> filter) {
        return VISITS.all().stream()
                .filter(filter)
                .collect(Collectors.groupingBy(Visit::county, TreeMap::new, Collectors.toList()));
    }

    @Test
    void run_countDistinct_equalsIndependentCountPlusCellKeyNoise() {
        ExitFixture.Outcome outcome =
                exit.run(grant, "SELECT county, count(DISTINCT person_id) FROM visits WHERE sex = 'F' GROUP BY county");

        List<List<Object>> expected = new ArrayList<>();
        byCounty(v -> v.sex().equals("F")).forEach((county, records) -> {
            if (!county.equals("Tiny")) {
                expected.add(List.of(county, published(records)));
            }
        });
        assertThat(outcome.rows()).isEqualTo(expected).hasSize(5);
        // Nothing in the report tells that there is a small county.
        assertThat(outcome.result().report().orElseThrow().cells()).isEqualTo(5);
        assertThat(outcome.result().report().orElseThrow().suppressedCells()).isZero();
        assertThat(exit.events)
                .containsExactly(
                        EngineEvent.QUERY_CHECKED,
                        EngineEvent.KEYS_RECEIVED,
                        EngineEvent.CELLS_COMPUTED,
                        EngineEvent.CELLS_PROTECTED,
                        EngineEvent.CANDIDATE_SEALED);
        assertThat(exit.tenths).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void run_countOfRows_followsPerturbedUnits() {
        ExitFixture.Outcome outcome =
                exit.run(grant, "SELECT county, count(*), count(age) FROM visits GROUP BY county");

        List<List<Object>> expected = new ArrayList<>();
        byCounty(v -> true).forEach((county, records) -> {
            if (!county.equals("Tiny")) {
                List<Visit> aged = records.stream().filter(v -> v.age() != null).toList();
                expected.add(List.of(county, rows(records), rows(aged)));
            }
        });
        assertThat(outcome.rows()).isEqualTo(expected);
    }

    private static long rows(List<Visit> records) {
        long units = records.stream().mapToLong(Visit::unit).distinct().count();
        return (long) Math.rint(published(records) * ((double) records.size() / units));
    }

    @Test
    void run_sumAndMean_stayWithinNoiseOfTheTruth() {
        ExitFixture.Outcome outcome = exit.run(
                grant,
                "SELECT county, sum(amount), avg(amount), sum(age), avg(score), sum(score) FROM visits GROUP BY county");

        Map<String, List<Visit>> truth = byCounty(v -> true);
        for (List<Object> row : outcome.rows()) {
            List<Visit> records = truth.get((String) row.get(0));
            Map<Long, Double> perUnit = new HashMap<>();
            records.stream()
                    .filter(v -> v.amount() != null)
                    .forEach(v -> perUnit.merge(v.unit(), v.amount().doubleValue(), Double::sum));
            double sum = perUnit.values().stream().mapToDouble(d -> d).sum();
            double largest = perUnit.values().stream().mapToDouble(d -> d).max().orElse(0);
            double shown = new BigDecimal(row.get(1).toString()).doubleValue();
            // Noise is at most 10 units of 20 % of the largest contribution, and this cell has some.
            assertThat(Math.abs(shown - sum)).isLessThanOrEqualTo(2 * largest + 0.01);
            double mean = new BigDecimal(row.get(2).toString()).doubleValue();
            assertThat(mean).isBetween(300.0, 700.0);
            assertThat(new BigDecimal(row.get(3).toString()).scale()).isLessThanOrEqualTo(0);
            assertThat(new BigDecimal(row.get(4).toString()).doubleValue()).isBetween(40.0, 85.0);
        }
        assertThat(outcome.rows()).hasSize(5);
        assertThat(outcome.rows().stream()
                        .filter(row -> {
                            double sum = truth.get((String) row.get(0)).stream()
                                    .mapToDouble(v ->
                                            v.amount() == null ? 0 : v.amount().doubleValue())
                                    .sum();
                            return Math.abs(new BigDecimal(row.get(1).toString()).doubleValue() - sum) > 1;
                        })
                        .count())
                .as("sums that bear noise")
                .isGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 10, 11})
    void run_cellAtThreshold_isPublishedFromMinUnitsOn(int units) {
        exit.tables.put("visits", small(Map.of("small", units, "large", 40)));

        ExitFixture.Outcome outcome = exit.run(
                grant,
                "SELECT sex, count(DISTINCT person_id), count(*), sum(age) FROM visits GROUP BY sex ORDER BY sex DESC");

        Object count = outcome.rows().stream()
                .filter(r -> r.get(0).equals("small"))
                .findFirst()
                .map(r -> r.get(1))
                .orElse("not listed");
        if (units < 10) {
            assertThat(count).isEqualTo("not listed");
            assertThat(outcome.result().report().orElseThrow().suppressedCells())
                    .isZero();
        } else {
            assertThat((Long) count).isBetween((long) units - 5, (long) units + 5);
        }
    }

    /** One record per unit, {@code sex} being the label, age 30. */
    private static Dataset<Row> small(Map<String, Integer> unitsByLabel) {
        List<Row> rows = new ArrayList<>();
        unitsByLabel.forEach((label, units) -> {
            for (int i = 0; i < units; i++) {
                long unit = 0x9E3779B97F4A7C15L * (rows.size() + 1);
                rows.add(RowFactory.create(
                        unit,
                        "CANARY",
                        "one",
                        label,
                        30L,
                        BigDecimal.TEN.setScale(2),
                        1.0,
                        java.sql.Date.valueOf("2026-01-01")));
            }
        });
        return spark.createDataFrame(rows, Visits.SCHEMA);
    }

    @Test
    void run_suppressedCombinationOfKnownLabels_isListedLikeAnEmptyOne() {
        List<Row> rows = new ArrayList<>();
        addUnits(rows, "north", "F", 30);
        addUnits(rows, "south", "M", 30);
        addUnits(rows, "south", "F", 3);
        addUnits(rows, "secret village", "F", 3);
        exit.tables.put("visits", spark.createDataFrame(rows, Visits.SCHEMA));

        ExitFixture.Outcome outcome =
                exit.run(grant, "SELECT county, sex, count(*) AS n, sum(age) AS s FROM visits GROUP BY county, sex");

        assertThat(outcome.rows())
                .extracting(r -> r.get(0) + "/" + r.get(1))
                .containsExactly("north/F", "north/M", "south/F", "south/M");
        assertThat(outcome.rows().get(1)).containsExactly("north", "M", "-", "-");
        assertThat(outcome.rows().get(2)).containsExactly("south", "F", "-", "-");
        assertThat(outcome.table().list("suppressed", x -> x))
                .isEqualTo(List.of(List.of(1L, 2L), List.of(1L, 3L), List.of(2L, 2L), List.of(2L, 3L)));
        assertThat(outcome.text("table.csv")).contains("south,F,,,n s\r\n").startsWith("county,sex,n,s,suppressed\r\n");
        assertThat(outcome.result().report().orElseThrow().suppressedCells()).isEqualTo(2);
        outcome.files().values().forEach(file -> assertThat(
                        new String(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("secret village"));
    }

    private static void addUnits(List<Row> rows, String county, String sex, int units) {
        for (int i = 0; i < units; i++) {
            rows.add(RowFactory.create(
                    0x9E3779B97F4A7C15L * (rows.size() + 7), "CANARY", county, sex, 30L, null, 0.0, null));
        }
    }

    @Test
    void run_sums_areSuppressedByDominanceContributorsAndZero() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            long unit = 0x9E3779B97F4A7C15L * (i + 1);
            // 18 others of 19 are 342: less than a tenth of 3421, but not of 3420. The second largest tells the
            // difference.
            rows.add(RowFactory.create(unit, "C", "A", "F", i == 0 ? 3421L : 19L, null, 0.0, null));
            rows.add(RowFactory.create(unit, "C", "D", "F", i == 0 ? 3420L : 19L, null, 0.0, null));
            rows.add(RowFactory.create(unit, "C", "E", "F", i < 2 ? 1000L : 5L, null, 0.0, null));
            rows.add(RowFactory.create(unit, "C", "B", "F", i < 9 ? 5L : null, null, 0.0, null));
            rows.add(RowFactory.create(unit, "C", "C", "F", i == 0 ? -5L : 5L, null, 0.0, null));
        }
        exit.tables.put("visits", spark.createDataFrame(rows, Visits.SCHEMA));

        ExitFixture.Outcome outcome = exit.run(
                grant,
                "SELECT county, sum(age), avg(age), sum(score), count(DISTINCT person_id) FROM visits GROUP BY county ORDER BY county");

        // Nine contributors are less than ten; a sum of zeros tells every value.
        assertThat(outcome.rows().get(0).subList(0, 4)).containsExactly("A", "-", "-", "-");
        assertThat(outcome.rows().get(1).subList(0, 4)).containsExactly("B", "-", "-", "-");
        assertThat(outcome.rows().get(2).get(1)).isNotEqualTo("-");
        assertThat(outcome.rows().get(3).get(1)).isNotEqualTo("-");
        assertThat(outcome.rows().get(4).subList(0, 3)).containsExactly("E", "-", "-");
        assertThat(outcome.cells("p-percent")).contains(2L);
        // Which sums are withheld for being all zeros is not told: it would tell each value.
        assertThat(outcome.cells("min-contributors")).contains(5L);
        assertThat(outcome.cells("zero-rule")).isEmpty();
        assertThat(outcome.rows()).allMatch(r -> !r.get(4).equals("-"));
    }

    @Test
    void run_overflowingSum_isSuppressedAndNotAnError() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            rows.add(RowFactory.create(
                    0x9E3779B97F4A7C15L * (i + 1), "C", "A", "F", Long.MAX_VALUE - i, null, Double.NaN, null));
        }
        exit.tables.put("visits", spark.createDataFrame(rows, Visits.SCHEMA));

        ExitFixture.Outcome outcome = exit.run(grant, "SELECT sum(age), avg(age), sum(score), count(*) FROM visits");

        assertThat(outcome.result().status()).isEqualTo(EngineResult.Status.DONE);
        assertThat(outcome.rows().get(0).subList(0, 3)).containsExactly("-", "-", "-");
        assertThat(outcome.cells("out-of-range")).contains(1L);
    }

    @Test
    void run_havingOrderAndLimit_actOnProtectedValues() {
        List<List<Object>> all = exit.run(
                        grant, "SELECT county, count(DISTINCT person_id) AS n FROM visits GROUP BY county")
                .rows();
        long pivot = (Long) all.get(2).get(1);
        List<List<Object>> expected = all.stream()
                .filter(r -> (Long) r.get(1) >= pivot)
                .sorted((a, b) -> Long.compare((Long) b.get(1), (Long) a.get(1)))
                .limit(2)
                .toList();

        ExitFixture.Outcome outcome = exit.run(
                grant,
                "SELECT county, count(DISTINCT person_id) AS n FROM visits GROUP BY county HAVING n >= " + pivot
                        + " ORDER BY n DESC LIMIT 2");

        assertThat(outcome.rows()).isEqualTo(expected);
        assertThat(exit.run(
                                grant,
                                "SELECT county, count(*) FROM visits GROUP BY county HAVING count(DISTINCT person_id) < 10")
                        .rows())
                .as("single units cannot be looked for")
                .isEmpty();
    }

    @Test
    void run_havingOnTrueCount_findsOnlyThePerturbedOne() {
        exit.tables.put("visits", small(Map.of("F", 40)));
        long shown = (Long)
                exit.run(grant, "SELECT count(*) FROM visits").rows().get(0).get(0);

        for (long n = 30; n <= 50; n++) {
            assertThat(exit.run(grant, "SELECT count(*) FROM visits HAVING count(*) = " + n)
                            .rows())
                    .hasSize(n == shown ? 1 : 0);
        }
    }

    @Test
    void run_arithmeticAboveAggregates_usesProtectedValuesAndNeverFails() {
        ExitFixture.Outcome outcome = exit.run(
                grant,
                "SELECT county, count(*) AS n, count(*) * 2 + 1 AS m, count(*) / (count(*) - count(*)) AS x,"
                        + " round(sum(amount) / count(amount), 1) AS r, sum(amount) AS s, count(amount) AS c"
                        + " FROM visits GROUP BY county");

        for (List<Object> row : outcome.rows()) {
            assertThat(row.get(2)).isEqualTo((Long) row.get(1) * 2 + 1);
            assertThat(row.get(3)).isEqualTo("-");
            double ratio = new BigDecimal(row.get(5).toString()).doubleValue() / (Long) row.get(6);
            assertThat(new BigDecimal(row.get(4).toString()).doubleValue())
                    .isCloseTo(ratio, org.assertj.core.data.Offset.offset(0.051));
        }
    }

    @Test
    void run_calendarKeys_groupByMonth() {
        ExitFixture.Outcome outcome = exit.run(
                grant,
                "SELECT year(visit_date) AS y, date_trunc('month', visit_date) AS m, count(DISTINCT person_id) AS n"
                        + " FROM visits WHERE visit_date >= DATE '2026-03-01' GROUP BY y, m ORDER BY m");

        List<List<Object>> expected = new ArrayList<>();
        for (int month = 3; month <= 6; month++) {
            int wanted = month;
            expected.add(List.of(
                    2026L,
                    "2026-0" + month + "-01T00:00:00",
                    published(VISITS.all().stream()
                            .filter(v -> v.date().getMonthValue() == wanted)
                            .toList())));
        }
        assertThat(outcome.rows()).isEqualTo(expected);
    }

    @Test
    void run_sameQueryOverAnyPartitions_givesTheSameTable() {
        String sql = "SELECT county, sex, count(*) AS n, sum(amount), avg(age), sum(score), avg(score)"
                + " FROM visits GROUP BY county, sex ORDER BY sex, n DESC";
        Set<String> csv = new HashSet<>();
        Set<String> parquet = new HashSet<>();
        Set<String> arrow = new HashSet<>();
        for (int partitions : new int[] {1, 3, 8}) {
            exit.tables.put("visits", VISITS.table(spark, partitions));
            ExitFixture.Outcome outcome = exit.run(grant, sql);
            csv.add(outcome.text("table.csv"));
            parquet.add(java.util.Arrays.toString(outcome.files().get("table.parquet")));
            arrow.add(java.util.Arrays.toString(outcome.files().get("table.arrow")));
        }

        assertThat(csv).hasSize(1);
        assertThat(parquet).hasSize(1);
        assertThat(arrow).hasSize(1);
    }

    @Test
    void run_joinThroughUnits_countsPersonsOfBothTables() {
        List<Row> persons = new ArrayList<>();
        Map<Long, String> education = new HashMap<>();
        VISITS.all().forEach(v -> education.put(v.unit(), v.unit() % 3 == 0 ? "school" : "university"));
        education.entrySet().removeIf(e -> e.getKey() % 5 == 0);
        education.forEach((unit, e) -> persons.add(RowFactory.create(unit, e)));
        exit.tables.put(
                "persons",
                spark.createDataFrame(
                        persons,
                        new StructType().add("__unit", DataTypes.LongType).add("education", DataTypes.StringType)));
        GrantedTable granted = new GrantedTable(
                "persons",
                "ds-persons",
                0,
                "family",
                "id",
                List.of(
                        new GrantedColumn("id", "STRING", Set.of(JOIN_KEY)),
                        new GrantedColumn("education", "STRING", Set.of(GROUP_BY))));

        ExitFixture.Outcome outcome = exit.run(
                ExitFixture.grant(Visits.RULES, Visits.granted(), granted),
                "SELECT p.education, count(DISTINCT v.person_id), count(*) FROM visits v JOIN persons p ON v.person_id = p.id"
                        + " WHERE v.sex = 'M' GROUP BY p.education");

        List<List<Object>> expected = new ArrayList<>();
        for (String e : List.of("school", "university")) {
            List<Visit> records = VISITS.all().stream()
                    .filter(v -> v.sex().equals("M") && e.equals(education.get(v.unit())))
                    .toList();
            expected.add(List.of(e, published(records), rows(records)));
        }
        assertThat(outcome.rows()).isEqualTo(expected);
    }

    @Test
    void run_moreCellsThanAllowed_isRefused() {
        ProtectionRules few = new ProtectionRules(10, 10, 5, 3, 2, 5, "policy-1");

        ExitFixture.Outcome outcome = exit.run(
                ExitFixture.grant(few, Visits.granted()), "SELECT county, count(*) FROM visits GROUP BY county");

        assertThat(outcome.result().status()).isEqualTo(EngineResult.Status.REFUSED);
        assertThat(outcome.blockingRules()).containsExactly("too-many-cells");
        assertThat(outcome.files()).isEmpty();
    }

    @Test
    void run_candidateAboveItsBound_isRefusedAndNothingLeaves() {
        exit.maxOutputBytes = 3000;

        ExitFixture.Outcome outcome = exit.run(grant, "SELECT county, count(*) FROM visits GROUP BY county");

        assertThat(outcome.blockingRules()).containsExactly("output-too-large");
        assertThat(exit.pieces).isEmpty();
    }

    @Test
    void run_hiddenColumn_leavesNoTraceInAnyFile() {
        ExitFixture.Outcome outcome =
                exit.run(grant, "SELECT county, sex, count(*), sum(amount) FROM visits GROUP BY county, sex");

        assertThat(outcome.files())
                .containsOnlyKeys(
                        "candidate.json", "report.json", "table.csv", "table.json", "table.parquet", "table.arrow");
        outcome.files().values().forEach(file -> assertThat(
                        new String(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("CANARY"));
        assertThat(outcome.result().toJson().toString()).doesNotContain("CANARY");
        assertThat(outcome.text("candidate.json"))
                .contains(
                        "\"type\":\"Candidate/1\"",
                        "\"jobId\":\"job-1\"",
                        "ds-visits",
                        ExitFixture.digest(outcome.text("report.json")));
    }

    @Test
    void run_forbiddenQuery_isRefusedBeforeAnyTableIsAskedFor() {
        exit.tables.clear();

        ExitFixture.Outcome outcome = exit.run(grant, "SELECT name, count(*) FROM visits GROUP BY name");

        assertThat(outcome.result().status()).isEqualTo(EngineResult.Status.REFUSED);
        assertThat(outcome.result().problem().orElseThrow().code()).isEqualTo(ProblemCode.QUERY_REFUSED);
        assertThat(outcome.blockingRules()).containsExactly("column-not-granted");
        assertThat(exit.events).containsExactly(EngineEvent.QUERY_CHECKED);
        assertThat(exit.tenths).isEmpty();
    }

    @Test
    void check_anyQuery_decidesAsRunDoes() {
        for (String sql : List.of(
                "SELECT county, count(*) FROM visits GROUP BY county",
                "SELECT name, count(*) FROM visits GROUP BY name",
                "SELECT sum(county), max(age) FROM visits",
                "SELECT * FROM visits",
                "not sql")) {
            EngineResult run = exit.run(grant, sql).result();
            EngineResult check = AggregateExit.check(spark, new EngineJob.CheckJob("c", sql, grant.toText()));

            assertThat(check.status()).as(sql).isEqualTo(run.status());
            if (check.status() == EngineResult.Status.REFUSED) {
                assertThat(check.report().orElseThrow().findings())
                        .isEqualTo(run.report().orElseThrow().findings());
            }
        }
    }

    @Test
    void run_grantBeyondItsAgreement_isNotFollowed() {
        exit.run(grant, "SELECT count(*) FROM visits");
        AccessGrant wider = ExitFixture.grant(
                Visits.RULES,
                new GrantedTable(
                        "visits",
                        "ds-visits",
                        0,
                        "family",
                        "person_id",
                        List.of(new GrantedColumn("name", "STRING", Set.of(GROUP_BY)))));
        AccessGrant weaker = ExitFixture.grant(new ProtectionRules(2, 10, 5, 3, 2, 1000, "policy-1"), Visits.granted());
        AccessGrant other = ExitFixture.grant(
                Visits.RULES,
                new GrantedTable(
                        "firms",
                        "ds-other",
                        0,
                        "family",
                        "@row",
                        List.of(new GrantedColumn("x", "LONG", Set.of(MEASURE)))));
        for (AccessGrant forged : List.of(wider, weaker, other)) {
            AccessGrant named = new AccessGrant(
                    forged.id(),
                    forged.agreement(),
                    ExitFixture.digest(exit.agreementText),
                    forged.assignee(),
                    forged.purpose(),
                    forged.validFrom(),
                    forged.validUntil(),
                    forged.protection(),
                    forged.tables());

            assertThatThrownBy(() -> exit.runText(named.toText(), "SELECT count(*) FROM visits"))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.AGREEMENT_NOT_IN_FORCE));
        }
    }
}
