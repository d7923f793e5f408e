package io.yunyu.ledger.signature;

import io.yunyu.contract.file.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Files that only their owner may read. */
final class KeyFile {
    private static final long MAX_BYTES = 64 * 1024;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private KeyFile() {}

    static void create(Path file, String content) throws IOException {
        DurableFiles.create(file, content.getBytes(StandardCharsets.UTF_8), OWNER_ONLY);
        DurableFiles.forceName(file);
    }

    static String read(Path file) throws IOException {
        Set<PosixFilePermission> others = EnumSet.copyOf(EnumSet.allOf(PosixFilePermission.class));
        others.removeAll(EnumSet.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));
        others.retainAll(Files.getPosixFilePermissions(file));
        if (!others.isEmpty()) {
            throw new IOException("The key file " + file + " may be read or changed by others than its owner;"
                    + " if nobody has used it, run chmod 600 on it.");
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_BYTES) {
            throw new IOException("The file " + file + " is not a key file.");
        }
        return Files.readString(file);
    }
}
