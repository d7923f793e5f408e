package io.yunyu.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.ClampingBounds;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.engine.aggregate.Visits.Visit;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The exit under a privacy clause, against a count by hand, and what keeps its noise the same. */
final class PrivateExitTest {
    private static final long ALMOST_EXACT = 100 * PrivacyClause.RHO;
    private static final List<String> COUNTIES =
            List.of("County A", "County B", "County C", "County D", "County E", "Nowhere");

    private final ExitFixture exit = new ExitFixture(ExitFixture.session(3));
    private Visits visits;

    @BeforeEach
    void load() {
        visits = Visits.random(20261125, 1500);
        exit.tables.put("visits", visits.table(exit.spark, 3));
    }

    static PrivacyClause clause(long rho, long deltaPicos, int l0, int linf, boolean publicCounties) {
        return new PrivacyClause(
                ALMOST_EXACT,
                rho,
                deltaPicos,
                l0,
                linf,
                Map.of(
                        "ds-visits",
                        Map.of(
                                "amount", new ClampingBounds(BigDecimal.ZERO, new BigDecimal("500"), 2),
                                "score", new ClampingBounds(new BigDecimal("-10"), new BigDecimal("100"), 1))),
                publicCounties ? Map.of("ds-visits", Map.of("county", COUNTIES)) : Map.of());
    }

    private static AccessGrant grant(PrivacyClause clause) {
        return grant(clause, 0);
    }

    private static AccessGrant grant(PrivacyClause clause, long version) {
        GrantedTable v = Visits.granted();
        GrantedTable table = new GrantedTable(v.name(), v.dataset(), version, v.family(), v.unitColumn(), v.columns());
        return ExitFixture.grant(Visits.RULES, table).with(clause);
    }

    @Test
    void run_publicKeys_showsEachOfThemWithBoundedNumbers() {
        ExitFixture.Outcome outcome = exit.run(
                grant(clause(ALMOST_EXACT, 0, 1, 1, true)),
                "SELECT county, COUNT(*) n, COUNT(DISTINCT person_id) p, COUNT(amount) a, SUM(score) s"
                        + " FROM visits GROUP BY county");
        Map<String, List<Object>> rows = new TreeMap<>();
        outcome.rows().forEach(row -> rows.put((String) row.get(0), row));
        assertThat(rows).containsOnlyKeys(COUNTIES);
        for (String county : COUNTIES) {
            List<Visit> of =
                    visits.all().stream().filter(v -> v.county().equals(county)).toList();
            Set<Long> units = new HashSet<>();
            Set<Long> withAmount = new HashSet<>();
            of.forEach(v -> units.add(v.unit()));
            of.stream().filter(v -> v.amount() != null).forEach(v -> withAmount.add(v.unit()));
            double score = units.stream()
                    .mapToDouble(u -> of.stream()
                            .filter(v -> v.unit() == u)
                            .mapToDouble(v -> Math.min(100, v.score()))
                            .average()
                            .orElse(0))
                    .sum();
            List<Object> row = rows.get(county);
            assertThat(number(row.get(1))).isCloseTo(units.size(), within(1.0));
            assertThat(number(row.get(2))).isCloseTo(units.size(), within(1.0));
            assertThat(number(row.get(3))).isCloseTo(withAmount.size(), within(1.0));
            assertThat(number(row.get(4))).isCloseTo(score, within(units.size() * 0.05 + 60));
        }
        assertThat(outcome.result().report().orElseThrow().cells()).isEqualTo(COUNTIES.size());
    }

