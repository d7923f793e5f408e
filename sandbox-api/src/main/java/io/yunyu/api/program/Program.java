package io.yunyu.api.program;

import io.yunyu.api.state.State;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A developer's program and what became of it.
 *
 * @param jar digest of its jar, {@code sha256:…}
 * @param grantText the grant as compiled when the program was submitted; its tables are made under it
 * @param findingsText what the plan policy said against the plan that ended it, as JSON
 */
public record Program(
        String id,
        State state,
        String agreement,
        String developer,
        String provider,
        String person,
        String jar,
        String mainClass,
        List<String> arguments,
        String grantText,
        int attempt,
        Optional<Problem> problem,
        Optional<String> findingsText,
        Instant createdAt) {
    public Program {
        arguments = List.copyOf(arguments);
    }

    /** What the plan policy said against the plan that ended it; empty if nothing did. */
    public List<DisclosureFinding> findings() {
        return findingsText
                .map(text -> JsonObject.of(Json.object("findings", Json.parse(text))).objects("findings").stream()
                        .map(DisclosureFinding::parse)
                        .toList())
                .orElse(List.of());
    }

    AccessGrant grant() {
        return AccessGrant.parse(grantText);
    }
}
