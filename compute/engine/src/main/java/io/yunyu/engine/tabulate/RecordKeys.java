package io.yunyu.engine.tabulate;

import io.yunyu.engine.perturbation.CellKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Record keys from a secret: HMAC-SHA256 of the unit's identifier, so that a unit keeps its key for all publications. */
final class RecordKeys {
    private static final int SECRET_BYTES = 32;

    private final Mac mac;

    RecordKeys(byte[] secret) {
        if (secret.length < SECRET_BYTES) {
            throw new TabulationException(
                    "The secret has fewer than " + SECRET_BYTES + " bytes and could be guessed; use random ones.");
        }
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is missing from this Java runtime, which must offer it.", e);
        }
    }

    /** The secret of a file; the file is made, readable to its owner only, if there is none. */
    static RecordKeys of(Path file) throws IOException {
        byte[] fresh = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(fresh);
        try (var channel = Files.newByteChannel(
                file,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(Set.copyOf(PosixFilePermissions.fromString("rw-------"))))) {
            channel.write(ByteBuffer.wrap(fresh));
            return new RecordKeys(fresh);
        } catch (FileAlreadyExistsException existing) {
            return new RecordKeys(Files.readAllBytes(file));
        }
    }

    /** The key of a unit, an integer in [0, 10^8). */
    long key(String unit) {
        byte[] digest = mac.doFinal(("yunyu.record-key.v1." + unit).getBytes(StandardCharsets.UTF_8));
        return CellKey.recordKey(ByteBuffer.wrap(digest).getLong());
    }

    @Override
    public String toString() {
        return "RecordKeys[withheld]";
    }
}
