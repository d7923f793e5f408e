package io.yunyu.api.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.yunyu.api.budget.Balance;
import io.yunyu.api.review.EarlierAnswers;
import io.yunyu.api.review.ProtectedTable;
import io.yunyu.api.review.ReviewView;
import io.yunyu.api.review.TableMarks;
import io.yunyu.contract.disclosure.ReviewFacts;
import io.yunyu.contract.disclosure.ReviewFacts.NoiseUnit;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The pictures of a review: how wide, where, and which sign. */
class ReviewChartsTest {
    private static final ProtectedTable TABLE = ProtectedTable.of(("{\"columns\":["
                    + "{\"name\":\"town\",\"type\":\"STRING\",\"label\":true},{\"name\":\"n\",\"type\":\"LONG\"}],"
                    + "\"rows\":[[\"A\",1000],[\"B\",10],[\"C\",null],[\"D\",null]],\"suppressed\":[[2,1],[3,1]]}")
            .getBytes(StandardCharsets.UTF_8));
    private static final TableMarks MARKS = new TableMarks(
            List.of(
                    List.of("label", "noise"),
                    List.of("label", "repeated"),
                    List.of("label", "min-units"),
                    List.of("label", "p-percent")),
            List.of(
                    new TableMarks.Column(
                            "town",
                            ReviewFacts.ColumnNoise.of("label"),
                            Map.of("label", 4L),
                            false,
                            Arrays.asList(null, null, null, null)),
                    new TableMarks.Column(
                            "n",
                            ReviewFacts.ColumnNoise.of("units", BigDecimal.ONE, NoiseUnit.VALUE),
                            Map.of("noise", 1L, "repeated", 1L, "min-units", 1L, "p-percent", 1L),
                            true,
                            Arrays.asList(new BigDecimal("0.1"), BigDecimal.TEN, null, null))));
    private static final ReviewView VIEW = new ReviewView(
            List.of(new ReviewView.Loss("n", 2, 2)),
            List.of(),
            false,
            List.of(),
            Optional.of(new ReviewView.Told(
                    MARKS,
                    Optional.empty(),
                    List.of(new EarlierAnswers(Optional.empty(), 1)),
                    Optional.empty(),
                    Optional.empty())));

    @Test
    void table_eachValueHasItsSign_andTheLegendCountsThem() {
        MarkedTable table = MarkedTable.of(TABLE, MARKS);
        assertThat(table.rows())
                .extracting(row -> row.get(1).text() + row.get(1).sign())
                .containsExactly("1000", "10≈", "×¹", "×²");
        assertThat(table.rows()).extracting(row -> row.get(1).percent()).containsExactly("0.1", "10", "", "");
        assertThat(table.rows()).extracting(row -> row.get(1).atLeast()).containsOnly(true);
        assertThat(table.legend())
                .containsExactly(
                        new MarkedTable.Legend("noise", "", 1),
                        new MarkedTable.Legend("repeated", "≈", 1),
                        new MarkedTable.Legend("min-units", "×¹", 1),
                        new MarkedTable.Legend("p-percent", "×²", 1));
        assertThat(table.legend()).extracting(MarkedTable.Legend::withheld).containsExactly(false, false, true, true);
    }

    @Test
    void bar_partsFollowEachOther_andFillTheWidth() {
        assertThat(MarkBar.of(VIEW)).singleElement().satisfies(bar -> {
            assertThat(bar.percent()).isEqualTo("50.0");
            assertThat(bar.parts())
                    .containsExactly(
                            new MarkBar.Part("noise", 1, 0, 60),
                            new MarkBar.Part("repeated", 1, 60, 60),
                            new MarkBar.Part("withheld", 2, 120, 120),
                            new MarkBar.Part("none", 0, 240, 0));
        });
        // Without facts: shown and withheld alone.
        ReviewView bare = new ReviewView(VIEW.losses(), List.of(), false, List.of(), Optional.empty());
        assertThat(MarkBar.of(bare).get(0).parts())
                .filteredOn(part -> part.width() > 0)
                .containsExactly(new MarkBar.Part("noise", 2, 0, 120), new MarkBar.Part("withheld", 2, 120, 120));
    }

