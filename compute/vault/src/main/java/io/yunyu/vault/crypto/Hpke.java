package io.yunyu.vault.crypto;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HpkePublicKey;
import com.google.crypto.tink.hybrid.HybridConfig;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.json.JsonException;
import java.security.GeneralSecurityException;

/** HPKE (RFC 9180: X25519, HKDF-SHA256, AES-256-GCM) by Tink; public keys are written {@code hpke:<base64 keyset>}. */
@AccessesPartialKey
public final class Hpke {
    private static final String PREFIX = "hpke:";
    private static final HpkeParameters PARAMETERS = parameters();

    private Hpke() {}

    /** A new private keyset in the form it is stored in. */
    public static byte[] generate() {
        try {
            return TinkProtoKeysetFormat.serializeKeyset(
                    KeysetHandle.generateNew(PARAMETERS), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot make an HPKE key.", e);
        }
    }

    /** The public key of a stored private keyset, {@code hpke:…}. */
    public static String publicKey(byte[] privateKeyset) {
        try {
            return PREFIX
                    + StrictBase64.encode(TinkProtoKeysetFormat.serializeKeysetWithoutSecret(
                            stored(privateKeyset).getPublicKeysetHandle()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot write a public key.", e);
        }
    }

    /**
     * Seals to a public key given by somebody else.
     *
     * @throws JsonException if it is not exactly one key of the suite that is agreed on
     */
    public static byte[] seal(String publicKey, byte[] content, byte[] info) {
        if (!publicKey.startsWith(PREFIX)) {
            throw new JsonException("A sealing key must have the form hpke:<base64>.");
        }
        byte[] bytes = StrictBase64.decode(publicKey.substring(PREFIX.length()), "A sealing key");
        try {
            KeysetHandle keyset = TinkProtoKeysetFormat.parseKeysetWithoutSecret(bytes, RegistryConfiguration.get());
            Key key = keyset.getPrimary().getKey();
            if (keyset.size() == 1
                    && key instanceof HpkePublicKey
                    && key.getParameters().equals(PARAMETERS)) {
                return keyset.getPrimitive(RegistryConfiguration.get(), HybridEncrypt.class)
                        .encrypt(content, info);
            }
        } catch (GeneralSecurityException | IllegalStateException e) {
            // Falls through: a key that Tink cannot use is refused like one of another suite.
        }
        throw new JsonException("A sealing key must be one HPKE key of X25519, HKDF-SHA256 and AES-256-GCM.");
    }

    /** Opens with a stored private keyset. */
    public static byte[] open(byte[] privateKeyset, byte[] sealed, byte[] info) throws GeneralSecurityException {
        return stored(privateKeyset)
                .getPrimitive(RegistryConfiguration.get(), HybridDecrypt.class)
                .decrypt(sealed, info);
    }

    private static KeysetHandle stored(byte[] privateKeyset) throws GeneralSecurityException {
        return TinkProtoKeysetFormat.parseKeyset(
                privateKeyset, InsecureSecretKeyAccess.get(), RegistryConfiguration.get());
    }

    private static HpkeParameters parameters() {
        try {
            HybridConfig.register();
            return HpkeParameters.builder()
                    .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
                    .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                    .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
                    .setVariant(HpkeParameters.Variant.NO_PREFIX)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot register HPKE.", e);
        }
    }
}
