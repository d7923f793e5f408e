package io.yunyu.engine.guard;

import io.yunyu.engine.perturbation.CellKey;
import io.yunyu.engine.perturbation.CountPerturbation;
import io.yunyu.engine.perturbation.PerturbationParameters;
import io.yunyu.engine.perturbation.PerturbationTable;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Persons with an age, a village, and a secret that each has with probability 1/2; and a guarded desk at which counts of
 * those with the secret are asked for. What a Spark job would compute is computed in place, everything after it is the
 * engine's own.
 */
final class Town {
    static final int MIN_UNITS = 10;
    static final double VARIANCE = 3;
    private static final byte[] SECRET = "a noise secret of 32 bytes length".getBytes(StandardCharsets.UTF_8);

    final int size;
    final int villages;
    final int[] age;
    final int[] village;
    final boolean[] secret;
    private final long[] key;
    private final CountPerturbation noise = new CountPerturbation(
            PerturbationTable.of(PerturbationParameters.counts(5, 3, 2)).shuffled(0.2, SECRET));

    Town(long seed, int size, int villages) {
        SplittableRandom random = new SplittableRandom(seed);
        this.size = size;
        this.villages = villages;
        age = IntStream.range(0, size).map(i -> random.nextInt(100)).toArray();
        village = IntStream.range(0, size).map(i -> random.nextInt(villages)).toArray();
        secret = new boolean[size];
        key = new long[size];
        for (int i = 0; i < size; i++) {
            secret[i] = random.nextBoolean();
            key[i] = random.nextLong();
        }
    }

    /** A question: those of some ages in some villages. */
    record Question(int fromAge, int toAge, boolean[] villages) {
        boolean isAbout(Town town, int person) {
            return town.age[person] >= fromAge && town.age[person] <= toAge && villages[town.village[person]];
        }

        Region region() {
            Region in = Region.oneOf(
                    "t.village",
                    IntStream.range(0, villages.length)
                            .filter(v -> villages[v])
                            .mapToObj(v -> "v" + v)
                            .toList());
            return Region.between("t.age", (long) fromAge, (long) toAge)
                    .and(in)
                    .flatMap(r -> r.and(Region.label("t.secret", "yes")))
                    .orElseThrow();
        }
    }

    Question random(SplittableRandom random) {
        int a = random.nextInt(100);
        int b = random.nextInt(100);
        boolean[] in = new boolean[villages];
        for (int v = 0; v < villages; v++) {
            in[v] = random.nextBoolean();
        }
        return new Question(Math.min(a, b), Math.max(a, b), in);
    }

    /** Those whom the question is about and who have the secret. */
    int[] asked(Question question) {
        return IntStream.range(0, size)
                .filter(i -> secret[i] && question.isAbout(this, i))
                .toArray();
    }

    /** The published answer, if there is one. Without a guard, only threshold and noise protect. */
    OptionalDouble answer(Question question, ReleaseGuard guard) {
        int[] persons = asked(question);
        if (persons.length < MIN_UNITS) {
            return OptionalDouble.empty();
        }
        long keys = 0;
        SetSketch sketch = SetSketch.EMPTY;
        for (int person : persons) {
            keys += CellKey.recordKey(key[person]);
            sketch = sketch.plus(mixed(key[person]));
        }
        double fresh = noise.perturb(persons.length, CellKey.ofTotal(keys));
        if (guard == null) {
            return OptionalDouble.of(fresh);
        }
        ReleaseGuard.Answer answer =
                guard.answer(question.region(), persons.length, new ReleasedCell.Value("units", sketch, sketch, fresh));
        if (answer instanceof ReleaseGuard.Answer.AsBefore before) {
            return OptionalDouble.of(before.published());
        }
        return answer instanceof ReleaseGuard.Answer.Fresh ? OptionalDouble.of(fresh) : OptionalDouble.empty();
    }

    private static long mixed(long z) {
        long mixed = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
