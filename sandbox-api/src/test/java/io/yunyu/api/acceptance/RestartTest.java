package io.yunyu.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.api.platform.Platform;
import io.yunyu.contract.json.Json;
import io.yunyu.ledger.release.ReleaseVerifier;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a control plane finds after it was killed, in every state that a job or an ingest can be in. */
class RestartTest {
    @TempDir
    static Path home;

    static Platform platform;
    static String agreement;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.start(home);
        agreement = platform.agreed("visits");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void restart_inEveryState_losesNothing_andReleasesOnce() throws Exception {
        String running = platform.inReview(agreement);
        String worn = platform.inReview(agreement);
        String waiting = platform.inReview(agreement);
        String approved = platform.inReview(agreement);
        String issued = issuedWithoutCheckpoint();
        String released = platform.inReview(agreement);
        approve(released);
        platform.awaitJob(released, "RELEASED");
        String bundle = platform.query("select md5(bundle) from release where job = '" + released + "'");
        String loading = platform.get("steward", "/api/v1/ingests")
                .json()
                .objects("ingests")
                .get(0)
                .string("id");
        String withPassword = "ingest-password";

        platform.close();
        platform.vault.refusals.set(0);
        // As a kill leaves them: an engine's result not yet on file, a decision whose release has not begun.
        for (String job : new String[] {running, worn}) {
            platform.sql("delete from candidate where job = '" + job + "'");
        }
        platform.sql("update job set state = 'RUNNING', report = null, attempt = 1 where id = '" + running + "'");
        platform.sql("update job set state = 'RUNNING', report = null, attempt = 3 where id = '" + worn + "'");
        platform.sql("update ingest set state = 'RUNNING', report = null where id = '" + loading + "'");
        platform.sql("insert into ingest select '" + withPassword
                + "', 'RUNNING', 'other_data', provider, person, order_text,"
                + " signature_key, signature_value, true, 1, '{}', null, null, null, now(), now() from ingest where id = '"
                + loading + "'");
        platform.restart();
        approve(approved);

        platform.awaitJob(running, "IN_REVIEW");
        platform.awaitJob(issued, "RELEASED");
        platform.awaitJob(approved, "RELEASED");
        assertThat(state(worn)).isEqualTo("FAILED");
        assertThat(state(waiting)).isEqualTo("IN_REVIEW");
        assertThat(state(released)).isEqualTo("RELEASED");
        Platform.await(
                "ingest to be done", () -> ingest(loading).string("state").equals("DONE"));
        assertThat(ingest(withPassword).string("state")).isEqualTo("FAILED");
        assertThat(ingest(withPassword).object("problem").string("detail")).contains("keeps no password");
        assertThat(platform.query("select md5(bundle) from release where job = '" + released + "'"))
                .isEqualTo(bundle);
        assertThat(platform.query("select count(*) from dataset_version")).isEqualTo("1");
        for (String job : new String[] {issued, approved, released}) {
            assertThat(platform.query("select count(*) from release where job = '" + job + "'"))
                    .isEqualTo("1");
            assertThat(platform.query("select count(*) from act_subject s join ledger_opening o on o.idx = s.leaf"
                            + " where s.subject = '" + job + "' and o.event like '%RELEASE_ISSUED%'"))
                    .isEqualTo("1");
            String release =
                    platform.get("developer", "/api/v1/jobs/" + job).json().string("releaseId");
            byte[] bytes = platform.get("developer", "/api/v1/releases/" + release + "/bundle")
                    .response()
                    .body();
            var report = ReleaseVerifier.verify(bytes, platform.vault.trust(), Optional.empty());
            assertThat(report.verified()).as(report.toString()).isTrue();
        }
    }

    /** Killed between the release's event and its checkpoint. */
    private static String issuedWithoutCheckpoint() throws Exception {
        String job = platform.inReview(agreement);
        platform.vault.refusals.set(Integer.MAX_VALUE);
        approve(job);
        Platform.await("release to be issued", () -> {
            try {
                return platform.query("select count(*) from release where job = '" + job + "' and bundle is null")
                        .equals("1");
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(state(job)).isEqualTo("APPROVED");
        platform.close();
        platform.vault.refusals.set(0);
        platform.restart();
        return job;
    }

    private static void approve(String job) {
        Platform.require(
                200,
                platform.post("reviewer", "/api/v1/reviews/" + job + "/decision", Json.object("decision", "approve")));
    }

    private static String state(String job) {
        return platform.get("developer", "/api/v1/jobs/" + job).json().string("state");
    }

    private static io.yunyu.contract.json.JsonObject ingest(String id) {
        return platform.get("steward", "/api/v1/ingests/" + id).json();
    }
}
