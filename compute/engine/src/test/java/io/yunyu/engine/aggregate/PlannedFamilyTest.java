package io.yunyu.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.engine.guard.GuardRecord;
import io.yunyu.engine.guard.PublishedTable;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannedFamilyTest {
    private static GuardRecord publication(int minUnits, int pPercent, String... cells) {
        return GuardRecord.of(
                "job",
                "developer",
                1,
                new PublishedTable(
                        "source", List.of("rows"), Set.of(List.of("town")), minUnits, pPercent, Set.of(cells)));
    }

    @Test
    void thresholds_ofEarlierPublications_holdIfTheyAreStricter() {
        PlannedFamily family = new PlannedFamily(List.of(publication(20, 5), publication(12, 15)));
        assertThat(family.minUnits(10)).isEqualTo(20);
        assertThat(family.minUnits(30)).isEqualTo(30);
        assertThat(family.pPercent(10)).isEqualTo(15);
        assertThat(family.pPercent(20)).isEqualTo(20);
    }

    @Test
    void thresholds_withoutEarlierPublication_areItsOwn() {
        PlannedFamily family = new PlannedFamily(List.of());
        assertThat(family.minUnits(10)).isEqualTo(10);
        assertThat(family.pPercent(10)).isEqualTo(10);
    }

    @Test
    void published_cellsOfAnyEarlierPublication_areFixedByName() {
        PlannedFamily family = new PlannedFamily(List.of(publication(10, 10, "a"), publication(10, 10, "c")));
        assertThat(family.published(List.of("a", "b", "c")).stream()).containsExactly(0, 2);
    }
}
