package io.yunyu.ledger.signature;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.signature.Ed25519Parameters;
import com.google.crypto.tink.signature.Ed25519PrivateKey;
import com.google.crypto.tink.signature.SignatureConfig;
import com.google.crypto.tink.subtle.Ed25519Sign;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.encoding.StrictBase64;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * A person's or party's Ed25519 private key, as held in a key file that no server ever sees.
 *
 * <p>A key file is a Tink keyset in JSON form with one raw (no prefix) Ed25519 key, not encrypted: whoever reads it can
 * sign. It is created with mode 0600 and never over an existing file, and not read if anybody but its owner may read
 * it. Signatures are raw RFC 8032 ones, so that any Ed25519 implementation can verify them.
 */
@AccessesPartialKey
public final class SigningKey {
    static {
        try {
            SignatureConfig.register();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot register its signature keys.", e);
        }
    }

    private final KeysetHandle keyset;
    private final Ed25519PrivateKey key;

    private SigningKey(KeysetHandle keyset) throws GeneralSecurityException {
        if (keyset.size() != 1
                || !(keyset.getPrimary().getKey() instanceof Ed25519PrivateKey ed25519)
                || ed25519.getParameters().getVariant() != Ed25519Parameters.Variant.NO_PREFIX) {
            throw new GeneralSecurityException("not one raw Ed25519 key");
        }
        this.keyset = keyset;
        this.key = ed25519;
    }

    public static SigningKey generate() {
        try {
            return new SigningKey(KeysetHandle.generateNew(Ed25519Parameters.create()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot make an Ed25519 key.", e);
        }
    }

    /**
     * Reads a key file.
     *
     * @throws IOException if it cannot be read, may be read by others than its owner, or is not a key file
     */
    public static SigningKey load(Path file) throws IOException {
        String json = KeyFile.read(file);
        try {
            return new SigningKey(TinkJsonProtoKeysetFormat.parseKeyset(
                    json, RegistryConfiguration.get(), InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException e) {
            // Without the cause: its message may quote the file.
            throw new IOException("The file " + file + " is not a key file with one Ed25519 key.");
        }
    }

    /**
     * Writes a new key file with mode 0600, whole or not at all.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is a file of that name, which stays as it is
     */
    public void save(Path file) throws IOException {
        try {
            KeyFile.create(file, TinkJsonProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot write its own key.", e);
        }
    }

    public VerificationKey verificationKey() {
        return VerificationKey.of(key.getPublicKey().getPublicKeyBytes().toByteArray());
    }

    /** The raw signature (64 bytes) of a message. */
    public byte[] sign(byte[] message) {
        try {
            return Ed25519Sign.create(key).sign(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot sign with its own key.", e);
        }
    }

    /** Signs a document as one of the given type, so that it cannot be taken for a document of another. */
    public Signature sign(String type, String document) {
        byte[] signature = sign(Signature.message(type, document));
        return new Signature(verificationKey().toString(), StrictBase64.encode(signature));
    }

    /** The public half only. */
    @Override
    public String toString() {
        return "SigningKey[" + verificationKey() + "]";
    }
}
