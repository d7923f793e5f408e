package io.yunyu.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.disclosure.ReviewFacts;
import io.yunyu.contract.disclosure.ReviewFacts.NoiseUnit;
import io.yunyu.contract.disclosure.ReviewFacts.WithheldShare;
import io.yunyu.contract.json.Json;
import io.yunyu.engine.guard.GuardMemory;
import io.yunyu.engine.guard.GuardRecord;
import io.yunyu.engine.guard.SetSketch;
import io.yunyu.engine.perturbation.PerturbationParameters;
import io.yunyu.engine.perturbation.PerturbationTable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a reviewer is told beside a candidate: right for each value, and the same whatever it must not tell. */
class ReviewFactsTest {
    private static final AccessGrant GRANT = ExitFixture.grant(Visits.RULES, Visits.granted());
    private static SparkSession spark;

    private final List<Row> rows = new ArrayList<>();
    private ExitFixture exit;
    private long persons;

    @BeforeAll
    static void start() {
        spark = ExitFixture.session(2);
    }

    @BeforeEach
    void fixture() {
        exit = new ExitFixture(spark);
    }

    /** Persons of one record each, all alike but for the first. */
    private void persons(int number, String county, String sex, Long firstAge, Long age) {
        for (int i = 0; i < number; i++) {
            // Each its own person, the same one in every test.
            long unit = 0x9E3779B97F4A7C15L * ++persons;
            rows.add(RowFactory.create(unit, "CANARY-" + unit, county, sex, i == 0 ? firstAge : age, null, 0.0, null));
        }
    }

    private ExitFixture.Outcome run(String job, String sql) {
        exit.job = job;
        exit.tables.put("visits", spark.createDataFrame(rows, Visits.SCHEMA).repartition(2));
        return exit.run(GRANT, sql);
    }

    private static ReviewFacts facts(ExitFixture.Outcome outcome) {
        return outcome.facts().orElseThrow();
    }

    private static String text(ReviewFacts facts) {
        return Json.write(facts.toJson());
    }

    @Test
    void marks_sayOfEachValueWhatBecameOfIt_throughSortFilterAndLimit() {
        persons(20, "Dominated", "F", 9_000L, 2L);
        persons(9, "Few", "F", 5L, 5L);
        persons(15, "Few", "F", null, null);
        persons(20, "Plain", "F", 4L, 5L);
        persons(20, "Zero", "F", 0L, 0L);
        persons(20, "Zz", "F", 6L, 7L);

        ExitFixture.Outcome outcome = run(
                "job-1",
                "SELECT sum(age) AS s, county, avg(age) AS m, count(age) AS c, count(*) AS n,"
                        + " count(DISTINCT person_id) AS p, sum(age) / (count(*) - count(*)) AS nothing,"
                        + " sum(age) / count(DISTINCT person_id) AS each"
                        + " FROM visits GROUP BY county HAVING count(*) > 5 ORDER BY county DESC LIMIT 4");

        ReviewFacts facts = facts(outcome);
        assertThat(outcome.rows().stream().map(r -> r.get(1))).containsExactly("Zz", "Zero", "Plain", "Few");
        assertThat(facts.job()).isEqualTo("job-1");
        assertThat(facts.marks())
                .containsExactly(
                        List.of("noise", "label", "noise", "noise", "noise", "noise", "none", "noise"),
                        // Not told from few that are other than 0.
                        marks("min-contributors", "noise"),
                        List.of("noise", "label", "noise", "noise", "noise", "noise", "none", "noise"),
                        marks("min-contributors", "min-contributors"));
        assertThat(facts.columns().stream().map(ReviewFacts.ColumnNoise::kind))
                .containsExactly("sum", "label", "mean", "count", "rows", "units", "computed", "computed");
        for (int r = 0; r < 4; r++) {
            for (int c = 0; c < 8; c++) {
                boolean shown = !outcome.rows().get(r).get(c).equals("-");
                String mark = facts.marks().get(r).get(c);
                assertThat(Set.of("label", "noise").contains(mark)).as(mark).isEqualTo(shown);
            }
        }

        ReviewFacts all = facts(run("job-1", "SELECT county, sum(age) AS s FROM visits GROUP BY county"));
        assertThat(all.marks().get(0)).containsExactly("label", "p-percent");
    }

