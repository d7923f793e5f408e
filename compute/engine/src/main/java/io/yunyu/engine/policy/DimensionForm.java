package io.yunyu.engine.policy;

import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.dimension.Bands;
import io.yunyu.contract.dimension.CodeList;
import io.yunyu.contract.dimension.ColumnDomain;
import io.yunyu.contract.dimension.Dimension;
import io.yunyu.contract.dimension.NestedCodes;
import io.yunyu.contract.dimension.Periods;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Month;
import org.apache.spark.sql.catalyst.expressions.Quarter;
import org.apache.spark.sql.catalyst.expressions.Substring;
import org.apache.spark.sql.catalyst.expressions.TruncTimestamp;
import org.apache.spark.sql.catalyst.expressions.Year;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Which values of a column a query may name, and how finely it may group by it.
 *
 * <p>Of a column with a declared dimension: listed codes, declared levels, cut points of the bands, first days of the
 * periods. Of one without: anything, but no value of a column that identifies directly; and of a column with so many
 * values that most belong to few units neither a single value nor a cut point finer than two significant digits or a
 * month. What remains free is for the differencing guard.
 */
final class DimensionForm {
    private static final int MOST_SHOWN = 20;
    private static final String RULE_MANY_VALUES = "high-cardinality-literal";
    private static final Periods MONTHS = new Periods(Periods.Finest.MONTH);

    private final Findings findings;

    DimensionForm(Findings findings) {
        this.findings = findings;
    }

    /**
     * Checks a comparison of a column with literals that have values of the column's type.
     *
     * @param operand the column, or its level
     */
    void filter(Lineage.Origin origin, Expression comparison, Expression operand, List<Expression> literals) {
        if (comparison instanceof IsNull || comparison instanceof IsNotNull) {
            return;
        }
        String name = origin.column();
        ColumnDomain domain = domain(origin);
        boolean first = !Conversions.isLiteral(Catalyst.children(comparison).get(0));
        if (domain.identifier()) {
            findings.form(
                    "identifier-literal",
                    name,
                    "Column '" + name
                            + "' identifies persons or organizations by itself, and no value of it may be named."
                            + " Remove it from WHERE.");
        } else if (domain.dimension().isPresent()) {
            declared(domain.dimension().get(), name, comparison, first, operand, literals);
        } else if (domain.highCardinality()) {
            undeclared(name, comparison, first, operand.dataType(), literals);
        }
    }

    private void declared(
            Dimension dimension,
            String name,
            Expression comparison,
            boolean first,
            Expression operand,
            List<Expression> literals) {
        if (dimension instanceof CodeList list) {
            codes(name, comparison, literals, list.codes());
        } else if (dimension instanceof NestedCodes nested) {
            nested(nested, name, comparison, operand, literals);
        } else if (dimension instanceof Bands bands) {
            boolean on = isOrder(comparison)
                    && literals.stream().allMatch(l -> Lattice.isOn(bands, comparison, first, operand.dataType(), l));
            if (!on) {
                findings.form(
                        "dimension-cut",
                        name,
                        "Compare '" + name + "' by <, <=, > or >= with its declared cut points only: "
                                + shown(bands.cuts().stream()
                                        .map(java.math.BigDecimal::toPlainString)
                                        .toList())
                                + "; or group by band(" + name + ").");
            }
        } else if (dimension instanceof Periods periods) {
            boolean on = isOrder(comparison)
                    && literals.stream().allMatch(l -> Lattice.isOn(periods, comparison, first, operand.dataType(), l));
            boolean day = periods.finest() == Periods.Finest.DAY && operand.dataType() instanceof DateType;
            if (!on && !day) {
                findings.form(
                        "dimension-cut",
                        name,
                        "Compare '" + name + "' by < or >= with the first day of a "
                                + QueryScope.folded(periods.finest().name())
                                + " only: finer spans are not declared for it.");
            }
        }
    }

    private void nested(
            NestedCodes nested, String name, Expression comparison, Expression operand, List<Expression> literals) {
        if (!(operand instanceof Substring) && !nested.valuesAreCodes()) {
            findings.form(
                    "dimension-level",
                    name,
                    "Values of '" + name + "' are finer than its finest declared level. Compare level(" + name + ", '"
                            + nested.finest().name() + "') with codes instead.");
            return;
        }
        int digits = operand instanceof Substring s
                ? ((Number) s.len().eval(null)).intValue()
                : nested.finest().digits();
        nested.levels().stream()
                .filter(l -> l.digits() == digits)
                .findFirst()
                .ifPresent(level -> codes(name, comparison, literals, nested.codesOf(level)));
    }

