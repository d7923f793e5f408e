package io.yunyu.engine.ingest;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What one partition, or a whole batch, holds: records, and refused ones by reason and column. */
final class Tally implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int partition;
    private long rows;
    private final HashMap<RowProblem, Long> problems = new HashMap<>();

    Tally(int partition) {
        this.partition = partition;
    }

    void good() {
        rows++;
    }

    void bad(RowProblem problem) {
        rows++;
        problems.merge(problem, 1L, Long::sum);
    }

    void add(Tally other) {
        rows += other.rows;
        other.problems.forEach((problem, n) -> problems.merge(problem, n, Long::sum));
    }

    int partition() {
        return partition;
    }

    long rows() {
        return rows;
    }

    long badRows() {
        return problems.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Counts by {@code REASON column}. */
    Map<String, Long> byReason() {
        Map<String, Long> counts = new TreeMap<>();
        problems.forEach((problem, n) -> counts.merge(problem.key(), n, Long::sum));
        return counts;
    }
}
