package io.yunyu.cli.command;

import io.yunyu.cli.client.Console;
import io.yunyu.contract.json.JsonObject;
import java.util.stream.Collectors;

/** What a reviewer is told of a table, in lines: what became of its values, and what rests on earlier results. */
final class ReviewLines {
    private ReviewLines() {}

    static void print(JsonObject view) {
        for (JsonObject column : view.objects("columns")) {
            if (column.has("marks")) {
                String marks = column.object("marks").asMap().entrySet().stream()
                        .map(mark -> mark.getKey() + " " + mark.getValue())
                        .collect(Collectors.joining(", "));
                Console.result("Values of " + column.string("name") + ": " + marks + ".");
            }
            if (column.has("medianPercent")) {
                noise(column);
            }
        }
        if (view.has("overlaps")) {
            for (JsonObject overlap : view.objects("overlaps")) {
                String earlier = overlap.optionalString("releaseId")
                        .or(() -> overlap.optionalString("jobId"))
                        .orElse("-");
                Console.result("Cells answered as " + earlier + " was: " + overlap.longValue("cells") + ".");
            }
        }
        if (view.has("guarded")) {
            JsonObject guarded = view.object("guarded");
            Console.result("Answers to the developer in " + guarded.longValue("days") + " days: "
                    + guarded.longValue("repeated") + " given as before, " + guarded.longValue("withheld")
                    + " withheld by the guard.");
        }
    }

    private static void noise(JsonObject column) {
        String name = column.string("name");
        Object median = column.decimal("medianPercent");
        Object largest = column.decimal("largestPercent");
        if (column.bool("atLeast")) {
            Console.result("Noise of " + name + ": at least " + median + " % at the median, and at least " + largest
                    + " % at the smallest value.");
        } else {
            Console.result(
                    "Noise of " + name + ": " + median + " % at the median, " + largest + " % at the smallest value.");
        }
    }
}
