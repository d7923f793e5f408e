package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.ledger.signature.SigningKey;
import io.yunyu.system.egress.Egress;
import io.yunyu.system.egress.Planted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a newcomer runs it, on a smaller population, and what an outsider can do with what it leaves behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MainJobTest {
    private static final long SEED = 20261123;
    private static final int EVERY = 997;

    @TempDir
    static Path out;

    private Command demo = new Command(-1, "", "");

    @BeforeAll
    void runTheDemo() throws Exception {
        demo = Command.run("demo", "--persons", Heavy.ON ? 20_000 : 5_000, "--out", out, "--json");
        assertThat(demo.exitCode()).as(demo.err()).isZero();
        for (String table : List.of("pop_base", "med_outpatient")) {
            watch(Egress.source(out.resolve("home/inbox/" + table + ".csv")));
        }
    }

    /** The demo makes its own persons: identity numbers of some are planted values. */
    private static void watch(Path source) throws Exception {
        List<String> lines = Files.readAllLines(source);
        int column = List.of(lines.get(0).split(",")).indexOf("id_no");
        for (int i = 1; i < lines.size(); i += EVERY) {
            Planted.watch("identity number", lines.get(i).split(",", -1)[column]);
        }
    }

    @Test
    void demo_done_writesEveryFileThatItPromises() throws Exception {
        for (String name : Set.of(
                "release.yunyu",
                "table.csv",
                "citation.txt",
                "citation.bib",
                "citation.csl.json",
                "citation.datacite.json",
                "trust.pub",
                "result.json")) {
            assertThat(out.resolve(name)).isNotEmptyFile();
        }
        JsonObject result = Json.parseObject(demo.out());
        assertThat(result.asMap())
                .containsOnlyKeys("jobId", "releaseId", "rows", "suppressedCells", "seconds", "checkpoint");
        assertThat(result.longValue("rows")).isPositive();
        assertThat(Json.parseObject(Files.readAllBytes(out.resolve("result.json")))
                        .asMap())
                .isEqualTo(result.asMap());
    }

    @Test
    void demo_done_showsTheEvidenceOfEachStep() {
        assertThat(demo.err())
                .contains("Start", "Ingest", "Agreement", "Check", "Submit", "Review", "Release")
                .contains("problems kept aside")
                .contains("0 of")
                .contains("verified offline");
    }

    @Test
    void demo_citation_namesSourceAndDateOfAcquisition() throws Exception {
        assertThat(Files.readString(out.resolve("citation.txt")))
                .contains("2026")
                .contains("云南省卫生健康数据中心");
    }

    @Test
    void verifyRelease_asReleased_verified() throws Exception {
        Command verified = verify(out.resolve("release.yunyu"), "--json");
        assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
        JsonObject report = Json.parseObject(verified.out());
        assertThat(report.bool("verified")).isTrue();
        assertThat(report.objects("checks")).isNotEmpty().allMatch(check -> check.bool("ok"));
    }

    @Test
    void verifyRelease_sinceItsOwnCheckpoint_verified() throws Exception {
        assertThat(verify(out.resolve("release.yunyu"), "--since", out.resolve("result.json"))
                        .exitCode())
                .isZero();
    }

    /** Every byte of a bundle is changed in the ledger's {@code ReleaseVerifierTest}. */
    @Test
    void verifyRelease_anyByteChanged_notVerified() throws Exception {
        byte[] good = Files.readAllBytes(out.resolve("release.yunyu"));
        Random random = new Random(SEED);
        for (int round = 0; round < (Heavy.ON ? 12 : 4); round++) {
            byte[] bad = good.clone();
            int at = random.nextInt(bad.length);
            bad[at] ^= (byte) (1 << random.nextInt(8));
            Path changed = Files.write(out.resolve("changed.yunyu"), bad);
            assertThat(verify(changed).exitCode())
                    .as("seed %d, byte %d", SEED, at)
                    .isEqualTo(1);
        }
    }

    @Test
    void verifyRelease_tableChangedAndContainerRebuilt_notVerified() throws Exception {
        Map<String, byte[]> entries =
                new TreeMap<>(CanonicalContainer.read(Files.readAllBytes(out.resolve("release.yunyu"))));
        byte[] table = entries.get("table.csv").clone();
        table[table.length - 2] ^= 1;
        entries.put("table.csv", table);
        Path changed = Files.write(out.resolve("rebuilt.yunyu"), CanonicalContainer.write(entries));
        assertThat(verify(changed).exitCode()).isEqualTo(1);
    }

    @Test
    void verifyRelease_otherPinnedKey_notVerified() throws Exception {
        String trust = Files.readString(out.resolve("trust.pub"));
        String own = SigningKey.generate().verificationKey().toString();
        Path other = Files.writeString(out.resolve("other.pub"), trust.replaceAll("ed25519:[A-Za-z0-9+/=]+", own));
        assertThat(Command.run("verify-release", out.resolve("release.yunyu"), "--trust", other)
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void tables_atRest_areEncryptedParquet() throws Exception {
        try (var walk = Files.walk(out.resolve("home/tables"))) {
            var parquet = walk.filter(f -> f.toString().endsWith(".parquet")).toList();
            assertThat(parquet).isNotEmpty();
            for (Path file : parquet) {
                byte[] content = Files.readAllBytes(file);
                assertThat(new String(content, 0, 4, java.nio.charset.StandardCharsets.US_ASCII))
                        .isEqualTo("PARE");
            }
        }
    }

    private Command verify(Path bundle, Object... more) throws Exception {
        Object[] arguments = new Object[4 + more.length];
        arguments[0] = "verify-release";
        arguments[1] = bundle;
        arguments[2] = "--trust";
        arguments[3] = out.resolve("trust.pub");
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Command.run(arguments);
    }
}
