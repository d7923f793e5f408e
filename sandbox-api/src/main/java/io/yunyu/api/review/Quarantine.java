package io.yunyu.api.review;

import io.yunyu.api.engine.Vault;
import io.yunyu.api.job.Job;
import io.yunyu.api.proof.Act;
import io.yunyu.api.proof.Recorder;
import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.container.ContainerException;
import io.yunyu.contract.disclosure.ReviewFacts;
import io.yunyu.contract.disclosure.ReviewPackage;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.ledger.release.ReleaseBundle;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sealed candidates. They are opened in memory only, by the vault, and each opening is an event. */
@Component
public class Quarantine {
    private final JdbcClient jdbc;
    private final Recorder recorder;
    private final Vault vault;

    Quarantine(JdbcClient jdbc, Recorder recorder, Vault vault) {
        this.jdbc = jdbc;
        this.recorder = recorder;
        this.vault = vault;
    }

    public Candidate candidate(String job) {
        return jdbc.sql("select * from candidate where job = :job")
                .param("job", job)
                .query((row, number) -> new Candidate(
                        row.getString("job"),
                        row.getBytes("sealed"),
                        row.getString("digest"),
                        row.getString("report"),
                        row.getString("report_digest"),
                        row.getString("policy_version"),
                        row.getString("engine_version")))
                .optional()
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.NOT_FOUND, "This job has no candidate in quarantine."));
    }

    /**
     * What was sealed for the reviewer.
     *
     * @param files of the candidate: all that a release can hold
     * @param facts for the reviewer alone; absent of data elements, and of candidates sealed before there were facts
     */
    public record Opened(Map<String, byte[]> files, Optional<ReviewFacts> facts) {}

    /**
     * The candidate's files, and what is told of it. The opening is on record before anybody sees them.
     *
     * @throws ProblemException INTERNAL if what was opened is not what the engine announced, or no candidate by its files' names
     */
    public Opened open(Job job, Candidate candidate, Act opening) {
        ReviewPackage opened =
                read(job, vault.openCandidate(job.provider(), job.id(), opening.actor(), candidate.sealed()));
        byte[] container = opened.candidate();
        if (!ContentDigest.of(container).equals(candidate.digest())) {
            throw new ProblemException(
                    ProblemCode.INTERNAL,
                    "The candidate in quarantine is not the one that the engine announced. It was changed; do not release it.");
        }
        Map<String, byte[]> files = CanonicalContainer.read(container);
        if (!ReleaseBundle.isCandidate(files.keySet())) {
            throw new ProblemException(
                    ProblemCode.INTERNAL,
                    "The candidate holds other files than a table, its report and what it was computed from; do not release it.");
        }
        byte[] report = files.getOrDefault("report.json", new byte[0]);
        if (!ContentDigest.of(report).equals(candidate.reportDigest())) {
            throw new ProblemException(
                    ProblemCode.INTERNAL,
                    "The candidate holds another disclosure report than the engine announced; do not release it.");
        }
        recorder.write(opening, () -> {});
        return new Opened(files, opened.facts());
    }

    private static ReviewPackage read(Job job, byte[] opened) {
        try {
            ReviewPackage content = ReviewPackage.read(opened);
            if (content.facts().map(f -> f.job().equals(job.id())).orElse(true)) {
                return content;
            }
        } catch (JsonException | ContainerException e) {
            // Falls through: what is wrong with it is nobody's to mend who reads this.
        }
        throw unreadable();
    }

    static ProblemException unreadable() {
        return new ProblemException(
                ProblemCode.INTERNAL,
                "What was sealed beside the candidate cannot be read, or is of another job or table; do not release it.");
    }
}
