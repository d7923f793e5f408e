package io.yunyu.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.channel.SealingContext;
import io.yunyu.contract.checkpoint.Checkpoint;
import io.yunyu.contract.checkpoint.NoteKey;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.job.Approval;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.merkle.MerkleHashing;
import io.yunyu.vault.crypto.Ed25519;
import io.yunyu.vault.crypto.Hpke;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class VaultRequestsTest {
    private static final String ORIGIN = "yunyu.example/log";

    @TempDir
    Path directory;

    private RunningVault vault;

    @BeforeEach
    void start() throws IOException {
        vault = new RunningVault(directory);
    }

    @AfterEach
    void stop() throws IOException {
        vault.close();
    }

    @Test
    void sign_checkpointsForward_givesNotesOfTheLogKey() throws Exception {
        NoteKey log = NoteKey.parse(vault.ok("op", "publicKeys").string("logVkey"));
        assertThat(log.name()).isEqualTo(ORIGIN);
        assertThat(vault.ok("op", "lastCheckpoint").longValue("size")).isZero();
        for (int size : new int[] {0, 3, 3, 7}) {
            String body = SevenLeaves.body(size);
            List<String> proof = size == 7 ? SevenLeaves.FROM_THREE_TO_SEVEN : List.of();
            NoteKey.UnverifiedNote note =
                    log.open(checkpoint(body, proof).object("ok").string("note"));
            assertThat(vault.ok("op", "lastCheckpoint").longValue("size")).isEqualTo(size);
            assertThat(note.checkpoint().toText()).isEqualTo(body);
            new com.google.crypto.tink.subtle.Ed25519Verify(log.publicKey())
                    .verify(note.signature(), body.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void sign_checkpointBackwardsOrForked_isRefusedAlsoAfterRestart() throws IOException {
        checkpoint(body(7, "a"));
        for (int round = 0; round < 2; round++) {
            assertRefused(checkpoint(body(6, "b")), "KEY_REFUSED", "size 7", "roll the log back");
            assertRefused(checkpoint(body(7, "b")), "KEY_REFUSED", "fork the log");
            assertThat(checkpoint(body(7, "a")).has("ok")).isTrue();
            vault.restart();
        }
    }

    /** A larger tree that does not begin with the one signed before would change the log's past. */
    @Test
    void sign_checkpointThatDoesNotContinueTheLast_isRefused() throws IOException {
        assertThat(checkpoint(SevenLeaves.body(3)).has("ok")).isTrue();
        List<String> proof = SevenLeaves.FROM_THREE_TO_SEVEN;
        List<String> changed = new ArrayList<>(proof);
        Collections.swap(changed, 0, 1);
        for (List<String> wrong : List.of(List.<String>of(), changed, proof.subList(0, 3))) {
            assertRefused(checkpoint(SevenLeaves.body(7), wrong), "KEY_REFUSED", "not proved to continue");
        }
        assertRefused(checkpoint(body(7, "a"), proof), "KEY_REFUSED", "not proved to continue");
        assertRefused(checkpoint(SevenLeaves.body(7), List.of("AAAA")), "BAD_REQUEST");
        assertRefused(checkpoint(SevenLeaves.body(7), Collections.nCopies(129, proof.get(0))), "BAD_REQUEST");
        assertThat(vault.ok("op", "lastCheckpoint").longValue("size")).isEqualTo(3);
        assertThat(checkpoint(SevenLeaves.body(7), proof).has("ok")).isTrue();
    }

    @Test
    void sign_checkpointOfAnotherLogOrForm_isRefused() throws IOException {
        String body = body(1, "a");
        assertRefused(checkpoint(body.replace(ORIGIN, "elsewhere")), "KEY_REFUSED", "elsewhere");
        assertRefused(checkpoint(body + "more\n"), "BAD_REQUEST");
        assertRefused(vault.ask("op", "sign", "purpose", "anything", "body", body), "BAD_REQUEST");
        assertThat(checkpoint(body(0, "a")).has("ok")).isTrue();
    }

    @Test
    void sign_release_isSignedAsReleaseByThePublishedKey() throws IOException {
        String manifest = Json.write(Json.object("@type", "Release", "releaseId", "rel-1"));
        Signature signature = Signature.parse(vault.ok("op", "sign", "purpose", "release", "body", manifest));
        String key = vault.ok("op", "publicKeys").string("releaseKey");
        assertThat(Ed25519.verifies(key, "Release", manifest, signature)).isTrue();
        assertThat(Ed25519.verifies(key, "Approval", manifest, signature)).isFalse();
        for (String bad : new String[] {" " + manifest, manifest.replace("Release", "Agreement"), "[]"}) {
            assertRefused(vault.ask("op", "sign", "purpose", "release", "body", bad), "BAD_REQUEST");
        }
    }

    @Test
    void openCandidate_ofItsProviderAndJob_opensAndIsLogged() throws IOException {
        byte[] container = {1, 2, 3};
        String sealTo = vault.ok("op", "reviewKey", "organization", "health").string("sealTo");
        String sealed = StrictBase64.encode(Hpke.seal(sealTo, container, SealingContext.candidate("job-1")));
        assertThat(open("job-1", "health", sealed).object("ok").string("container"))
                .isEqualTo(StrictBase64.encode(container));
        assertThat(vault.logText()).contains("openCandidate").contains("\"reviewer\":\"wang\"");

        assertRefused(open("job-2", "health", sealed), "KEY_REFUSED", "job-2");
        assertRefused(open("job-1", "tax", sealed), "KEY_REFUSED", "tax");
        vault.restart();
        assertThat(vault.ok("op", "reviewKey", "organization", "health").string("sealTo"))
                .isEqualTo(sealTo);
        assertThat(open("job-1", "health", sealed).has("ok")).isTrue();
    }

    @Test
    void openCandidate_of20Mebibytes_fitsAFrame() throws IOException {
        byte[] container = new byte[20 << 20];
        String sealTo = vault.ok("op", "reviewKey", "organization", "health").string("sealTo");
        String sealed = StrictBase64.encode(Hpke.seal(sealTo, container, SealingContext.candidate("job-1")));
        assertThat(open("job-1", "health", sealed)
                        .object("ok")
                        .string("container")
                        .length())
                .isEqualTo(StrictBase64.encode(container).length());
    }

    @Test
    void approve_ownApproval_isSignedWithTheOrganizationsKey() throws IOException {
        Approval approval = new Approval(
                "job-1",
                ContentDigest.of("c"),
                ContentDigest.of("r"),
                "p-1",
                "APPROVE",
                "",
                "wang",
                "health",
                vault.clock.now);
        Signature signature =
                Signature.parse(vault.ok("op", "approve", "organization", "health", "approval", approval.toText()));
        String key = vault.ok("op", "approvalKey", "organization", "health").string("key");
        assertThat(Ed25519.verifies(key, Approval.TYPE, approval.toText(), signature))
                .isTrue();
        assertThat(vault.ok("op", "approvalKey", "organization", "tax").string("key"))
                .isNotEqualTo(key);

        assertRefused(
                vault.ask("op", "approve", "organization", "tax", "approval", approval.toText()),
                "KEY_REFUSED",
                "health");
        assertRefused(
                vault.ask("op", "approve", "organization", "health", "approval", approval.toText() + " "),
                "BAD_REQUEST");
    }

    @Test
    void answer_unknownOpOrMember_isRefusedAndConnectionGoesOn() throws IOException {
        assertRefused(vault.ask("op", "exportMasterKey"), "BAD_REQUEST");
        assertRefused(vault.ask("noop", 1), "BAD_REQUEST");
        assertRefused(vault.ask("op", "reviewKey", "organization", " "), "BAD_REQUEST");
        assertThat(vault.ok("op", "status").bool("ready")).isTrue();
    }

    private JsonObject open(String jobId, String organization, String sealed) throws IOException {
        return vault.ask(
                "op",
                "openCandidate",
                "jobId",
                jobId,
                "organization",
                organization,
                "sealed",
                sealed,
                "reviewer",
                "wang");
    }

    private JsonObject checkpoint(String body) throws IOException {
        return vault.ask("op", "sign", "purpose", "checkpoint", "body", body);
    }

    private JsonObject checkpoint(String body, List<String> proof) throws IOException {
        return vault.ask("op", "sign", "purpose", "checkpoint", "body", body, "proof", proof);
    }

    /** The tree of RFC 9162 section 2.1.5, and its proof from three leaves to seven. */
    private static final class SevenLeaves {
        private static final byte[][] LEAF = new byte[7][];

        static {
            for (int i = 0; i < 7; i++) {
                LEAF[i] = MerkleHashing.leaf(new byte[] {(byte) i});
            }
        }

        private static final byte[] G = MerkleHashing.node(LEAF[0], LEAF[1]);
        private static final byte[] H = MerkleHashing.node(LEAF[2], LEAF[3]);
        private static final byte[] L = MerkleHashing.node(MerkleHashing.node(LEAF[4], LEAF[5]), LEAF[6]);

        static final List<String> FROM_THREE_TO_SEVEN =
                Stream.of(LEAF[2], LEAF[3], G, L).map(StrictBase64::encode).toList();

        static String body(int size) {
            byte[] root =
                    switch (size) {
                        case 0 -> MerkleHashing.empty();
                        case 3 -> MerkleHashing.node(G, LEAF[2]);
                        default -> MerkleHashing.node(MerkleHashing.node(G, H), L);
                    };
            return new Checkpoint(ORIGIN, size, StrictBase64.encode(root)).toText();
        }
    }

    private static String body(long size, String root) {
        byte[] hash = ContentDigest.sha256(root.getBytes(StandardCharsets.UTF_8));
        return new Checkpoint(ORIGIN, size, StrictBase64.encode(hash)).toText();
    }

    private static void assertRefused(JsonObject answer, String code, String... words) {
        assertThat(answer.asMap()).containsEntry("refused", code).doesNotContainKey("ok");
        for (String word : words) {
            assertThat(answer.string("detail")).contains(word);
        }
    }
}
