package io.yunyu.engine.aggregate;

import io.yunyu.engine.guard.Region;
import io.yunyu.engine.policy.Catalyst;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.Substring;
import org.apache.spark.sql.catalyst.expressions.TruncTimestamp;
import org.apache.spark.sql.catalyst.expressions.Year;
import org.apache.spark.sql.types.DateType;
import org.jspecify.annotations.Nullable;

/** Which records have a label: those with the column's value, or in the year, quarter or month that the label names. */
final class KeyRegion {
    private final Map<ExprId, String> names;
    private final ZoneId zone;

    KeyRegion(Map<ExprId, String> names, ZoneId zone) {
        this.names = names;
        this.zone = zone;
    }

    Region of(Expression key, @Nullable Object label) {
        AttributeReference column = column(key);
        String name = names.getOrDefault(column.exprId(), column.name());
        if (label == null) {
            return Region.missing(name);
        }
        if (key instanceof Year) {
            LocalDate from = LocalDate.of(((Number) label).intValue(), 1, 1);
            return dates(name, column, from, from.plusYears(1));
        }
        if (key instanceof TruncTimestamp trunc) {
            LocalDate from = Instant.EPOCH
                    .plus(((Number) label).longValue(), ChronoUnit.MICROS)
                    .atZone(zone)
                    .toLocalDate();
            String level = String.valueOf(trunc.format().eval(null)).toLowerCase(java.util.Locale.ROOT);
            LocalDate until = level.startsWith("y")
                    ? from.plusYears(1)
                    : level.startsWith("q") ? from.plusMonths(3) : from.plusMonths(1);
            return dates(name, column, from, until);
        }
        if (key instanceof AttributeReference || key instanceof Cast) {
            return Region.label(name, OrderedValues.of(label, key.dataType(), column.dataType()));
        }
        if (key instanceof Substring level) {
            String code = label.toString();
            int digits = ((Number) level.len().eval(null)).intValue();
            return code.length() == digits ? Region.prefixed(name, List.of(code)) : Region.label(name, code);
        }
        if (key instanceof CaseWhen bands) {
            return band(bands, label, name, column);
        }
        // Quarter and month of any year: not a span of the column.
        return Region.label(key.prettyName() + ":" + name, OrderedValues.of(label, key.dataType(), key.dataType()));
    }

    /** Branches of a band ask for less than its end, the last one for at least its beginning. */
    private static Region band(CaseWhen bands, Object label, String name, AttributeReference column) {
        Long from = null;
        for (scala.Tuple2<Expression, Expression> branch : Catalyst.list(bands.branches())) {
            Expression cut = Catalyst.children(branch._1()).get(1);
            long end = (Long) OrderedValues.of(cut.eval(null), cut.dataType(), column.dataType());
            if (branch._2().eval(null).toString().equals(label.toString())) {
                return branch._1() instanceof LessThan
                        ? Region.between(name, from, end - 1)
                        : Region.between(name, end, null);
            }
            from = end;
        }
        throw new IllegalStateException("A band has a label that none of its branches gives.");
    }

    private Region dates(String name, AttributeReference column, LocalDate from, LocalDate until) {
        if (column.dataType() instanceof DateType) {
            return Region.between(name, from.toEpochDay(), until.toEpochDay() - 1);
        }
        return Region.between(name, micros(from), micros(until) - 1);
    }

    private long micros(LocalDate day) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, day.atStartOfDay(zone).toInstant());
    }

    private static AttributeReference column(Expression key) {
        Expression inner = key instanceof TruncTimestamp trunc ? trunc.timestamp() : key;
        while (!(inner instanceof AttributeReference)) {
            inner = inner.children().head();
        }
        return (AttributeReference) inner;
    }
}
