package io.yunyu.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.job.EngineJob;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What tests in the real sandbox share. Where the host cannot sandbox, they are skipped and say why. */
final class Sandboxed {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private Sandboxed() {}

    /** Skips where the host lacks a tool or forbids namespaces; fails where the chain we build is at fault. */
    static void requireHost() {
        HostCapabilities host = HostCapabilities.probe(LauncherMode.EMBEDDED);
        assertThat(host.missing())
                .extracting(MissingLayer::layer)
                .doesNotContain(MissingLayer.Layer.SECCOMP, MissingLayer.Layer.WHOLE_CHAIN);
        assumeTrue(host.missing().isEmpty(), host.describe());
    }

    static EngineLauncher launcher() {
        requireHost();
        return EngineLauncher.open(LauncherMode.EMBEDDED);
    }

    static EngineSpec spec(String behaviour) {
        return EngineSpec.of(
                        List.of(origin(FakeEngine.class), origin(Frame.class), origin(EngineLauncher.class)),
                        FakeEngine.class.getName())
                .withArguments(List.of(behaviour))
                .withLimits(EngineLimits.forHeap(64).withTmpfsMiB(16).withThreads(64));
    }

    static EngineJob sqlJob(Map<String, String> facts) {
        return new EngineJob.SqlJob(
                "job-1", Facts.ofHost(facts), "{}", List.of(), "{}", Map.of(), "hpke:review", 1 << 20);
    }

    /** Runs one job in an engine of this behaviour and returns its outcome. */
    static EngineOutcome run(EngineLauncher launcher, EngineSpec spec, Map<String, String> facts) {
        try (EngineProcess engine = launcher.start(spec)) {
            return engine.run(sqlJob(facts), VaultPort.none(), EngineListener.none(), PATIENCE);
        }
    }

    static String output(EngineOutcome outcome) {
        return new String(outcome.sealedOutput(), StandardCharsets.UTF_8);
    }

    private static Path origin(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
