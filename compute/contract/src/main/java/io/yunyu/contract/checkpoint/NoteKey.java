package io.yunyu.contract.checkpoint;

import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The public key of a log as C2SP signed-note writes it, and the form of a note signed with it. This class knows the
 * form only; who signs and verifies holds the cryptography. A note has exactly one signature line here: a line by a key
 * that nobody checks would be a line that anyone may change.
 *
 * <p>The key's text is {@code name+<8 hex: key hash>+<base64 of 0x01 and 32 bytes>}, the key hash being the first four
 * bytes of SHA-256(name, line feed, 0x01, key).
 */
public final class NoteKey {
    static final Pattern NAME = Pattern.compile("[^\\s+\\p{Cntrl}\\p{Z}]{1,200}");

    private static final byte ED25519 = 1;
    private static final int KEY_BYTES = 32;
    private static final int HASH_BYTES = 4;
    private static final int SIGNATURE_BYTES = 64;

    private final String name;
    private final byte[] publicKey;

    public NoteKey(String name, byte[] publicKey) {
        if (!NAME.matcher(name).matches() || publicKey.length != KEY_BYTES) {
            throw new JsonException("A log key needs a name without white space and plus signs, and 32 bytes.");
        }
        this.name = name;
        this.publicKey = publicKey.clone();
    }

    /** @throws JsonException if the text is not a verification key in its one form */
    public static NoteKey parse(String text) {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3) {
            throw new JsonException("A log key must have the form name+hash+base64.");
        }
        byte[] typed = StrictBase64.decode(parts[2], KEY_BYTES + 1, "A log key");
        NoteKey key = new NoteKey(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
        if (!key.toText().equals(text)) {
            throw new JsonException("A log key's name, hash and bytes do not belong together.");
        }
        return key;
    }

    public String name() {
        return name;
    }

    public byte[] publicKey() {
        return publicKey.clone();
    }

    public String toText() {
        return name + "+" + HexFormat.of().formatHex(hash()) + "+" + StrictBase64.encode(typedKey());
    }

    /** The note of a checkpoint and its raw signature over {@link Checkpoint#toText()}. */
    public String note(Checkpoint checkpoint, byte[] signature) {
        byte[] hashed = Arrays.copyOf(hash(), HASH_BYTES + SIGNATURE_BYTES);
        System.arraycopy(signature, 0, hashed, HASH_BYTES, SIGNATURE_BYTES);
        return checkpoint.toText() + "\n\u2014 " + name + " " + StrictBase64.encode(hashed) + "\n";
    }

    /**
     * Takes a note apart, without verifying its signature.
     *
     * @throws JsonException if it is not a checkpoint with exactly one signature line of this key
     */
    public UnverifiedNote open(String note) {
        int blank = note.indexOf("\n\n");
        String prefix = "\u2014 " + name + " ";
        if (blank < 0 || !note.startsWith(prefix, blank + 2) || !note.endsWith("\n")) {
            throw new JsonException("The note is not a checkpoint signed as " + name + ".");
        }
        String encoded = note.substring(blank + 2 + prefix.length(), note.length() - 1);
        byte[] hashed = StrictBase64.decode(encoded, HASH_BYTES + SIGNATURE_BYTES, "A note's signature");
        if (!Arrays.equals(Arrays.copyOf(hashed, HASH_BYTES), hash())) {
            throw new JsonException("The note is signed with another key than the one expected.");
        }
        Checkpoint checkpoint = Checkpoint.parse(note.substring(0, blank + 1));
        if (!checkpoint.origin().equals(name)) {
            throw new JsonException("The checkpoint's origin is not the name of its key.");
        }
        return new UnverifiedNote(checkpoint, Arrays.copyOfRange(hashed, HASH_BYTES, hashed.length));
    }

    private byte[] hash() {
        byte[] digest = ContentDigest.sha256((name + "\n").getBytes(StandardCharsets.UTF_8), typedKey());
        return Arrays.copyOf(digest, HASH_BYTES);
    }

    private byte[] typedKey() {
        byte[] typed = new byte[KEY_BYTES + 1];
        typed[0] = ED25519;
        System.arraycopy(publicKey, 0, typed, 1, KEY_BYTES);
        return typed;
    }

    /** A checkpoint and the signature that still has to be verified over its text. */
    public record UnverifiedNote(Checkpoint checkpoint, byte[] signature) {}
}
