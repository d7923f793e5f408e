package io.yunyu.engine.channel;

import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HybridConfig;
import io.yunyu.contract.channel.SealingContext;
import java.security.GeneralSecurityException;
import java.util.Base64;

/** The key pair of one engine process, to which the vault seals its answers. It is made at start and never stored. */
public final class SealKeys {
    private final KeysetHandle privateKeys;

    private SealKeys(KeysetHandle privateKeys) {
        this.privateKeys = privateKeys;
    }

    /** A fresh pair: X25519, HKDF-SHA256, AES-256-GCM. */
    public static SealKeys generate() {
        try {
            HybridConfig.register();
            return new SealKeys(KeysetHandle.generateNew(HpkeParameters.builder()
                    .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
                    .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                    .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
                    .setVariant(HpkeParameters.Variant.NO_PREFIX)
                    .build()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The sealing key could not be made.", e);
        }
    }

    /** {@code hpke:} and the base64 of the public keyset. */
    public String sealTo() {
        try {
            byte[] keyset = TinkProtoKeysetFormat.serializeKeysetWithoutSecret(privateKeys.getPublicKeysetHandle());
            return "hpke:" + Base64.getEncoder().encodeToString(keyset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The sealing key could not be written.", e);
        }
    }

    /** @throws KeyAccessDenied if the answer was not sealed to this process for this question */
    byte[] open(String sealedBase64, String jobId, long id) {
        try {
            return open(Base64.getDecoder().decode(sealedBase64), SealingContext.answer(jobId, id));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new KeyAccessDenied("An answer of the vault was not sealed to this engine for this question.");
        }
    }

    /** @throws GeneralSecurityException if it was not sealed to this pair in this context */
    public byte[] open(byte[] sealed, byte[] context) throws GeneralSecurityException {
        return privateKeys
                .getPrimitive(RegistryConfiguration.get(), HybridDecrypt.class)
                .decrypt(sealed, context);
    }
}
