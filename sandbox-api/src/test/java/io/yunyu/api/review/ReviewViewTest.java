package io.yunyu.api.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.disclosure.ReviewFacts;
import io.yunyu.contract.disclosure.ReviewFacts.ColumnNoise;
import io.yunyu.contract.disclosure.ReviewFacts.NoiseUnit;
import io.yunyu.contract.problem.ProblemException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The figures that a reviewer is given, by tables small enough to do them in the head. */
class ReviewViewTest {
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final List<ColumnNoise> COLUMNS = List.of(
            ColumnNoise.of("label"),
            ColumnNoise.of("units", TWO, NoiseUnit.VALUE),
            ColumnNoise.of("rows", TWO, NoiseUnit.UNITS),
            ColumnNoise.of("count", TWO, NoiseUnit.UNITS),
            ColumnNoise.of("sum", new BigDecimal("0.35"), NoiseUnit.LARGEST_CONTRIBUTION),
            ColumnNoise.of("mean"));
    private static final ProtectedTable TABLE = table(
            "[\"A\",200,1000,800,12.5,3.1]",
            "[\"B\",100,1000,400,12.5,3.1]",
            "[\"C\",50,null,-16,12.5,3.1]",
            "[\"D\",null,1000,0,12.5,null]",
            "[\"E\",null,null,null,null,null]");

    private static ProtectedTable table(String... rows) {
        String columns =
                "{\"label\":true,\"name\":\"town\",\"type\":\"STRING\"},{\"name\":\"p\",\"type\":\"LONG\"},{\"name\":\"n\",\"type\":\"LONG\"},"
                        + "{\"name\":\"c\",\"type\":\"LONG\"},{\"name\":\"s\",\"type\":\"DECIMAL\"},{\"name\":\"m\",\"type\":\"DOUBLE\"}";
        return ProtectedTable.of(("{\"columns\":[" + columns + "],\"rows\":[" + String.join(",", rows)
                        + "],\"suppressed\":[[2,2],[3,1],[3,5],[4,1],[4,2],[4,3],[4,4],[4,5]]}")
                .getBytes(StandardCharsets.UTF_8));
    }

    private static ReviewFacts facts(List<ColumnNoise> columns, int rows) {
        List<String> marks = new ArrayList<>(List.of("label", "noise", "noise", "repeated", "noise", "p-percent"));
        return new ReviewFacts(
                "job-1",
                columns,
                Collections.nCopies(rows, marks.subList(0, columns.size())),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    private static TableMarks.Column column(int c) {
        return TableMarks.of(facts(COLUMNS, 5), TABLE).columns().get(c);
    }

    /** Of rows the noise is that of the units beside them, whose deviation the table knows. */
    @Test
    void percents_areOfTheValueThatCarriesTheNoise() {
        assertThat(texts(column(1))).containsExactly("1", "2", "4", "null", "null");
        assertThat(texts(column(2))).containsExactly("1", "2", "null", "null", "null");
        assertThat(column(1).atLeast()).isFalse();
        assertThat(column(2).atLeast()).isFalse();
    }

    /** Of values that are present nobody knows of how many units they are: at least that of the value itself. */
    @Test
    void percents_ofACount_areALowerBound_withoutSignAndWhereThereIsSomething() {
        assertThat(texts(column(3))).containsExactly("0.25", "0.5", "12.5", "null", "null");
        assertThat(column(3).atLeast()).isTrue();
    }

    @Test
    void percents_ofRowsWithoutUnitsBeside_areALowerBound() {
        List<ColumnNoise> without = new ArrayList<>(COLUMNS);
        without.set(1, ColumnNoise.of("mean"));
        TableMarks.Column rows =
                TableMarks.of(facts(without, 5), TABLE).columns().get(2);
        assertThat(rows.atLeast()).isTrue();
        assertThat(texts(rows)).containsExactly("0.2", "0.2", "null", "0.2", "null");
    }

    @Test
    void percents_ofNoiseThatIsToldInNothingShown_areNone() {
        assertThat(texts(column(4))).containsOnly("null");
        assertThat(texts(column(5))).containsOnly("null");
        assertThat(column(4).median()).isEmpty();
        assertThat(column(4).largest()).isEmpty();
    }

    @Test
    void median_isTheLowerOne_andLargestTheLargest() {
        assertThat(column(1).median().orElseThrow()).isEqualByComparingTo("2");
        assertThat(column(1).largest().orElseThrow()).isEqualByComparingTo("4");
        assertThat(column(2).median().orElseThrow()).isEqualByComparingTo("1");
        assertThat(column(3).known()).isSorted();
    }

    private static List<String> texts(TableMarks.Column column) {
        return column.percents().stream()
                .map(p -> p == null ? "null" : p.stripTrailingZeros().toPlainString())
                .toList();
    }

    @Test
    void marks_areCountedByColumn() {
        assertThat(column(0).counts()).isEqualTo(Map.of("label", 5L));
        assertThat(column(3).counts()).isEqualTo(Map.of("repeated", 5L));
        assertThat(column(5).counts()).isEqualTo(Map.of("p-percent", 5L));
    }

    @Test
    void marks_ofATableOfAnotherShape_areRefused() {
        assertThatThrownBy(() -> TableMarks.of(facts(COLUMNS, 4), TABLE)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> TableMarks.of(facts(COLUMNS.subList(0, 5), 5), TABLE))
                .isInstanceOf(ProblemException.class);
    }

    private static ReviewView view(DisclosureFinding... findings) {
        return ReviewView.of(
                TABLE, new DisclosureReport(5, 2, Map.of(), List.of(findings)), List.of(), Optional.empty());
    }

    @Test
    void losses_areOfValuesAndNotOfLabels() {
        assertThat(view().losses())
                .containsExactly(
                        new ReviewView.Loss("p", 3, 2),
                        new ReviewView.Loss("n", 3, 2),
                        new ReviewView.Loss("c", 4, 1),
                        new ReviewView.Loss("s", 4, 1),
                        new ReviewView.Loss("m", 3, 2));
    }

    @Test
    void withheldPercent_isOfAllValues_toOneDecimal() {
        assertThat(new ReviewView.Loss("n", 2, 1).withheldPercent()).hasToString("33.3");
        assertThat(new ReviewView.Loss("n", 1, 2).withheldPercent()).hasToString("66.7");
        assertThat(new ReviewView.Loss("n", 15, 1).withheldPercent()).hasToString("6.3");
        assertThat(new ReviewView.Loss("n", 0, 7).withheldPercent()).hasToString("100.0");
        assertThat(new ReviewView.Loss("n", 0, 0).withheldPercent()).hasToString("0.0");
    }

    @Test
    void rules_areThoseOfCells_andTheAlarmIsNone() {
        ReviewView view = view(finding("min-units", 3L), finding("averaging-alarm", null), finding("exposure", 1L));
        assertThat(view.rules())
                .containsExactly(new ReviewView.Rule("min-units", 3), new ReviewView.Rule("exposure", 1));
        assertThat(view.averagingAlarm()).isTrue();
        assertThat(view(finding("min-units", 3L)).averagingAlarm()).isFalse();
    }

    private static DisclosureFinding finding(String rule, @org.jspecify.annotations.Nullable Long cells) {
        return new DisclosureFinding(rule, Optional.empty(), Optional.ofNullable(cells), "clause", "advice", false);
    }
}