    private static List<String> marks(String sum, String count) {
        return List.of(sum, "label", sum, count, "noise", "noise", sum, sum);
    }

    @Test
    void marks_ofAGroupThatIsTooSmall_areThoseOfAnEmptyOne() {
        Set<String> texts = new TreeSet<>();
        for (int members : new int[] {0, 1, 9}) {
            rows.clear();
            persons = 0;
            exit = new ExitFixture(spark);
            persons(30, "A", "F", 3L, 4L);
            persons(31, "A", "M", 3L, 4L);
            persons(32, "B", "F", 3L, 4L);
            persons(members, "B", "M", 3L, 4L);
            ExitFixture.Outcome outcome =
                    run("job-1", "SELECT county, sex, count(*) AS n FROM visits GROUP BY county, sex");
            texts.add(text(facts(outcome))
                    + outcome.result().report().orElseThrow().toText());
            assertThat(facts(outcome).marks().get(3)).containsExactly("label", "label", "min-units");
            assertThat(facts(outcome).withheld()).contains(WithheldShare.FEW);
        }
        assertThat(texts).hasSize(1);
    }

    /** A sum of nothing but zeros is withheld since it would tell each value: so that it is one is told nowhere. */
    @Test
    void marksAndReport_ofASumOfZeros_areThoseOfASumOfFew() {
        Set<String> texts = new TreeSet<>();
        for (long first : new long[] {0, 500}) {
            rows.clear();
            persons = 0;
            exit = new ExitFixture(spark);
            persons(30, "A", "F", first, 0L);
            ExitFixture.Outcome outcome = run("job-1", "SELECT county, sum(age) AS s FROM visits GROUP BY county");
            assertThat(outcome.rows().get(0).get(1)).isEqualTo("-");
            texts.add(text(facts(outcome))
                    + outcome.result().report().orElseThrow().toText());
        }
        assertThat(texts).hasSize(1);
    }

    /** Of a repeated answer nobody learns whether the sets are equal or near: neither by mark nor by a number. */
    @Test
    void overlap_ofEqualAndOfNearSets_isTheSame() {
        Set<String> texts = new TreeSet<>();
        for (int more : new int[] {0, 1, 3}) {
            rows.clear();
            persons = 0;
            exit = new ExitFixture(spark);
            persons(40, "A", "F", 3L, 4L);
            persons(40, "B", "F", 3L, 4L);
            String sql = "SELECT county, count(*) AS n, avg(age) AS m FROM visits GROUP BY county";
            ReviewFacts first = facts(run("job-1", sql));
            assertThat(first.overlaps()).isEmpty();
            assertThat(first.guarded()).contains(new ReviewFacts.Guarded(30, 0, 0));
            assertThat(first.marks().get(0)).containsExactly("label", "noise", "noise");

            persons(more, "A", "F", 3L, 4L);
            persons(30, "C", "F", 3L, 4L);
            ReviewFacts second = facts(run("job-2", sql));
            assertThat(second.overlaps()).containsExactly(new ReviewFacts.Overlap("job-1", 2));
            assertThat(second.marks())
                    .containsExactly(
                            List.of("label", "repeated", "repeated"),
                            List.of("label", "repeated", "repeated"),
                            List.of("label", "noise", "noise"));
            // Rows, contributions and sums of two cells.
            assertThat(second.guarded()).contains(new ReviewFacts.Guarded(30, 6, 0));

            ReviewFacts third = facts(run("job-3", sql));
            assertThat(third.overlaps())
                    .containsExactly(new ReviewFacts.Overlap("job-1", 2), new ReviewFacts.Overlap("job-2", 1));
            assertThat(third.guarded()).contains(new ReviewFacts.Guarded(30, 15, 0));
            texts.add(text(second) + text(third));
        }
        assertThat(texts).hasSize(1);
    }

