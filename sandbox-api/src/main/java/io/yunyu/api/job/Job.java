package io.yunyu.api.job;

import io.yunyu.api.state.State;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A developer's query and what became of it.
 *
 * @param developer organization that asked
 * @param provider organization that decides
 * @param grantText the grant as compiled when the job was submitted; dataset versions are fixed by it
 * @param progress names of the engine's steps so far
 */
public record Job(
        String id,
        State state,
        String agreement,
        String sql,
        String developer,
        String provider,
        String person,
        String grantText,
        Priority priority,
        int attempt,
        List<String> progress,
        Optional<Problem> problem,
        Optional<String> reportText,
        Optional<String> releaseId,
        Instant createdAt) {
    public Job {
        progress = List.copyOf(progress);
    }

    public AccessGrant grant() {
        return AccessGrant.parse(grantText);
    }

    public Optional<DisclosureReport> report() {
        return reportText.map(text -> DisclosureReport.parse(Json.parseObject(text)));
    }

    public Optional<String> stage() {
        return progress.isEmpty() ? Optional.empty() : Optional.of(progress.get(progress.size() - 1));
    }
}
