package io.yunyu.api.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.api.Settings;
import io.yunyu.contract.agreement.JobLimits;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.launcher.Bind;
import io.yunyu.launcher.EngineSpec;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which jobs may have an engine that was started ahead, and what an engine is given. */
class EngineSpecsTest {
    private static final EngineJob QUERY =
            new EngineJob.SqlJob("job-1", "SELECT 1", "{}", List.of(), "{}", Map.of(), "hpke:x", 1);
    private static final EngineJob BATCH =
            new EngineJob.IngestJob("job-1", "{}", new Signature("key", "value"), "/s", "/t", Optional.empty());
    private static final Optional<JobLimits> NONE = Optional.empty();

    @TempDir
    private Path home;

    @BeforeEach
    void install() throws IOException {
        Files.createDirectories(home.resolve("lib"));
        Files.createFile(home.resolve("lib/engine.jar"));
        for (String dataset : List.of("people", "visits")) {
            Files.createDirectories(home.resolve("tables").resolve(dataset));
        }
    }

    private EngineSpecs specs(@Nullable Path diagnostics, @Nullable Integer processors, Settings.@Nullable Warm warm) {
        Settings.Engine engine =
                new Settings.Engine(home.resolve("lib"), "1g", 3, 60, null, null, diagnostics, processors, null);
        return new EngineSpecs(new Settings(home, null, null, null, null, engine, warm, null, null));
    }

    private EngineSpecs specs() {
        return specs(null, null, null);
    }

    private List<EngineRun.Mount> tables(String... datasets) {
        return EngineRun.tables(home.resolve("tables"), List.of(datasets));
    }

    private static Optional<JobLimits> limits(int seconds, int heapMiB) {
        return Optional.of(new JobLimits(Optional.of(seconds), Optional.of(heapMiB)));
    }

    /** What another job could have left, or has and this one must not, is one of these four. */
    @Test
    void isPooled_onlyWhatOthersCouldHaveInTheSameWay() {
        EngineRun query = new EngineRun(QUERY, tables("people"), Optional.empty());
        EngineRun.Mount writable = new EngineRun.Mount(home.resolve("tables/visits"), "/table", true);
        assertThat(specs().isPooled(query)).isTrue();
        assertThat(specs().isPooled(new EngineRun(BATCH, tables("people"), Optional.empty())))
                .isFalse();
        assertThat(specs().isPooled(new EngineRun(
                        QUERY, tables("people"), Optional.of(new EngineRun.Relay("db.example", 5432)))))
                .isFalse();
        assertThat(specs().isPooled(
                                new EngineRun(QUERY, List.of(tables("people").get(0), writable), Optional.empty())))
                .isFalse();
        assertThat(specs(home.resolve("diagnostics"), null, null).isPooled(query))
                .isFalse();
    }

    /** The pool hands an engine to whoever asks for an equal one. */
    @Test
    void ofProduct_isOneForTheSameTablesAndLimits_andAnotherForAnyOther() {
        EngineSpec people = specs().ofProduct(tables("people"), NONE);
        assertThat(specs().ofProduct(tables("people"), NONE)).isEqualTo(people);
        assertThat(List.of(
                        specs().ofProduct(tables(), NONE),
                        specs().ofProduct(tables("visits"), NONE),
                        specs().ofProduct(tables("people", "visits"), NONE),
                        specs().ofProduct(tables("people"), limits(30, 512))))
                .doesNotContain(people)
                .doesNotHaveDuplicates();
        assertThat(people.binds()).containsExactly(Bind.readOnly(home.resolve("tables/people"), "/data/people"));
        assertThat(people.operatorLog()).isEmpty();
        assertThat(people.network()).isEmpty();
    }

