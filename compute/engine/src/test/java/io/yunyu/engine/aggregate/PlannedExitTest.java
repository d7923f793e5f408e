package io.yunyu.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.agreement.Publication;
import io.yunyu.contract.dimension.Bands;
import io.yunyu.contract.dimension.CodeList;
import io.yunyu.contract.dimension.ColumnDomain;
import io.yunyu.contract.disclosure.RefusalCertificate;
import io.yunyu.contract.disclosure.ReviewFacts;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.engine.aggregate.Visits.Visit;
import io.yunyu.engine.guard.GuardMemory;
import io.yunyu.engine.guard.GuardRecord;
import io.yunyu.engine.guard.MemoryGuard;
import io.yunyu.engine.suppression.InProcessSolver;
import io.yunyu.engine.suppression.InfeasibleSuppressionException;
import io.yunyu.engine.suppression.PatternCheck;
import io.yunyu.engine.suppression.PatternSolver;
import io.yunyu.engine.suppression.ProposedPattern;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Planned publications against the running engine: three women in county A are the target. An attack reads the published
 * table and takes totals and cells from each other until nothing new comes of it.
 */
class PlannedExitTest {
    private static final String CUBE = "SELECT county, sex, count(*) AS n FROM visits GROUP BY CUBE (county, sex)";
    private static final Map<String, Integer> COUNTS =
            Map.of("A F", 3, "A M", 25, "B F", 40, "B M", 31, "C F", 28, "C M", 33);
    private static final PatternSolver SOLVER = new InProcessSolver();
    private static final PatternSolver TOO_LITTLE =
            (problem, limits) -> without(problem.primaries(), SOLVER.solve(problem, limits));
    private static final PatternSolver SHOWS_PRIMARY = (problem, limits) -> {
        ProposedPattern safe = SOLVER.solve(problem, limits);
        BitSet cells = safe.suppressed();
        cells.andNot(problem.primaries());
        return without(cells, safe);
    };
    /** A weakened engine, which believes its solver. */
    private static final PlannedPattern.Check NONE =
            (problem, pattern) -> new PatternCheck.Result(Optional.empty(), pattern.suppressed(), 1);

    private static SparkSession spark;
    private ExitFixture exit;

    private static ProposedPattern without(BitSet cells, ProposedPattern safe) {
        return new ProposedPattern(cells, 0, true, safe.tables(), safe.above(), safe.below());
    }

    @BeforeAll
    static void start() {
        spark = ExitFixture.session(2);
    }

    @BeforeEach
    void tables() {
        exit = new ExitFixture(spark);
        exit.tables.put("visits", visits(COUNTS).table(spark, 2));
    }

    private static Visits visits(Map<String, Integer> counts) {
        List<Visit> all = new ArrayList<>();
        counts.forEach((cell, n) -> {
            for (int i = 0; i < n; i++) {
                String[] labels = cell.split(" ");
                all.add(new Visit(
                        cell.hashCode() * 1_000_003L + i,
                        labels[0],
                        labels[1],
                        30L + i,
                        BigDecimal.valueOf(1000 + 7 * i, 2),
                        1,
                        LocalDate.of(2026, 1, 1)));
            }
        });
        return new Visits(all);
    }

    private static AccessGrant grant() {
        return ExitFixture.grant(Visits.RULES, Visits.granted());
    }

    private ExitFixture.Outcome publish(String sql) {
        return publish(sql, SOLVER, PatternCheck::of);
    }

    private ExitFixture.Outcome publish(String sql, PatternSolver solver, PlannedPattern.Check check) {
        return exit.publish(grant(), new Publication(sql, Publication.Cost.CELLS, List.of()), solver, check);
    }

    /** The number in a row of the published table; empty if it is withheld. */
    private static OptionalLong shown(ExitFixture.Outcome outcome, String county, String sex) {
        for (List<Object> row : outcome.rows()) {
            if (row.get(0).equals(county) && row.get(1).equals(sex)) {
                return row.get(2).equals("-")
                        ? OptionalLong.empty()
                        : OptionalLong.of(((Number) row.get(2)).longValue());
            }
        }
        return OptionalLong.empty();
    }

    /** What subtraction tells of the target, by the row or the column it is in. */
    private static List<Long> subtracted(ExitFixture.Outcome outcome) {
        List<Long> found = new ArrayList<>();
        OptionalLong county = shown(outcome, "A", "-");
        OptionalLong men = shown(outcome, "A", "M");
        if (county.isPresent() && men.isPresent()) {
            found.add(county.getAsLong() - men.getAsLong());
        }
        OptionalLong women = shown(outcome, "-", "F");
        OptionalLong b = shown(outcome, "B", "F");
        OptionalLong c = shown(outcome, "C", "F");
        if (women.isPresent() && b.isPresent() && c.isPresent()) {
            found.add(women.getAsLong() - b.getAsLong() - c.getAsLong());
        }
        shown(outcome, "A", "F").ifPresent(found::add);
        return found;
    }

