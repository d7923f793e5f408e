package io.yunyu.engine.ingest;

import java.io.Serializable;

/**
 * Why a record was refused.
 *
 * @param reason stable name
 * @param column the column concerned, or empty if the record as a whole
 */
record RowProblem(String reason, String column) implements Serializable {
    /** As counted in the report. */
    String key() {
        return column.isEmpty() ? reason : reason + " " + column;
    }
}
