package io.yunyu.engine.policy;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.disclosure.DisclosureFinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Collects refusals, one per rule and column, in the order in which they were found. */
final class Findings {
    /** Original data stay in the domain; what leaves are products and services. */
    static final String ORIGINAL_STAYS =
            "Measures, article 32, paragraph 3: original data stay in the domain, usable but not visible";

    private final AccessGrant grant;
    private final Map<List<String>, DisclosureFinding> found = new LinkedHashMap<>();
    private final Map<String, Integer> violations = new LinkedHashMap<>();

    Findings(AccessGrant grant) {
        this.grant = grant;
    }

    boolean underPrivacyClause() {
        return grant.privacy().isPresent();
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<DisclosureFinding> asList() {
        return List.copyOf(found.values());
    }

    /** By rule and column, in how many places. */
    Map<String, Integer> violations() {
        return Map.copyOf(violations);
    }

    /** A form of query that would let single records through. */
    void form(String rule, String suggestion) {
        add(rule, Optional.empty(), ORIGINAL_STAYS, suggestion);
    }

    void form(String rule, String column, String suggestion) {
        add(rule, Optional.of(column), ORIGINAL_STAYS, suggestion);
    }

    void notGranted(GrantedTable table, String column) {
        add(
                "column-not-granted",
                Optional.of(column),
                clause(table, column),
                "Remove '" + column + "'. Columns granted in table '" + table.name() + "': " + granted(table)
                        + ". To use it, ask the provider to grant it in a new agreement.");
    }

    void useNotGranted(GrantedTable table, String column, ColumnUse wanted) {
        String uses = table.column(column)
                .map(c -> c.uses().stream().map(Enum::name).collect(Collectors.toCollection(TreeSet::new)))
                .orElseGet(TreeSet::new)
                .toString();
        add(
                "use-not-granted",
                Optional.of(column),
                clause(table, column),
                "Column '" + column + "' is granted for " + uses + ", not for " + wanted + ". Remove it from "
                        + place(wanted) + ", or ask the provider to grant " + wanted + ".");
    }

    void unknownColumn(String name, String known) {
        add(
                "column-unknown",
                Optional.of(name),
                "agreement " + grant.agreement(),
                "No granted table of this query has a column '" + name + "'. Columns granted: " + known + ".");
    }

    void unknownTable(String name) {
        add(
                "table-not-granted",
                Optional.empty(),
                "agreement " + grant.agreement(),
                "No table '" + name + "' is granted. Tables granted: "
                        + grant.tables().stream().map(GrantedTable::name).collect(Collectors.joining(", ")) + ".");
    }

    void unitUse(GrantedTable table) {
        add(
                "unit-column-use",
                Optional.of(table.unitColumn()),
                clause(table, table.unitColumn()),
                "'" + table.unitColumn() + "' identifies single units and is never decrypted. Use it as COUNT(DISTINCT "
                        + table.unitColumn() + ") or, where granted as JOIN_KEY, in ON a."
                        + table.unitColumn() + " = b." + table.unitColumn() + " only.");
    }

    private void add(String rule, Optional<String> column, String clause, String suggestion) {
        violations.merge(rule + " " + column.orElse(""), 1, Integer::sum);
        found.putIfAbsent(
                List.of(rule, column.orElse("")),
                new DisclosureFinding(rule, column, Optional.empty(), clause, suggestion, true));
    }

    private String clause(GrantedTable table, String column) {
        return "agreement " + grant.agreement() + ", permission " + table.dataset() + ", column " + column;
    }

    /** Columns with their uses. */
    static String granted(GrantedTable table) {
        String columns = table.columns().stream()
                .filter(c -> !c.uses().isEmpty())
                .map(c -> c.name() + " "
                        + c.uses().stream().map(Enum::name).sorted().toList())
                .collect(Collectors.joining(", "));
        return columns.isEmpty() ? "none" : columns;
    }

    /** The developer's own word, cut to what a name may hold, so that a message can never be formatted by it. */
    static String shown(String name) {
        String plain = name.replaceAll("[^\\p{L}\\p{N}_.-]", "?");
        return plain.length() <= 40 ? plain : plain.substring(0, 40) + "…";
    }

    private static String place(ColumnUse use) {
        return switch (use) {
            case GROUP_BY -> "GROUP BY";
            case MEASURE -> "SUM, AVG and COUNT";
            case FILTER -> "WHERE";
            case JOIN_KEY -> "ON";
        };
    }
}