    @Test
    void ofProduct_rehearsesWhatItsTablesAllow() {
        assertThat(specs().ofProduct(tables(), NONE).jvmFlags())
                .contains("-Dyunyu.engine.rehearse=CHECK")
                .noneMatch(flag -> flag.startsWith("-Dyunyu.engine.tables"));
        assertThat(specs().ofProduct(tables("visits", "people"), NONE).jvmFlags())
                .contains("-Dyunyu.engine.rehearse=QUERY", "-Dyunyu.engine.tables=/data/people:/data/visits");
    }

    @Test
    void limits_areTheSmallerOfTheAgreementsAndTheInstallations() {
        assertThat(specs().ofProduct(List.of(), limits(30, 600)).limits().heapMiB())
                .isEqualTo(600);
        assertThat(specs().ofProduct(List.of(), limits(30, 5000)).limits().heapMiB())
                .isEqualTo(1024);
        assertThat(specs().ofProduct(List.of(), NONE).limits().heapMiB()).isEqualTo(1024);
        assertThat(specs().timeout(limits(30, 600))).isEqualTo(Duration.ofSeconds(30));
        assertThat(specs().timeout(limits(300, 600))).isEqualTo(Duration.ofSeconds(60));
        assertThat(specs().timeout(NONE)).isEqualTo(Duration.ofSeconds(60));
        int all = Runtime.getRuntime().availableProcessors();
        assertThat(specs().ofProduct(List.of(), NONE).limits().processors()).isEqualTo(all);
        assertThat(specs(null, all + 1, null)
                        .ofProduct(List.of(), NONE)
                        .limits()
                        .processors())
                .isEqualTo(all + 1);
    }

    /** From 64 MiB on, directories counted, the compiler that ends fast wins. The file takes no room on the disk. */
    @Test
    void shortJob_isOneThatReadsLittle_andNeverABatchFromADatabase() throws IOException {
        EngineRun batch = new EngineRun(BATCH, tables("people"), Optional.empty());
        EngineRun fromDatabase =
                new EngineRun(BATCH, tables("people"), Optional.of(new EngineRun.Relay("db.example", 5432)));
        try (RandomAccessFile file =
                new RandomAccessFile(home.resolve("tables/people/part").toFile(), "rw")) {
            file.setLength(63 << 20);
            assertThat(specs().ofProduct(tables("people"), NONE).shortJob()).isTrue();
            assertThat(specs().ofJob(batch, List.of()).shortJob()).isTrue();
            assertThat(specs().ofJob(fromDatabase, List.of()).shortJob()).isFalse();
            file.setLength(64 << 20);
            assertThat(specs().ofProduct(tables("people"), NONE).shortJob()).isFalse();
            assertThat(specs().ofJob(batch, List.of()).shortJob()).isFalse();
        }
    }

    @Test
    void ofJob_diagnostics_areKeptByJob_andSwitchThePoolOff() {
        Path diagnostics = home.resolve("diagnostics");
        EngineRun query = new EngineRun(QUERY, tables("people"), Optional.empty());
        assertThat(specs(diagnostics, null, null).ofJob(query, List.of()).operatorLog())
                .contains(diagnostics.resolve("job-1.log"));
        assertThat(specs(diagnostics, null, null).warmLimits().engines()).isZero();
        assertThat(specs().ofJob(query, List.of()).operatorLog()).isEmpty();
        assertThat(specs().warmLimits().engines()).as("as many as slots").isEqualTo(3);
        assertThat(specs(null, null, new Settings.Warm(1, 5, null)).warmLimits().engines())
                .isEqualTo(1);
        assertThat(specs(null, null, new Settings.Warm(1, 5, null)).warmLimits().idleAfter())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void ahead_namesChecksAndSetsOfTables() {
        EngineSpecs specs = specs(null, null, new Settings.Warm(2, 5, List.of("check", "visits+people")));
        assertThat(specs.ahead())
                .containsExactly(specs.ofProduct(List.of(), NONE), specs.ofProduct(tables("people", "visits"), NONE));
        assertThat(specs().ahead()).isEmpty();
    }
}
