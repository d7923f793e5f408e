package io.yunyu.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Two groups of a few units, their rows counted: disjoint ones are told apart, near ones found. */
class NearSetsTest {
    private static final long SEED = 20261125;
    private static final int PAIRS = 20_000;
    private static final int MOST = 9;

    private final SplittableRandom random = new SplittableRandom(SEED);

    private static ReleasedCell.Value rows(long[] units, long[] contributions) {
        SetSketch contributors = SetSketch.EMPTY;
        SetSketch elements = SetSketch.EMPTY;
        for (int i = 0; i < units.length; i++) {
            contributors = contributors.plus(mixed(units[i]));
            elements = elements.plus(mixed(units[i] * 31 + contributions[i]));
        }
        return new ReleasedCell.Value("rows", contributors, elements, units[0]);
    }

    private static long mixed(long of) {
        return new SplittableRandom(of).nextLong();
    }

    private long[] fresh(int count) {
        return random.longs(count).toArray();
    }

    private static long[] ones(int count) {
        long[] ones = new long[count];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }

    @Test
    void near_disjointGroupsOfTenAndFourteen_almostNever() {
        System.out.println("near sets, seed " + SEED);
        int near = 0;
        for (int i = 0; i < PAIRS; i++) {
            near += published(rows(fresh(10), ones(10)))
                            .near(rows(fresh(14), ones(14)), MOST)
                            .isPresent()
                    ? 1
                    : 0;
        }
        // By chance far below once in 1e6; by contributions alone it is nearly half of them.
        assertThat(near).isZero();
    }

    @Test
    void near_groupsThatDifferInAtMostTheBound_always() {
        for (int i = 0; i < PAIRS; i++) {
            int shared = 10 + random.nextInt(30);
            int more = random.nextInt(MOST + 1);
            long[] larger = fresh(shared + more);
            long[] smaller = java.util.Arrays.copyOf(larger, shared);
            ReleasedCell.Value less = rows(smaller, ones(shared));
            ReleasedCell.Value full = rows(larger, ones(shared + more));
            assertThat(published(less).near(full, MOST)).isPresent();
            assertThat(published(full).near(less, MOST)).isPresent();
        }
    }

    /** A unit that contributes otherwise is two elements. */
    @Test
    void near_asManyUnitsAsTheBoundContributeOtherwise_areFound() {
        for (int i = 0; i < PAIRS; i++) {
            long[] units = fresh(60);
            long[] otherwise = ones(60);
            java.util.Arrays.fill(otherwise, 0, MOST, 2);
            assertThat(published(rows(units, ones(60))).near(rows(units, otherwise), MOST))
                    .isPresent();
        }
    }

    /** An equal set gets the equal answer, whatever near one was published before; of several the first one's. */
    @Test
    void near_equalOnesAndOthers_isTheFirstOfTheEqualOnesAndElseTheFirst() {
        long[] units = fresh(20);
        ReleasedCell.Value asked = rows(units, ones(20));
        NearSets sets = new NearSets();
        for (int less = 2; less > 0; less--) {
            add(sets, "less by " + less, rows(java.util.Arrays.copyOf(units, 20 - less), ones(20 - less)));
        }
        assertThat(sets.near(asked, MOST)).map(NearSets.Found::job).hasValue("less by 2");
        add(sets, "equal", asked);
        add(sets, "equal again", asked);
        assertThat(sets.near(asked, MOST)).map(NearSets.Found::job).hasValue("equal");
    }

    private static NearSets published(ReleasedCell.Value value) {
        NearSets sets = new NearSets();
        add(sets, "job", value);
        return sets;
    }

    private static void add(NearSets sets, String job, ReleasedCell.Value value) {
        sets.add(new NearSets.Found(job, Region.label("t.c", "a"), value));
    }

    @Test
    void near_oneUnitContributesOtherwise_isFound_butNotIfAllOfManyDo() {
        long[] units = fresh(60);
        long[] one = ones(60);
        one[7] = 5;
        long[] all = new long[60];
        java.util.Arrays.fill(all, 2);
        NearSets sets = published(rows(units, ones(60)));
        assertThat(sets.near(rows(units, one), MOST)).isPresent();
        assertThat(sets.near(rows(units, all), MOST)).isEmpty();
    }
}
