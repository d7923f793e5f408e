package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.engine.policy.Catalyst;
import io.yunyu.engine.policy.CheckedQuery;
import java.sql.Date;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The values that a group key can have, as the agreement declares them.
 *
 * @param values as Spark's rows have them
 * @param labels the same as Catalyst has them
 */
record PublicKeys(List<Object> values, List<Object> labels) {
    PublicKeys {
        values = List.copyOf(values);
        labels = List.copyOf(labels);
    }

    /**
     * Of a group key, if it is a bare column with a declared code list.
     *
     * @throws IllegalArgumentException if a declared key is no value of the column's type
     */
    static Optional<PublicKeys> of(Expression key, CheckedQuery query, PrivacyClause clause) {
        if (!(key instanceof AttributeReference column)) {
            return Optional.empty();
        }
        return table(column, query)
                .flatMap(table -> clause.keysOf(table.dataset(), column.name()))
                .map(keys -> of(column.dataType(), keys));
    }

    private static Optional<GrantedTable> table(AttributeReference column, CheckedQuery query) {
        return query.tables().stream()
                .filter(t -> Catalyst.list(t.relation().output()).stream()
                        .anyMatch(a -> a.exprId().equals(column.exprId())))
                .map(CheckedQuery.BoundTable::table)
                .findFirst();
    }

    private static PublicKeys of(DataType type, List<String> keys) {
        List<Object> values = new ArrayList<>();
        List<Object> labels = new ArrayList<>();
        for (String key : keys) {
            try {
                if (type instanceof StringType) {
                    values.add(key);
                    labels.add(UTF8String.fromString(key));
                } else if (type instanceof LongType) {
                    values.add(Long.valueOf(key));
                    labels.add(Long.valueOf(key));
                } else if (type instanceof DateType) {
                    LocalDate date = LocalDate.parse(key);
                    values.add(Date.valueOf(date));
                    labels.add(Math.toIntExact(date.toEpochDay()));
                } else if (type instanceof BooleanType && (key.equals("true") || key.equals("false"))) {
                    values.add(Boolean.valueOf(key));
                    labels.add(Boolean.valueOf(key));
                } else {
                    throw new IllegalArgumentException("no key of this type");
                }
            } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
                throw new IllegalArgumentException("A declared public key is no value of its column's type.", e);
            }
        }
        return new PublicKeys(values, labels);
    }
}
