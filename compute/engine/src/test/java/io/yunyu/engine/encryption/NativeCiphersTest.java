package io.yunyu.engine.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeCiphersTest {
    private static final String GCM = "AES/GCM/NoPadding";
    private static final byte[] ABOUT = {1, 2, 3};
    private static final byte[] NONCE = new byte[12];

    @BeforeAll
    static void installed() {
        NativeCiphers.install();
    }

    @ParameterizedTest
    @ValueSource(strings = {GCM, "AES/CTR/NoPadding"})
    void encryptionIsNative(String transformation) throws GeneralSecurityException {
        assertThat(Cipher.getInstance(transformation).getProvider().getName()).isEqualTo("Conscrypt");
    }

    @Test
    void nothingElseChanges() throws GeneralSecurityException {
        assertThat(Mac.getInstance("HmacSHA256").getProvider().getName()).isEqualTo("SunJCE");
        assertThat(SSLContext.getInstance("TLSv1.3").getProvider().getName()).isEqualTo("SunJSSE");
        assertThat(new SecureRandom().getProvider().getName()).isEqualTo("SUN");
    }

    @Test
    void anotherInstallationChangesNothing() {
        Provider[] before = Security.getProviders();

        NativeCiphers.install();

        assertThat(Security.getProviders()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 1 << 20})
    void theRuntimesOwnReadsWhatWasEncryptedAndTheOtherWayRound(int size) throws GeneralSecurityException {
        byte[] text = bytes(size);

        byte[] nativeText = cipher("Conscrypt", Cipher.ENCRYPT_MODE).doFinal(text);
        byte[] ownText = cipher("SunJCE", Cipher.ENCRYPT_MODE).doFinal(text);

        assertThat(nativeText).isEqualTo(ownText);
        assertThat(cipher("SunJCE", Cipher.DECRYPT_MODE).doFinal(nativeText)).isEqualTo(text);
        assertThat(cipher("Conscrypt", Cipher.DECRYPT_MODE).doFinal(ownText)).isEqualTo(text);
    }

    @Test
    void aChangedByteIsNoticed() throws GeneralSecurityException {
        byte[] encrypted = cipher("Conscrypt", Cipher.ENCRYPT_MODE).doFinal(bytes(1000));
        for (int place : new int[] {0, 500, encrypted.length - 1}) {
            byte[] changed = Arrays.copyOf(encrypted, encrypted.length);
            changed[place] ^= 1;

            assertThatThrownBy(() -> cipher("Conscrypt", Cipher.DECRYPT_MODE).doFinal(changed))
                    .isInstanceOf(AEADBadTagException.class);
        }
    }

    private static Cipher cipher(String provider, int mode) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(GCM, provider);
        cipher.init(mode, new SecretKeySpec(new byte[32], "AES"), new GCMParameterSpec(128, NONCE));
        cipher.updateAAD(ABOUT);
        return cipher;
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}
