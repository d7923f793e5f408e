package io.yunyu.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.vault.crypto.ColumnKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ColumnKeyTest {
    private final byte[] key = ColumnKey.random();
    private final ColumnKey column = new ColumnKey(key, "visits", "age");

    @Test
    void wrap_dataKey_isAesGcmWithThePlaceAsAssociatedData() throws GeneralSecurityException {
        byte[] dataKey = ColumnKey.random();
        byte[] wrapped = column.wrap(dataKey);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(key, "AES"),
                new GCMParameterSpec(128, Arrays.copyOf(wrapped, 12)));
        cipher.updateAAD("visits|age".getBytes(StandardCharsets.UTF_8));
        assertThat(cipher.doFinal(wrapped, 12, wrapped.length - 12)).isEqualTo(dataKey);
        assertThat(column.unwrap(wrapped)).isEqualTo(dataKey);
        assertThat(column.wrap(dataKey)).isNotEqualTo(wrapped);
    }

    @Test
    void unwrap_sameKeyAtAnotherPlace_isRefused() {
        byte[] wrapped = column.wrap(ColumnKey.random());
        assertThatThrownBy(() -> new ColumnKey(key, "visits", "fee").unwrap(wrapped))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> new ColumnKey(key, "payments", "age").unwrap(wrapped))
                .isInstanceOf(GeneralSecurityException.class);
    }
}
