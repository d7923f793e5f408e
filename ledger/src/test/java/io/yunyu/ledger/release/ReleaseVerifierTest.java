package io.yunyu.ledger.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.checkpoint.Checkpoint;
import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.ledger.signature.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReleaseVerifierTest {
    private final SampleRelease sample = new SampleRelease();

    @Test
    void verify_honestBundle_isVerified() {
        VerificationReport report = verify(sample.bundle());
        assertThat(report.verified()).as(report.toString()).isTrue();
        assertThat(report.checks())
                .extracting(VerificationReport.Check::name)
                .containsExactly(
                        "container",
                        "manifest-signature",
                        "files",
                        "candidate",
                        "approval",
                        "events",
                        "checkpoint",
                        "proofs",
                        "inclusion",
                        "consistency",
                        "complete");
    }

    @Nested
    class Changed {
        @Test
        void verify_anyByteOfBundleFlipped_fails() {
            byte[] bundle = sample.bundle();
            for (int i = 0; i < bundle.length; i++) {
                bundle[i] ^= 1;
                assertThat(verify(bundle).verified()).as("byte %d", i).isFalse();
                bundle[i] ^= 1;
            }
            assertThat(verify(bundle).verified()).isTrue();
        }

        @Test
        void verify_anyByteOfAnyFileFlippedAndContainerRebuilt_fails() {
            byte[] bundle = sample.bundle();
            CanonicalContainer.read(bundle).forEach((name, content) -> {
                for (int i = 0; i < content.length; i++) {
                    for (int bit : name.equals("manifest.sig") ? new int[] {0, 1, 2, 5} : new int[] {i % 2}) {
                        byte[] changed = content.clone();
                        changed[i] ^= (byte) (1 << bit);
                        byte[] forged = SampleRelease.rebuilt(bundle, e -> e.put(name, changed));
                        assertThat(verify(forged).verified())
                                .as("%s byte %d bit %d", name, i, bit)
                                .isFalse();
                    }
                }
                for (byte[] changed : List.of(
                        Arrays.copyOf(content, content.length + 1), Arrays.copyOf(content, content.length - 1))) {
                    assertThat(verify(SampleRelease.rebuilt(bundle, e -> e.put(name, changed)))
                                    .verified())
                            .as("%s longer or shorter", name)
                            .isFalse();
                }
                assertThat(verify(SampleRelease.rebuilt(bundle, e -> e.remove(name)))
                                .verified())
                        .as("without %s", name)
                        .isFalse();
            });
        }

        @Test
        void verify_truncatedExtendedOrForeignBytes_fails() {
            byte[] bundle = sample.bundle();
            for (int length = 0; length < bundle.length; length += 7) {
                assertThat(verify(Arrays.copyOf(bundle, length)).verified()).isFalse();
            }
            assertThat(verify(Arrays.copyOf(bundle, bundle.length + 1)).verified())
                    .isFalse();
            assertThat(verify(SampleRelease.rebuilt(bundle, e -> e.put("table.exe", new byte[1])))
                            .verified())
                    .isFalse();
        }

        @Test
        void verify_duplicateOrReorderedEntries_fails() {
            byte[] bundle = sample.bundle();
            int second = indexOf(bundle, new byte[] {'P', 'K', 3, 4}, 4);
            byte[] doubled = new byte[bundle.length + second];
            System.arraycopy(bundle, 0, doubled, 0, second);
            System.arraycopy(bundle, 0, doubled, second, bundle.length);
            assertThat(verify(doubled).verified()).isFalse();

            int third = indexOf(bundle, new byte[] {'P', 'K', 3, 4}, second + 4);
            byte[] reordered = bundle.clone();
            System.arraycopy(bundle, second, reordered, 0, third - second);
            System.arraycopy(bundle, 0, reordered, third - second, second);
            assertThat(verify(reordered).verified()).isFalse();
        }
    }

    @Nested
    class Forged {
        @Test
        void verify_resignedWithAnotherKey_fails() {
            sample.manifestSigner = SigningKey.generate();
            failsOnly("manifest-signature");
        }

        @Test
        void verify_checkpointOfAnotherKey_fails() {
            sample.checkpointSigner = SigningKey.generate();
            failsOnly("checkpoint");
        }

        @Test
        void verify_approvalByKeyOfNobody_fails() {
            sample.approver = SigningKey.generate();
            failsOnly("approval");
        }

        @Test
        void verify_refusalInsteadOfApproval_fails() {
            sample.approval = SampleRelease.approval("REFUSE", "too fine");
            failsOnly("approval");
        }

        @Test
        void verify_otherTableThanApproved_fails() {
            sample.candidate.put("table.csv", SampleRelease.utf8("a,n\n1,21\n"));
            failsOnly("candidate");
        }

        @Test
        void verify_otherReportThanApproved_fails() {
            sample.candidate.put("report.json", SampleRelease.utf8("{ }"));
            assertThat(failed(sample.bundle())).containsExactly("candidate", "approval");
        }

        @Test
        void verify_eventLeftOutOrSlippedIn_fails() {
            sample.opened = List.of(2L);
            failsOnly("events");
            SampleRelease more = new SampleRelease();
            more.opened = List.of(1L, 2L, 4L);
            assertThat(ReleaseVerifier.verify(more.bundle(), more.trust, Optional.empty())
                            .verified())
                    .isFalse();
        }

        @Test
        void verify_manifestNotInLog_fails() {
            byte[] first = sample.bundle();
            SampleRelease other = new SampleRelease();
            byte[] second = other.bundle();
            for (String name : List.of("events.json", "checkpoint.txt", "proof.json")) {
                byte[] foreign = CanonicalContainer.read(second).get(name);
                assertThat(verify(SampleRelease.rebuilt(first, e -> e.put(name, foreign)))
                                .verified())
                        .isFalse();
            }
        }

        @Test
        void verify_proofsSwapped_fails() {
            byte[] bundle = sample.bundle();
            String proof = new String(CanonicalContainer.read(bundle).get("proof.json"), StandardCharsets.UTF_8);
            for (String[] change : new String[][] {
                {"\"index\":2", "\"index\":3"}, {"\"from\":3", "\"from\":4"}, {"\"path\":[\"", "\"path\":[] ,\"x\":[\""}
            }) {
                byte[] forged = SampleRelease.utf8(proof.replace(change[0], change[1]));
                assertThat(verify(SampleRelease.rebuilt(bundle, e -> e.put("proof.json", forged)))
                                .verified())
                        .isFalse();
            }
        }

        private void failsOnly(String check) {
            List<String> failed = failed(sample.bundle());
            assertThat(failed).startsWith(check);
            assertThat(failed.subList(1, failed.size())).isSubsetOf("complete");
        }
    }

    @Nested
    class Since {
        @Test
        void verify_sinceCoveredBySizeOrProof_isVerified() {
            byte[] bundle = sample.bundle();
            for (int size : new int[] {0, 3, 5, 7}) {
                assertThat(since(bundle, sample.checkpoint(size)).verified())
                        .as("size %d", size)
                        .isTrue();
            }
        }

        @Test
        void verify_sinceWithoutProof_failsAndSaysWhatToAskFor() {
            VerificationReport report = since(sample.bundle(), sample.checkpoint(4));
            assertThat(report.verified()).isFalse();
            assertThat(sinceDetail(report)).contains("size 4").contains("Ask for");
        }

        @Test
        void verify_sinceNewerThanBundle_failsAsRollback() {
            byte[] bundle = sample.bundle();
            sample.append(SampleRelease.event("NEWER"));
            VerificationReport report = since(bundle, sample.checkpoint(8));
            assertThat(report.verified()).isFalse();
            assertThat(sinceDetail(report)).contains("older than the one you hold");
        }

        @Test
        void verify_sinceOfAnotherHistory_failsAsFork() {
            byte[] bundle = sample.bundle();
            SampleRelease other = new SampleRelease();
            other.bundle();
            for (int size : new int[] {3, 7}) {
                VerificationReport report = since(bundle, other.checkpoint(size));
                assertThat(report.verified()).isFalse();
                assertThat(sinceDetail(report)).contains("fork");
            }
            Checkpoint nothing = new Checkpoint(SampleRelease.ORIGIN, 0, StrictBase64.encode(new byte[32]));
            assertThat(since(bundle, nothing).verified()).isFalse();
        }

        private VerificationReport since(byte[] bundle, Checkpoint since) {
            return ReleaseVerifier.verify(bundle, sample.trust, Optional.of(since));
        }

        private static String sinceDetail(VerificationReport report) {
            return report.checks().stream()
                    .filter(c -> c.name().equals("since"))
                    .findFirst()
                    .orElseThrow()
                    .detail();
        }
    }

    @Test
    void trustAnchor_otherForm_isRefused() {
        String text = sample.trust.toText();
        assertThat(TrustAnchor.parse(text).toText()).isEqualTo(text);
        for (String bad : new String[] {
            "",
            text + "\n",
            text.substring(0, text.length() - 1),
            text.replace("/1", "/2"),
            text.replace("release", "log"),
            text.replace("\n", "\r\n")
        }) {
            assertThatThrownBy(() -> TrustAnchor.parse(bad)).isInstanceOf(JsonException.class);
        }
    }

    @Test
    void files_unknownOrMissing_isRefused() {
        assertThatThrownBy(() -> ReleaseBundle.files(
                        Map.of("table.csv", new byte[0]),
                        new SignedApproval(sample.approval, sample.approvalKey.sign("Approval", "")),
                        Map.of()))
                .isInstanceOf(JsonException.class);
    }

    /** A name that an engine could choose would be a message, and a file that no reviewer sees another. */
    @Test
    void isCandidate_isAClosedListOfNames() {
        assertThat(ReleaseBundle.isCandidate(Set.of("candidate.json", "report.json", "table.csv", "table.json")))
                .isTrue();
        assertThat(ReleaseBundle.isCandidate(
                        Set.of("candidate.json", "report.json", "table.html", "table.anonymization")))
                .isTrue();
        for (String other :
                List.of("table.340102", "table.csvx", "table", "rows.csv", "approval.json", "manifest.json")) {
            assertThat(ReleaseBundle.isCandidate(Set.of("candidate.json", "report.json", "table.csv", other)))
                    .as(other)
                    .isFalse();
        }
        for (Set<String> lacking : List.of(
                Set.of("candidate.json", "report.json"),
                Set.of("candidate.json", "table.csv"),
                Set.of("report.json", "table.csv"))) {
            assertThat(ReleaseBundle.isCandidate(lacking))
                    .as("only %s", lacking)
                    .isFalse();
        }
    }

    @Test
    void toJson_report_namesEveryCheck() {
        assertThat(Json.write(verify(new byte[0]).toJson()))
                .startsWith("{\"checks\":[{\"detail\":")
                .contains("\"verified\":false");
    }

    private VerificationReport verify(byte[] bundle) {
        return ReleaseVerifier.verify(bundle, sample.trust, Optional.empty());
    }

    private List<String> failed(byte[] bundle) {
        return verify(bundle).checks().stream()
                .filter(c -> !c.ok())
                .map(VerificationReport.Check::name)
                .toList();
    }

    private static int indexOf(byte[] bytes, byte[] wanted, int from) {
        for (int i = from; i <= bytes.length - wanted.length; i++) {
            if (Arrays.equals(Arrays.copyOfRange(bytes, i, i + wanted.length), wanted)) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }
}
