package io.yunyu.api.review;

import io.yunyu.api.engine.Vault;
import io.yunyu.api.job.Job;
import io.yunyu.api.proof.Act;
import io.yunyu.api.proof.Recorder;
import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.util.Map;
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
     * The candidate's files. The opening is on record before anybody sees them.
     *
     * @throws ProblemException INTERNAL if what was opened is not what the engine announced
     */
    public Map<String, byte[]> open(Job job, Candidate candidate, Act opening) {
        byte[] container = vault.openCandidate(job.provider(), job.id(), opening.actor(), candidate.sealed());
        if (!ContentDigest.of(container).equals(candidate.digest())) {
            throw new ProblemException(
                    ProblemCode.INTERNAL,
                    "The candidate in quarantine is not the one that the engine announced. It was changed; do not release it.");
        }
        Map<String, byte[]> files = CanonicalContainer.read(container);
        byte[] report = files.getOrDefault("report.json", new byte[0]);
        if (!ContentDigest.of(report).equals(candidate.reportDigest())) {
            throw new ProblemException(
                    ProblemCode.INTERNAL,
                    "The candidate holds another disclosure report than the engine announced; do not release it.");
        }
        recorder.write(opening, () -> {});
        return files;
    }
}