    /** Each unit's records weigh as much together as one does, so that the quantile is one of units. */
    @Test
    void run_quantiles_areNearTheRankByHand() {
        ExitFixture.Outcome outcome = exit.run(
                grant(clause(ALMOST_EXACT, 0, 1, 1, true)),
                "SELECT county, MEDIAN(amount) m, PERCENTILE(score, 0.9) p, approx_percentile(score, 0.1) q"
                        + " FROM visits GROUP BY county HAVING MEDIAN(amount) >= 0");
        assertThat(outcome.rows()).hasSize(COUNTIES.size());
        for (List<Object> row : outcome.rows()) {
            List<Visit> of = visits.all().stream()
                    .filter(v -> v.county().equals(row.get(0)))
                    .toList();
            if (of.isEmpty()) {
                continue;
            }
            assertRank(
                    of,
                    v -> v.amount() == null ? null : Math.min(500, v.amount().doubleValue()),
                    number(row.get(1)),
                    0.5,
                    0.25);
            assertRank(of, v -> Math.min(100, v.score()), number(row.get(2)), 0.9, 0.1);
            assertRank(of, v -> Math.min(100, v.score()), number(row.get(3)), 0.1, 0.1);
            assertThat(number(row.get(1)) * 2).as("on the grid of 0.5").isEqualTo(Math.rint(number(row.get(1)) * 2));
        }
    }

    private static void assertRank(
            List<Visit> visits, Function<Visit, Double> measure, double published, double share, double halfStep) {
        Map<Long, Long> records = new HashMap<>();
        visits.stream().filter(v -> measure.apply(v) != null).forEach(v -> records.merge(v.unit(), 1L, Long::sum));
        double below = 0;
        double notAbove = 0;
        for (Visit v : visits) {
            Double value = measure.apply(v);
            if (value != null) {
                below += value < published - halfStep ? 1.0 / records.get(v.unit()) : 0;
                notAbove += value <= published + halfStep ? 1.0 / records.get(v.unit()) : 0;
            }
        }
        assertThat(share * records.size()).isBetween(below - 1.5, notAbove + 1.5);
    }

    @Test
    void run_quantileOverAll_isOneRow_andTheSameAgain() {
        String sql = "SELECT PERCENTILE(amount, 0.25) a FROM visits WHERE county = 'County A'";
        AccessGrant grant = grant(clause(1000, 0, 1, 1, false));
        List<List<Object>> first = exit.run(grant, sql).rows();
        exit.tables.put("visits", visits.table(exit.spark, 7));
        exit.spark.conf().set("spark.sql.shuffle.partitions", "11");
        assertThat(exit.run(grant, sql).rows()).isEqualTo(first).hasSize(1);
        Set<Object> answers = new HashSet<>();
        for (long version = 1; version <= 4; version++) {
            answers.add(exit.run(grant(clause(1000, 0, 1, 1, false), version), sql)
                    .rows()
                    .get(0)
                    .get(0));
        }
        assertThat(answers).as("another version, another draw").hasSizeGreaterThan(1);
    }

    /** Nearly without budget a quantile is what its bits say: with the same bits it would be the same on any records. */
    @Test
    void run_quantileOnOtherRecords_hasOtherBits() {
        AccessGrant grant = grant(clause(1, 0, 1, 1, false));
        Set<Object> answers = new HashSet<>();
        for (int changed = 0; changed < 4; changed++) {
            List<Visit> all = new java.util.ArrayList<>(visits.all());
            for (int i = 0; i < changed; i++) {
                Visit v = all.get(i);
                all.set(
                        i,
                        new Visit(v.unit(), v.county(), v.sex(), v.age(), new BigDecimal("0.01"), v.score(), v.date()));
            }
            exit.tables.put("visits", new Visits(all).table(exit.spark, 3));
            answers.add(exit.run(grant, "SELECT MEDIAN(amount) a FROM visits WHERE county <> 'none'")
                    .rows()
                    .get(0)
                    .get(0));
        }
        assertThat(answers).as("as likely the same as a point of 1,001").hasSize(4);
    }

