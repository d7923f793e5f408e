package io.yunyu.cli.generate;

/**
 * Random numbers counted, not carried: the stream of (seed, purpose, index) is the same whatever was drawn before.
 * SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014). Not for secrets.
 */
public final class Draws {
    /** What a stream is for. Appending keeps old data; reordering changes every byte. */
    enum Purpose {
        RANK,
        NUMBER,
        STRATUM,
        PERSON,
        PERSON_DETAIL,
        FIRM,
        FIRM_DETAIL,
        VISIT_COUNT,
        VISIT,
        PAYER,
        ARREARS,
        DIRT
    }

    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private final long key;
    private long state;

    Draws(long seed, Purpose purpose) {
        this.key = key(seed, purpose);
    }

    /** Streams of a seed and a name of their own. */
    public Draws(long seed, String name) {
        long hash = mix(seed);
        for (int i = 0; i < name.length(); i++) {
            hash = mix(hash + GAMMA + name.charAt(i));
        }
        this.key = hash;
    }

    static long key(long seed, Purpose purpose) {
        return mix(mix(seed) + (purpose.ordinal() + 1) * GAMMA);
    }

    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Begins the stream of {@code index}. */
    public Draws at(long index) {
        state = mix(key ^ mix(index + GAMMA));
        return this;
    }

    public long next() {
        state += GAMMA;
        return mix(state);
    }

    /** Uniform in 0 (inclusive) to {@code bound} (exclusive); the bias is below 2⁻³² times the bound. */
    public int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /** Uniform in 0 (inclusive) to {@code bound} (exclusive) for bounds up to 2⁶². */
    public long below(long bound) {
        return Math.multiplyHigh(next() >>> 1, bound << 1);
    }

    /** Uniform in [0, 1) with 53 bits. */
    public double unit() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    public boolean chance(double probability) {
        return unit() < probability;
    }
}