    @Test
    void run_cube_isExactButForWhatProtectsTheTarget() {
        ExitFixture.Outcome outcome = publish(CUBE);
        assertThat(outcome.blockingRules()).isEmpty();
        assertThat(subtracted(outcome)).isEmpty();
        int withheld = 0;
        for (List<Object> row : outcome.rows()) {
            if (row.get(2).equals("-")) {
                withheld++;
            } else {
                assertThat(((Number) row.get(2)).longValue()).isEqualTo(count(row.get(0), row.get(1)));
            }
        }
        // A cell, one beside it in each direction, and the fourth corner.
        assertThat(withheld).isEqualTo(4);
        assertThat(outcome.rows()).hasSize(12);
        ReviewFacts.Suppression facts =
                outcome.facts().orElseThrow().suppression().orElseThrow();
        assertThat(facts.primary()).isEqualTo(1);
        assertThat(facts.secondary()).isEqualTo(3);
        assertThat(facts.optimal()).isTrue();
        assertThat(facts.ratio()).isEqualTo(ReviewFacts.RatioBand.ONE);
        assertThat(outcome.facts().orElseThrow().columns())
                .extracting(ReviewFacts.ColumnNoise::kind)
                .containsExactly("label", "label", "rows");
        assertThat(outcome.facts().orElseThrow().withheld()).isEmpty();
        assertThat(outcome.facts().orElseThrow().guarded()).isEmpty();
        assertThat(outcome.cells("suppression")).contains(4L);
        assertThat(outcome.facts().orElseThrow().marks().stream().flatMap(List::stream))
                .contains("exact", "secondary", "min-units");
    }

