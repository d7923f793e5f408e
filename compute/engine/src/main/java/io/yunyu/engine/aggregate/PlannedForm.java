package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.disclosure.DisclosureFinding;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What the query of a planned publication may look like; decided by its text. One grouping set has all columns, so that
 * every cell is a sum of cells that are in the table; and its measures add up: rows, and sums of whole numbers and decimals.
 */
final class PlannedForm {
    static final String SETS = "planned-sets";
    static final String MEASURES = "planned-measures";

    private PlannedForm() {}

    static Optional<DisclosureFinding> finding(CellPlan plan, AccessGrant grant) {
        List<List<Integer>> sets = plan.query().groupingSets();
        if (sets.stream()
                .noneMatch(set -> new HashSet<>(set).size() == plan.keys().size())) {
            return Optional.of(finding(
                    grant,
                    SETS,
                    "A planned publication is a table with its totals: write CUBE, ROLLUP, or GROUPING SETS of which one"
                            + " has all columns."));
        }
        boolean add = !plan.values().isEmpty()
                && plan.values().stream()
                        .allMatch(v -> v.kind() == CellPlan.Kind.ROWS
                                || v.kind() == CellPlan.Kind.SUM
                                        && !plan.measures().get(v.measure()).isDouble());
        return add
                ? Optional.empty()
                : Optional.of(finding(
                        grant,
                        MEASURES,
                        "The values of a planned publication must add up to its totals: COUNT(*), and SUM of columns of"
                                + " whole numbers or decimals. Write a mean as SUM(column) / COUNT(*)."));
    }

    static DisclosureFinding finding(AccessGrant grant, String rule, String advice) {
        return new DisclosureFinding(
                rule,
                Optional.empty(),
                Optional.empty(),
                "rule set " + grant.protection().policyVersion() + ", agreement " + grant.agreement(),
                advice,
                true);
    }
}
