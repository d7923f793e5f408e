package io.yunyu.ledger.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.checkpoint.Checkpoint;
import io.yunyu.contract.json.JsonException;
import io.yunyu.ledger.signature.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LogKeyTest {
    private static final CheckpointSigner.Continuation NO_PROOF = from -> {
        throw new AssertionError("A signer that remembers nothing asks for no proof.");
    };

    private static final String ROOT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    /** The example of the C2SP signed-note specification's reference implementation. */
    private static final String PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private final SigningKey key = SigningKey.generate();
    private final LogKey log = LogKey.of("yunyu.example/log", key.verificationKey());

    @Test
    void parse_publishedKey_hasItsHash() {
        assertThat(LogKey.parse(PETER)).hasToString(PETER);
        assertThatThrownBy(() -> LogKey.parse(PETER.replace("c74f20a3", "c74f20a4")))
                .isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> LogKey.parse(PETER.replace("Peter", "Petra"))).isInstanceOf(JsonException.class);
    }

    @Test
    void open_signedNote_givesCheckpoint() throws IOException {
        Checkpoint checkpoint = new Checkpoint(log.origin(), 0, ROOT);
        String note = CheckpointSigner.of(key).sign(checkpoint, NO_PROOF);
        assertThat(note).startsWith("yunyu.example/log\n0\n" + ROOT + "\n\n— yunyu.example/log ");
        assertThat(LogKey.parse(log.toString()).open(note)).isEqualTo(checkpoint);
    }

    @Test
    void open_anyByteChangedOrCut_isRefused() throws IOException {
        String note = CheckpointSigner.of(key).sign(new Checkpoint(log.origin(), 123, ROOT), NO_PROOF);
        byte[] bytes = note.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            for (int bit = 0; bit < 7; bit++) {
                byte[] changed = bytes.clone();
                changed[i] ^= (byte) (1 << bit);
                String text = new String(changed, StandardCharsets.UTF_8);
                assertThatThrownBy(() -> log.open(text)).isInstanceOf(JsonException.class);
            }
            String cut = new String(Arrays.copyOf(bytes, i), StandardCharsets.UTF_8);
            assertThatThrownBy(() -> log.open(cut)).isInstanceOf(JsonException.class);
        }
        assertThatThrownBy(() -> log.open(note + "— other AAAA\n")).isInstanceOf(JsonException.class);
    }

    @Test
    void open_noteOfAnotherKeyOrOrigin_isRefused() throws IOException {
        Checkpoint checkpoint = new Checkpoint(log.origin(), 1, ROOT);
        String other = CheckpointSigner.of(SigningKey.generate()).sign(checkpoint, NO_PROOF);
        assertThatThrownBy(() -> log.open(other)).hasMessageContaining("another key");
        String elsewhere = CheckpointSigner.of(key).sign(new Checkpoint("elsewhere", 1, ROOT), NO_PROOF);
        assertThatThrownBy(() -> log.open(elsewhere)).isInstanceOf(JsonException.class);
    }

    @Test
    void parse_checkpointInAnotherForm_isRefused() {
        for (String bad : new String[] {
            "a\n1\n" + ROOT,
            "a\n01\n" + ROOT + "\n",
            "a\n+1\n" + ROOT + "\n",
            "a\n1\n" + ROOT + "\nextension\n",
            "a b\n1\n" + ROOT + "\n",
            "a\n1\n" + ROOT.substring(1) + "\n",
            "a\n9999999999999999999\n" + ROOT + "\n",
            "a\n1\n" + ROOT.replace("FU=", "FV=") + "\n"
        }) {
            assertThatThrownBy(() -> Checkpoint.parse(bad)).isInstanceOf(JsonException.class);
        }
    }
}