    @Test
    void marks_ofAnotherCellOfTheSameTable_areRepeated_andOverlapWithNothing() {
        persons(60, "A", "F", 3L, 4L);
        persons(3, "A", "M", 3L, 4L);

        ReviewFacts facts = facts(
                run("job-1", "SELECT county, sex, count(*) AS n FROM visits GROUP BY GROUPING SETS ((county), (sex))"));

        // The total of all is answered first; the females are as many but for three persons.
        assertThat(facts.marks().stream().map(row -> row.get(2))).containsExactlyInAnyOrder("noise", "repeated");
        assertThat(facts.overlaps()).isEmpty();
        assertThat(facts.guarded()).contains(new ReviewFacts.Guarded(30, 0, 0));
    }

    @Test
    void withheldUnits_areToldInBands_fromTheThresholdOn() {
        Map<Integer, WithheldShare> expected = new HashMap<>(Map.of(
                0, WithheldShare.FEW,
                1, WithheldShare.FEW,
                4, WithheldShare.QUARTER,
                10, WithheldShare.HALF,
                30, WithheldShare.MOST));
        expected.forEach((groups, share) -> {
            rows.clear();
            persons = 0;
            exit = new ExitFixture(spark);
            persons(150, "Large", "F", 3L, 4L);
            for (int g = 0; g < groups; g++) {
                persons(8, "Small " + g, "F", 3L, 4L);
            }
            ReviewFacts facts = facts(run("job-1", "SELECT county, count(*) AS n FROM visits GROUP BY county"));
            assertThat(facts.withheld()).as(groups + " groups of 8").contains(share);
            assertThat(text(facts)).doesNotContain("Small");
        });
    }

    /** Ten are as many as are published, and totals hold nobody a second time. */
    @Test
    void withheldUnits_areThoseBelowTheThreshold_inTheFinestGroupingAlone() {
        persons(150, "Large", "F", 3L, 4L);
        persons(10, "Ten", "F", 3L, 4L);
        assertThat(facts(run("job-1", "SELECT county, count(*) AS n FROM visits GROUP BY county"))
                        .withheld())
                .contains(WithheldShare.FEW);
        for (int g = 0; g < 4; g++) {
            persons(8, "Small " + g, "F", 3L, 4L);
        }
        exit = new ExitFixture(spark);
        assertThat(facts(run("job-1", "SELECT county, sex, count(*) AS n FROM visits GROUP BY CUBE (county, sex)"))
                        .withheld())
                .contains(WithheldShare.QUARTER);
    }

    /** Of this developer and of the last 30 days, today included. */
    @Test
    void guarded_countsTheDevelopersOwnAnswersOfTheLastDays() {
        ZoneId zone = ZoneId.of(spark.conf().get("spark.sql.session.timeZone"));
        long today = LocalDate.now(zone).toEpochDay();
        GuardMemory memory = GuardMemory.open("family", exit.guard.guardKey("family"), exit.guard);
        memory.reserve(guarded("developer", today - 29, 1));
        memory.reserve(guarded("developer", today - 30, 10));
        memory.reserve(guarded("another", today, 100));
        persons(40, "A", "F", 3L, 4L);
        assertThat(facts(run("job-1", "SELECT county, count(*) AS n FROM visits GROUP BY county"))
                        .guarded())
                .contains(new ReviewFacts.Guarded(30, 2, 3));
    }

    /** What {@link GuardedOutput#tooManyWithheld} goes by is another number, which is told to nobody. */
    private static GuardRecord guarded(String assignee, long day, long times) {
        return new GuardRecord("job-0", assignee, day, SetSketch.EMPTY, true, times, 2 * times, 3 * times, List.of());
    }

    @Test
    void columns_deviationOfCounts_isThatOfThePerturbationTable() {
        persons(30, "A", "F", 3L, 4L);
        ReviewFacts facts = facts(run(
                "job-1",
                "SELECT count(DISTINCT person_id) AS p, count(*) AS n, sum(age) AS s, avg(age) AS m FROM visits"));
        PerturbationTable table = PerturbationTable.of(PerturbationParameters.counts(5, 3, 2));
        double variance = table.rows().stream()
                .filter(row -> row.i() == table.maxValue())
                .mapToDouble(row -> row.p() * row.v() * row.v())
                .sum();
        BigDecimal deviation = new BigDecimal(Math.sqrt(variance)).round(new MathContext(4));
        assertThat(facts.columns())
                .containsExactly(
                        ReviewFacts.ColumnNoise.of("units", deviation, NoiseUnit.VALUE),
                        ReviewFacts.ColumnNoise.of("rows", deviation, NoiseUnit.UNITS),
                        ReviewFacts.ColumnNoise.of("sum", new BigDecimal("0.35"), NoiseUnit.LARGEST_CONTRIBUTION),
                        ReviewFacts.ColumnNoise.of("mean"));
    }

