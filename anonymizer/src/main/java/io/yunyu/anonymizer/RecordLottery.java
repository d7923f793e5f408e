package io.yunyu.anonymizer;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.OptionalLong;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A ticket for each record by its place in the input: AES-128 of the place under a key, so that whoever holds any part of
 * the records draws the same ones. Without a seed the key is drawn at random, and who does not know it cannot tell tickets
 * from random numbers. Not safe for use by several threads.
 */
public final class RecordLottery implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int KEY_BYTES = 16;

    /** Tickets are below. */
    public static final double TICKETS = 0x1p63;

    private final byte[] key;
    private transient @Nullable Cipher cipher;
    private transient byte[] block;

    /** @param seed absent for a draw that nobody can repeat */
    public RecordLottery(OptionalLong seed) {
        this.key = seed.isPresent() ? ofSeed(seed.getAsLong()) : new byte[KEY_BYTES];
        this.block = new byte[KEY_BYTES];
        if (seed.isEmpty()) {
            new SecureRandom().nextBytes(key);
        }
    }

    private RecordLottery(byte[] key) {
        this.key = key;
        this.block = new byte[KEY_BYTES];
    }

    /** @param key at least 16 bytes, of which the first 16 are taken; who knows them knows who is drawn */
    public static RecordLottery ofKey(byte[] key) {
        if (key.length < KEY_BYTES) {
            throw new IllegalArgumentException("A key of the lottery has at least " + KEY_BYTES + " bytes.");
        }
        return new RecordLottery(Arrays.copyOf(key, KEY_BYTES));
    }

    private static byte[] ofSeed(long seed) {
        try {
            byte[] text = ("yunyu anonymizer sampling v1 " + seed).getBytes(StandardCharsets.UTF_8);
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(text), KEY_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** The ticket of the record at a place, in [0, 2^63). */
    public long ticket(long place) {
        try {
            Cipher aes = cipher;
            if (aes == null) {
                // One block each, of which no two are equal: there is nothing to chain.
                aes = Cipher.getInstance("AES/ECB/NoPadding");
                aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
                cipher = aes;
                block = new byte[KEY_BYTES];
            }
            ByteBuffer.wrap(block).putLong(place);
            aes.update(block, 0, KEY_BYTES, block, 0);
            long ticket = ByteBuffer.wrap(block).getLong() >>> 1;
            Arrays.fill(block, (byte) 0);
            return ticket;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES.", e);
        }
    }
}
