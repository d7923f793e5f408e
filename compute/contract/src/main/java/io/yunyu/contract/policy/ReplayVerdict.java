package io.yunyu.contract.policy;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.util.Map;

/**
 * What changed rules would have made of one job: numbers of cells only.
 *
 * @param cellsReplayed whether its cells were computed again; otherwise the numbers are 0 and say nothing
 * @param cells that reach the threshold in force
 * @param withheldBefore of these, with a value that the rules in force withhold; what the differencing guard withholds is
 *     not counted
 * @param newlyWithheld of these, with a value that would be withheld and was not
 */
public record ReplayVerdict(
        boolean refused, boolean cellsReplayed, long cells, long withheldBefore, long newlyWithheld) {
    /** A verdict on the form of the query alone. */
    public static ReplayVerdict ofForm(boolean refused) {
        return new ReplayVerdict(refused, false, 0, 0, 0);
    }

    public Map<String, Object> toJson() {
        return Json.object(
                "refused",
                refused,
                "cellsReplayed",
                cellsReplayed,
                "cells",
                cells,
                "withheldBefore",
                withheldBefore,
                "newlyWithheld",
                newlyWithheld);
    }

    public static ReplayVerdict parse(JsonObject json) {
        return new ReplayVerdict(
                json.bool("refused"),
                json.bool("cellsReplayed"),
                json.longValue("cells"),
                json.longValue("withheldBefore"),
                json.longValue("newlyWithheld"));
    }
}
