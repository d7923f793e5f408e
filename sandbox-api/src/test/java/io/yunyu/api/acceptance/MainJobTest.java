package io.yunyu.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.api.platform.Answer;
import io.yunyu.api.platform.Platform;
import io.yunyu.contract.job.Approval;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.ledger.release.ReleaseVerifier;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job through the REST doors, from a batch to a bundle that an outsider verifies. */
class MainJobTest {
    @TempDir
    Path home;

    @Test
    void mainJob_signedApproval_releasesVerifiableBundle() throws Exception {
        try (Platform platform = Platform.start(home)) {
            String job = platform.inReview(platform.agreed("visits"));
            JsonObject review =
                    platform.get("reviewer", "/api/v1/reviews/" + job).json();
            assertThat(review.object("table").list("rows", row -> row)).hasSize(2);
            String document = new Approval(
                            job,
                            review.string("candidateDigest"),
                            review.string("reportDigest"),
                            review.string("policyVersion"),
                            "APPROVE",
                            "",
                            review.string("reviewer"),
                            review.string("organization"),
                            Instant.now().truncatedTo(ChronoUnit.SECONDS))
                    .toText();

            Answer decided = platform.post(
                    "reviewer",
                    "/api/v1/reviews/" + job + "/decision",
                    Json.object(
                            "decision",
                            "approve",
                            "approval",
                            Json.object(
                                    "document",
                                    document,
                                    "signature",
                                    platform.key("reviewer")
                                            .sign(Approval.TYPE, document)
                                            .toJson())));

            assertThat(decided.verdict()).isEqualTo("200");
            platform.awaitJob(job, "RELEASED");
            String release =
                    platform.get("developer", "/api/v1/jobs/" + job).json().string("releaseId");
            Answer bundle = platform.get("developer", "/api/v1/releases/" + release + "/bundle");
            assertThat(bundle.header("Content-Type")).isEqualTo("application/vnd.yunyu.release+zip");
            var report = ReleaseVerifier.verify(bundle.response().body(), platform.vault.trust(), Optional.empty());
            assertThat(report.toString()).doesNotContain("ok=false");
            assertThat(report.verified()).isTrue();
        }
    }
}
