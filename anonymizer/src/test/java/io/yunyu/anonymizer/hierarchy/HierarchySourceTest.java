package io.yunyu.anonymizer.hierarchy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.hierarchy.DateHierarchy.Granularity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HierarchySourceTest {
    @Test
    void interval_boundsAndGroups_codeTheEnds() {
        IntervalHierarchy source = new IntervalHierarchy(
                BigDecimal.ZERO,
                BigDecimal.TEN,
                List.of(2),
                Optional.of(BigDecimal.TEN),
                Optional.of(BigDecimal.valueOf(40)));

        GeneralizationHierarchy built =
                source.hierarchy(Column.of("age", List.of("5", "10", "29", "39", "40")), DataType.INTEGER);

        assertThat(built.rows())
                .containsExactly(
                        List.of("5", "<10", "<10", "*"),
                        List.of("10", "[10, 20[", "[0, 20[", "*"),
                        List.of("29", "[20, 30[", "[20, 40[", "*"),
                        List.of("39", "[30, 40[", "[20, 40[", "*"),
                        List.of("40", ">=40", ">=40", "*"));
    }

    @Test
    void interval_share_isWidthOfTheRange() {
        Column column = Column.of("age", List.of("0", "5", "35"));
        BoundHierarchy bound = new IntervalHierarchy(
                        BigDecimal.ZERO, BigDecimal.TEN, List.of(), Optional.empty(), Optional.empty())
                .hierarchy(column, DataType.INTEGER)
                .bind("age", column.dictionary());

        assertThat(bound.share(1, 0)).isEqualTo(0.25);
        assertThat(bound.share(2, 0)).isEqualTo(1);
    }

    @Test
    void interval_valueThatIsNoNumber_isNamedByPosition() {
        assertThatThrownBy(() -> new IntervalHierarchy(
                                BigDecimal.ZERO, BigDecimal.TEN, List.of(), Optional.empty(), Optional.empty())
                        .hierarchy(Column.of("age", List.of("5", "Zhang")), DataType.STRING))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("'age': its 2th distinct value")
                .hasMessageNotContaining("Zhang");
    }

    @Test
    void order_integers_groupsByNumberAndNotByText() {
        assertThat(new OrderHierarchy(List.of(2))
                        .hierarchy(Column.of("n", List.of("10", "9", "100")), DataType.INTEGER)
                        .rows())
                .containsExactly(
                        List.of("9", "[9, 10]", "*"), List.of("10", "[9, 10]", "*"), List.of("100", "[100, 100]", "*"));
    }

    @Test
    void redaction_shorterValues_arePaddedFirst() {
        assertThat(RedactionHierarchy.POSTCODE
                        .hierarchy(Column.of("zip", List.of("816", "65")), DataType.STRING)
                        .rows())
                .containsExactly(List.of("816", "81*", "8**", "*"), List.of("65", "65*", "6**", "*"));
        assertThat(new RedactionHierarchy('#', '0', true, false)
                        .hierarchy(Column.of("zip", List.of("816", "65")), DataType.STRING)
                        .rows())
                .containsExactly(List.of("816", "#16", "##6", "*"), List.of("65", "#65", "##5", "*"));
    }

    @Test
    void date_granularities_makeALevelEach() {
        assertThat(new DateHierarchy(
                                List.of(Granularity.MONTH, Granularity.QUARTER, Granularity.YEAR, Granularity.DECADE))
                        .hierarchy(Column.of("born", List.of("31.12.1999")), new DataType.Date("dd.MM.yyyy"))
                        .rows())
                .containsExactly(List.of("31.12.1999", "1999-12", "1999-Q4", "1999", "[1990, 2000[", "*"));
    }

    @Test
    void date_weekBelowMonth_isRefusedWhereAWeekLiesInTwoMonths() {
        assertThatThrownBy(() -> new DateHierarchy(List.of(Granularity.WEEK, Granularity.MONTH))
                        .hierarchy(
                                Column.of("d", List.of("2026-11-30", "2026-12-01")), new DataType.Date("yyyy-MM-dd")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("another parent");
    }

    @Test
    void priority_rarestFirst_keepsFrequentValuesLongest() {
        assertThat(new PriorityHierarchy(true, 2)
                        .hierarchy(Column.of("v", List.of("a", "b", "a", "c", "d", "a", "b")), DataType.STRING)
                        .rows())
                .containsExactly(
                        List.of("c", "*", "*"), List.of("d", "*", "*"), List.of("b", "b", "*"), List.of("a", "a", "*"));
    }
}
