package io.yunyu.ledger.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.json.JsonException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class SigningKeyTest {
    private static final String ORDER = "01000000000000000000000000000000" + "14def9dea2f79cd65812631a5cf5d3ed";

    @TempDir
    Path directory;

    @Test
    void sign_document_verifiesOnlyForTypeDocumentAndKey() {
        SigningKey key = SigningKey.generate();
        Signature signature = key.sign("Agreement", "{}");
        VerificationKey verification =
                VerificationKey.parse(key.verificationKey().toString());

        assertThat(verification.verifies("Agreement", "{}", signature)).isTrue();
        assertThat(verification.verifies("Approval", "{}", signature)).isFalse();
        assertThat(verification.verifies("Agreement", "{ }", signature)).isFalse();
        VerificationKey other = SigningKey.generate().verificationKey();
        assertThat(other.verifies("Agreement", "{}", signature)).isFalse();
        assertThat(other.verifies("Agreement", "{}", new Signature(other.toString(), signature.value())))
                .isFalse();
        assertThat(verification.verifies("Agreement", "{}", new Signature(signature.key(), "not base64")))
                .isFalse();
    }

    @Test
    void verify_rfc8032TestVector1_holds() {
        VerificationKey key = VerificationKey.of(
                HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
        byte[] signature = HexFormat.of()
                .parseHex(
                        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                                + "d25bf5f0595bbe24655141438e7a100b");
        assertThat(key.verifies(new byte[0], signature)).isTrue();
        assertThat(key.verifies(new byte[1], signature)).isFalse();
    }

    @Test
    void verify_signatureWithOrderAdded_isRefused() {
        SigningKey key = SigningKey.generate();
        byte[] message = {1, 2, 3};
        byte[] signature = key.sign(message);
        byte[] order = new java.math.BigInteger(ORDER.substring(32), 16)
                .add(java.math.BigInteger.ONE.shiftLeft(252))
                .toByteArray();
        int carry = 0;
        for (int i = 0; i < 32; i++) {
            int sum = (signature[32 + i] & 0xff) + (i < order.length ? order[order.length - 1 - i] & 0xff : 0) + carry;
            signature[32 + i] = (byte) sum;
            carry = sum >> 8;
        }
        assertThat(key.verificationKey().verifies(message, signature)).isFalse();
    }

    @Test
    void save_newFile_isForItsOwnerOnlyAndLoads() throws IOException {
        SigningKey key = SigningKey.generate();
        Path file = directory.resolve("party.key");
        key.save(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SigningKey.load(file).verificationKey()).isEqualTo(key.verificationKey());
    }

    @Test
    void save_existingFile_isRefusedAndUnchanged() throws IOException {
        Path file = Files.writeString(directory.resolve("party.key"), "mine");
        assertThatThrownBy(() -> SigningKey.generate().save(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("mine");
    }

    @Test
    void load_fileOthersMayRead_isRefused() throws IOException {
        Path file = directory.resolve("party.key");
        SigningKey.generate().save(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> SigningKey.load(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void load_otherFile_isRefusedWithoutItsContent() throws IOException {
        Path file = Files.writeString(directory.resolve("party.key"), "{\"planted\":7}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> SigningKey.load(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a key file")
                .message()
                .doesNotContain("planted");
    }

    @Test
    void parse_keyInAnotherForm_isRefused() {
        String key = SigningKey.generate().verificationKey().toString();
        for (String bad :
                new String[] {"", "ed25519:", key.substring(8), key + "=", key.replace("ed25519", "ED25519")}) {
            assertThatThrownBy(() -> VerificationKey.parse(bad)).isInstanceOf(JsonException.class);
        }
    }
}
