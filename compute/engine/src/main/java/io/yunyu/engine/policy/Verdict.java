package io.yunyu.engine.policy;

import io.yunyu.contract.disclosure.DisclosureFinding;
import java.util.List;
import java.util.Map;

/** What the policy says about a query. It depends on the text and the grant only, never on data. */
public sealed interface Verdict {
    /** The query may run, as the very object that was checked. */
    record Passed(CheckedQuery query) implements Verdict {}

    /**
     * The query must not run.
     *
     * @param findings one for each rule and column
     * @param violations by rule and column, in how many places of the query
     */
    record Refused(List<DisclosureFinding> findings, Map<String, Integer> violations) implements Verdict {
        public Refused {
            findings = List.copyOf(findings);
            violations = Map.copyOf(violations);
        }
    }
}
