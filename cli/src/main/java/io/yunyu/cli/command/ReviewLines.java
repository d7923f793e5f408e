package io.yunyu.cli.command;

import io.yunyu.contract.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a reviewer is told of a table, in lines: what became of its values, and what rests on earlier results. */
final class ReviewLines {
    private ReviewLines() {}

    static List<String> of(JsonObject view) {
        List<String> lines = new ArrayList<>();
        for (JsonObject column : view.objects("columns")) {
            if (column.has("marks") && !column.object("marks").asMap().isEmpty()) {
                String marks = column.object("marks").asMap().entrySet().stream()
                        .map(mark -> mark.getKey() + " " + mark.getValue())
                        .collect(Collectors.joining(", "));
                lines.add("Values of " + column.string("name") + ": " + marks + ".");
            }
            if (column.has("medianPercent")) {
                lines.add(noise(column));
            }
        }
        if (view.has("overlaps")) {
            for (JsonObject overlap : view.objects("overlaps")) {
                String earlier = overlap.optionalString("releaseId")
                        .or(() -> overlap.optionalString("jobId"))
                        .orElse("-");
                lines.add("Cells answered as " + earlier + " was: " + overlap.longValue("cells") + ".");
            }
        }
        if (view.has("guarded")) {
            JsonObject guarded = view.object("guarded");
            lines.add("Answers to the developer in " + guarded.longValue("days") + " days: "
                    + guarded.longValue("repeated") + " given as before, " + guarded.longValue("withheld")
                    + " withheld by the guard.");
        }
        if (view.has("suppression")) {
            JsonObject suppression = view.object("suppression");
            lines.add("Planned publication: " + suppression.longValue("primary") + " listed cells withheld by rules, "
                    + suppression.longValue("secondary") + " so that nobody computes those back.");
        }
        for (JsonObject account : view.has("budgets") ? view.objects("budgets") : List.<JsonObject>of()) {
            lines.add(budget(account));
        }
        return lines;
    }

    private static String budget(JsonObject account) {
        String amounts = account.object("spent").longValue("rhoMicros") + " of "
                + account.object("limit").longValue("rhoMicros") + " micro-rho spent, "
                + account.object("reserved").longValue("rhoMicros") + " reserved; "
                + account.object("spent").longValue("deltaPicos") + " of "
                + account.object("limit").longValue("deltaPicos") + " pico-delta spent.";
        String family = account.string("family");
        return account.optionalString("recipient")
                .map(recipient -> "Privacy budget of " + recipient + " on dataset family '" + family + "': " + amounts)
                .orElse("Privacy budget of all recipients together on dataset family '" + family + "': " + amounts);
    }

    private static String noise(JsonObject column) {
        String name = column.string("name");
        Object median = column.decimal("medianPercent");
        Object largest = column.decimal("largestPercent");
        return column.bool("atLeast")
                ? "Noise of " + name + ": at least " + median + " % at the median, and at least " + largest
                        + " % at the smallest value."
                : "Noise of " + name + ": " + median + " % at the median, " + largest + " % at the smallest value.";
    }
}
