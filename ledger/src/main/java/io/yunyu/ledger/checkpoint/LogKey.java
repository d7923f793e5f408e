package io.yunyu.ledger.checkpoint;

import io.yunyu.contract.checkpoint.Checkpoint;
import io.yunyu.contract.checkpoint.NoteKey;
import io.yunyu.contract.json.JsonException;
import io.yunyu.ledger.signature.VerificationKey;
import java.nio.charset.StandardCharsets;

/**
 * The public key of a log, which alone turns a note into a {@link Checkpoint}. Its text is the C2SP verification key
 * {@code name+hash+base64}.
 */
public final class LogKey {
    private final NoteKey form;
    private final VerificationKey key;

    private LogKey(NoteKey form) {
        this.form = form;
        this.key = VerificationKey.of(form.publicKey());
    }

    public static LogKey of(String origin, VerificationKey key) {
        return new LogKey(new NoteKey(origin, key.bytes()));
    }

    /** @throws JsonException if the text is not a verification key */
    public static LogKey parse(String vkey) {
        return new LogKey(NoteKey.parse(vkey));
    }

    public String origin() {
        return form.name();
    }

    /**
     * The checkpoint of a note whose signature holds.
     *
     * @throws JsonException if the note is malformed, of another log, signed by another key, or its signature is wrong
     */
    public Checkpoint open(String note) {
        NoteKey.UnverifiedNote opened = form.open(note);
        byte[] message = opened.checkpoint().toText().getBytes(StandardCharsets.UTF_8);
        if (!key.verifies(message, opened.signature())) {
            throw new JsonException("The checkpoint's signature is wrong.");
        }
        return opened.checkpoint();
    }

    /** {@code name+hash+base64} */
    @Override
    public String toString() {
        return form.toText();
    }
}
