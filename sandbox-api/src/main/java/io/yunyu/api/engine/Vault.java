package io.yunyu.api.engine;

import io.yunyu.contract.agreement.Signature;
import io.yunyu.ledger.checkpoint.CheckpointSigner;
import io.yunyu.ledger.release.TrustAnchor;

/**
 * What the control plane may ask of the vault. No call yields a key that opens anything.
 *
 * <p>Every method throws a {@link io.yunyu.contract.problem.ProblemException} if the vault refuses or cannot be reached.
 */
public interface Vault extends CheckpointSigner {
    /** The provider's sealing key, {@code hpke:…}. */
    String reviewKey(String provider);

    /**
     * Opens a candidate, for its provider's reviewer or for its release.
     *
     * @param opener id of who asked, for the vault's own record
     */
    byte[] openCandidate(String provider, String jobId, String opener, byte[] sealed);

    /** The key by which the vault approves for the provider, {@code ed25519:…}. */
    String approvalKey(String provider);

    /** Signs a reviewer's decision with the provider's approval key. */
    Signature signApproval(String provider, String document);

    Signature signRelease(String document);

    TrustAnchor trust();
}