    @Test
    void run_quantileForecast_saysRankAndGridBeforeAndAfter() {
        PrivacyClause clause = clause(10_000, 1000, 2, 3, false);
        String sql = "SELECT county, MEDIAN(amount) m FROM visits GROUP BY county";
        JsonObject before = JsonObject.of(AggregateExit.check(
                        exit.spark,
                        new EngineJob.CheckJob("c", sql, grant(clause).toText()))
                .report()
                .orElseThrow()
                .protection());
        JsonObject number = before.objects("numbers").get(0);
        assertThat(number.string("number")).isEqualTo("quantile");
        assertThat(number.intValue("points")).isEqualTo(1001);
        assertThat(number.decimal("step")).isEqualByComparingTo("0.5");
        // Half the rho, the other half selects keys; in two cells: epsilon / 2 = sqrt(2 * 0.005 / 2) for 1.5 records.
        assertThat(number.decimal("records95").doubleValue())
                .isCloseTo(1.5 * Math.log(1001 / 0.05) / Math.sqrt(0.005), within(0.01));
        assertThat(JsonObject.of(exit.run(grant(clause), sql)
                                .result()
                                .report()
                                .orElseThrow()
                                .protection())
                        .asMap())
                .isEqualTo(before.asMap());
    }

    @Test
    void run_quantileInAnotherForm_isRefusedWithTheFormThatPasses() {
        for (String value : List.of(
                "percentile(amount, 1.5)",
                "percentile(amount, -0.5)",
                "percentile(amount, array(0.1, 0.9))",
                "percentile(amount, 0.12345)",
                "percentile(amount, 0.5, 2)",
                "percentile(amount, age)",
                "percentile_approx(amount, 0.5, 100)",
                "percentile_cont(0.5) WITHIN GROUP (ORDER BY amount)",
                "median(amount + 1)",
                "median(county)",
                "median(DISTINCT amount)",
                "median(amount) FILTER (WHERE age > 3)",
                "percentile(visit_date, 0.5)")) {
            ExitFixture.Outcome outcome =
                    exit.run(grant(clause(1000, 0, 1, 1, false)), "SELECT " + value + " FROM visits");
            assertThat(outcome.result().status()).as(value).isEqualTo(EngineResult.Status.REFUSED);
            assertThat(outcome.result().noiseDrawn()).as(value).contains(false);
        }
        assertThat(exit.run(grant(clause(1000, 0, 1, 1, false)), "SELECT median(age) FROM visits")
                        .blockingRules())
                .contains("bounds-missing");
    }

    @Test
    void run_unitInMoreCells_countsInL0OfThem() {
        String sql = "SELECT month(visit_date) m, COUNT(DISTINCT person_id) p FROM visits GROUP BY month(visit_date)";
        long units = visits.all().stream().map(Visit::unit).distinct().count();
        long all = visits.all().stream()
                .map(v -> v.unit() + "/" + v.date().getMonthValue())
                .distinct()
                .count();
        for (int l0 : new int[] {1, 3}) {
            ExitFixture.Outcome outcome = exit.run(grant(clause(ALMOST_EXACT, 1000, l0, 1, false)), sql);
            double shown = outcome.rows().stream()
                    .mapToDouble(row -> number(row.get(1)))
                    .sum();
            assertThat(shown).isCloseTo(l0 == 1 ? units : all, within(8.0));
        }
        assertThat(all).isGreaterThan(units + 500);
    }

    @Test
    void run_again_isTheSameTable_andAnotherVersionOrBudgetIsNot() {
        String sql = "SELECT county, COUNT(*) n, AVG(amount) a FROM visits GROUP BY county";
        PrivacyClause clause = clause(20_000, 1000, 2, 2, false);
        List<List<Object>> first = exit.run(grant(clause), sql).rows();
        exit.tables.put("visits", visits.table(exit.spark, 7));
        exit.spark.conf().set("spark.sql.shuffle.partitions", "11");
        assertThat(exit.run(grant(clause), "select county,\n count(*) n, avg(amount) a FROM visits GROUP BY county ;")
                        .rows())
                .isEqualTo(first)
                .hasSize(5);
        assertThat(exit.run(grant(clause, 1), sql).rows()).isNotEqualTo(first);
        assertThat(exit.run(grant(clause(19_999, 1000, 2, 2, false)), sql).rows())
                .isNotEqualTo(first);
    }

