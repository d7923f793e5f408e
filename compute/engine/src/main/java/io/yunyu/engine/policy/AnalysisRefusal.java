package io.yunyu.engine.policy;

import org.apache.spark.SparkThrowable;

/** Turns a refusal by Spark's analyser into a finding: by its error class only, never by its message. */
final class AnalysisRefusal {
    private AnalysisRefusal() {}

    static void add(Exception refusal, Findings findings) {
        String condition = refusal instanceof SparkThrowable t && t.getCondition() != null ? t.getCondition() : "";
        if (condition.startsWith("AMBIGUOUS_")) {
            findings.form("ambiguous-column", "Write the table's name or alias before each column.");
        } else if (condition.startsWith("UNRESOLVED_")) {
            findings.form("column-unknown", "A name belongs to no column or alias of this place in the query.");
        } else if (condition.startsWith("MISSING_AGGREGATION") || condition.startsWith("MISSING_GROUP_BY")) {
            findings.form("not-grouped", "Add each selected column to GROUP BY, or put it into SUM, AVG or COUNT.");
        } else if (condition.startsWith("GROUP_BY_")) {
            findings.form(
                    "group-by-form", "Group by columns; aggregates and positions outside the list cannot be keys.");
        } else if (condition.startsWith("DATATYPE_MISMATCH") || condition.startsWith("WRONG_NUM_ARGS")) {
            findings.form(
                    "type-mismatch", "Compare a column with a literal of its own type; functions take one column.");
        } else {
            findings.form("not-understood", "Write one SELECT block over granted tables in the documented form.");
        }
    }
}
