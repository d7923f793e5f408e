package io.yunyu.engine.policy;

import io.yunyu.contract.disclosure.DisclosureFinding;
import java.util.List;

/** What the policy says about a query. It depends on the text and the grant only, never on data. */
public sealed interface Verdict {
    /** The query may run, as the very object that was checked. */
    record Passed(CheckedQuery query) implements Verdict {}

    /** The query must not run. */
    record Refused(List<DisclosureFinding> findings) implements Verdict {
        public Refused {
            findings = List.copyOf(findings);
        }
    }
}
