package io.yunyu.ledger.checkpoint;

import io.yunyu.contract.checkpoint.Checkpoint;
import io.yunyu.contract.checkpoint.NoteKey;
import io.yunyu.ledger.signature.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Signs checkpoints; in an installation that is the vault, which refuses to sign two histories. */
@FunctionalInterface
public interface CheckpointSigner {
    /**
     * The signed note of the checkpoint.
     *
     * @throws IOException if the signer cannot be reached or refuses
     */
    String sign(Checkpoint checkpoint) throws IOException;

    /** A signer that holds its key itself; it remembers nothing and so guards against no rollback. */
    static CheckpointSigner of(SigningKey key) {
        return checkpoint -> new NoteKey(
                        checkpoint.origin(), key.verificationKey().bytes())
                .note(checkpoint, key.sign(checkpoint.toText().getBytes(StandardCharsets.UTF_8)));
    }
}