    /** Names, labels, contributions and exact counts are nowhere: only words and numbers of which it is known what they are. */
    @Test
    void facts_holdWordsOfTheirOwn_andNoValueOfARecord() {
        persons(37, "CANARY-county", "F", 9_731L, 9_733L);
        persons(41, "Other", "M", 9_731L, 9_733L);
        persons(7, "CANARY-tiny", "M", 9_731L, 9_733L);
        run("job-0", "SELECT county, count(*) AS n FROM visits GROUP BY county");
        ExitFixture.Outcome outcome = run(
                "job-1",
                "SELECT county, sex, count(*) AS n, count(DISTINCT person_id) AS p, sum(age) AS s, avg(age) AS m,"
                        + " variance(age) AS v FROM visits GROUP BY CUBE (county, sex)");

        Set<String> words = new TreeSet<>();
        Set<BigDecimal> numbers = new TreeSet<>();
        collect(facts(outcome).toJson(), words, numbers);
        words.removeAll(Set.of(
                "ReviewFacts/1",
                "job-0",
                "job-1",
                "label",
                "noise",
                "repeated",
                "none",
                "min-units",
                "min-contributors",
                "p-percent",
                "uncertain-spread",
                "out-of-range",
                "exposure",
                "rows",
                "units",
                "sum",
                "mean",
                "spread",
                "VALUE",
                "UNITS",
                "LARGEST_CONTRIBUTION",
                "FEW"));
        assertThat(words).isEmpty();
        // Deviations, days, and numbers of cells and answers: at most as many as the table has.
        numbers.removeAll(Set.of(new BigDecimal("1.732"), new BigDecimal("0.35"), new BigDecimal("30")));
        int most = outcome.rows().size() * 8;
        assertThat(numbers).allMatch(n -> n.scale() == 0 && n.intValue() <= most);
        assertThat(outcome.text("candidate.json") + outcome.text("report.json"))
                .doesNotContain("ReviewFacts", "withheldUnits");
        assertThat(outcome.files().keySet()).noneMatch(name -> name.contains("view"));
    }

    private static void collect(Object value, Set<String> words, Set<BigDecimal> numbers) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(v -> collect(v, words, numbers));
        } else if (value instanceof List<?> list) {
            list.forEach(v -> collect(v, words, numbers));
        } else if (value instanceof String word) {
            words.add(word);
        } else {
            numbers.add(new BigDecimal(value.toString()));
        }
    }

    @Test
    void facts_underAPrivacyClause_areOfItsNoise_andAskNothingOfTheRecords() {
        persons(400, "County A", "F", 3L, 4L);
        PrivacyClause clause = new PrivacyClause(
                PrivacyClause.RHO,
                PrivacyClause.RHO / 10,
                0,
                1,
                1,
                Map.of(),
                Map.of("ds-visits", Map.of("county", List.of("County A", "County B"))));
        exit.tables.put("visits", spark.createDataFrame(rows, Visits.SCHEMA));
        ExitFixture.Outcome outcome = exit.run(
                GRANT.with(clause), "SELECT county, count(DISTINCT person_id) AS p FROM visits GROUP BY county");
        ReviewFacts facts = facts(outcome);
        String sigma = ((Map<?, ?>) ((List<?>) outcome.result()
                                .report()
                                .orElseThrow()
                                .protection()
                                .get("numbers"))
                        .get(0))
                .get("sigma")
                .toString();
        assertThat(facts.columns().get(1).deviation().orElseThrow())
                .isEqualByComparingTo(new BigDecimal(sigma).round(new MathContext(4)));
        assertThat(facts.columns().get(1).unit()).contains(NoiseUnit.VALUE);
        assertThat(facts.marks()).containsExactly(List.of("label", "noise"), List.of("label", "noise"));
        assertThat(facts.withheld()).isEmpty();
        assertThat(facts.guarded()).isEmpty();
        assertThat(facts.overlaps()).isEmpty();
    }
}
