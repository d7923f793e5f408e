package io.yunyu.engine.solver;

import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.hybrid.HybridConfig;
import com.google.crypto.tink.subtle.AesGcmJce;
import io.yunyu.contract.channel.SealingContext;
import io.yunyu.engine.channel.SealKeys;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * How a table goes to a solver and what it found comes back, unread by who carries it: the table by HPKE to the key of
 * the solver's process, with a key beside it that is used once, for the answer (AES-256-GCM). An answer to another
 * question, or from another process, does not open. Lengths are rounded up, so that they tell the size of a table only
 * roughly.
 */
public final class TaskSeal {
    private static final int KEY_BYTES = 32;
    private static final int BLOCK_BYTES = 1 << 16;
    private static final String PREFIX = "hpke:";

    private TaskSeal() {}

    /**
     * A table that was opened.
     *
     * @param answerKey what to seal the answer with
     */
    public record Opened(byte[] answerKey, ByteBuffer task) {}

    static byte[] newAnswerKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    static byte[] seal(byte[] task, byte[] answerKey, String solverKey, String jobId) throws GeneralSecurityException {
        HybridConfig.register();
        if (!solverKey.startsWith(PREFIX)) {
            throw new GeneralSecurityException("no sealing key");
        }
        byte[] keyset = Base64.getDecoder().decode(solverKey.substring(PREFIX.length()));
        byte[] padded = padded(task);
        byte[] plain = ByteBuffer.allocate(KEY_BYTES + padded.length)
                .put(answerKey)
                .put(padded)
                .array();
        return TinkProtoKeysetFormat.parseKeysetWithoutSecret(keyset)
                .getPrimitive(RegistryConfiguration.get(), HybridEncrypt.class)
                .encrypt(plain, SealingContext.task(jobId));
    }

    /** @throws GeneralSecurityException if it was not sealed to this process for this job */
    public static Opened open(byte[] sealed, SealKeys keys, String jobId) throws GeneralSecurityException {
        ByteBuffer plain = ByteBuffer.wrap(keys.open(sealed, SealingContext.task(jobId)));
        if (plain.remaining() < KEY_BYTES) {
            throw new GeneralSecurityException("too short");
        }
        byte[] key = new byte[KEY_BYTES];
        plain.get(key);
        return new Opened(key, unpadded(plain));
    }

    public static byte[] sealAnswer(byte[] answer, byte[] answerKey, String jobId) throws GeneralSecurityException {
        return new AesGcmJce(answerKey).encrypt(padded(answer), SealingContext.pattern(jobId));
    }

    /** @throws GeneralSecurityException if it is no answer to the question that this key went with */
    static ByteBuffer openAnswer(byte[] sealed, byte[] answerKey, String jobId) throws GeneralSecurityException {
        return unpadded(ByteBuffer.wrap(new AesGcmJce(answerKey).decrypt(sealed, SealingContext.pattern(jobId))));
    }

    private static byte[] padded(byte[] content) {
        int length = Integer.BYTES + content.length;
        return ByteBuffer.allocate((length + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES)
                .putInt(content.length)
                .put(content)
                .array();
    }

    private static ByteBuffer unpadded(ByteBuffer padded) throws GeneralSecurityException {
        int length = padded.remaining() < Integer.BYTES ? -1 : padded.getInt();
        if (length < 0 || length > padded.remaining()) {
            throw new GeneralSecurityException("wrong length");
        }
        return padded.slice(padded.position(), length);
    }
}
