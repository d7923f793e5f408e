package io.yunyu.api.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the PostgreSQL programs that Maven brought, once. */
final class PostgresBinaries {
    private static final String RESOURCE = "/postgres-linux-x86_64.txz";

    private PostgresBinaries() {}

    /** The directory that holds {@code bin/postgres}; a cut-off earlier unpacking is never taken for a whole one. */
    static Path unpack(Path directory) throws IOException {
        if (Files.isExecutable(directory.resolve("bin/postgres"))) {
            return directory;
        }
        Files.createDirectories(directory.toAbsolutePath().getParent());
        Path partial = Files.createTempDirectory(directory.toAbsolutePath().getParent(), "unpacking");
        try (InputStream resource = PostgresBinaries.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IOException("PostgreSQL for Linux x86-64 is not on the class path; set yunyu.database.url.");
            }
            try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(resource))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(tar, entry, partial);
                }
            }
        }
        Files.move(partial, directory, StandardCopyOption.ATOMIC_MOVE);
        return directory;
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path root) throws IOException {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("The PostgreSQL archive names a file outside its own directory.");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
