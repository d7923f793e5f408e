package io.yunyu.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.channel.FrameReader;
import io.yunyu.contract.channel.FrameWriter;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.EngineJob.IngestJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.engine.channel.FakeVault;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine as a process of its own where it can start no program (there is none), has no named user, no network, and a
 * disk that ends.
 */
class EngineProcessTest {
    private final FakeVault vault = new FakeVault();
    private Path directory = Path.of("");
    private String rehearse = "";

    @BeforeEach
    void bubblewrap(@TempDir Path temporary) throws IOException {
        directory = temporary;
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/bwrap")), "Skipped: bubblewrap is not installed here.");
        Files.createDirectories(directory.resolve("tables"));
        Files.writeString(directory.resolve("hosts"), "127.0.0.1 localhost\n");
    }

    /** It has rehearsed everything before, which must leave it like new. */
    @Test
    void requireFits_batchOnACluster_isRefused() {
        EngineMain.requireFits(job(), true);
        assertThatThrownBy(() -> EngineMain.requireFits(job(), false))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("engine of one host");
    }

    @Test
    void ingest_whereNoProgramCanStart_isDoneAndSaysNothingElse() throws Exception {
        rehearse = "ALL";
        Files.writeString(directory.resolve("in.csv"), "person,fee\nCANARY1,1\nCANARY2,2\nCANARY3,x\n");
        Path tables = directory.resolve("tables");
        Ended ended = run("--bind", tables.toString(), "/tables");
        assertThat(ended.result.problem()).isEmpty();
        assertThat(ended.result.ingest().orElseThrow().rowsLoaded()).isEqualTo(2);
        assertThat(ended.exitCode).isZero();
        assertThat(ended.events)
                .contains("REHEARSED", "TABLE_WRITTEN", "PROBLEMS_WRITTEN")
                .doesNotContain("CANARY");
        assertThat(ended.events.split("TABLE_WRITTEN"))
                .as("a rehearsal is not told")
                .hasSize(2);
        for (String line : ended.events.split("\n")) {
            EngineEvent.valueOf(Json.parseObject(line).string("event"));
        }
        try (Stream<Path> files = Files.walk(tables)) {
            assertThat(files.map(Path::toString)).noneMatch(f -> f.endsWith(".tmp") || f.endsWith(".crc"));
        }
    }

    /** By default the system tests' {@code FullDiskTest} fills the disk below a table. */
    @Test
    @EnabledIfSystemProperty(named = "yunyu.tests.long", matches = "true", disabledReason = "long; on with -Pheavy")
    void ingest_diskFull_saysSoAndLoadsNothing() throws Exception {
        StringBuilder text = new StringBuilder("person,fee\n");
        Random random = new Random(7);
        for (int i = 0; i < 150_000; i++) {
            text.append(Long.toHexString(random.nextLong()))
                    .append(',')
                    .append(i)
                    .append('\n');
        }
        Files.writeString(directory.resolve("in.csv"), text);
        Ended ended = run("--size", "1000000", "--tmpfs", "/tables");
        assertThat(ended.result.status()).isEqualTo(EngineResult.Status.FAILED);
        assertThat(ended.result.problem().orElseThrow().code()).isEqualTo(ProblemCode.DISK_FULL);
        assertThat(ended.exitCode).isZero();
    }

    private record Ended(EngineResult result, String events, int exitCode) {}

    private Ended run(String... tables) throws Exception {
        Path events = directory.resolve("events");
        Process process = new ProcessBuilder(command(tables))
                .redirectError(events.toFile())
                .start();
        try {
            FrameReader in = new FrameReader(process.getInputStream());
            FrameWriter out = new FrameWriter(process.getOutputStream());
            JsonObject hello = expect(in, Frame.HELLO, events).json();
            assertThat(hello.longValue("protocol")).isEqualTo(1);
            while (!rehearse.isEmpty()
                    && process.isAlive()
                    && !Files.readString(events).contains("REHEARSED")) {
                LockSupport.parkNanos(10_000_000);
            }
            out.write(Frame.json(Frame.JOB, job().toJson()));
            Frame frame = in.next().orElseThrow();
            while (frame.type() == Frame.QUESTION) {
                out.write(Frame.json(Frame.ANSWER, vault.answer(frame.json(), hello.string("sealTo"))));
                frame = in.next().orElseThrow();
            }
            assertThat(frame.type()).isEqualTo(Frame.END);
            assertThat(in.next()).isEmpty();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            EngineResult result = EngineResult.parse(frame.json());
            return new Ended(result, Files.readString(events, StandardCharsets.UTF_8), process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    private static Frame expect(FrameReader in, char type, Path events) throws IOException {
        Optional<Frame> frame = in.next();
        String said = Files.readString(events);
        assertThat(frame).as("stderr: %s", said).isPresent();
        String text = new String(frame.orElseThrow().payload(), StandardCharsets.UTF_8);
        assertThat(frame.orElseThrow().type()).as(text).isEqualTo(type);
        return frame.orElseThrow();
    }

    private List<String> command(String... tables) {
        String java = System.getProperty("java.home");
        List<String> command = new ArrayList<>(List.of("/usr/bin/bwrap", "--unshare-all", "--die-with-parent"));
        command.addAll(List.of("--uid", "10001", "--gid", "10001", "--clearenv"));
        for (String path : List.of("/lib", "/lib64", "/usr/lib", "/etc/java-17-openjdk", java)) {
            command.addAll(List.of("--ro-bind-try", path, path));
        }
        String classPath = System.getProperty("java.class.path");
        for (String entry : classPath.split(File.pathSeparator)) {
            command.addAll(List.of("--ro-bind-try", entry, entry));
        }
        command.addAll(List.of("--ro-bind", directory.resolve("hosts").toString(), "/etc/hosts"));
        command.addAll(List.of("--ro-bind", directory.resolve("in.csv").toString(), "/source/in.csv"));
        command.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/scratch"));
        command.addAll(Arrays.asList(tables));
        command.addAll(List.of("--remount-ro", "/", "--", java + "/bin/java", "-Xmx600m", "-XX:+UseSerialGC"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=/scratch", "-Dyunyu.engine.cores=2"));
        command.addAll(List.of("-XX:+DisplayVMOutputToStderr", "-Xlog:disable", "-Xlog:all=off"));
        command.add("-Dyunyu.engine.rehearse=" + rehearse);
        command.addAll(sparkFlags());
        command.addAll(List.of("-cp", classPath, "io.yunyu.engine.EngineMain"));
        return command;
    }

    /** As given to this test's own process by the build. */
    private static List<String> sparkFlags() {
        return java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(f -> f.startsWith("--add-opens") || f.startsWith("-Djdk.reflect"))
                .toList();
    }

    private IngestJob job() {
        IngestOrder order = new IngestOrder(
                "visits",
                "就诊",
                "Visits",
                "hospital",
                "ed25519:AA==",
                "persons",
                "person",
                "CONDITIONAL",
                "ORIGINAL",
                LocalDate.of(2026, 1, 1),
                false,
                true,
                new Source.Csv("in.csv", ","),
                List.of(column("person", "STRING"), column("fee", "LONG")));
        Signature signature = new Signature("ed25519:AA==", "AA==");
        return new IngestJob("job-1", order.toText(), signature, "/source/in.csv", "/tables/visits", Optional.empty());
    }

    private static AttributeSpec column(String name, String type) {
        return new AttributeSpec(name, type, AttributeRole.QUASI_IDENTIFIER, 2, Optional.empty(), false, name, name);
    }
}
