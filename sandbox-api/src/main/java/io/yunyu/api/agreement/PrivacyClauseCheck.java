package io.yunyu.api.agreement;

import io.yunyu.api.budget.BudgetLimits;
import io.yunyu.api.catalog.CatalogEntry;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.ClampingBounds;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds an agreement's privacy clause against catalog and rule set before anybody signs it. */
final class PrivacyClauseCheck {
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\(\\d+,(\\d+)\\)");

    private PrivacyClauseCheck() {}

    /** @throws ProblemException BAD_REQUEST, naming the member of the clause and what it must be */
    static void require(
            Agreement agreement,
            List<GrantedTable> tables,
            Function<String, Optional<CatalogEntry>> catalog,
            BudgetLimits limits) {
        if (agreement.privacy().isEmpty()) {
            return;
        }
        PrivacyClause clause = agreement.privacy().get();
        if (tables.stream().map(GrantedTable::family).distinct().count() > 1) {
            throw refused("grants datasets of several families, and its budget could not be booked. Make one agreement"
                    + " per family.");
        }
        if (clause.recipientRhoMicros() > limits.recipientRhoMicros()) {
            throw refused("lets its recipient spend " + clause.recipientRhoMicros() + " micro-rho; the rule set allows "
                    + limits.recipientRhoMicros() + ". Lower 'recipientRhoMicros'.");
        }
        if (clause.queryDeltaPicos() > limits.recipientDeltaPicos()) {
            throw refused("has a 'queryDeltaPicos' of " + clause.queryDeltaPicos() + "; the rule set allows "
                    + limits.recipientDeltaPicos() + " in all. Lower it.");
        }
        clause.bounds()
                .forEach((dataset, columns) -> columns.forEach((column, bounds) ->
                        bounds(column(agreement, dataset, column, ColumnUse.MEASURE, catalog), bounds)));
        clause.keys()
                .forEach((dataset, columns) -> columns.forEach(
                        (column, keys) -> keys(column(agreement, dataset, column, ColumnUse.GROUP_BY, catalog), keys)));
    }

    private static AttributeSpec column(
            Agreement agreement,
            String dataset,
            String column,
            ColumnUse use,
            Function<String, Optional<CatalogEntry>> catalog) {
        return agreement
                .permissionFor(dataset)
                .filter(permission -> permission.usesOf(column).contains(use))
                .flatMap(permission -> catalog.apply(dataset))
                .flatMap(entry -> entry.attribute(column))
                .orElseThrow(() -> refused("names a column that the agreement does not grant for " + use
                        + ". Grant it, or take it out of the clause."));
    }

    private static void bounds(AttributeSpec column, ClampingBounds bounds) {
        Matcher decimal = DECIMAL.matcher(column.type());
        int kept = decimal.matches() ? Integer.parseInt(decimal.group(1)) : 0;
        if (!column.isNumeric() || !column.type().equals("DOUBLE") && bounds.decimals() != kept) {
            throw refused("bounds column '" + column.name() + "' of type " + column.type() + " with "
                    + bounds.decimals() + " decimals; it must be numeric, with " + kept + " decimals.");
        }
    }

    private static void keys(AttributeSpec column, List<String> keys) {
        for (String key : keys) {
            if (!isValue(column.type(), key)) {
                throw refused("lists a public key of column '" + column.name() + "' that is no " + column.type()
                        + ". Public keys can be STRING, LONG, BOOLEAN (true, false) or DATE (2026-01-31).");
            }
        }
    }

    private static boolean isValue(String type, String key) {
        try {
            return switch (type) {
                case "STRING" -> true;
                case "LONG" -> String.valueOf(Long.parseLong(key)).equals(key);
                case "BOOLEAN" -> key.equals("true") || key.equals("false");
                case "DATE" -> LocalDate.parse(key).toString().equals(key);
                default -> false;
            };
        } catch (DateTimeException | NumberFormatException e) {
            return false;
        }
    }

    private static ProblemException refused(String why) {
        return new ProblemException(ProblemCode.BAD_REQUEST, "The agreement's privacy clause " + why);
    }
}
