package io.yunyu.engine.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of a privacy unit: the first eight bytes, big-endian, of HMAC-SHA256(unit secret of the family, unit id in
 * UTF-8). Equal ids have equal keys in all tables of a family. Not safe for several threads.
 */
public final class UnitKey {
    private final Mac mac;

    public UnitKey(byte[] unitSecret) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(unitSecret, "HmacSHA256"));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("The unit secret cannot key an HMAC.", e);
        }
    }

    public long of(String unitId) {
        return ByteBuffer.wrap(mac.doFinal(unitId.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