    private void codes(String name, Expression comparison, List<Expression> literals, Collection<String> codes) {
        Set<String> known = new HashSet<>(codes);
        boolean listed = (comparison instanceof EqualTo || comparison instanceof In)
                && literals.stream().allMatch(l -> known.contains(String.valueOf((Object) l.eval(null))));
        if (!listed) {
            findings.form(
                    "dimension-code",
                    name,
                    "Compare '" + name + "' by =, <> or IN with its declared codes only: " + shown(codes) + ".");
        }
    }

    private void undeclared(
            String name, Expression comparison, boolean first, DataType type, List<Expression> literals) {
        boolean day = type instanceof DateType || type instanceof TimestampType;
        if (!day && !(type instanceof NumericType)) {
            findings.form(
                    RULE_MANY_VALUES,
                    name,
                    "Most values of '" + name
                            + "' belong to few units, so that naming one singles out persons. Remove it"
                            + " from WHERE, or ask the provider to declare a dimension for it.");
        } else if (day
                && !(isOrder(comparison)
                        && literals.stream().allMatch(l -> Lattice.isOn(MONTHS, comparison, first, type, l)))) {
            findings.form(
                    RULE_MANY_VALUES,
                    name,
                    "Most values of '" + name
                            + "' belong to few units, so that a fine cut singles out persons. Compare it"
                            + " by < or >= with the first day of a month.");
        } else if (!day
                && !(isOrder(comparison)
                        && literals.stream().allMatch(l -> Lattice.isRound(comparison, first, type, l)))) {
            findings.form(
                    RULE_MANY_VALUES,
                    name,
                    "Most values of '" + name
                            + "' belong to few units, so that a fine cut singles out persons. Compare it"
                            + " by < or >= with numbers of at most two significant digits, such as 5000 or 0.15.");
        }
    }

    /** Checks a group key that is a column, a level or band of it, or a calendar function of it. */
    void group(Lineage.Origin origin, Expression key) {
        String name = origin.column();
        ColumnDomain domain = domain(origin);
        if (domain.identifier()) {
            findings.form(
                    "identifier-group",
                    name,
                    "Column '" + name + "' identifies persons or organizations by itself. Remove it from GROUP BY.");
        } else if (domain.dimension().isPresent()) {
            declaredGroup(domain.dimension().get(), name, key);
        }
    }

    private void declaredGroup(Dimension dimension, String name, Expression key) {
        if (dimension instanceof Bands && !(key instanceof CaseWhen)) {
            findings.form(
                    "dimension-level",
                    name,
                    "Values of '" + name + "' are finer than its declared bands. Group by band(" + name + ").");
        } else if (dimension instanceof NestedCodes nested && !(key instanceof Substring) && !nested.valuesAreCodes()) {
            findings.form(
                    "dimension-level",
                    name,
                    "Values of '" + name + "' are finer than its finest declared level. Group by level(" + name + ", '"
                            + nested.finest().name() + "') or a coarser level: "
                            + nested.levels().stream()
                                    .map(NestedCodes.Level::name)
                                    .toList() + ".");
        } else if (dimension instanceof Periods periods && !periods.allows(periodOf(key))) {
            String finest = QueryScope.folded(periods.finest().name());
            findings.form(
                    "dimension-level",
                    name,
                    "The finest declared period of '" + name + "' is the " + finest + ". Group by date_trunc('" + finest
                            + "', " + name + ") or a coarser period.");
        }
    }

    private static Periods.Finest periodOf(Expression key) {
        if (key instanceof Year) {
            return Periods.Finest.YEAR;
        } else if (key instanceof Quarter) {
            return Periods.Finest.QUARTER;
        } else if (key instanceof Month) {
            return Periods.Finest.MONTH;
        } else if (key instanceof TruncTimestamp trunc) {
            String level =
                    QueryScope.folded(String.valueOf((Object) trunc.format().eval(null)));
            return level.startsWith("y")
                    ? Periods.Finest.YEAR
                    : level.startsWith("q") ? Periods.Finest.QUARTER : Periods.Finest.MONTH;
        }
        return Periods.Finest.DAY;
    }

    private static boolean isOrder(Expression comparison) {
        return !(comparison instanceof EqualTo || comparison instanceof In);
    }

    private static ColumnDomain domain(Lineage.Origin origin) {
        return QueryScope.column(origin.table(), origin.column())
                .map(GrantedColumn::domain)
                .orElse(ColumnDomain.FREE);
    }

    private static String shown(Collection<String> codes) {
        return codes.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "))
                + (codes.size() > MOST_SHOWN ? ", … (" + codes.size() + " in all, see the catalog)" : "");
    }
}
