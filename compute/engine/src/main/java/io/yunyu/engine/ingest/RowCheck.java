package io.yunyu.engine.ingest;

import io.yunyu.contract.identifier.IdentifierRules;
import io.yunyu.contract.identifier.InvalidReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks records one by one and reads the good ones. One per task; not safe for several threads. */
final class RowCheck {
    static final String REQUIRED = "REQUIRED";
    static final String TYPE = "TYPE";
    /** A value that the column's dimension does not list. */
    static final String CODE = "CODE";

    static final String UNIT_MISSING = "UNIT_MISSING";

    private final RowPlan plan;
    private final List<ColumnPlan> columns;
    private final IdentifierRules rules;

    RowCheck(RowPlan plan) {
        this.plan = plan;
        this.columns = plan.columns();
        this.rules = plan.allowSyntheticRegions()
                ? IdentifierRules.withSyntheticRegions(plan.today())
                : IdentifierRules.production(plan.today());
    }

    /**
     * Checks a record, first finding first.
     *
     * @param values receives one value per column if the record is good; otherwise left in an undefined state
     * @return null if the record is good
     */
    @Nullable
    RowProblem check(SourceRecord record, @Nullable Object[] values) {
        if (record.malformed != null) {
            return new RowProblem(record.malformed, "");
        }
        if (plan.unitSource() >= 0 && record.fields[plan.unitSource()] == null) {
            return new RowProblem(UNIT_MISSING, plan.unitColumn());
        }
        for (int i = 0; i < columns.size(); i++) {
            ColumnPlan column = columns.get(i);
            String text = record.fields[column.source()];
            String reason = text == null ? emptyReason(column) : reasonOf(column, text, values, i);
            if (reason != null) {
                return new RowProblem(reason, column.name());
            }
            if (text == null) {
                values[i] = null;
            }
        }
        return null;
    }

    /** The text that identifies the record's unit. The record must be good and the unit a column. */
    String unitOf(SourceRecord record) {
        String text = record.fields[plan.unitSource()];
        if (text == null) {
            throw new IllegalStateException("A record without unit was not refused.");
        }
        return plan.unitIdentifier() == null ? text : IdentifierKind.normalised(text);
    }

    private static @Nullable String emptyReason(ColumnPlan column) {
        return column.required() ? REQUIRED : null;
    }

    private @Nullable String reasonOf(ColumnPlan column, String text, @Nullable Object[] values, int i) {
        String spelled = text;
        IdentifierKind kind = column.identifier();
        if (kind != null) {
            InvalidReason invalid = kind.reasonOf(text, rules);
            if (invalid != null) {
                return invalid.name();
            }
            spelled = IdentifierKind.normalised(text);
        }
        Object value = Values.parse(spelled, column);
        values[i] = value;
        if (value == null) {
            return TYPE;
        }
        return column.lists(value) ? null : CODE;
    }
}
