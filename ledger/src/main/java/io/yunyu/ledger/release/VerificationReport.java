package io.yunyu.ledger.release;

import io.yunyu.contract.json.Json;
import java.util.List;
import java.util.Map;

/** What a verifier found: verified only if every check is ok. */
public record VerificationReport(List<Check> checks) {
    public VerificationReport {
        checks = List.copyOf(checks);
    }

    /** @param detail what was found, or why it is not ok and what to do about it */
    public record Check(String name, boolean ok, String detail) {
        Map<String, Object> toJson() {
            return Json.object("name", name, "ok", ok, "detail", detail);
        }
    }

    public boolean verified() {
        return !checks.isEmpty() && checks.stream().allMatch(Check::ok);
    }

    public Map<String, Object> toJson() {
        return Json.object(
                "verified",
                verified(),
                "checks",
                checks.stream().map(Check::toJson).toList());
    }
}
