package io.yunyu.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.engine.guard.GuardRecord;
import io.yunyu.engine.guard.PublishedTable;
import io.yunyu.engine.guard.Region;
import io.yunyu.engine.guard.SetSketch;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannedFamilyTest {
    private static final Region JANUARY = Region.between("d.day", 0L, 30L);
    private static final Region FEBRUARY = Region.between("d.day", 31L, 58L);

    private static GuardRecord publication(int minUnits, int pPercent, String... cells) {
        return publication(JANUARY, minUnits, pPercent, cells);
    }

    private static GuardRecord publication(Region about, int minUnits, int pPercent, String... cells) {
        return GuardRecord.of("job", "developer", 1, table("source", about, minUnits, pPercent, cells));
    }

    private static PublishedTable table(String source, Region about, int minUnits, int pPercent, String... cells) {
        return new PublishedTable(
                source, about, List.of("rows"), Set.of(List.of("town")), minUnits, pPercent, Set.of(cells));
    }

    @Test
    void thresholds_ofEarlierPublications_holdIfTheyAreStricter() {
        PlannedFamily family = new PlannedFamily(List.of(publication(20, 5), publication(12, 15)), JANUARY);
        assertThat(family.minUnits(10)).isEqualTo(20);
        assertThat(family.minUnits(30)).isEqualTo(30);
        assertThat(family.pPercent(10)).isEqualTo(15);
        assertThat(family.pPercent(20)).isEqualTo(20);
    }

    @Test
    void thresholds_withoutEarlierPublication_areItsOwn() {
        PlannedFamily family = new PlannedFamily(List.of(), JANUARY);
        assertThat(family.minUnits(10)).isEqualTo(10);
        assertThat(family.pPercent(10)).isEqualTo(10);
    }

    @Test
    void published_cellsOfAnyEarlierPublication_areFixedByName() {
        PlannedFamily family = new PlannedFamily(List.of(publication(10, 10, "a"), publication(10, 10, "c")), JANUARY);
        assertThat(family.published(List.of("a", "b", "c")).stream()).containsExactly(0, 2);
    }

    /** Another month has neither its cells nor its totals, whatever its version. */
    @Test
    void publication_ofRecordsThatItCannotShare_standsAlone() {
        PlannedFamily february = new PlannedFamily(List.of(publication(20, 15, "a")), FEBRUARY);
        assertThat(february.refusal(table("later version", FEBRUARY, 10, 10))).isEmpty();
        assertThat(february.minUnits(10)).isEqualTo(10);
        assertThat(february.pPercent(10)).isEqualTo(10);
        assertThat(february.published(List.of("a")).isEmpty()).isTrue();
    }

    @Test
    void publication_thatMayShareARecord_isJoinedOrRefused() {
        for (Region about : List.of(
                Region.EVERYTHING,
                JANUARY,
                Region.between("d.day", 30L, 58L),
                Region.missing("d.other"),
                Region.opaque("month(day) = 2"),
                FEBRUARY.or(Region.label("d.sex", "F")).orElseThrow())) {
            PlannedFamily family = new PlannedFamily(List.of(publication(20, 15, "a")), about);
            assertThat(family.refusal(table("later version", about, 10, 10)))
                    .contains(PlannedFamily.EARLIER_PUBLICATION);
            assertThat(family.refusal(table("source", about, 10, 10))).contains(PlannedFamily.PUBLISHED);
            assertThat(family.minUnits(10)).isEqualTo(20);
        }
    }

    /** A noisy answer says nothing of its period that could be relied on; and a data element has all columns. */
    @Test
    void noisyAnswersAndElements_areInTheWayOfEveryPeriod() {
        for (GuardRecord other : List.of(
                GuardRecord.ofElement("job", "developer", 1),
                new GuardRecord("job", "developer", 1, SetSketch.EMPTY, false, 0, 0, 0, List.of()))) {
            assertThat(new PlannedFamily(List.of(other), FEBRUARY).refusal(table("source", FEBRUARY, 10, 10)))
                    .contains(PlannedFamily.EARLIER_ANSWERS);
        }
    }
}
