package io.yunyu.vault.store;

import io.yunyu.contract.file.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files and directories that nobody but their owner may touch. */
final class OwnerOnly {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private OwnerOnly() {}

    static void directory(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
        }
        requireOwnerOnly(directory, "chmod 700");
    }

    /** Creates a file that does not exist yet, and forces it to disk. */
    static void create(Path file, byte[] content) throws IOException {
        DurableFiles.create(file, content, FILE);
    }

    static void requireOwnerOnly(Path path, String remedy) throws IOException {
        Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(path));
        others.removeAll(DIRECTORY);
        if (!others.isEmpty()) {
            throw new VaultStartException(
                    4,
                    path + " may be read or changed by others than its owner. If you are sure that nobody did, run "
                            + remedy + " on it.");
        }
    }
}
