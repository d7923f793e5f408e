package io.yunyu.engine.policy;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.json.JsonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.AliasIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * Puts an empty relation in place of each granted table, so that analysis touches no catalog and no file. It carries the
 * granted columns and the unit key; a hidden column is not there to be found.
 */
final class EmptyRelations {
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");

    /** What stands for a granted table. */
    record Bound(GrantedTable table, LocalRelation relation, AttributeReference unit) {}

    private final Map<String, Bound> byName = new LinkedHashMap<>();
    private final AccessGrant grant;

    EmptyRelations(AccessGrant grant) {
        this.grant = grant;
    }

    LogicalPlan bind(LogicalPlan parsed) {
        LogicalPlan bound = Catalyst.rebuilt(
                parsed,
                node -> node instanceof UnresolvedRelation relation
                        ? alias(relation.multipartIdentifier().head())
                        : null);
        return Catalyst.withExpressions(bound, EmptyRelations::comparisons);
    }

    /** BETWEEN as what the standard says it means: Spark would hide the comparisons in a replacement. */
    private static @Nullable Expression comparisons(Expression expression) {
        if (expression instanceof UnresolvedFunction f
                && f.nameParts().last().equalsIgnoreCase("between")
                && f.arguments().size() == 3) {
            List<Expression> arguments = Catalyst.list(f.arguments());
            return new And(
                    new GreaterThanOrEqual(arguments.get(0), arguments.get(1)),
                    new LessThanOrEqual(arguments.get(0), arguments.get(2)));
        }
        return null;
    }

    List<Bound> bound() {
        return List.copyOf(byName.values());
    }

    private LogicalPlan alias(String name) {
        Bound bound = byName.computeIfAbsent(
                QueryScope.folded(name),
                n -> relation(grant.table(name)
                        .orElseThrow(
                                () -> new IllegalStateException("Phase A let a table pass that is not granted."))));
        return new SubqueryAlias(AliasIdentifier.apply(name), bound.relation);
    }

    private static Bound relation(GrantedTable table) {
        boolean rowUnit = table.unitColumn().equals(GrantedTable.ROW_UNIT);
        AttributeReference unit = attribute(rowUnit ? "__unit" : table.unitColumn(), DataTypes.LongType);
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(unit);
        for (GrantedColumn column : table.columns()) {
            if (!column.uses().isEmpty() && !QueryScope.isUnit(table, column.name())) {
                attributes.add(attribute(column.name(), type(column.type())));
            }
        }
        LocalRelation relation =
                new LocalRelation(Catalyst.seq(attributes), Catalyst.seq(List.of()), false, scala.Option.empty());
        return new Bound(table, relation, unit);
    }

    private static AttributeReference attribute(String name, DataType type) {
        return new AttributeReference(
                name, type, true, Metadata.empty(), NamedExpression.newExprId(), Catalyst.seq(List.of()));
    }

    static DataType type(String type) {
        Matcher decimal = DECIMAL.matcher(type);
        if (decimal.matches()) {
            return DataTypes.createDecimalType(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        return switch (type) {
            case "STRING" -> DataTypes.StringType;
            case "LONG" -> DataTypes.LongType;
            case "DOUBLE" -> DataTypes.DoubleType;
            case "DATE" -> DataTypes.DateType;
            case "TIMESTAMP" -> DataTypes.TimestampType;
            case "BOOLEAN" -> DataTypes.BooleanType;
            default -> throw new JsonException("The grant names a column type that the engine does not know.");
        };
    }
}
