package io.yunyu.api.platform;

import io.yunyu.api.engine.Vault;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.checkpoint.Checkpoint;
import io.yunyu.contract.job.Approval;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.ledger.checkpoint.CheckpointSigner;
import io.yunyu.ledger.checkpoint.LogKey;
import io.yunyu.ledger.release.ReleaseManifest;
import io.yunyu.ledger.release.TrustAnchor;
import io.yunyu.ledger.signature.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A vault in the test's own process: real signatures, and a "sealing" that binds provider and job but hides nothing. */
public final class FakeVault implements Vault {
    private final SigningKey releaseKey = SigningKey.generate();
    private final SigningKey logKey = SigningKey.generate();
    private final Map<String, SigningKey> approvalKeys = new ConcurrentHashMap<>();
    /** While positive, checkpoints are refused: as if the vault was away. */
    public final AtomicInteger refusals = new AtomicInteger();

    public static byte[] seal(String provider, String job, byte[] container) {
        byte[] header = header(provider, job);
        byte[] sealed = Arrays.copyOf(header, header.length + container.length);
        System.arraycopy(container, 0, sealed, header.length, container.length);
        return sealed;
    }

    @Override
    public String reviewKey(String provider) {
        return "hpke:" + provider;
    }

    @Override
    public byte[] openCandidate(String provider, String jobId, String opener, byte[] sealed) {
        return opened(provider, jobId, sealed);
    }

    static byte[] opened(String provider, String jobId, byte[] sealed) {
        byte[] header = header(provider, jobId);
        if (!Arrays.equals(header, Arrays.copyOf(sealed, header.length))) {
            throw new ProblemException(ProblemCode.KEY_REFUSED, "Sealed for another.");
        }
        return Arrays.copyOfRange(sealed, header.length, sealed.length);
    }

    @Override
    public String approvalKey(String provider) {
        return approval(provider).verificationKey().toString();
    }

    @Override
    public Signature signApproval(String provider, String document) {
        return approval(provider).sign(Approval.TYPE, document);
    }

    @Override
    public Signature signRelease(String document) {
        return releaseKey.sign(ReleaseManifest.TYPE, document);
    }

    @Override
    public String sign(Checkpoint checkpoint, Continuation continuation) throws IOException {
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IOException("The vault is away.");
        }
        return CheckpointSigner.of(logKey).sign(checkpoint, continuation);
    }

    @Override
    public TrustAnchor trust() {
        return new TrustAnchor(releaseKey.verificationKey(), LogKey.of("yunyu-test", logKey.verificationKey()));
    }

    private SigningKey approval(String provider) {
        return approvalKeys.computeIfAbsent(provider, p -> SigningKey.generate());
    }

    private static byte[] header(String provider, String job) {
        return ("sealed for " + provider + " of " + job + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
