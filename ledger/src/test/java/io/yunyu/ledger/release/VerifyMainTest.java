package io.yunyu.ledger.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class VerifyMainTest {
    @TempDir
    Path directory;

    private final SampleRelease sample = new SampleRelease();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeFiles() throws IOException {
        Files.write(directory.resolve("release.yunyu"), sample.bundle());
        Files.writeString(directory.resolve("trust.pub"), sample.trust.toText());
    }

    @Test
    void run_honestBundle_exits0() {
        assertThat(run("release.yunyu", "--trust", "trust.pub")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("verified\n").doesNotContain("NOT");
        assertThat(err.size()).isZero();
    }

    @Test
    void run_changedBundleAsJson_exits1WithOneObject() throws IOException {
        byte[] bundle = sample.bundle();
        bundle[bundle.length / 2] ^= 1;
        Files.write(directory.resolve("release.yunyu"), bundle);
        assertThat(run("release.yunyu", "--json", "--trust", "trust.pub")).isEqualTo(1);
        assertThat(Json.parseObject(out.toString(StandardCharsets.UTF_8).strip())
                        .bool("verified"))
                .isFalse();
    }

    @Test
    void run_sinceAsNoteFileOrJson_exits0() throws IOException {
        String note = sample.note();
        Path text = Files.writeString(directory.resolve("since.txt"), note);
        Path json = Files.write(directory.resolve("result.json"), Json.bytes(Map.of("checkpoint", note, "rows", 3L)));
        for (String since : new String[] {note, text.toString(), json.toString()}) {
            assertThat(run("release.yunyu", "--trust", "trust.pub", "--since", since))
                    .isZero();
        }
    }

    @Test
    void run_sinceNotSignedByLog_exits1() {
        sample.checkpointSigner = sample.releaseKey;
        assertThat(run("release.yunyu", "--trust", "trust.pub", "--since", sample.note()))
                .isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("since");
    }

    @Test
    void run_wrongUsage_exits2() throws IOException {
        Files.writeString(directory.resolve("bad.pub"), "ed25519:");
        String[][] wrong = {
            {},
            {"release.yunyu"},
            {"--trust", "trust.pub"},
            {"release.yunyu", "--trust"},
            {"release.yunyu", "release.yunyu", "--trust", "trust.pub"},
            {"release.yunyu", "--trust", "trust.pub", "--all"},
            {"release.yunyu", "--trust", "absent.pub"},
            {"absent", "--trust", "trust.pub"},
            {"release.yunyu", "--trust", "bad.pub"},
            {"release.yunyu", "--trust", "trust.pub", "--since", "absent", "--json"}
        };
        for (String[] args : wrong) {
            assertThat(run(args)).as(String.join(" ", args)).isEqualTo(2);
        }
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8).strip()).endsWith("\"type\":\"about:blank\"}");
    }

    private int run(String... args) {
        String[] resolved = args.clone();
        for (int i = 0; i < args.length; i++) {
            if (!args[i].startsWith("--") && !args[i].contains("\n") && !args[i].startsWith("/")) {
                resolved[i] = directory.resolve(args[i]).toString();
            }
        }
        return VerifyMain.run(
                resolved,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
