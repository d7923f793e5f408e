package io.yunyu.engine.guard;

import io.yunyu.contract.guard.GuardChain;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.engine.channel.GuardQuestions;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A family's chain of records, opened. An entry is AES-256-GCM over a piece of a record, bound to family, place and the
 * link before it; a record that is too long for one entry goes on in the next. The vault remembers the longest chain that
 * it was shown, so that a chain that lost entries is noticed by the next job.
 */
public final class GuardMemory {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte LAST = 0;
    private static final byte GOES_ON = 1;
    private static final int PIECE_BYTES = GuardChain.MAX_ENTRY_BYTES - 64;

    private final String family;
    private final GuardQuestions questions;
    private final byte[] key;
    private final List<GuardRecord> records;
    private long entries;
    private String head;

    private GuardMemory(
            String family, GuardQuestions questions, byte[] key, List<GuardRecord> records, long entries, String head) {
        this.family = family;
        this.questions = questions;
        this.key = key;
        this.records = records;
        this.entries = entries;
        this.head = head;
    }

    /** Takes the family's lock and reads its chain. @throws ProblemException if it was changed, cut or does not open */
    public static GuardMemory open(String family, byte[] key, GuardQuestions questions) {
        List<byte[]> sealed = questions.guardEntries(family);
        List<String> links = new ArrayList<>(List.of(GuardChain.start(family)));
        sealed.forEach(entry -> links.add(GuardChain.link(links.get(links.size() - 1), entry)));
        String head = links.get(sealed.size());
        GuardQuestions.GuardHead known = questions.guardSeen(family, sealed.size(), head);
        boolean grown = known.entries() <= sealed.size()
                && (known.entries() == 0 || links.get((int) known.entries()).equals(known.head()));
        if (!grown) {
            throw broken("is not the one that earlier jobs saw, grown");
        }
        List<GuardRecord> records = new ArrayList<>();
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        for (int i = 0; i < sealed.size(); i++) {
            byte[] piece = opened(key, family, i, links.get(i), sealed.get(i));
            record.write(piece, 1, piece.length - 1);
            if (piece[0] == LAST) {
                records.add(RecordBytes.read(record.toByteArray()));
                record.reset();
            }
        }
        return new GuardMemory(family, questions, key.clone(), List.copyOf(records), sealed.size(), head);
    }

    /** Oldest first. */
    public List<GuardRecord> records() {
        return records;
    }

    /** Whether the family has a planned publication: exact values, beside which nothing else is answered. */
    public boolean hasPublication() {
        return records.stream().anyMatch(r -> r.publication().isPresent());
    }

    /** Two secret numbers by which units are hashed, the same for the life of the family. */
    public static long[] hashKeys(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            ByteBuffer bytes = ByteBuffer.wrap(mac.doFinal("yunyu/guard/sketch/1".getBytes(StandardCharsets.US_ASCII)));
            return new long[] {bytes.getLong(), bytes.getLong()};
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime lacks HMAC-SHA256.", e);
        }
    }

    /** Hands in this job's record; it counts with the job's end, whatever that is. */
    public void reserve(GuardRecord record) {
        byte[] bytes = RecordBytes.write(record);
        if (bytes.length > GuardChain.MAX_JOB_BYTES / 2) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE,
                    "The guard's record of this query exceeds its bound. Group by fewer or coarser columns.");
        }
        for (int at = 0; at < bytes.length; at += PIECE_BYTES) {
            int to = Math.min(bytes.length, at + PIECE_BYTES);
            byte[] sealed = sealed(Arrays.copyOfRange(bytes, at, to), to == bytes.length ? LAST : GOES_ON);
            questions.guardReserve(family, sealed);
            head = GuardChain.link(head, sealed);
            entries++;
        }
    }

    private byte[] sealed(byte[] piece, byte mark) {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, family, entries, head);
            cipher.update(new byte[] {mark});
            byte[] text = cipher.doFinal(piece);
            return ByteBuffer.allocate(NONCE_BYTES + text.length)
                    .put(nonce)
                    .put(text)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A record of the guard could not be sealed.", e);
        }
    }

    private static byte[] opened(byte[] key, String family, long place, String before, byte[] sealed) {
        try {
            byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
            byte[] piece = cipher(Cipher.DECRYPT_MODE, key, nonce, family, place, before)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
            if (piece.length > 0) {
                return piece;
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Falls through: why it does not open would only describe the entry.
        }
        throw broken("has an entry that was changed, or sealed for another place");
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, String family, long place, String before)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(("yunyu/guard/1\n" + family + "\n" + place + "\n" + before).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static ProblemException broken(String what) {
        return new ProblemException(
                ProblemCode.INTERNAL,
                "The record of what was published of this dataset family " + what
                        + ". Nothing is computed until the operator has restored it.");
    }
}
