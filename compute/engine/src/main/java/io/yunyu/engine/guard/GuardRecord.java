package io.yunyu.engine.guard;

import java.util.List;
import java.util.Optional;

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
 * @param cells what was published with noise or may be
 * @param publication the exact table, if it was a planned publication
 * @param element whether it made a data element of the family's records
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
        List<ReleasedCell> cells,
        Optional<PublishedTable> publication,
        boolean element) {
    public GuardRecord {
        cells = List.copyOf(cells);
    }

    /** Of answers with noise. */
    public GuardRecord(
            String job,
            String assignee,
            long day,
            SetSketch groups,
            boolean refused,
            long withheld,
            long repeated,
            long exposed,
            List<ReleasedCell> cells) {
        this(job, assignee, day, groups, refused, withheld, repeated, exposed, cells, Optional.empty(), false);
    }

    /** Of a planned publication. */
    public static GuardRecord of(String job, String assignee, long day, PublishedTable table) {
        return new GuardRecord(
                job, assignee, day, SetSketch.EMPTY, false, 0, 0, 0, List.of(), Optional.of(table), false);
    }

    /** Of a data element. */
    public static GuardRecord ofElement(String job, String assignee, long day) {
        return new GuardRecord(job, assignee, day, SetSketch.EMPTY, false, 0, 0, 0, List.of(), Optional.empty(), true);
    }

    /** Names no value. */
    @Override
    public String toString() {
        return "GuardRecord[" + job + ", " + cells.size() + " cells]";
    }
}
