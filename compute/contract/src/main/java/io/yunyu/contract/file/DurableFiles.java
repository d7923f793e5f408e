package io.yunyu.contract.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files that a power cut does not undo. A file's content and its name reach the disk separately: {@link #create} forces the
 * content, and {@link #forceDirectory} the names in a directory.
 */
public final class DurableFiles {
    private DurableFiles() {}

    /**
     * Creates a file that does not exist yet, with these permissions from its first moment, and forces its content to disk.
     * Nothing is left if that fails.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one; it is left as it is
     */
    public static void create(Path file, byte[] content, Set<PosixFilePermission> permissions) throws IOException {
        // CREATE_NEW is O_CREAT|O_EXCL with the mode given at once: no moment in which others could open the file.
        try (FileChannel channel = FileChannel.open(
                file,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(permissions))) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            } catch (IOException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        }
    }

    /** Forces a file's name to disk. */
    public static void forceName(Path file) throws IOException {
        forceDirectory(file.toAbsolutePath().resolveSibling("."));
    }

    /** Forces the names in a directory to disk: of files that were created, linked or moved there. */
    public static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, EnumSet.of(StandardOpenOption.READ))) {
            channel.force(true);
        }
    }
}
