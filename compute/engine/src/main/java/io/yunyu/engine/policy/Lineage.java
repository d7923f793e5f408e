package io.yunyu.engine.policy;

import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.GrantedTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;

/** Where an attribute of the analysed plan comes from, and whether the grant allows what the query does with it. */
final class Lineage {
    /** A column of a granted table; the unit column among them. */
    record Origin(EmptyRelations.Bound bound, String column, boolean isUnit) {
        GrantedTable table() {
            return bound.table();
        }
    }

    private final Map<ExprId, Origin> origins = new HashMap<>();
    private final Map<EmptyRelations.Bound, Set<String>> used = new HashMap<>();
    private final Findings findings;

    Lineage(List<EmptyRelations.Bound> tables, Findings findings) {
        this.findings = findings;
        for (EmptyRelations.Bound bound : tables) {
            used.put(bound, new HashSet<>());
            Catalyst.list(bound.relation().output())
                    .forEach(a -> origins.put(
                            a.exprId(),
                            new Origin(
                                    bound,
                                    a.name(),
                                    a.exprId().equals(bound.unit().exprId()))));
        }
    }

    /** The column behind an expression that is nothing but a column. */
    Optional<Origin> origin(Expression expression) {
        return expression instanceof AttributeReference a
                ? Optional.ofNullable(origins.get(a.exprId()))
                : Optional.empty();
    }

    /** The first column in an expression that has one. */
    static Expression column(Expression expression) {
        Expression inner = expression;
        while (!(inner instanceof AttributeReference)
                && !Catalyst.children(inner).isEmpty()) {
            inner = Catalyst.children(inner).get(0);
        }
        return inner;
    }

    /** Every column below an expression. */
    Set<Origin> origins(Expression expression) {
        Set<Origin> found = new HashSet<>();
        Catalyst.eachExpression(expression, e -> origin(e).ifPresent(found::add));
        return found;
    }

    /** Notes a use, or a finding if the grant does not allow it. */
    void use(Origin origin, ColumnUse use) {
        GrantedTable table = origin.table();
        boolean granted = QueryScope.column(table, origin.column)
                .map(c -> c.uses().contains(use))
                .orElse(false);
        if (origin.isUnit && use != ColumnUse.JOIN_KEY) {
            findings.unitUse(table);
        } else if (!granted) {
            findings.useNotGranted(table, origin.column, use);
        } else if (!origin.isUnit) {
            Objects.requireNonNull(used.get(origin.bound)).add(origin.column);
        }
    }

    /** The columns of a table that the query reads, the unit apart. */
    Set<String> columnsRead(EmptyRelations.Bound bound) {
        return Set.copyOf(Objects.requireNonNull(used.get(bound)));
    }
}
