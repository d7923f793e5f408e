package io.yunyu.engine.guard;

import java.util.List;

/**
 * What the guard remembers of one job.
 *
 * @param job its id
 * @param assignee who asked
 * @param day days since 1970-01-01 on which it ran
 * @param groups sketch of the union of all its cells' units, where they are disjoint; empty otherwise
 * @param refused whether the job was refused, so that nothing of it can be published
 * @param withheld number of values that the guard withheld or answered otherwise than it would have been without it
 * @param repeated number of values that were answered as an earlier job's, of equal sets and of near ones
 * @param exposed number of values that were not answered, since all answers together would tell too much
 * @param cells what was published or may be
 */
public record GuardRecord(
        String job,
        String assignee,
        long day,
        SetSketch groups,
        boolean refused,
        long withheld,
        long repeated,
        long exposed,
        List<ReleasedCell> cells) {
    public GuardRecord {
        cells = List.copyOf(cells);
    }

    /** Names no value. */
    @Override
    public String toString() {
        return "GuardRecord[" + job + ", " + cells.size() + " cells]";
    }
}
