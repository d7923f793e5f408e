package io.yunyu.engine.policy;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;

/** The granted tables that one parsed query names, by the name it gives them. Names are compared without case. */
final class QueryScope {
    private final Map<String, GrantedTable> tables = new LinkedHashMap<>();

    private QueryScope() {}

    static QueryScope of(LogicalPlan parsed, AccessGrant grant, Findings findings) {
        QueryScope scope = new QueryScope();
        scope.collect(parsed, Optional.empty(), grant, findings);
        return scope;
    }

    private void collect(LogicalPlan node, Optional<String> alias, AccessGrant grant, Findings findings) {
        if (node instanceof UnresolvedRelation relation) {
            add(relation, alias, grant, findings);
        }
        Optional<String> name = node instanceof SubqueryAlias a
                ? Optional.of(alias.orElse(a.identifier().name()))
                : Optional.empty();
        Catalyst.list(node.children()).forEach(child -> collect(child, name, grant, findings));
    }

    private void add(UnresolvedRelation relation, Optional<String> alias, AccessGrant grant, Findings findings) {
        List<String> parts = Catalyst.list(relation.multipartIdentifier());
        if (parts.size() != 1 || !relation.options().isEmpty() || relation.isStreaming()) {
            findings.form(
                    "table-by-path",
                    "Name a granted table by its one plain name, without catalog, path, version, stream or options.");
            return;
        }
        Optional<GrantedTable> table = grant.table(parts.get(0));
        if (table.isEmpty()) {
            findings.unknownTable(Findings.shown(parts.get(0)));
        } else if (tables.containsValue(table.get())) {
            findings.form("table-twice", "Name each table once; a table joined with itself pairs single records.");
        } else if (tables.putIfAbsent(folded(alias.orElse(parts.get(0))), table.get()) != null) {
            findings.form("table-twice", "Give each table its own alias.");
        }
    }

    /** The tables that a reference may mean: all of them, or the one it is qualified with. */
    List<GrantedTable> candidates(Optional<String> qualifier) {
        return qualifier
                .map(q -> Optional.ofNullable(tables.get(folded(q))).stream().toList())
                .orElseGet(() -> List.copyOf(tables.values()));
    }

    boolean isQualifier(String name) {
        return tables.containsKey(folded(name));
    }

    String grantedColumns() {
        return tables.values().stream()
                .map(t -> t.name() + ": " + Findings.granted(t))
                .collect(Collectors.joining("; "));
    }

    /** The column of a table, found without regard to case. */
    static Optional<GrantedColumn> column(GrantedTable table, String name) {
        return table.columns().stream()
                .filter(c -> c.name().equalsIgnoreCase(name))
                .findFirst();
    }

    static boolean isUnit(GrantedTable table, String name) {
        return !table.unitColumn().equals(GrantedTable.ROW_UNIT)
                && table.unitColumn().equalsIgnoreCase(name);
    }

    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
