package io.yunyu.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.channel.FrameReader;
import io.yunyu.contract.channel.FrameWriter;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.job.EngineJob.SqlJob;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChannelVaultTest {
    @Test
    void queryNoise_tellsBothCostsByTheirNames() {
        SqlJob job = new SqlJob("job-1", "SELECT 1", "{}", List.of(), "{}", Map.of(), "hpke:none", 1);
        assertThat(new FakeChannel(new FakeVault()).vaultOf(job).queryNoise("persons", "q1", 30, 5))
                .isEqualTo(ContentDigest.sha256("persons q1 rho 30 delta 5".getBytes(StandardCharsets.UTF_8)));
    }

    /** Its developer is told that the budget is used up, not that a key was refused. */
    @Test
    void queryNoise_budgetIsUsedUp_isSaidSo() {
        SqlJob job = new SqlJob("job-1", "SELECT 1", "{}", List.of(), "{}", Map.of(), "hpke:none", 1);
        assertThatThrownBy(() -> refused(job, "BUDGET_EXHAUSTED").queryNoise("persons", "q1", 30, 5))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem())
                        .isEqualTo(new Problem(ProblemCode.BUDGET_EXHAUSTED, "Why.")));
        assertThatThrownBy(() -> refused(job, "KEY_REFUSED").queryNoise("persons", "q1", 30, 5))
                .isInstanceOf(KeyAccessDenied.class);
    }

    private static ChannelVault refused(SqlJob job, String code) throws IOException {
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        new FrameWriter(answers)
                .write(Frame.json(Frame.ANSWER, Json.object("id", 1L, "refused", code, "detail", "Why.")));
        return ChannelVault.of(
                job,
                new FrameReader(new ByteArrayInputStream(answers.toByteArray())),
                new FrameWriter(OutputStream.nullOutputStream()),
                SealKeys.generate(),
                new FakeChannel(new FakeVault()).sink());
    }
}