    private static long count(Object county, Object sex) {
        return COUNTS.entrySet().stream()
                .filter(e -> county.equals("-") || e.getKey().startsWith(county + " "))
                .filter(e -> sex.equals("-") || e.getKey().endsWith(" " + sex))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @Test
    void solverThatWithholdsTooLittle_isRefused() {
        ExitFixture.Outcome outcome = publish(CUBE, TOO_LITTLE, PatternCheck::of);
        assertThat(outcome.blockingRules()).containsExactly(PatternCheck.UNPROVED);
        assertThat(outcome.files()).isEmpty();
    }

    @Test
    void solverThatPublishesAPrimary_isRefused() {
        ExitFixture.Outcome outcome = publish(CUBE, SHOWS_PRIMARY, PatternCheck::of);
        assertThat(outcome.blockingRules()).containsExactly(PatternCheck.PRIMARY_PUBLISHED);
        assertThat(outcome.files()).isEmpty();
    }

    /** Even without the proof the engine's own rank audit finds what subtraction gives back of few units. */
    @Test
    void solverThatWithholdsTooLittle_engineThatBelievesIt_isCaughtByRank() {
        assertThat(publish(CUBE, TOO_LITTLE, NONE).blockingRules()).containsExactly(PlannedPattern.SUM_OF_FEW);
    }

    /** A sum that one bill dominates is of enough units for the rank audit: only the proof stands in the way. */
    @Test
    void solverThatWithholdsTooLittle_engineThatBelievesIt_givesAwayTheTarget() {
        exit.tables.put("visits", dominated().table(spark, 2));
        String sums = "SELECT county, sex, sum(amount) AS n FROM visits GROUP BY CUBE (county, sex)";
        assertThat(subtractedSum(publish(sums, TOO_LITTLE, NONE))).isNotEmpty();
        exit.guard = new MemoryGuard();
        assertThat(publish(sums, TOO_LITTLE, PatternCheck::of).blockingRules()).containsExactly(PatternCheck.UNPROVED);
        assertThat(subtractedSum(publish(sums))).isEmpty();
    }

    private static Visits dominated() {
        List<Visit> all = new ArrayList<>(
                visits(Map.of("A F", 10, "A M", 25, "B F", 40, "B M", 31)).all());
        all.add(new Visit(7, "A", "F", 50L, BigDecimal.valueOf(100_000, 2), 1, LocalDate.of(2026, 1, 1)));
        return new Visits(all);
    }

    private static List<BigDecimal> subtractedSum(ExitFixture.Outcome outcome) {
        List<BigDecimal> found = new ArrayList<>();
        List<BigDecimal> parts = new ArrayList<>();
        for (List<Object> row : outcome.rows()) {
            if (row.get(0).equals("A") && !row.get(2).equals("-")) {
                parts.add(new BigDecimal(row.get(2).toString()));
            }
        }
        if (parts.size() == 2) {
            found.add(parts.get(0).subtract(parts.get(1)));
        }
        return found;
    }

    /** Seven units in all, with so many rows that one cell would hide the other. */
    @Test
    void smallCellsOfManyRows_areNotGivenAwayTogether() {
        List<Visit> all =
                new ArrayList<>(visits(Map.of("A X", 40, "B F", 30, "B M", 30)).all());
        for (int row = 0; row < 50; row++) {
            all.addAll(visits(Map.of("A F", 3, "A M", 4)).all());
        }
        exit.tables.put("visits", new Visits(all).table(spark, 2));
        ExitFixture.Outcome outcome =
                publish("SELECT county, sex, count(*) AS n FROM visits GROUP BY ROLLUP (county, sex)");
        assertThat(outcome.blockingRules()).isEmpty();
        assertThat(shown(outcome, "A", "F")).isEmpty();
        assertThat(shown(outcome, "A", "M")).isEmpty();
        assertThat(shown(outcome, "A", "-").isPresent()
                        && shown(outcome, "A", "X").isPresent())
                .as("their sum follows")
                .isFalse();
    }

    /** The same six people in two cells are not twelve. */
    @Test
    void smallCellsOfTheSameUnits_areNotGivenAwayTogether() {
        List<Visit> all =
                new ArrayList<>(visits(Map.of("A X", 40, "B F", 30, "B M", 30)).all());
        for (int row = 0; row < 50; row++) {
            for (Visit visit : visits(Map.of("A F", 6)).all()) {
                all.add(visit);
                all.add(new Visit(visit.unit(), "A", "M", 30L, visit.amount(), 1, visit.date()));
            }
        }
        exit.tables.put("visits", new Visits(all).table(spark, 2));
        ExitFixture.Outcome outcome =
                publish("SELECT county, sex, count(*) AS n FROM visits GROUP BY ROLLUP (county, sex)");
        assertThat(outcome.blockingRules()).isEmpty();
        assertThat(shown(outcome, "A", "-").isPresent()
                        && shown(outcome, "A", "X").isPresent())
                .as("their sum follows")
                .isFalse();
    }

    /** Ten units in all, so that their total is safe, but not against the one of them who knows its own cell. */
    @Test
    void unitAloneInItsCell_cannotSubtractItself() {
        List<Visit> all = new ArrayList<>(visits(Map.of("B F", 30, "B M", 30)).all());
        for (int row = 0; row < 50; row++) {
            all.addAll(visits(Map.of("A F", 1, "A M", 9)).all());
        }
        exit.tables.put("visits", new Visits(all).table(spark, 2));
        ExitFixture.Outcome outcome =
                publish("SELECT county, sex, count(*) AS n FROM visits GROUP BY ROLLUP (county, sex)");
        assertThat(outcome.blockingRules()).isEmpty();
        assertThat(shown(outcome, "A", "M")).isEmpty();
        assertThat(shown(outcome, "A", "-")).isEmpty();
    }

    @Test
    void sumBeyondExactNumbers_isRefused() {
        List<Visit> all = new ArrayList<>();
        for (Visit visit : visits(Map.of("A F", 1200, "B F", 30)).all()) {
            all.add(new Visit(
                    visit.unit(), visit.county(), "F", 30L, new BigDecimal("9999999999.99"), 1, visit.date()));
        }
        exit.tables.put("visits", new Visits(all).table(spark, 2));
        assertThat(publish("SELECT county, sum(amount) AS n FROM visits GROUP BY CUBE (county)")
                        .blockingRules())
                .containsExactly(PlannedPattern.RANGE);
    }

    @Test
    void sumsWithNegativeParts_areOpenToBothSides() {
        List<Visit> all = new ArrayList<>(visits(COUNTS).all());
        for (Visit visit : visits(Map.of("A F", 3)).all()) {
            all.add(new Visit(visit.unit(), "A", "F", 30L, BigDecimal.valueOf(-900_000, 2), 1, visit.date()));
        }
        exit.tables.put("visits", new Visits(all).table(spark, 2));
        ExitFixture.Outcome outcome =
                publish("SELECT county, sex, sum(amount) AS n FROM visits GROUP BY CUBE (county, sex)");
        assertThat(outcome.blockingRules()).isEmpty();
        assertThat(outcome.rows().stream()
                        .filter(row -> row.get(0).equals("A")
                                && row.get(1).equals("F")
                                && !row.get(2).equals("-")))
                .isEmpty();
    }

    @Test
    void familyWithPublication_askedAdHoc_isRefusedUnlessUnderAPrivacyClause() {
        publish(CUBE);
        exit.job = "job-2";
        String query = "SELECT county, count(*) FROM visits WHERE sex = 'M' GROUP BY county";
        ExitFixture.Outcome asked = exit.run(grant(), query);
        assertThat(asked.blockingRules()).containsExactly(PlannedFamily.PLANNED);
        assertThat(asked.result().report().orElseThrow().findings().get(0).suggestion())
                .contains("privacy clause");
        assertThat(exit.run(grant().with(clause()), query).blockingRules()).isEmpty();
        exit.guard = new MemoryGuard();
        assertThat(exit.run(grant(), query).blockingRules()).isEmpty();
    }

    private static PrivacyClause clause() {
        return PrivateExitTest.clause(10_000, 1000, 2, 3, false);
    }

    @Test
    void familyWithNoisyAnswers_isNotPublished() {
        exit.run(grant(), "SELECT county, count(*) FROM visits GROUP BY county");
        exit.job = "job-2";
        assertThat(publish(CUBE).blockingRules()).containsExactly(PlannedFamily.EARLIER_ANSWERS);
    }

    @Test
    void familyWithADataElement_isNotPublished() {
        byte[] key = exit.guard.guardKey("family");
        GuardMemory.open("family", key, exit.guard).reserve(GuardRecord.ofElement("job-0", "developer", 1));
        assertThat(publish(CUBE).blockingRules()).containsExactly(PlannedFamily.EARLIER_ANSWERS);
    }

    @Test
    void agreementForPublications_answersNothingElse() {
        ExitFixture.Outcome outcome = exit.run(
                grant(),
                ExitFixture.agreement(grant())
                        .withPublications(List.of(new Publication(CUBE, Publication.Cost.CELLS, List.of()))),
                CUBE);
        assertThat(outcome.blockingRules()).containsExactly("planned-only");
    }

    /** The county's total of the first table and the men of the second: each is safe alone. */
    @Test
    void secondPublication_thatWithTheFirstRevealsACell_isRefused() {
        String counties = "SELECT county, count(*) AS n FROM visits GROUP BY ROLLUP (county)";
        Publication men = new Publication(
                CUBE, Publication.Cost.CELLS, List.of(Map.of("county", "A", "sex", "M"), Map.of("sex", "F")));
        ExitFixture.Outcome first = publish(counties);
        assertThat(first.blockingRules()).isEmpty();
        exit.job = "job-2";
        assertThat(exit.publish(grant(), men, SOLVER, PatternCheck::of).blockingRules())
                .containsExactly(PlannedPattern.INFEASIBLE);

        exit.guard = new MemoryGuard();
        ExitFixture.Outcome forgetful = exit.publish(grant(), men, SOLVER, PatternCheck::of);
        assertThat(subtracted(forgetful)).isEmpty();
        long county = first.rows().stream()
                .filter(row -> row.get(0).equals("A"))
                .mapToLong(row -> ((Number) row.get(1)).longValue())
                .sum();
        assertThat(county - shown(forgetful, "A", "M").orElseThrow()).isEqualTo(3);
    }

    @Test
    void secondPublication_thatHoldsTheFirst_isProtectedWithIt() {
        publish("SELECT county, count(*) AS n FROM visits GROUP BY ROLLUP (county)");
        exit.job = "job-2";
        ExitFixture.Outcome second = publish(CUBE);
        assertThat(second.blockingRules()).isEmpty();
        assertThat(subtracted(second)).isEmpty();
        for (String county : List.of("A", "B", "C", "-")) {
            assertThat(shown(second, county, "-")).hasValue(count(county, "-"));
        }
    }

    @Test
    void secondRun_otherVersionOrConditionOrMeasure_isRefused() {
        publish(CUBE);
        exit.job = "job-2";
        assertThat(publish(CUBE).blockingRules()).containsExactly(PlannedFamily.PUBLISHED);
        // Equal by what it asks for, whatever its columns are called.
        assertThat(publish("SELECT sex, county AS c, count(*) FROM visits GROUP BY CUBE (sex, county)")
                        .blockingRules())
                .containsExactly(PlannedFamily.PUBLISHED);
        for (String other : List.of(
                CUBE.replace("GROUP", "WHERE sex IN ('F', 'M') GROUP"),
                CUBE.replace("count(*)", "sum(age)"),
                CUBE.replace("CUBE", "ROLLUP"))) {
            assertThat(publish(other).blockingRules()).as(other).containsExactly(PlannedFamily.EARLIER_PUBLICATION);
        }
        GrantedTable later = new GrantedTable(
                "visits",
                "ds-visits",
                1,
                "family",
                "person_id",
                Visits.granted().columns());
        assertThat(exit.publish(
                                ExitFixture.grant(Visits.RULES, later),
                                new Publication(CUBE, Publication.Cost.CELLS, List.of()),
                                SOLVER,
                                PatternCheck::of)
                        .blockingRules())
                .containsExactly(PlannedFamily.EARLIER_PUBLICATION);
    }

    private static String month(int month) {
        return CUBE.replace(
                "GROUP",
                "WHERE visit_date >= DATE '2026-0" + month + "-01' AND visit_date < DATE '2026-0" + (month + 1)
                        + "-01' GROUP");
    }

    private ExitFixture.Outcome publish(String sql, long version) {
        GrantedTable table = new GrantedTable(
                "visits",
                "ds-visits",
                version,
                "family",
                "person_id",
                Visits.granted().columns());
        exit.job = "job-" + version;
        return exit.publish(
                ExitFixture.grant(Visits.RULES, table),
                new Publication(sql, Publication.Cost.CELLS, List.of()),
                SOLVER,
                PatternCheck::of);
    }

    /** The version after next has the records of February beside those of January, and some of January corrected. */
    @Test
    void nextMonth_ofALaterVersion_isPublishedByItself_theSameMonthIsNot() {
        assertThat(publish(month(1), 0).blockingRules()).isEmpty();
        Map<String, Integer> february = Map.of("A F", 30, "A M", 5, "B F", 40, "B M", 31, "C F", 28, "C M", 33);
        List<Visit> later = new ArrayList<>(
                visits(Map.of("A F", 4, "A M", 24, "B F", 40, "B M", 31)).all());
        for (Visit visit : visits(february).all()) {
            later.add(new Visit(
                    visit.unit(), visit.county(), visit.sex(), 30L, visit.amount(), 1, LocalDate.of(2026, 2, 9)));
        }
        exit.tables.put("visits", new Visits(later).table(spark, 2));

        for (String sharing : List.of(
                month(1),
                CUBE,
                month(2).replace("'2026-02-01'", "'2026-01-31'"),
                // Not a span of the column: what February is in is not told by it.
                CUBE.replace("GROUP", "WHERE sex = 'F' GROUP"))) {
            assertThat(publish(sharing, 1).blockingRules())
                    .as(sharing)
                    .containsExactly(PlannedFamily.EARLIER_PUBLICATION);
        }
        ExitFixture.Outcome second = publish(month(2), 1);
        assertThat(second.blockingRules()).isEmpty();
        assertThat(shown(second, "A", "M")).isEmpty();
        assertThat(shown(second, "-", "-")).hasValue(167);
        assertThat(publish(month(2), 2).blockingRules()).containsExactly(PlannedFamily.EARLIER_PUBLICATION);
        assertThat(publish(month(2), 1).blockingRules()).containsExactly(PlannedFamily.PUBLISHED);
        // Both months together would give each of them back from the other.
        String both = month(1).replace("'2026-02-01'", "'2026-03-01'");
        assertThat(publish(both, 1).blockingRules()).containsExactly(PlannedFamily.EARLIER_PUBLICATION);
    }

    /** Three women and four men of a row of three: their sum is of few as well, and must not follow either. */
    @Test
    void groupOfSmallCells_isNotGivenAwayTogether() {
        exit.tables.put(
                "visits",
                visits(Map.of("A F", 3, "A M", 4, "A X", 30, "B F", 40, "B M", 31, "B X", 35))
                        .table(spark, 2));
        ExitFixture.Outcome outcome = publish(CUBE);
        assertThat(outcome.blockingRules()).isEmpty();
        assertThat(shown(outcome, "A", "-").isPresent()
                        && shown(outcome, "A", "X").isPresent())
                .isFalse();
    }

    /** A cell that is the rest of its total but for few: the few must not be had by subtraction. */
    @Test
    void complementInAMargin_isProtected() {
        exit.tables.put(
                "visits",
                visits(Map.of("A F", 60, "A M", 4, "B F", 40, "B M", 31, "C F", 22, "C M", 20))
                        .table(spark, 2));
        ExitFixture.Outcome outcome = publish(CUBE);
        assertThat(outcome.blockingRules()).isEmpty();
        assertThat(shown(outcome, "A", "M")).isEmpty();
        assertThat(shown(outcome, "A", "F").isPresent()
                        && shown(outcome, "A", "-").isPresent())
                .isFalse();
    }

    @Test
    void demandedCell_thatIsUnsafe_isRefused() {
        Publication demands = new Publication(CUBE, Publication.Cost.UNITS, List.of(Map.of("county", "A", "sex", "F")));
        assertThat(exit.publish(grant(), demands, SOLVER, PatternCheck::of).blockingRules())
                .containsExactly(PlannedPattern.DEMANDED);
    }

    @Test
    void demandedCells_arePublished() {
        Publication demands = new Publication(
                CUBE, Publication.Cost.CELLS, List.of(Map.of(), Map.of("county", "A"), Map.of("sex", "F")));
        ExitFixture.Outcome outcome = exit.publish(grant(), demands, SOLVER, PatternCheck::of);
        assertThat(shown(outcome, "-", "-")).hasValue(160);
        assertThat(shown(outcome, "A", "-")).hasValue(28);
        assertThat(shown(outcome, "-", "F")).hasValue(71);
        assertThat(subtracted(outcome)).isEmpty();
    }

    /** The three women of January are told by the first day of their month, as the table writes it. */
    @Test
    void demandedCells_ofDates_areFoundByTheLabelsThatTheTableShows() {
        exit.tables.put("visits", monthly().table(spark, 2));
        for (Map.Entry<String, List<String>> form : Map.of(
                        "visit_date", List.of("2026-01-01"),
                        "date_trunc('month', visit_date)", List.of("2026-01-01", "2026-01-01T00:00:00"),
                        "year(visit_date)", List.of("2026"),
                        "month(visit_date)", List.of("1", "01"))
                .entrySet()) {
            String sql = "SELECT " + form.getKey()
                    + " AS period, sex, count(*) AS n FROM visits GROUP BY CUBE (period, sex)";
            for (String label : form.getValue()) {
                exit.guard = new MemoryGuard();
                ExitFixture.Outcome outcome = demanding(sql, Map.of("period", label, "sex", "F"));
                assertThat(outcome.blockingRules())
                        .as(sql)
                        .isEqualTo(form.getKey().startsWith("year") ? List.of() : List.of(PlannedPattern.DEMANDED));
                assertThat(outcome.cells(DemandedCells.EMPTY)).as(sql).isEmpty();
            }
            exit.guard = new MemoryGuard();
            ExitFixture.Outcome men =
                    demanding(sql, Map.of("period", form.getValue().get(0), "sex", "M"));
            assertThat(men.blockingRules()).isEmpty();
            assertThat(men.rows().stream()
                            .filter(row -> row.get(1).equals("M") && !row.get(0).equals("-"))
                            .filter(row -> row.get(2).equals(form.getKey().startsWith("year") ? 89L : 25L)))
                    .as(sql)
                    .hasSize(1);
        }
    }

    /** As {@link #COUNTS}, with months in the place of counties. */
    private static Visits monthly() {
        return new Visits(visits(COUNTS).all().stream()
                .map(v -> new Visit(
                        v.unit(),
                        v.county(),
                        v.sex(),
                        v.age(),
                        v.amount(),
                        v.score(),
                        LocalDate.of(2026, 1 + v.county().charAt(0) - 'A', 1)))
                .toList());
    }

    @SafeVarargs
    private ExitFixture.Outcome demanding(String sql, Map<String, String>... cells) {
        return exit.publish(
                grant(), new Publication(sql, Publication.Cost.CELLS, List.of(cells)), SOLVER, PatternCheck::of);
    }

    /** What no cell can be is told from the text; nothing is computed for it. */
    @Test
    void demandsThatNoCellCanBe_areRefusedByTheirText() {
        String dates = "SELECT visit_date AS day, sex, count(*) AS n FROM visits GROUP BY ROLLUP (day, sex)";
        String truncated = dates.replace("visit_date", "date_trunc('month', visit_date)");
        Map<Map<String, String>, String> demands = Map.of(
                Map.of("county", "A", "gender", "F"), CUBE,
                Map.of("n", "3"), CUBE,
                Map.of("sex", "F"), dates,
                Map.of("day", "January"), dates,
                Map.of("day", "20454"), dates,
                Map.of("day", "2026-02-30"), dates,
                Map.of("day", "2026-01"), truncated,
                Map.of("m", "first"), "SELECT month(visit_date) AS m, count(*) FROM visits GROUP BY CUBE (m)");
        demands.forEach((cell, sql) -> {
            ExitFixture.Outcome outcome = demanding(sql, Map.of(), cell);
            assertThat(outcome.blockingRules()).as(cell.toString()).containsExactly(DemandedCells.UNKNOWN);
            assertThat(outcome.result().report().orElseThrow().findings().get(0).suggestion())
                    .startsWith("Entry 2 of 'publish'");
            assertThat(outcome.result()
                            .report()
                            .orElseThrow()
                            .certificate()
                            .orElseThrow()
                            .basis())
                    .isEqualTo(RefusalCertificate.Basis.TEXT);
        });
        assertThat(exit.events).doesNotContain(io.yunyu.contract.channel.EngineEvent.CELLS_COMPUTED);
    }

    @Test
    void demandsOfDeclaredLabels_areHeldAgainstTheDeclaration() {
        GrantedTable declared = new GrantedTable(
                "visits",
                "ds-visits",
                0,
                "family",
                "person_id",
                List.of(
                        new GrantedColumn("person_id", "STRING", Set.of()),
                        new GrantedColumn(
                                "county",
                                "STRING",
                                Set.of(ColumnUse.GROUP_BY),
                                ColumnDomain.of(new CodeList(List.of("A", "B", "C", "Z")))),
                        new GrantedColumn(
                                "age",
                                "LONG",
                                Set.of(ColumnUse.GROUP_BY),
                                ColumnDomain.of(new Bands(List.of(BigDecimal.valueOf(40)))))));
        AccessGrant grant = ExitFixture.grant(Visits.RULES, declared);
        String sql = "SELECT county, band(age) AS ages, count(*) AS n FROM visits GROUP BY CUBE (county, ages)";
        Map<Map<String, String>, List<String>> rules = Map.of(
                Map.of("county", "D"), List.of(DemandedCells.UNKNOWN),
                Map.of("ages", "40+"), List.of(DemandedCells.UNKNOWN),
                Map.of("county", "Z"), List.of(),
                Map.of("ages", "[40, ∞)"), List.of(),
                Map.of("county", ""), List.of());
        rules.forEach((cell, blocking) -> {
            exit.guard = new MemoryGuard();
            ExitFixture.Outcome outcome = exit.publish(
                    grant, new Publication(sql, Publication.Cost.CELLS, List.of(cell)), SOLVER, PatternCheck::of);
            assertThat(outcome.blockingRules()).as(cell.toString()).isEqualTo(blocking);
            boolean empty = cell.containsValue("Z") || cell.containsValue("");
            assertThat(outcome.cells(DemandedCells.EMPTY))
                    .as(cell.toString())
                    .isEqualTo(empty ? Optional.of(1L) : Optional.empty());
        });
    }

    /** Whoever has the agreement and the table sees it anyway: a demanded cell that is not in the table is empty. */
    @Test
    void demandedCells_withoutRecords_areToldOf() {
        ExitFixture.Outcome outcome =
                demanding(CUBE, Map.of("county", "Q"), Map.of("county", "A"), Map.of("county", "Q", "sex", "F"));
        assertThat(outcome.blockingRules()).isEmpty();
        assertThat(outcome.cells(DemandedCells.EMPTY)).contains(2L);
        assertThat(shown(outcome, "A", "-")).hasValue(28);
        exit.guard = new MemoryGuard();
        assertThat(demanding(CUBE, Map.of("county", "A")).cells(DemandedCells.EMPTY))
                .isEmpty();
    }

    @Test
    void demandedCell_whoseLabelIsMissing_isNamedByAnEmptyText() {
        List<Visit> all = new ArrayList<>(visits(COUNTS).all());
        for (Visit visit : visits(Map.of("X F", 4, "X M", 40)).all()) {
            all.add(new Visit(visit.unit(), null, visit.sex(), 30L, visit.amount(), 1, visit.date()));
        }
        exit.tables.put("visits", new Visits(all).table(spark, 2));
        assertThat(demanding(CUBE, Map.of("county", "", "sex", "F")).blockingRules())
                .containsExactly(PlannedPattern.DEMANDED);
        ExitFixture.Outcome total = demanding(CUBE, Map.of("county", ""));
        assertThat(total.blockingRules()).isEmpty();
        assertThat(total.cells(DemandedCells.EMPTY)).isEmpty();
    }

    private static final String BOTH =
            "SELECT county, sex, count(*) AS n, sum(amount) AS s FROM visits GROUP BY CUBE (county, sex)";

    /** Three women in A by their number, and one bill in B by its size: each rule is of another measure. */
    private static Visits smallAndDominated() {
        List<Visit> all = new ArrayList<>(visits(COUNTS).all());
        all.add(new Visit(7, "B", "F", 50L, BigDecimal.valueOf(100_000_000, 2), 1, LocalDate.of(2026, 1, 1)));
        return new Visits(all);
    }

    @Test
    void cellsThatEitherMeasureFlags_areWithheldByTheirRule() {
        exit.tables.put("visits", smallAndDominated().table(spark, 2));
        for (String sql :
                List.of(BOTH, BOTH.replace("count(*) AS n, sum(amount) AS s", "sum(amount) AS s, count(*) AS n"))) {
            exit.guard = new MemoryGuard();
            ExitFixture.Outcome outcome = publish(sql);
            assertThat(outcome.blockingRules()).isEmpty();
            ReviewFacts facts = outcome.facts().orElseThrow();
            assertThat(facts.suppression().orElseThrow().optimal()).isFalse();
            for (Map.Entry<String, String> rule :
                    Map.of("A F", "min-units", "B F", "p-percent").entrySet()) {
                int row = row(outcome, rule.getKey());
                assertThat(outcome.rows().get(row).subList(2, 4)).containsOnly("-");
                assertThat(facts.marks().get(row).subList(2, 4))
                        .as(rule.getKey())
                        .containsOnly(rule.getValue());
            }
            long byRule = facts.marks().stream()
                    .filter(marks -> marks.contains("min-units") || marks.contains("p-percent"))
                    .count();
            assertThat(facts.suppression().orElseThrow().primary())
                    .isEqualTo(byRule)
                    .isGreaterThan(1);
        }
    }

    private static int row(ExitFixture.Outcome outcome, String labels) {
        for (int row = 0; row < outcome.rows().size(); row++) {
            if (labels.equals(outcome.rows().get(row).get(0) + " "
                    + outcome.rows().get(row).get(1))) {
                return row;
            }
        }
        throw new AssertionError(labels + " is not listed");
    }

    /** The women of B are many; only their sum is unsafe. */
    @Test
    void demandedCell_thatTheSecondMeasureFlags_isRefused() {
        exit.tables.put("visits", smallAndDominated().table(spark, 2));
        assertThat(demanding(BOTH, Map.of("county", "B", "sex", "F")).blockingRules())
                .containsExactly(PlannedPattern.DEMANDED);
    }

    /** A solver that ends, or that cannot start: the job fails with its words, and the family is as it was. */
    @Test
    void solverWithoutAnswer_failsTheJob_andLeavesNothingBehind() {
        PatternSolver ended = (problem, limits) -> {
            throw new ProblemException(ProblemCode.ENGINE_ENDED, "The solver ended without an answer.");
        };
        assertThatThrownBy(() -> publish(CUBE, ended, PatternCheck::of))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("without an answer");
        assertThat(GuardMemory.open("family", exit.guard.guardKey("family"), exit.guard)
                        .records())
                .isEmpty();
        exit.job = "job-2";
        assertThat(publish(CUBE).blockingRules()).isEmpty();
    }

    /** A pattern for other numbers than these, as a solver that mixes tables up would send it. */
    @Test
    void solverThatSolvesAnotherTable_isRefused() {
        List<ProposedPattern> before = new ArrayList<>();
        PatternSolver keeps = (problem, limits) -> {
            before.add(SOLVER.solve(problem, limits));
            return before.get(0);
        };
        assertThat(publish(CUBE, keeps, PatternCheck::of).blockingRules()).isEmpty();
        exit.guard = new MemoryGuard();
        exit.tables.put(
                "visits",
                visits(Map.of("A F", 30, "A M", 25, "B F", 40, "B M", 31, "C F", 28, "C M", 4))
                        .table(spark, 2));
        assertThat(publish(CUBE, (problem, limits) -> before.get(0), PatternCheck::of)
                        .blockingRules())
                .containsAnyOf(PatternCheck.PRIMARY_PUBLISHED, PatternCheck.UNPROVED);
    }

    @Test
    void solverThatSaysItIsHopeless_refusesThePublication() {
        PatternSolver hopeless = (problem, limits) -> {
            throw new InfeasibleSuppressionException(problem.primaries().nextSetBit(0));
        };
        ExitFixture.Outcome outcome = publish(CUBE, hopeless, PatternCheck::of);
        assertThat(outcome.blockingRules()).containsExactly(PlannedPattern.INFEASIBLE);
        assertThat(Json.write(outcome.result().toJson())).doesNotContain("\"A\"");
    }

    @Test
    void formsThatDoNotAddUp_areRefusedByTheirText() {
        Map<String, String> rules = Map.of(
                "SELECT county, count(*) FROM visits GROUP BY county", PlannedForm.SETS,
                "SELECT county, sex, count(*) FROM visits GROUP BY GROUPING SETS ((county), (sex))", PlannedForm.SETS,
                "SELECT county, count(DISTINCT person_id) FROM visits GROUP BY CUBE (county)", PlannedForm.MEASURES,
                "SELECT county, avg(amount) FROM visits GROUP BY CUBE (county)", PlannedForm.MEASURES,
                "SELECT county, count(age) FROM visits GROUP BY CUBE (county)", PlannedForm.MEASURES,
                "SELECT county, sum(score) FROM visits GROUP BY CUBE (county)", PlannedForm.MEASURES);
        rules.forEach((sql, rule) -> {
            ExitFixture.Outcome outcome = publish(sql);
            assertThat(outcome.blockingRules()).as(sql).containsExactly(rule);
            assertThat(outcome.result()
                            .report()
                            .orElseThrow()
                            .certificate()
                            .orElseThrow()
                            .basis())
                    .isEqualTo(RefusalCertificate.Basis.TEXT);
        });
        assertThat(exit.events).doesNotContain(io.yunyu.contract.channel.EngineEvent.CELLS_COMPUTED);
    }

    /** Nothing that leaves tells which rule withholds a cell, or how uncertain the worst is. */
    @Test
    void report_doesNotTellSmallCellsFromThoseThatHideThem() {
        ExitFixture.Outcome outcome = publish(CUBE);
        Map<String, Object> report = outcome.result().report().orElseThrow().toJson();
        assertThat(Json.write(report)).doesNotContain("ratio", "secondary\"", "min-units");
        assertThat(outcome.text("table.csv")).doesNotContain("secondary", "min-units");
    }

    /** In a thin table no withheld cell is listed, neither the small ones nor those that hide them. */
    @Test
    void thinTable_listsPublishedCellsOnly() {
        Map<String, Integer> counts = new java.util.TreeMap<>(COUNTS);
        for (int i = 0; i < 12; i++) {
            counts.put("D" + i + " G" + i, 40);
        }
        exit.tables.put("visits", visits(counts).table(spark, 2));
        ExitFixture.Outcome outcome = publish(CUBE);
        assertThat(outcome.blockingRules()).isEmpty();
        assertThat(subtracted(outcome)).isEmpty();
        assertThat(outcome.rows().stream()
                        .filter(row -> !row.get(0).equals("-") && !row.get(1).equals("-")))
                .allMatch(row -> !row.get(2).equals("-"));
    }
}