    @Test
    void run_sameQueryOnOtherRecords_hasNoiseThatCannotBeSubtracted() {
        String sql = "SELECT COUNT(*) n FROM visits";
        PrivacyClause clause = clause(50, 0, 1, 1, false);
        Set<Object> differences = new HashSet<>();
        Object all = exit.run(grant(clause), sql).rows().get(0).get(0);
        for (long left = 1; left <= 3; left++) {
            Visits fewer = new Visits(
                    visits.all().subList((int) (10 * left), visits.all().size()));
            exit.tables.put("visits", fewer.table(exit.spark, 3));
            long without = visits.all().stream().map(Visit::unit).distinct().count()
                    - fewer.all().stream().map(Visit::unit).distinct().count();
            differences.add(number(all)
                    - number(exit.run(grant(clause), sql).rows().get(0).get(0))
                    - without);
        }
        assertThat(differences)
                .as("equal noise would cancel to 0")
                .doesNotContain(0.0)
                .hasSize(3);
    }

    @Test
    void run_groupOfFew_neverShows() {
        ExitFixture.Outcome outcome = exit.run(
                grant(clause(ALMOST_EXACT, 1_000_000, 1, 1, false)),
                "SELECT county, COUNT(DISTINCT person_id) p FROM visits GROUP BY county");
        assertThat(outcome.rows()).hasSize(5).noneMatch(row -> row.get(0).equals("Tiny"));
        assertThat(outcome.text("report.json")).doesNotContain("unlisted");
    }

