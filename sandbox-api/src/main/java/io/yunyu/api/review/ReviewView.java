package io.yunyu.api.review;

import io.yunyu.api.budget.Balance;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.disclosure.ReviewFacts;
import io.yunyu.contract.disclosure.ReviewFacts.WithheldShare;
import io.yunyu.contract.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What protection took from a candidate, what it has in common with earlier ones, and what its privacy budget is, for the
 * reviewer: from the protected table, the disclosure report, the accounts, and the facts that the engine sealed with the
 * candidate. No value here is unprotected.
 *
 * @param losses by column, of those that are no labels
 * @param rules by rule, the cells to which it applied
 * @param averagingAlarm whether many earlier outputs divided the same units
 * @param budgets of the recipient and of all recipients; none without privacy clause
 * @param told what the engine told of the table; absent for a candidate that was sealed before it told anything
 */
public record ReviewView(
        List<Loss> losses, List<Rule> rules, boolean averagingAlarm, List<Balance> budgets, Optional<Told> told) {
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

    /**
     * What the engine tells a reviewer beside the candidate.
     *
     * @param withheldUnits share of the units whose cells are below the threshold; absent under a privacy clause
     * @param overlaps with earlier jobs, most cells first
     * @param guarded what the guard did; absent under a privacy clause
     * @param suppression of a planned publication
     */
    public record Told(
            TableMarks marks,
            Optional<WithheldShare> withheldUnits,
            List<EarlierAnswers> overlaps,
            Optional<GuardedAnswers> guarded,
            Optional<ReviewFacts.Suppression> suppression) {
        public Told {
            overlaps = List.copyOf(overlaps);
        }
    }

    static ReviewView of(ProtectedTable table, DisclosureReport report, List<Balance> budgets, Optional<Told> told) {
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
        return new ReviewView(losses, rules, alarm, budgets, told);
    }

    /** What there is to say of a data element, of whose records the candidate's table shows only some. */
    ReviewView budgetsOnly() {
        return new ReviewView(List.of(), List.of(), false, budgets, Optional.empty());
    }

    Map<String, Object> toJson() {
        return Json.object(
                "columns",
                losses.stream().map(this::column).toList(),
                "rules",
                rules.stream()
                        .map(r -> Json.object("rule", r.rule, "cells", r.cells))
                        .toList(),
                "averagingAlarm",
                averagingAlarm,
                "budgets",
                budgets.stream().map(Balance::toJson).toList(),
                "marks",
                told.map(s -> s.marks.rows()).orElse(null),
                "withheldUnits",
                told.flatMap(Told::withheldUnits).map(Enum::name).orElse(null),
                "overlaps",
                told.map(s -> s.overlaps.stream().map(EarlierAnswers::toJson).toList())
                        .orElse(null),
                "guarded",
                told.flatMap(Told::guarded).map(GuardedAnswers::toJson).orElse(null),
                "suppression",
                told.flatMap(Told::suppression)
                        .map(ReviewFacts.Suppression::toJson)
                        .orElse(null));
    }

    private Map<String, Object> column(Loss loss) {
        Map<String, Object> column = Json.object(
                "name", loss.column,
                "shown", loss.shown,
                "withheld", loss.withheld,
                "withheldPercent", loss.withheldPercent());
        told.flatMap(s -> s.marks.columns().stream()
                        .filter(c -> c.name().equals(loss.column))
                        .findFirst())
                .ifPresent(c -> column.putAll(c.toJson()));
        return column;
    }
}
