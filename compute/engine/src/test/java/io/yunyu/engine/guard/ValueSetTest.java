package io.yunyu.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueSetTest {
    private static final ValueSet TEENS = ValueSet.between(13L, 19L);

    @Test
    void not_spanOfWholeNumbers_isTheRestAndTheMissingValue() {
        ValueSet rest = TEENS.not();
        assertThat(rest.and(TEENS).isEmpty()).isTrue();
        assertThat(rest.or(TEENS)).isEqualTo(ValueSet.ALL);
        assertThat(rest.withMissing()).isTrue();
        assertThat(rest.not()).isEqualTo(TEENS);
        assertThat(ValueSet.ALL.not()).isEqualTo(ValueSet.NOTHING);
        assertThat(ValueSet.NOTHING.not()).isEqualTo(ValueSet.ALL);
    }

    @Test
    void or_adjacentSpans_areOne() {
        assertThat(ValueSet.between(1L, 3L).or(ValueSet.between(4L, 6L))).isEqualTo(ValueSet.between(1L, 6L));
        assertThat(ValueSet.between(4L, 6L).or(ValueSet.between(1L, 3L))).isEqualTo(ValueSet.between(1L, 6L));
        assertThat(ValueSet.between(1L, 2L).or(ValueSet.between(4L, 6L)).spans())
                .hasSize(2);
        assertThat(ValueSet.between(null, 2L).or(ValueSet.between(0L, null))).isEqualTo(ValueSet.PRESENT);
    }

    @Test
    void between_endsOfTheRange_holdThem() {
        assertThat(ValueSet.of(Long.MAX_VALUE).and(ValueSet.between(5L, null)).isEmpty())
                .isFalse();
        assertThat(ValueSet.between(3L, 2L)).isEqualTo(ValueSet.NOTHING);
        assertThat(ValueSet.of("b").and(ValueSet.below("b")).isEmpty()).isTrue();
        assertThat(ValueSet.of("a").and(ValueSet.below("b")).isEmpty()).isFalse();
        assertThat(TEENS.width()).isEqualTo(7);
    }

    @Test
    void meets_anyTwoSets_isWhetherTheyHaveAnythingInCommon() {
        List<ValueSet> sets = new ArrayList<>(List.of(ValueSet.ALL, ValueSet.NOTHING, ValueSet.MISSING));
        for (Long from : new Long[] {null, 0L, 2L, 3L}) {
            for (Long to : new Long[] {0L, 1L, 2L, 5L, null}) {
                ValueSet span = ValueSet.between(from, to);
                sets.addAll(List.of(span, span.not(), span.or(ValueSet.of(9L)), span.or(ValueSet.MISSING)));
            }
        }
        for (ValueSet one : sets) {
            for (ValueSet other : sets) {
                assertThat(one.meets(other)).isNotEqualTo(one.and(other).isEmpty());
            }
        }
    }

    @Test
    void minus_boxes_givesDisjointPiecesThatTogetherAreTheRest() {
        Box square = box(0, 9, 0, 9);
        Box hole = box(3, 5, 4, 20);
        List<Box> pieces = square.minus(hole);
        for (long x = 0; x < 10; x++) {
            for (long y = 0; y < 10; y++) {
                Box point = box(x, x, y, y);
                long holding = pieces.stream().filter(point::meets).count();
                assertThat(holding).isEqualTo(point.meets(hole) ? 0 : 1);
            }
        }
    }

    private static Box box(long x0, long x1, long y0, long y1) {
        return Box.of("x", ValueSet.between(x0, x1))
                .and(Box.of("y", ValueSet.between(y0, y1)))
                .orElseThrow();
    }
}
