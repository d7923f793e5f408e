package io.yunyu.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Every attempt of {@link HostAttack} against the command that the launcher runs: refused with all layers; refused with
 * each of its layers as the only one left of those that stop it; and, as control, successful without them. All of it
 * happens in namespaces made here, see {@link StandInHost}.
 */
@EnabledIf(
        value = "io.yunyu.launcher.SandboxUser#isRoot",
        disabledReason = "only root can make a host to attack that has slot uids")
class AttackSuiteTest {
    private static final String OUTER = "bwrap --dev-bind / / --unshare-net --cap-add ALL --die-with-parent --"
            + " unshare --mount --propagation private --pid --fork --kill-child --mount-proc --ipc --uts --";
    private static final Set<String> STARTS_PROCESSES = Set.of("exec", "exec-java", "exec-own", "call:clone as fork");
    /** Outcome by configuration and attempt, divided by a tab. */
    private static final Map<String, String> OUTCOMES = new HashMap<>();

    @BeforeAll
    static void attack() throws Exception {
        Sandboxed.requireHost();
        assumeTrue(
                ModuleFinder.ofSystem().find("jdk.incubator.foreign").isPresent(),
                "needs the foreign-function module that Java 17 incubates");
        Process process = new ProcessBuilder(standIn())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("stand-in host: %s", output).isZero();
        output.lines()
                .map(line -> line.split("\t"))
                .filter(words -> words.length == 3)
                .forEach(words -> OUTCOMES.put(words[0] + "\t" + words[1], words[2]));
    }

    private static List<String> standIn() throws Exception {
        String classPath = String.join(
                File.pathSeparator,
                origin(HostileMain.class),
                origin(EngineLauncher.class),
                origin(io.yunyu.contract.json.Json.class));
        List<String> command = new ArrayList<>(List.of(OUTER.split(" ")));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "--add-modules=jdk.incubator.foreign",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                StandInHost.class.getName(),
                StandInHost.namespaces("user", "pid", "net", "mnt", "ipc", "uts"),
                classPath));
        return command;
    }

    private static String origin(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    @TestFactory
    Stream<DynamicTest> attempt_withAllLayers_isRefused() {
        return HostAttack.all().stream()
                .map(attack -> DynamicTest.dynamicTest(attack.name(), () -> assertThat(outcome(attack, Set.of()))
                        .isEqualTo("refused")));
    }

    @TestFactory
    Stream<DynamicTest> attempt_withOneOfItsLayersLeft_isRefused() {
        return HostAttack.all().stream()
                .filter(attack -> attack.stoppedBy().size() > 1)
                .flatMap(attack -> attack.stoppedBy().stream()
                        .map(kept -> DynamicTest.dynamicTest(attack.name() + " " + kept, () -> {
                            Set<Layer> leftOut = EnumSet.copyOf(attack.stoppedBy());
                            leftOut.remove(kept);
                            assumeTrue(
                                    kept != Layer.LOCKED_MEMORY_LIMIT
                                            || outcome(attack, leftOut).equals("refused"),
                                    "this kernel does not count a ring as locked memory");
                            assertThat(outcome(attack, leftOut)).isEqualTo("refused");
                        })));
    }

    @TestFactory
    Stream<DynamicTest> control_withoutItsLayers_works() {
        return HostAttack.all().stream()
                .map(attack -> DynamicTest.dynamicTest(attack.name(), () -> {
                    String outcome = outcome(attack, attack.stoppedBy());
                    assumeTrue(
                            outcome.equals("worked") || !attack.name().startsWith("call:"),
                            "this kernel does not have the call at all");
                    assertThat(outcome).isEqualTo("worked");
                }));
    }

    /** A driver's sandbox differs from every engine's by its network only, a worker's by processes that it may start too. */
    @TestFactory
    Stream<DynamicTest> attempt_byAMemberOfACluster_isRefused() {
        return HostAttack.all().stream()
                .map(attack -> DynamicTest.dynamicTest(attack.name(), () -> {
                    assertThat(outcome(StandInHost.DRIVER, attack)).isEqualTo("refused");
                    assertThat(outcome(StandInHost.WORKER, attack))
                            .isEqualTo(STARTS_PROCESSES.contains(attack.name()) ? "worked" : "refused");
                }));
    }

    @TestFactory
    Stream<DynamicTest> control_driverInTheHostsNetwork_works() {
        return HostAttack.all().stream()
                .filter(attack -> attack.stoppedBy().contains(Layer.NETWORK_NAMESPACE))
                .map(attack -> DynamicTest.dynamicTest(
                        attack.name(), () -> assertThat(outcome(StandInHost.DRIVER_ON_THE_HOST, attack))
                                .isEqualTo("worked")));
    }

    /** So that a program in which no call works cannot pass for a filter. */
    @Test
    void control_withoutTheFilter_mostCallsWork() {
        assertThat(HostAttack.all())
                .filteredOn(attack -> attack.name().startsWith("call:"))
                .filteredOn(attack -> outcome(attack, attack.stoppedBy()).equals("worked"))
                .hasSizeGreaterThan(HostileCalls.names().size() * 2 / 3);
    }

    /** A process that the limits ended has said nothing. */
    private static String outcome(HostAttack attack, Set<Layer> leftOut) {
        return outcome(StandInHost.title(leftOut), attack);
    }

    private static String outcome(String title, HostAttack attack) {
        return OUTCOMES.getOrDefault(title + "\t" + attack.name(), "refused");
    }

    @Test
    void hostile_inTheHostsNamespaces_triesNothing() throws IOException {
        // Not a sandbox: the check itself, asked for the namespaces this very process is in.
        assertThat(HostileMain.isIsolatedFrom(StandInHost.namespaces("net"))).isFalse();
    }

    /** What the list has for the operating system's layers, and at least twenty besides. */
    @Test
    void list_numbersForTheSandbox_areAllTried() {
        assertThat(HostAttack.all()).extracting(HostAttack::number).contains(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(HostAttack.all()).filteredOn(attack -> attack.number() == 0).hasSizeGreaterThanOrEqualTo(20);
    }

    /** The report of docs/attacks.md is this suite's list; {@code -Dyunyu.attacks.write=true} writes it anew. */
    @Test
    void report_isWhatTheSuiteRan() throws IOException {
        Path file = Path.of(System.getProperty("yunyu.root", "../.."), "docs", "attacks.md");
        String table = AttackReport.of(HostAttack.all());
        if (Boolean.getBoolean("yunyu.attacks.write")) {
            AttackReport.write(file, table);
        }
        assertThat(Files.readString(file)).contains(table);
    }
}
