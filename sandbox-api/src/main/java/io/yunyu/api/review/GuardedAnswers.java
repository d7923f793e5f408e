package io.yunyu.api.review;

import io.yunyu.contract.json.Json;
import java.util.Map;

/**
 * What the differencing guard did to a developer's answers on a dataset family in the last days.
 *
 * @param repeated answers given as before, of equal sets of units and of near ones
 * @param withheld answers not given, since all together would tell too much
 * @param refusedJobs queries refused since too many answers had been guarded
 */
public record GuardedAnswers(int days, long repeated, long withheld, long refusedJobs) {
    Map<String, Object> toJson() {
        return Json.object("days", days, "repeated", repeated, "withheld", withheld, "refusedJobs", refusedJobs);
    }
}
