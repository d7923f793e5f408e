package io.yunyu.anonymizer.classes;

/**
 * The rounds of a local recoding: each takes classes of the records that those before it left, with levels of its own. In the
 * end records whose labels read alike form one class whatever their rounds, and what no round took is one that is suppressed.
 */
public interface RecodingRounds {
    static RecodingRounds of(GroupedMicrodata data) {
        return data.holdsTuples() ? new HeldRounds(data) : new DistantRounds(data);
    }

    /** Whether any record is left. */
    boolean hasLeft();

    /** The records that no round took. Before the first round the rows are there too, if they are held. */
    GroupedMicrodata left();

    /**
     * Takes classes of the records that are left, as they are generalized.
     *
     * @param taken per class whether the round takes it
     * @return whether it took any
     */
    boolean take(EquivalenceClasses classes, boolean[] taken);

    /** The classes of all rounds. */
    Joined joined();

    /**
     * The classes of all rounds.
     *
     * @param suppressed per class whether no round took it
     * @param classOfTuple class of each tuple; empty where they are not held
     * @param lookup finds the classes again without the tuples; negative, or the suppressed class, for what no round took
     */
    record Joined(EquivalenceClasses classes, boolean[] suppressed, int[] classOfTuple, ClassOfTuple lookup) {
        /** The decision on the classes: suppressed is what no round took, and what violates a model. */
        public AnonymizedClasses withVerdicts(AnonymizedClasses checked) {
            boolean[] all = checked.suppressed().clone();
            long records = 0;
            for (int c = 0; c < all.length; c++) {
                all[c] |= suppressed[c];
                records += all[c] ? classes.count(c) : 0;
            }
            return new AnonymizedClasses(classes, all, all, records, records, AnonymizedClasses.Verdict.ANONYMOUS);
        }
    }
}