    /** A planned publication has exact values, which are neither noisy nor withheld. */
    @Test
    void tableAndBar_ofExactValues_countThemAsShown() {
        TableMarks exact = new TableMarks(
                List.of(
                        List.of("label", "exact"),
                        List.of("label", "exact"),
                        List.of("label", "secondary"),
                        List.of("label", "secondary")),
                List.of(
                        MARKS.columns().get(0),
                        new TableMarks.Column(
                                "n",
                                ReviewFacts.ColumnNoise.of("rows"),
                                Map.of("exact", 2L, "secondary", 2L),
                                false,
                                Arrays.asList(null, null, null, null))));
        MarkedTable table = MarkedTable.of(TABLE, exact);
        assertThat(table.legend())
                .containsExactly(new MarkedTable.Legend("exact", "", 2), new MarkedTable.Legend("secondary", "×¹", 2));
        assertThat(table.legend()).extracting(MarkedTable.Legend::withheld).containsExactly(false, true);
        ReviewView view = new ReviewView(
                VIEW.losses(),
                List.of(),
                false,
                List.of(),
                Optional.of(new ReviewView.Told(
                        exact,
                        Optional.empty(),
                        List.of(new EarlierAnswers(Optional.empty(), 3)),
                        Optional.empty(),
                        Optional.empty())));
        assertThat(MarkBar.of(view).get(0).parts())
                .filteredOn(part -> part.count() > 0)
                .extracting(MarkBar.Part::kind, MarkBar.Part::count, MarkBar.Part::width)
                .containsExactlyInAnyOrder(tuple("exact", 2L, 120), tuple("withheld", 2L, 120));
        assertThat(OverlapBar.of(view.told().orElseThrow()))
                .containsExactly(new OverlapBar(Optional.empty(), 3, 4, 180));
    }

    /** The label column itself is no value, whatever its bar would be. */
    @Test
    void bar_ofAColumnThatIsALabelForItself_holdsNoLabels() {
        ReviewView view =
                new ReviewView(List.of(new ReviewView.Loss("town", 4, 0)), List.of(), false, List.of(), VIEW.told());
        assertThat(MarkBar.of(view).get(0).parts()).allMatch(part -> part.count() == 0);
    }

    @Test
    void noise_dotsLieOnALogarithmicScale() {
        NoiseChart chart = NoiseChart.of(MARKS).orElseThrow();
        assertThat(chart.lines()).singleElement().satisfies(line -> {
            assertThat(line.column()).isEqualTo("n");
            assertThat(line.atLeast()).isTrue();
            assertThat(line.dots())
                    .containsExactly(
                            chart.ticks().get(0).x(), chart.ticks().get(2).x());
            assertThat(List.of(line.median(), line.largest())).containsExactly("0.1", "10");
            assertThat(line.medianX()).isEqualTo(chart.ticks().get(0).x());
            assertThat(line.y()).isLessThan(chart.floor());
        });
        assertThat(chart.ticks()).extracting(NoiseChart.Tick::x).containsExactly(170, 320, 470, 620);
        assertThat(NoiseChart.of(
                        new TableMarks(List.of(), List.of(MARKS.columns().get(0)))))
                .isEmpty();
    }

    @Test
    void overlap_isAPartOfAllCells() {
        assertThat(OverlapBar.of(VIEW.told().orElseThrow()))
                .containsExactly(new OverlapBar(Optional.empty(), 1, 4, 60));
    }

    /** Epsilon of rho 0.5 at delta 10^-6 as the bound of Bun and Steinke has it: 5.7565, rounded up. */
    @Test
    void budget_isSpentReservedAndLeft() {
        Balance balance = new Balance(
                "persons",
                "developer",
                new Balance.Amount(500_000, 0),
                new Balance.Amount(100_000, 0),
                new Balance.Amount(1_000_000, 0));
        assertThat(BudgetBar.of(balance))
                .isEqualTo(new BudgetBar("persons", "developer", "0.5", "0.1", "0.4", "1", "5.76", 120, 24));
        Balance over = new Balance(
                "persons", "", new Balance.Amount(3, 0), new Balance.Amount(0, 0), new Balance.Amount(1, 0));
        assertThat(BudgetBar.of(over).left()).isEqualTo("0");
        assertThat(BudgetBar.of(over).spentWidth()).isEqualTo(240);
    }
}