    @Test
    void run_whatRecordsHold_cannotMakeItFail() {
        List<Visit> wild = new java.util.ArrayList<>(visits.all());
        double[] scores = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 1e300, Double.MIN_VALUE
        };
        for (int i = 0; i < scores.length; i++) {
            Visit v = wild.get(i);
            wild.set(i, new Visit(v.unit(), null, v.sex(), Long.MAX_VALUE, v.amount(), scores[i], v.date()));
        }
        exit.tables.put("visits", new Visits(wild).table(exit.spark, 2));
        ExitFixture.Outcome outcome = exit.run(
                grant(clause(1_000_000, 1000, 1, 2, true)),
                "SELECT county, SUM(score) s, AVG(score) m, AVG(amount) a, COUNT(age) g FROM visits GROUP BY county");
        assertThat(outcome.result().status()).isEqualTo(EngineResult.Status.DONE);
        assertThat(outcome.rows()).hasSize(COUNTIES.size());
    }

    @Test
    void run_report_saysCostAndExactnessBeforeAndAfter() {
        PrivacyClause clause = clause(10_000, 1000, 3, 1, false);
        String sql = "SELECT county, COUNT(*) n, SUM(amount) s FROM visits GROUP BY county";
        JsonObject before = JsonObject.of(AggregateExit.check(
                        exit.spark,
                        new EngineJob.CheckJob("c", sql, grant(clause).toText()))
                .report()
                .orElseThrow()
                .protection());
        ExitFixture.Outcome outcome = exit.run(grant(clause), sql);
        JsonObject after = JsonObject.of(outcome.result().report().orElseThrow().protection());
        assertThat(after.asMap()).isEqualTo(before.asMap());
        assertThat(after.string("method")).isEqualTo("differential-privacy");
        assertThat(after.longValue("rhoMicros")).isEqualTo(10_000);
        assertThat(after.objects("numbers")).hasSize(2);
        // sigma = sqrt(3 / (2 rho / 3)), a third of rho each for count, sum and selection
        assertThat(after.objects("numbers").get(0).decimal("sigma").doubleValue())
                .isCloseTo(Math.sqrt(3 / (2 * 0.003333)), within(1e-3));
        assertThat(after.objects("numbers").get(1).decimal("sigma").doubleValue())
                .isCloseTo(500 * Math.sqrt(3 / (2 * 0.003333)), within(1.0));
    }

    @Test
    void run_selectsGroupKeys_saysItsDeltaToTheVault_andOfPublicKeysNone() {
        AccessGrant publicCounties = grant(clause(10_000, 1000, 2, 1, true));
        for (String sql : List.of(
                "SELECT COUNT(*) n FROM visits",
                "SELECT county, COUNT(*) n FROM visits GROUP BY county",
                "SELECT sex, COUNT(*) n FROM visits GROUP BY sex",
                "SELECT county, sex, COUNT(DISTINCT person_id) n FROM visits GROUP BY county, sex")) {
            ExitFixture.Outcome outcome = exit.run(publicCounties, sql);
            assertThat(outcome.result().report().orElseThrow().protection().get("deltaPicos"))
                    .as("the report beside the vault")
                    .isEqualTo(exit.deltasPaid.get(exit.deltasPaid.size() - 1));
        }
        assertThat(exit.deltasPaid).containsExactly(0L, 0L, 1000L, 1000L);
    }

    @Test
    void run_whatTheClauseDoesNotProvideFor_isRefusedBeforeNoise() {
        PrivacyClause clause = clause(10, 0, 1, 1, true);
        Map<String, String> refused = Map.of(
                "SELECT county, SUM(age) s FROM visits GROUP BY county", "bounds-missing",
                "SELECT sex, COUNT(*) n FROM visits GROUP BY sex", "delta-missing",
                "SELECT * FROM visits", "rows-not-aggregates");
        refused.forEach((sql, rule) -> {
            ExitFixture.Outcome outcome = exit.run(grant(clause), sql);
            assertThat(outcome.blockingRules()).as(sql).contains(rule);
            assertThat(outcome.result().noiseDrawn()).contains(false);
            assertThat(exit.queriesPaid).isEmpty();
        });
        ExitFixture.Outcome dear = exit.run(
                grant(clause(2, 0, 1, 1, true)),
                "SELECT county, COUNT(*) n, COUNT(amount) a, COUNT(score) s FROM visits GROUP BY county");
        assertThat(dear.blockingRules()).contains("budget-too-small");
    }

    @Test
    void run_grantThatSpendsMoreThanTheAgreement_isRefusedBeforeNoise() {
        exit.run(grant(clause(10, 0, 1, 1, true)), "SELECT COUNT(*) n FROM visits");
        AccessGrant agreed = AccessGrant.parse(grant(clause(10, 0, 1, 1, true)).toText());
        AccessGrant named = new AccessGrant(
                agreed.id(),
                agreed.agreement(),
                ExitFixture.digest(exit.agreementText),
                agreed.assignee(),
                agreed.purpose(),
                agreed.validFrom(),
                agreed.validUntil(),
                agreed.protection(),
                agreed.tables());
        String sql = "SELECT COUNT(*) n FROM visits";
        assertThatThrownBy(
                        () -> exit.runText(named.with(clause(11, 0, 1, 1, true)).toText(), sql))
                .isInstanceOf(BeforeNoise.class)
                .rootCause()
                .hasMessageContaining("another privacy clause");
        assertThatThrownBy(() -> exit.runText(named.toText(), sql)).hasMessageContaining("another privacy clause");
        assertThat(exit.runText(named.with(clause(9, 0, 1, 1, true)).toText(), sql)
                        .result()
                        .status())
                .isEqualTo(EngineResult.Status.DONE);
    }

    private static double number(Object cell) {
        return cell instanceof Number n ? n.doubleValue() : Double.parseDouble(cell.toString());
    }
}
