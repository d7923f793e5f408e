package io.yunyu.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SetSketchTest {
    private static final long SEED = 20261125;

    @Test
    void within_setsThatDifferInFew_isAlwaysTrue() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 20_000; round++) {
            int different = random.nextInt(10);
            int swapped = random.nextInt(different + 1);
            SetSketch common = of(random, random.nextInt(50));
            SetSketch a = common.plus(of(random, swapped));
            SetSketch b = common.plus(of(random, different - swapped));
            assertThat(a.within(b, 9)).as("round %s, seed %s", round, SEED).isTrue();
        }
    }

    @Test
    void within_setsThatDifferInMany_isHardlyEverTrue() {
        SplittableRandom random = new SplittableRandom(SEED);
        int mistaken20 = 0;
        int mistaken40 = 0;
        for (int round = 0; round < 20_000; round++) {
            mistaken20 += of(random, 10).within(of(random, 10), 9) ? 1 : 0;
            mistaken40 += of(random, 20).within(of(random, 20), 9) ? 1 : 0;
        }
        assertThat(mistaken20).isLessThan(20);
        assertThat(mistaken40).isZero();
    }

    @Test
    void equalTo_sameElementsInAnyOrder_isTrue() {
        SetSketch a = SetSketch.EMPTY.plus(5).plus(77).plus(-3);
        assertThat(a.equalTo(SetSketch.EMPTY.plus(-3).plus(5).plus(77))).isTrue();
        assertThat(a.equalTo(SetSketch.EMPTY.plus(-3).plus(5).plus(78))).isFalse();
    }

    private static SetSketch of(SplittableRandom random, int elements) {
        SetSketch sketch = SetSketch.EMPTY;
        for (int i = 0; i < elements; i++) {
            sketch = sketch.plus(random.nextLong());
        }
        return sketch;
    }
}
