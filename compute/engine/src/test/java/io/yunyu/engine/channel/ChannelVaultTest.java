package io.yunyu.engine.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.job.EngineJob.SqlJob;
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
}
