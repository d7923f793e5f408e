package io.yunyu.cli.generate;

import java.time.LocalDate;
import java.util.stream.IntStream;

/**
 * Divides a population among prefecture, sex and birthday in the proportions of the 2020 census, so that the n-th
 * person's cell, and their number within it, are arithmetic. Numbers within a cell are dense, which makes identifiers
 * unique without a set of those already given.
 *
 * <p>Within one prefecture, sex and year, birthdays are spaced evenly with a random start.
 */
final class Strata {
    static final int LAST_YEAR = 2025;
    static final int AGES = 100;
    /** Sequence numbers of one sex on one day in one county. The last one is never given to anybody. */
    static final int SEQUENCES = 500;

    /** Per 10,000: ages 0-4, 5-9, ... 95-99. Add up to 19.57 % below 15 and 14.91 % from 60 on, as in the census. */
    private static final int[] FIVE_YEARS = {
        590, 670, 697, 620, 600, 700, 860, 740, 700, 800, 830, 702, 430, 390, 280, 190, 120, 56, 19, 6
    };

    private static final int JITTER = 1024;
    private static final long MALE_PER_10000 = 5173;

    private static final int[] FIRST_DAYS = IntStream.rangeClosed(LAST_YEAR - AGES + 1, LAST_YEAR + 1)
            .map(year -> (int) LocalDate.of(year, 1, 1).toEpochDay())
            .toArray();

    private final long[] prefectureStarts;
    private final long[][] yearStarts = new long[2 * Prefectures.COUNT][];
    private final long key;

    Strata(long persons, long seed) {
        key = Draws.key(seed, Draws.Purpose.STRATUM);
        prefectureStarts = Prefectures.divide(persons);
        for (int p = 0; p < Prefectures.COUNT; p++) {
            long size = prefectureStarts[p + 1] - prefectureStarts[p];
            long males = size * MALE_PER_10000 / 10_000;
            yearStarts[2 * p] = divideByYear(males);
            yearStarts[2 * p + 1] = divideByYear(size - males);
        }
    }

    /** The weight of a single year of age, 0 to 99. The weights add up to 50,000. */
    static int ageWeight(int age) {
        return FIVE_YEARS[age / 5];
    }

    /** Persons registered in a prefecture. */
    long size(int prefecture) {
        return prefectureStarts[prefecture + 1] - prefectureStarts[prefecture];
    }

    /** Fills in the cell of the person whose rank, 0 to persons - 1, is {@code rank}. */
    void locate(long rank, Person person) {
        person.hukou = Prefectures.find(prefectureStarts, rank);
        long local = rank - prefectureStarts[person.hukou];
        long males = yearStarts[2 * person.hukou][AGES];
        person.male = local < males;
        int half = 2 * person.hukou + (person.male ? 0 : 1);
        long withinSex = person.male ? local : local - males;
        long[] starts = yearStarts[half];
        int year = 0;
        for (int step = 64; step > 0; step >>= 1) {
            if (year + step < AGES && starts[year + step] <= withinSex) {
                year += step;
            }
        }
        person.birthYear = LAST_YEAR - AGES + 1 + year;
        locateDay(withinSex - starts[year], starts[year + 1] - starts[year], half, person);
    }

    private void locateDay(long withinYear, long yearSize, int half, Person person) {
        long cell = Draws.mix(key + half * 4096L + person.birthYear);
        long start = cell & (JITTER - 1);
        int year = person.birthYear - (LAST_YEAR - AGES + 1);
        int firstDay = FIRST_DAYS[year];
        int days = FIRST_DAYS[year + 1] - firstDay;
        long dayOfYear = (withinYear * JITTER + start) * days / (yearSize * JITTER);
        long firstOfDay = Math.max(0, ceil(ceil(dayOfYear * yearSize * JITTER, days) - start, JITTER));
        person.birthDay = firstDay + (int) dayOfYear;
        person.sequence = sequence(half, person.birthDay, (int) (withinYear - firstOfDay));
        person.unusedSequence = sequence(half, person.birthDay, SEQUENCES - 1);
    }

    /** Scatters the dense numbers of a cell over all its sequence numbers; odd for men, even for women. */
    private int sequence(int half, int day, int number) {
        long cell = Draws.mix(key ^ Draws.mix(half * 131_072L + day));
        int step = 1 + 10 * (int) (cell >>> 1 & 31) + (int) (cell & 1) * 2;
        int offset = (int) ((cell >>> 8 & 0xFFFF) % SEQUENCES);
        return (number * step + offset) % SEQUENCES * 2 + (half % 2 == 0 ? 1 : 0);
    }

    private static long[] divideByYear(long persons) {
        long[] starts = new long[AGES + 1];
        long weight = 0;
        for (int year = 0; year < AGES; year++) {
            weight += ageWeight(AGES - 1 - year);
            starts[year + 1] = persons * weight / 50_000;
        }
        return starts;
    }

    private static long ceil(long dividend, long divisor) {
        return -Math.floorDiv(-dividend, divisor);
    }
}
