package io.yunyu.ledger.checkpoint;

import io.yunyu.contract.checkpoint.Checkpoint;
import io.yunyu.contract.checkpoint.NoteKey;
import io.yunyu.contract.merkle.ConsistencyProof;
import io.yunyu.ledger.signature.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Signs checkpoints; in an installation that is the vault, which refuses to sign two histories. */
@FunctionalInterface
public interface CheckpointSigner {
    /**
     * The signed note of the checkpoint.
     *
     * @param continuation proves that the checkpoint's tree continues a smaller one that the signer signed before
     * @throws IOException if the signer cannot be reached or refuses
     */
    String sign(Checkpoint checkpoint, Continuation continuation) throws IOException;

    /** Makes consistency proofs that lead to the checkpoint's size. */
    @FunctionalInterface
    interface Continuation {
        /** @param size at most the checkpoint's */
        ConsistencyProof from(long size);
    }

    /** A signer that holds its key itself; it remembers nothing and so guards against no rollback. */
    static CheckpointSigner of(SigningKey key) {
        return (checkpoint, continuation) -> new NoteKey(
                        checkpoint.origin(), key.verificationKey().bytes())
                .note(checkpoint, key.sign(checkpoint.toText().getBytes(StandardCharsets.UTF_8)));
    }
}
