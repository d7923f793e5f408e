package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.dimension.CodeList;
import io.yunyu.contract.dimension.Dimension;
import io.yunyu.contract.dimension.NestedCodes;
import io.yunyu.engine.candidate.ProtectedTable;
import io.yunyu.engine.policy.Catalyst;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.Substring;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;

/**
 * The cells that a publication's text demands. Whether an entry can be a cell of the table at all follows from query, types
 * and declared codes, so that saying it tells nothing; whether a cell has records follows from these, and is told by the
 * published table, in which a demanded cell is missing only if it is empty.
 */
final class DemandedCells {
    /** Rule of an entry that no cell of the table can be. */
    static final String UNKNOWN = "demanded-unknown";
    /** Rule of entries whose cells have no records. */
    static final String EMPTY = "demanded-empty";

    private final CellPlan plan;
    private final ZoneId zone;
    private final List<String> columns;
    private final Set<Map<String, String>> wanted = new LinkedHashSet<>();
    private OptionalInt unknown = OptionalInt.empty();

    /** @param publish by column its label, as the table has them; the columns left out are those summed over */
    DemandedCells(CellPlan plan, List<Map<String, String>> publish, ZoneId zone) {
        this.plan = plan;
        this.zone = zone;
        this.columns = columns(plan);
        for (int entry = 0; entry < publish.size(); entry++) {
            Optional<Map<String, String>> cell = possible(publish.get(entry));
            if (cell.isPresent()) {
                wanted.add(cell.get());
            } else if (unknown.isEmpty()) {
                unknown = OptionalInt.of(entry + 1);
            }
        }
    }

    /** The first entry that no cell of the table can be, counted from 1. */
    OptionalInt unknown() {
        return unknown;
    }

    /**
     * @param cells numbers of the demanded cells
     * @param empty entries without one
     */
    record Found(BitSet cells, int empty) {}

    Found in(List<Cell> cells) {
        BitSet demanded = new BitSet();
        Set<Map<String, String>> found = new HashSet<>();
        for (int c = 0; c < cells.size(); c++) {
            Map<String, String> labels = labels(cells.get(c));
            if (wanted.contains(labels)) {
                demanded.set(c);
                found.add(labels);
            }
        }
        return new Found(demanded, wanted.size() - found.size());
    }

    private Map<String, String> labels(Cell cell) {
        Map<String, String> labels = new TreeMap<>();
        for (int key = 0; key < columns.size(); key++) {
            if (cell.isGroupedBy(key)) {
                Object label = cell.labels().get(key);
                DataType type = plan.keys().get(key).expression().dataType();
                labels.put(
                        columns.get(key),
                        label == null ? "" : ProtectedTable.text(AnswerTable.value(label, type, zone)));
            }
        }
        return labels;
    }

    /** The entry with its labels as the table writes them; empty if it can be no cell. */
    private Optional<Map<String, String>> possible(Map<String, String> entry) {
        boolean isGrouping = plan.query().groupingSets().stream()
                .anyMatch(set ->
                        Set.copyOf(set.stream().map(columns::get).toList()).equals(entry.keySet()));
        // Two columns of one name could not be told apart.
        if (!isGrouping || Set.copyOf(columns).size() != columns.size()) {
            return Optional.empty();
        }
        Map<String, String> cell = new TreeMap<>();
        for (int key = 0; key < columns.size(); key++) {
            String label = entry.get(columns.get(key));
            if (label != null) {
                Optional<String> written = label(plan.keys().get(key).expression(), label);
                if (written.isEmpty()) {
                    return Optional.empty();
                }
                cell.put(columns.get(key), written.get());
            }
        }
        return Optional.of(cell);
    }

    /** A label as the table writes it; empty if the key has no such label. The missing label is an empty text. */
    private Optional<String> label(Expression key, String label) {
        if (label.isEmpty()) {
            return Optional.of(label);
        }
        return listed(key).map(labels -> labels.contains(label)).orElse(true)
                ? typed(key.dataType(), label)
                : Optional.empty();
    }

    /** All labels that a key can have, where they are declared. */
    private Optional<Collection<String>> listed(Expression key) {
        if (key instanceof CaseWhen bands) {
            return Optional.of(Catalyst.list(bands.branches()).stream()
                    .map(branch -> branch._2().eval(null).toString())
                    .toList());
        }
        Expression column = key instanceof Substring level ? level.str() : key;
        Optional<Dimension> dimension = column instanceof AttributeReference a ? dimension(a) : Optional.empty();
        if (dimension.isPresent() && dimension.get() instanceof CodeList list) {
            return Optional.of(list.codes());
        } else if (dimension.isPresent() && dimension.get() instanceof NestedCodes nested) {
            int digits = key instanceof Substring level
                    ? ((Number) level.len().eval(null)).intValue()
                    : nested.finest().digits();
            return nested.levels().stream()
                    .filter(level -> level.digits() == digits)
                    .findFirst()
                    .map(nested::codesOf);
        }
        return Optional.empty();
    }

    private Optional<Dimension> dimension(AttributeReference column) {
        return plan.query().tables().stream()
                .filter(t -> Catalyst.list(t.relation().output()).stream()
                        .map(Attribute::exprId)
                        .anyMatch(column.exprId()::equals))
                .flatMap(t -> t.table().columns().stream())
                .filter(c -> c.name().equalsIgnoreCase(column.name()))
                .findFirst()
                .map(GrantedColumn::domain)
                .flatMap(domain -> domain.dimension());
    }

    private static Optional<String> typed(DataType type, String label) {
        try {
            if (type instanceof StringType) {
                return Optional.of(label);
            } else if (type instanceof BooleanType) {
                return label.equals("true") || label.equals("false") ? Optional.of(label) : Optional.empty();
            } else if (type instanceof DateType) {
                return Optional.of(ProtectedTable.text(LocalDate.parse(label)));
            } else if (type instanceof TimestampType) {
                return Optional.of(ProtectedTable.text(
                        label.contains("T")
                                ? LocalDateTime.parse(label)
                                : LocalDate.parse(label).atStartOfDay()));
            } else if (type instanceof DecimalType decimal) {
                return Optional.of(new BigDecimal(label)
                        .setScale(decimal.scale(), java.math.RoundingMode.UNNECESSARY)
                        .toPlainString());
            } else if (type instanceof NumericType) {
                return Optional.of(Long.toString(Long.parseLong(label)));
            }
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** The names by which the agreement's text calls the group keys: as the columns of the table are called. */
    private static List<String> columns(CellPlan plan) {
        List<String> columns = new ArrayList<>();
        for (CellPlan.Key key : plan.keys()) {
            columns.add(Catalyst.list(plan.query().aggregate().aggregateExpressions()).stream()
                    .filter(output -> output instanceof Alias alias
                            ? alias.child().semanticEquals(key.expression())
                            : ((Expression) output).semanticEquals(key.expression()))
                    .map(NamedExpression::name)
                    .findFirst()
                    .orElse(key.attribute().name()));
        }
        return columns;
    }
}
