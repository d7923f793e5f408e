package io.yunyu.api.release;

import io.yunyu.api.job.Job;
import io.yunyu.api.proof.Act;
import io.yunyu.api.proof.Journal;
import io.yunyu.api.proof.Recorder;
import io.yunyu.api.state.ActKind;
import io.yunyu.api.state.Machine;
import io.yunyu.api.state.Moves;
import io.yunyu.api.state.State;
import io.yunyu.ledger.release.ReleaseEvent;
import io.yunyu.ledger.release.ReleaseManifest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The releases: exactly one for each job, first issued (manifest and event), then complete (bundle). */
@Repository
public class Releases {
    private final JdbcClient jdbc;
    private final Recorder recorder;
    private final Journal journal;
    private final Moves moves;

    Releases(JdbcClient jdbc, Recorder recorder, Journal journal, Moves moves) {
        this.jdbc = jdbc;
        this.recorder = recorder;
        this.journal = journal;
        this.moves = moves;
    }

    /** Issues the release: manifest and event in one transaction. A second call for the job fails on the unique job. */
    ReleaseRecord issue(ReleaseManifest manifest, List<Long> earlierEvents) {
        return recorder.together(() -> {
            jdbc.sql("insert into release values (:id, :job, :manifest, :digest, -1, null, :now)")
                    .param("id", manifest.releaseId())
                    .param("job", manifest.jobId())
                    .param("manifest", manifest.toText())
                    .param("digest", manifest.digest())
                    .param("now", manifest.issuedAt().atOffset(ZoneOffset.UTC))
                    .update();
            long leaf = journal.append(new Act(
                    ActKind.RELEASE_ISSUED,
                    List.of(manifest.releaseId(), manifest.jobId()),
                    Act.PLATFORM,
                    Act.PLATFORM,
                    ReleaseEvent.of(manifest, earlierEvents, Act.PLATFORM, Act.PLATFORM, manifest.issuedAt())
                            .details()));
            jdbc.sql("update release set leaf = :leaf where id = :id")
                    .param("leaf", leaf)
                    .param("id", manifest.releaseId())
                    .update();
            return find(manifest.releaseId()).orElseThrow();
        });
    }

    /** Makes the bundle available and the job released, together, and does what goes with it. */
    void complete(Job job, ReleaseRecord release, byte[] bundle, Runnable alongside) {
        moves.move(
                Machine.JOB,
                job.id(),
                State.APPROVED,
                State.RELEASED,
                kind -> Act.ofPlatform(kind, job.id(), Map.of()).concerning(release.id()),
                () -> {
                    jdbc.sql("update release set bundle = :bundle where id = :id and bundle is null")
                            .param("bundle", bundle)
                            .param("id", release.id())
                            .update();
                    alongside.run();
                });
    }

    Optional<ReleaseRecord> find(String id) {
        return jdbc.sql("select * from release where id = :id")
                .param("id", id)
                .query(Releases::release)
                .optional();
    }

    Optional<ReleaseRecord> ofJob(String job) {
        return jdbc.sql("select * from release where job = :job")
                .param("job", job)
                .query(Releases::release)
                .optional();
    }

    /** Complete releases that the organization asked for or approved, newest first; without their bundles. */
    List<ReleaseRecord> of(String organization) {
        return jdbc.sql("select r.id, r.job, r.manifest, r.leaf, null::bytea as bundle from release r"
                        + " join job j on j.id = r.job where r.bundle is not null"
                        + " and (j.developer = :organization or j.provider = :organization)"
                        + " order by r.created_at desc limit 200")
                .param("organization", organization)
                .query(Releases::release)
                .list();
    }

    private static ReleaseRecord release(ResultSet row, int number) throws SQLException {
        return new ReleaseRecord(
                row.getString("id"),
                row.getString("job"),
                row.getString("manifest"),
                row.getLong("leaf"),
                Optional.ofNullable(row.getBytes("bundle")));
    }
}
