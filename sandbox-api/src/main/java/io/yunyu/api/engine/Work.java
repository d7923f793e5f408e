package io.yunyu.api.engine;

/** A kind of work that lies in the database and can be taken up again after any interruption. */
public interface Work {
    /** Puts back in order what an earlier process left behind; called once, before any worker starts. */
    void recover();

    /**
     * Does the next piece, if there is one.
     *
     * @return whether there was one
     */
    boolean next();

    /** Whether it needs a place for an engine; such work is bounded by the number of places. */
    boolean needsEngine();
}
