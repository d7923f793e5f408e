package io.yunyu.system.egress;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A value that stands in original data only, and must never leave. Made anew for each run, so that another run on the
 * same machine is not taken for a leak, nor a leak for chance.
 *
 * @param label what a finding calls it; the value itself is in no message
 */
public record Planted(String label, String text) {
    private static final long SEED = Long.getLong("yunyu.seed", System.nanoTime());
    private static final Random RANDOM = new Random(SEED);
    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
    private static final int LENGTH = 10;
    private static final List<Planted> WATCHED = new ArrayList<>();

    static {
        System.out.println("seed of planted values: " + SEED);
    }

    /** A fresh word, looked for from now on. */
    public static Planted word(String label) {
        return watch(label, fresh(LETTERS, LENGTH));
    }

    /** A fresh whole number of 15 digits, looked for from now on, as text and as 64 bits. */
    public static Planted number(String label) {
        return watch(label, "7" + fresh("123456789", 14));
    }

    /** Looks for a value that the test did not make, such as one of a real record. It must be long enough to be no chance. */
    public static synchronized Planted watch(String label, String text) {
        if (text.length() < 6) {
            throw new IllegalArgumentException("A planted value of fewer than 6 characters is found by chance.");
        }
        Planted planted = new Planted(label, text);
        WATCHED.add(planted);
        return planted;
    }

    /** A fresh word that only those look for who are told: a test of the search itself. */
    public static Planted unwatched(String label) {
        return new Planted(label, fresh(LETTERS, LENGTH));
    }

    static synchronized List<Planted> watched() {
        return List.copyOf(WATCHED);
    }

    private static synchronized String fresh(String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(RANDOM.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return label;
    }
}
