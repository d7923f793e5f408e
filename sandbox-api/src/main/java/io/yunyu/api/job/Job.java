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
 * What a developer asked for and what became of it.
 *
 * @param kind {@code sql}, {@code publication}, or {@code anonymize}
 * @param sql the query, also of a planned publication, or the request for a data element
 * @param developer organization that asked
 * @param provider organization that decides
 * @param grantText the grant as compiled when the job was submitted; dataset versions are fixed by it
 * @param progress names of the engine's steps so far
 * @param tenthsRead how much of the work of reading the tables is done; it tells of no record
 */
public record Job(
        String id,
        State state,
        String agreement,
        String kind,
        String sql,
        String developer,
        String provider,
        String person,
        String grantText,
        Priority priority,
        int attempt,
        List<String> progress,
        int tenthsRead,
        Optional<Problem> problem,
        Optional<String> reportText,
        Optional<String> releaseId,
        Instant createdAt) {
    /** Kind of a job that runs a query. */
    public static final String QUERY = "sql";

    /** Kind of a job that runs a planned publication of its agreement. */
    public static final String PUBLICATION = "publication";

    /** Kind of a job that makes a data element. */
    public static final String ELEMENT = "anonymize";

    public Job {
        progress = List.copyOf(progress);
    }

    /** Whether it makes a data element. */
    public boolean makesElement() {
        return kind.equals(ELEMENT);
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
