package io.yunyu.cli.generate;

/** Told now and then how far a table has come; called on the writing thread. */
@FunctionalInterface
public interface ProgressListener {
    /** A listener that does nothing. */
    ProgressListener NONE = (rows, done, total) -> {};

    /**
     * @param rowCount rows written so far
     * @param unitsDone persons (or legal persons) done so far
     * @param unitsTotal persons (or legal persons) in all
     */
    void progress(long rowCount, long unitsDone, long unitsTotal);
}
