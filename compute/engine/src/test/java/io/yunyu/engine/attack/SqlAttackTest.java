package io.yunyu.engine.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.engine.policy.PolicyGrants;
import io.yunyu.engine.policy.QueryPolicy;
import io.yunyu.engine.policy.Verdict;
import io.yunyu.engine.session.SharedSession;
import io.yunyu.launcher.Bind;
import io.yunyu.launcher.EngineLauncher;
import io.yunyu.launcher.EngineLimits;
import io.yunyu.launcher.EngineListener;
import io.yunyu.launcher.EngineProcess;
import io.yunyu.launcher.EngineSpec;
import io.yunyu.launcher.ForkingEngines;
import io.yunyu.launcher.HostCapabilities;
import io.yunyu.launcher.LauncherMode;
import io.yunyu.launcher.VaultPort;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Hostile statements: the plan policy refuses each by the rule named here; and as control, in the long form, each is run
 * without the policy, in the real sandbox, where it works unless another layer stops it too.
 */
class SqlAttackTest {
    private static final String BEGIN = "<!-- statements: written by SqlAttackTest -->\n";
    private static final String END = "<!-- end of statements -->\n";

    @Test
    void check_everyAttack_isRefusedByItsRule() {
        SparkSession spark = SharedSession.spark().newSession();
        SoftAssertions verdicts = new SoftAssertions();
        for (SqlAttack attack : SqlAttack.all()) {
            Verdict verdict = QueryPolicy.check(spark, attack.sql(), PolicyGrants.grant());
            List<DisclosureFinding> findings =
                    verdict instanceof Verdict.Refused refused ? refused.findings() : List.of();
            verdicts.assertThat(findings)
                    .as(attack.sql())
                    .extracting(DisclosureFinding::rule)
                    .contains(attack.rule());
        }
        verdicts.assertAll();
    }

    /** Shows that the attempts are none in vain; takes a sandbox and each statement twice, so with -Pheavy only. */
    @Test
    @EnabledIfSystemProperty(named = "yunyu.attacks.heavy", matches = "true", disabledReason = "long; on with -Pheavy")
    void control_withoutThePolicy_worksUnlessAnotherLayerStopsIt() throws IOException {
        requireSandbox();
        List<String> outcomes = runInSandbox().lines().toList();
        StringBuilder table = new StringBuilder(BEGIN)
                .append(
                        "| no. | attempt | refused by rule | without the policy | and with Spark's settings | with the sealed session alone |\n"
                                + "|---|---|---|---|---|---|\n");
        assertThat(outcomes).hasSameSizeAs(SqlAttack.all());
        SoftAssertions controls = new SoftAssertions();
        for (int i = 0; i < outcomes.size(); i++) {
            SqlAttack attack = SqlAttack.all().get(i);
            String[] words = outcomes.get(i).split(" ");
            controls.assertThat(words[0])
                    .as("without the policy: %s", attack.sql())
                    .isEqualTo(attack.raw() == SqlAttack.Raw.WORKED ? "worked" : "stopped");
            table.append("| " + (attack.number() == 0 ? "+" : attack.number()) + " | " + attack.what() + " | `"
                    + attack.rule() + "` | " + attack.raw().title() + " | " + title(words[1]) + " | " + title(words[2])
                    + " |\n");
        }
        controls.assertAll();
        report(table.append(END).toString());
    }

    private static String title(String outcome) {
        return switch (outcome) {
            case "-", "worked" -> outcome;
            default -> "stopped";
        };
    }

    @Test
    void list_numbersForThePolicy_areAllTried() {
        assertThat(SqlAttack.all())
                .extracting(SqlAttack::number)
                .contains(16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 30, 31);
        assertThat(SqlAttack.all()).filteredOn(attack -> attack.number() == 0).hasSizeGreaterThanOrEqualTo(15);
    }

    /** So that the shell is seen to be kept away by the sandbox, where the policy does not. */
    @Test
    void control_shellByTransform_whereItIsBoundAndMayStart_works() throws IOException {
        requireSandbox();
        EngineSpec spec = spec(List.of("18")).withBinds(List.of(Bind.readOnly(Path.of("/usr/bin/bash"), "/bin/bash")));
        try (EngineLauncher launcher = EngineLauncher.open(LauncherMode.EMBEDDED);
                EngineProcess engine = launcher.start(spec)) {
            assertThat(outcomes(engine)).as("bound, but not to be started").startsWith("stopped");
        }
        try (ForkingEngines launcher = new ForkingEngines();
                EngineProcess engine = launcher.start(spec)) {
            assertThat(outcomes(engine)).startsWith("worked");
        }
    }

    private static void requireSandbox() {
        HostCapabilities host = HostCapabilities.probe(LauncherMode.EMBEDDED);
        assumeTrue(host.missing().isEmpty(), host.describe());
    }

    private static String runInSandbox() throws IOException {
        try (EngineLauncher launcher = EngineLauncher.open(LauncherMode.EMBEDDED);
                EngineProcess engine = launcher.start(spec(List.of()))) {
            return outcomes(engine);
        }
    }

    private static EngineSpec spec(List<String> arguments) {
        List<Path> classPath = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists)
                .toList();
        return EngineSpec.of(classPath, SqlAttackMain.class.getName())
                .withArguments(arguments)
                .withJvmFlags(EngineSpec.sparkFlags())
                .withLimits(EngineLimits.forHeap(768))
                .withHelloTimeout(Duration.ofMinutes(3));
    }

    private static String outcomes(EngineProcess engine) throws IOException {
        String hostNetwork =
                Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
        EngineJob job =
                new EngineJob.SqlJob("job-1", hostNetwork, "{}", List.of(), "{}", Map.of(), "hpke:review", 1 << 20);
        return new String(
                engine.run(job, VaultPort.none(), EngineListener.none(), Duration.ofMinutes(5))
                        .sealedOutput(),
                StandardCharsets.US_ASCII);
    }

    /** {@code -Dyunyu.attacks.write=true} writes the table of docs/attacks.md anew. */
    private static void report(String table) throws IOException {
        Path file = Path.of("..", "..", "docs", "attacks.md");
        String text = Files.readString(file);
        if (Boolean.getBoolean("yunyu.attacks.write")) {
            int from = text.indexOf(BEGIN);
            int to = text.indexOf(END) + END.length();
            text = text.substring(0, from) + table + text.substring(to);
            Files.writeString(file, text);
        }
        assertThat(text).contains(table);
    }
}
