package io.yunyu.api.review;

import io.yunyu.api.budget.Balance;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What protection took from a candidate and what its privacy budget is, for the reviewer: from the protected table, the
 * disclosure report and the accounts alone. Nothing here was computed from records beyond what the candidate holds.
 *
 * @param losses by column, of those that are no labels
 * @param rules by rule, the cells to which it applied
 * @param averagingAlarm whether many earlier outputs divided the same units
 * @param budgets of the recipient and of all recipients; none without privacy clause
 */
public record ReviewView(List<Loss> losses, List<Rule> rules, boolean averagingAlarm, List<Balance> budgets) {
    public ReviewView {
        losses = List.copyOf(losses);
        rules = List.copyOf(rules);
        budgets = List.copyOf(budgets);
    }

    /** Values of a column that the table shows, and that are withheld from it. */
    public record Loss(String column, long shown, long withheld) {
        /** In percent, one decimal. */
        public BigDecimal withheldPercent() {
            long all = shown + withheld;
            return all == 0
                    ? BigDecimal.ZERO.setScale(1)
                    : BigDecimal.valueOf(100 * withheld).divide(BigDecimal.valueOf(all), 1, RoundingMode.HALF_UP);
        }
    }

    /** A rule of protection and its cells. */
    public record Rule(String rule, long cells) {}

    static ReviewView of(ProtectedTable table, DisclosureReport report, List<Balance> budgets) {
        List<Loss> losses = new ArrayList<>();
        for (int c = 0; c < table.columns().size(); c++) {
            int column = c;
            if (!table.columns().get(c).label()) {
                long withheld = table.rows().stream()
                        .filter(row -> row.get(column).suppressed())
                        .count();
                losses.add(new Loss(table.columns().get(c).name(), table.rows().size() - withheld, withheld));
            }
        }
        List<Rule> rules = report.findings().stream()
                .filter(f -> f.cells().isPresent())
                .map(f -> new Rule(f.rule(), f.cells().get()))
                .toList();
        boolean alarm = report.findings().stream().map(DisclosureFinding::rule).anyMatch("averaging-alarm"::equals);
        return new ReviewView(losses, rules, alarm, budgets);
    }

    Map<String, Object> toJson() {
        return Json.object(
                "columns",
                losses.stream()
                        .map(l -> Json.object(
                                "name",
                                l.column,
                                "shown",
                                l.shown,
                                "withheld",
                                l.withheld,
                                "withheldPercent",
                                l.withheldPercent()))
                        .toList(),
                "rules",
                rules.stream()
                        .map(r -> Json.object("rule", r.rule, "cells", r.cells))
                        .toList(),
                "averagingAlarm",
                averagingAlarm,
                "budgets",
                budgets.stream().map(Balance::toJson).toList());
    }
}
