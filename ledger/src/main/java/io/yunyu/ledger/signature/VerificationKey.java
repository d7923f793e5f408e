package io.yunyu.ledger.signature;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.PublicKeyVerify;
import com.google.crypto.tink.signature.Ed25519PublicKey;
import com.google.crypto.tink.subtle.Ed25519Verify;
import com.google.crypto.tink.util.Bytes;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.json.JsonException;
import java.security.GeneralSecurityException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 public key (RFC 8032), written {@code ed25519:<base64 of 32 bytes>}. Two keys are equal if their texts
 * are. It says nothing about whose key it is: that is for the document that names it.
 */
@AccessesPartialKey
public final class VerificationKey {
    private static final String PREFIX = "ed25519:";
    private static final int KEY_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;

    private final String text;
    private final PublicKeyVerify verifier;

    private VerificationKey(byte[] publicKey) {
        this.text = PREFIX + StrictBase64.encode(publicKey);
        try {
            this.verifier = Ed25519Verify.create(Ed25519PublicKey.create(Bytes.copyFrom(publicKey)));
        } catch (GeneralSecurityException e) {
            throw new JsonException("An Ed25519 key must be 32 bytes that are a public key.");
        }
    }

    public static VerificationKey of(byte[] publicKey) {
        if (publicKey.length != KEY_BYTES) {
            throw new JsonException("An Ed25519 key must be 32 bytes.");
        }
        return new VerificationKey(publicKey);
    }

    /** @throws JsonException if the text is not a key in its one form */
    public static VerificationKey parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new JsonException("A public key must have the form ed25519:<base64 of 32 bytes>.");
        }
        return of(StrictBase64.decode(text.substring(PREFIX.length()), KEY_BYTES, "A public key"));
    }

    public byte[] bytes() {
        return StrictBase64.decode(text.substring(PREFIX.length()), KEY_BYTES, "A public key");
    }

    /** Whether {@code signature} is this key's over {@code message}. Any other length than 64 is not. */
    public boolean verifies(byte[] message, byte[] signature) {
        if (signature.length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            verifier.verify(signature, message);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Whether the signature is by this very key and over the document; a malformed one is not. */
    public boolean verifies(String type, String document, Signature signature) {
        try {
            return signature.key().equals(text)
                    && verifies(
                            Signature.message(type, document), StrictBase64.decode(signature.value(), "A signature"));
        } catch (JsonException e) {
            return false;
        }
    }

    /** {@code ed25519:…} */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerificationKey key && key.text.equals(text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text);
    }
}
