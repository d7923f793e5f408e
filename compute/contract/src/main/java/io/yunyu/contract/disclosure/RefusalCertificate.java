package io.yunyu.contract.disclosure;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Beside the findings of a refusal, the smallest change that would pass, tried before it is named. A function of the
 * query's text (or of the request for a data element), its grant and the rule that refused, never of data: the same refusal
 * has the same certificate whatever the records are. Holds no value but literals of the developer's own text.
 *
 * @param basis what told the refusal
 * @param tried number of changed texts that were tried
 * @param change absent if none that was tried passes
 */
public record RefusalCertificate(Basis basis, int tried, Optional<PassingChange> change) {
    /** What a refusal rests on. */
    public enum Basis {
        /** Query and grant alone, before a record was read. */
        TEXT,
        /** What the query's answer would be. */
        DATA,
        /** What was spent before of the privacy budget, by accounts and no record. */
        BUDGET
    }

    public RefusalCertificate {
        if (tried < 0) {
            throw new IllegalArgumentException("A number of tries is not negative.");
        }
    }

    public Map<String, Object> toJson() {
        return Json.object(
                "basis",
                basis.name(),
                "tried",
                (long) tried,
                "change",
                change.map(PassingChange::toJson).orElse(null));
    }

    public static RefusalCertificate parse(JsonObject json) {
        json.onlyMembers(Set.of("basis", "tried", "change"));
        return new RefusalCertificate(
                json.enumValue("basis", Basis.class),
                json.intValue("tried"),
                json.has("change") ? Optional.of(PassingChange.parse(json.object("change"))) : Optional.empty());
    }
}
