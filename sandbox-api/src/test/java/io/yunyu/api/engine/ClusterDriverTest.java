package io.yunyu.api.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import io.yunyu.api.Settings;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.cluster.ClusterSettings;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.PlansJob;
import io.yunyu.contract.job.ProgramJob;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.launcher.Bind;
import io.yunyu.launcher.EngineSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterDriverTest {
    private static final ClusterSettings SETTINGS = new ClusterSettings(Path.of("/cluster/secrets"), 2, 1, 512);
    private static final ClusterDriver DRIVER = new ClusterDriver(
            "health",
            Path.of("/cluster/settings.json"),
            SETTINGS,
            "10.0.0.1",
            "10.0.0.4",
            Path.of("/run/netns/driver"));

    @TempDir
    private Path directory;

    private Path settings;

    @BeforeEach
    void settings() throws Exception {
        Path secrets = Files.createDirectory(directory.resolve("secrets"));
        settings = Files.write(
                directory.resolve("settings.json"), Json.bytes(new ClusterSettings(secrets, 2, 1, 512).toJson()));
    }

    private static void refused(Settings.Cluster cluster, String why) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> ClusterDriver.of(cluster))
                .withMessageContaining(why);
    }

    @Test
    void of_anyOfThemMissing_isNamed() {
        Path network = Path.of("/run/netns/driver");
        refused(new Settings.Cluster(null, settings, "10.0.0.1", "10.0.0.4", network), "cluster.provider is missing");
        refused(new Settings.Cluster("health", null, "10.0.0.1", "10.0.0.4", network), "cluster.settings is missing");
        refused(new Settings.Cluster("health", settings, null, "10.0.0.4", network), "cluster.master is missing");
        refused(new Settings.Cluster("health", settings, "10.0.0.1", null, network), "cluster.host is missing");
        refused(new Settings.Cluster("health", settings, "10.0.0.1", "10.0.0.4", null), "cluster.network is missing");
    }

    @Test
    void of_whatASandboxCannotUse_isRefused() throws Exception {
        Path network = Path.of("/run/netns/driver");
        refused(
                new Settings.Cluster("health", settings, "master.example", "10.0.0.4", network),
                "cluster.master must be an IPv4 address");
        refused(
                new Settings.Cluster("health", settings, "10.0.0.1", "fd00::4", network),
                "cluster.host must be an IPv4 address");
        Files.delete(directory.resolve("secrets"));
        refused(new Settings.Cluster("health", settings, "10.0.0.1", "10.0.0.4", network), "secrets are not at");
    }

    @Test
    void of_theHostsOwnNetworkOrNone_isRefused() {
        assumeTrue(new UnixSystem().getUid() == 0, "Skipped: without root every network is refused.");
        refused(
                new Settings.Cluster("health", settings, "10.0.0.1", "10.0.0.4", Path.of("/proc/self/ns/net")),
                "is the host's own");
        refused(
                new Settings.Cluster("health", settings, "10.0.0.1", "10.0.0.4", directory.resolve("none")),
                "is not there");
    }

    /** Of the provider and of another one, under agreements that say the same. */
    @Test
    void takes_whatReadsRecords_ofItsProviderOnly() {
        assertThat(readers(agreement("health", Optional.empty()))).allMatch(DRIVER::takes);
        assertThat(readers(agreement("transport", Optional.empty()))).noneMatch(DRIVER::takes);
    }

    private static List<EngineJob> readers(String agreement) {
        Map<String, String> tables = Map.of("people", "/data/people");
        return List.of(
                new EngineJob.SqlJob("job-1", "SELECT 1", agreement, List.of(), "{}", tables, "hpke:x", 1),
                new EngineJob.PublicationJob("job-1", 1, agreement, List.of(), "{}", tables, "hpke:x", 1),
                new EngineJob.AnonymizeJob("job-1", "{}", agreement, List.of(), "{}", tables, "hpke:x", 1),
                new EngineJob.ReplayJob("job-1", "SELECT 1", agreement, List.of(), "{}", "{}", tables));
    }

    /** Of the same provider, under the same agreement. */
    @Test
    void takes_batchesChecksAndPrograms_stayOnTheServersHost() {
        Signature signature = new Signature("key", "value");
        assertThat(List.of(
                        new EngineJob.CheckJob("job-1", "SELECT 1", "{}"),
                        new EngineJob.IngestJob("job-1", "{}", signature, "/s", "/t", Optional.empty()),
                        new PlansJob("job-1", "{}"),
                        new ProgramJob("job-1", "Main", List.of(), List.of())))
                .noneMatch(DRIVER::takes);
    }

    /** Its agreement has ended, or its answers are noisy: a replay judges the query's form alone. */
    @Test
    void takes_replaysThatReadNothing_stayOnTheServersHost() {
        PrivacyClause clause = new PrivacyClause(500_000, 50_000, 1_000_000, 3, 1, Map.of(), Map.of());
        Map<String, String> tables = Map.of("people", "/data/people");
        String noisy = agreement("health", Optional.of(clause));
        assertThat(List.of(
                        new EngineJob.ReplayJob(
                                "job-1",
                                "SELECT 1",
                                agreement("health", Optional.empty()),
                                List.of(),
                                "{}",
                                "{}",
                                Map.of()),
                        new EngineJob.ReplayJob("job-1", "SELECT 1", noisy, List.of(), "{}", "{}", tables)))
                .noneMatch(DRIVER::takes);
        // Noisy queries themselves read records.
        assertThat(DRIVER.takes(new EngineJob.SqlJob("job-1", "SELECT 1", noisy, List.of(), "{}", tables, "hpke:x", 1)))
                .isTrue();
    }

    @Test
    void driving_anEngine_addsNetworkSettingsAndSecretsAndTakesNothingAway() {
        EngineSpec engine = EngineSpec.of(List.of(directory), "Main")
                .withJvmFlags(List.of("-Dflag"))
                .withBinds(List.of(Bind.readOnly(directory, "/data/people")));
        EngineSpec driver = DRIVER.driving(engine);
        assertThat(driver.network()).contains(Path.of("/run/netns/driver"));
        assertThat(driver.jvmFlags())
                .containsExactly(
                        "-Dflag",
                        "-Dyunyu.engine.cluster=/cluster/settings.json",
                        "-Dyunyu.engine.master=10.0.0.1",
                        "-Dyunyu.engine.host=10.0.0.4");
        assertThat(driver.binds())
                .containsExactly(
                        Bind.readOnly(directory, "/data/people"),
                        Bind.readOnly(Path.of("/cluster/settings.json"), "/cluster/settings.json"),
                        Bind.readOnly(Path.of("/cluster/secrets"), "/cluster/secrets"));
        assertThat(driver.limits()).isEqualTo(engine.limits());
        assertThat(driver.mainClass()).isEqualTo(engine.mainClass());
    }

    private static String agreement(String provider, Optional<PrivacyClause> clause) {
        String key = "ed25519:" + "A".repeat(43) + "=";
        return new Agreement(
                        "agreement-1",
                        provider,
                        "developer",
                        key,
                        key,
                        "测试",
                        Instant.parse("2026-11-01T00:00:00Z"),
                        Instant.parse("2026-12-01T00:00:00Z"),
                        10,
                        List.of(new Permission("people", Map.of("town", Set.of(ColumnUse.GROUP_BY)))),
                        clause)
                .toText();
    }
}
