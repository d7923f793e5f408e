package io.yunyu.ledger.release;

import io.yunyu.contract.checkpoint.Checkpoint;
import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Verifies a release bundle offline against pinned keys. A bundle is verified only if its container is canonical, its
 * manifest is signed by the pinned release key, every file is the one that the manifest names, the provider approved
 * exactly this candidate, the manifest is in the log under a checkpoint signed by the pinned log key, and that
 * checkpoint continues the one the verifier already holds, if any.
 *
 * <p>It does not show that the numbers are right or that the platform computed what the query says, nor that no other
 * history was shown to others: compare checkpoints with them.
 */
public final class ReleaseVerifier {
    private ReleaseVerifier() {}

    /**
     * @param since a checkpoint that the verifier holds from earlier, already opened with the pinned log key
     * @return never throws for any bytes of a bundle
     */
    public static VerificationReport verify(byte[] bundle, TrustAnchor trust, Optional<Checkpoint> since) {
        Checks checks = new Checks();
        Optional<Map<String, byte[]>> entries =
                checks.run("container", "The container is canonical.", () -> CanonicalContainer.read(bundle));
        Optional<ReleaseManifest> manifest = entries.flatMap(e -> new ManifestChecks(e, trust).run(checks));
        Optional<Checkpoint> checkpoint =
                manifest.flatMap(m -> new LogChecks(entries.orElseThrow(), m, trust.logKey(), since).run(checks));
        checks.require(
                "complete",
                checkpoint.isPresent(),
                "Every part was there to check.",
                "Parts of the bundle could not be checked.");
        return new VerificationReport(checks.results);
    }

    /** One step of a check; what it refuses, it refuses by an exception that says why. */
    @FunctionalInterface
    interface Step<T> {
        T run();
    }

    /** Collects results; a step that fails in whatever way is a check that is not ok. */
    static final class Checks {
        private final List<VerificationReport.Check> results = new ArrayList<>();

        <T> Optional<T> run(String name, String okDetail, Step<T> step) {
            try {
                T result = step.run();
                results.add(new VerificationReport.Check(name, true, okDetail));
                return Optional.of(result);
            } catch (RuntimeException e) {
                // The outermost door of the verifier: bytes made by an adversary must never end it without a verdict.
                String why = e.getMessage() == null ? "It is malformed." : e.getMessage();
                results.add(new VerificationReport.Check(name, false, why));
                return Optional.empty();
            }
        }

        void require(String name, boolean ok, String okDetail, String otherwise) {
            results.add(new VerificationReport.Check(name, ok, ok ? okDetail : otherwise));
        }
    }

    /** Refuses unless the condition holds. */
    static void demand(boolean condition, String otherwise) {
        if (!condition) {
            throw new JsonException(otherwise);
        }
    }
}
