package io.yunyu.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The attack of Asghar and Kaafar (PETS 2020): the cells of many partitions of one set each add up to its count, with
 * independent noise; their mean comes as near to it as one likes.
 */
class AveragingTest {
    private static final int PARTITIONS = 200;
    private static final int PERSONS = 60;
    private static final long SEED = 42;

    private record Outcome(int answered, double error, int alarmAt) {}

    @Test
    void averaging_guarded_isCutOffAndRaisesTheAlarm() {
        Outcome outcome = average(true);
        assertThat(outcome.answered()).isLessThan(12);
        assertThat(outcome.alarmAt()).isBetween(1, ReleaseGuard.MOST_PARTITIONS + 1);
    }

    @Test
    void averaging_withoutGuard_findsTheExactCount() {
        Outcome outcome = average(false);
        assertThat(outcome.answered()).isEqualTo(PARTITIONS);
        assertThat(outcome.error()).isLessThan(0.5);
        assertThat(outcome.alarmAt()).isZero();
    }

    /** Noise of variance 3 on each of the two cells of each partition of a set of 60. */
    private static Outcome average(boolean guarded) {
        System.out.println("averaging, seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        long[] persons = random.longs(PERSONS).toArray();
        List<GuardRecord> history = new ArrayList<>();
        double total = 0;
        int answered = 0;
        int alarmAt = 0;
        for (int p = 0; p < PARTITIONS; p++) {
            ReleaseGuard guard = ReleaseGuard.over(guarded ? history : List.of(), 10, 3, Region.EVERYTHING);
            SetSketch[] halves = {SetSketch.EMPTY, SetSketch.EMPTY};
            for (long person : persons) {
                int half = random.nextInt(2);
                halves[half] = halves[half].plus(person);
            }
            SetSketch all = halves[0].plus(halves[1]);
            if (alarmAt == 0 && guard.partitionsOf(all) >= ReleaseGuard.MOST_PARTITIONS) {
                alarmAt = p + 1;
            }
            double sum = 0;
            boolean both = true;
            for (int half = 0; half < 2; half++) {
                double fresh = halves[half].elements() + Math.rint(Math.sqrt(3) * random.nextGaussian());
                Region region = Region.label("t.group", "set")
                        .and(Region.label("t.attribute" + p, "half " + half))
                        .orElseThrow();
                ReleaseGuard.Answer answer = guard.answer(
                        region,
                        halves[half].elements(),
                        new ReleasedCell.Value("units", halves[half], halves[half], fresh));
                both &= answer instanceof ReleaseGuard.Answer.Fresh;
                sum += fresh;
            }
            if (both) {
                total += sum;
                answered++;
            }
            history.add(new GuardRecord(
                    "job-" + p,
                    "developer",
                    1,
                    all,
                    false,
                    guard.withheld(),
                    guard.repeated(),
                    guard.withheld(),
                    guard.added()));
        }
        return new Outcome(answered, Math.abs(total / Math.max(1, answered) - PERSONS), alarmAt);
    }
}
