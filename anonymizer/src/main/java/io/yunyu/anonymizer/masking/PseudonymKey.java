package io.yunyu.anonymizer.masking;

import io.yunyu.anonymizer.data.InputException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The secret that pseudonyms are made with: 32 to 64 random bytes in a file that only its owner can read. */
public final class PseudonymKey implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int MIN_BYTES = 32;
    private static final int MAX_BYTES = 64;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));
    private static final String REMEDY = " Make one with: (umask 077; head -c 32 /dev/urandom > FILE)";

    private final SecretKey secret;

    private PseudonymKey(SecretKey secret) {
        this.secret = secret;
    }

    /** @throws InputException if the file is absent, readable by others, or not a key */
    public static PseudonymKey read(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new InputException("Key file '" + name + "' is not a plain file.");
            }
            if (Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).stream()
                    .anyMatch(OTHERS::contains)) {
                throw new InputException("Key file '" + name + "' can be reached by others than its owner; make a new"
                        + " key, and keep it with chmod 600." + REMEDY);
            }
            if (Files.size(file) < MIN_BYTES || Files.size(file) > MAX_BYTES) {
                throw new InputException("Key file '" + name + "' has " + Files.size(file) + " bytes; a key has "
                        + MIN_BYTES + " to " + MAX_BYTES + "." + REMEDY);
            }
            byte[] bytes = Files.readAllBytes(file);
            requireVaried(name, bytes);
            PseudonymKey key = new PseudonymKey(new SecretKeySpec(bytes, "HmacSHA256"));
            Arrays.fill(bytes, (byte) 0);
            return key;
        } catch (NoSuchFileException e) {
            throw new InputException("There is no key file '" + name + "'." + REMEDY, e);
        } catch (UnsupportedOperationException e) {
            throw new InputException("Key file '" + name + "' lies where nobody can say who may read it.", e);
        } catch (IOException e) {
            throw new InputException("Key file '" + name + "' cannot be read.", e);
        }
    }

    /** Not a test of randomness; stops a file of zeros or a word. */
    private static void requireVaried(String name, byte[] bytes) {
        boolean[] seen = new boolean[256];
        int different = 0;
        for (byte b : bytes) {
            different += seen[b & 0xff] ? 0 : 1;
            seen[b & 0xff] = true;
        }
        if (different < MIN_BYTES / 2) {
            throw new InputException("Key file '" + name + "' does not hold random bytes." + REMEDY);
        }
    }

    SecretKey secret() {
        return secret;
    }
}
