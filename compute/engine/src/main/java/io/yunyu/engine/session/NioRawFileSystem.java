package io.yunyu.engine.session;

import java.io.FileNotFoundException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.Syncable;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system without the programs it starts ({@code chmod}, {@code ls}, {@code readlink}): the sandbox
 * lets no process start. Permissions and attributes go through java.nio; symbolic links are followed, never created.
 */
public final class NioRawFileSystem extends RawLocalFileSystem {
    /** What is written is on the disk when its stream is closed: a commit must not outlive the files that it names. */
    @Override
    protected OutputStream createOutputStreamWithMode(Path path, boolean append, FsPermission permission)
            throws IOException {
        return new SyncedAtClose(super.createOutputStreamWithMode(path, append, permission));
    }

    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        add(set, permission.getUserAction(), "OWNER");
        add(set, permission.getGroupAction(), "GROUP");
        add(set, permission.getOtherAction(), "OTHERS");
        Files.setPosixFilePermissions(nio(path), set);
    }

    /** Does nothing: everything an engine writes belongs to its own user. */
    @Override
    public void setOwner(Path path, String owner, String group) {}

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        PosixFileAttributes a;
        try {
            a = Files.readAttributes(nio(path), PosixFileAttributes.class);
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new FileNotFoundException("File " + path + " does not exist");
        }
        return new FileStatus(
                a.isDirectory() ? 0 : a.size(),
                a.isDirectory(),
                1,
                getDefaultBlockSize(path),
                a.lastModifiedTime().toMillis(),
                a.lastAccessTime().toMillis(),
                permission(a.permissions()),
                "",
                "",
                path.makeQualified(getUri(), getWorkingDirectory()));
    }

    @Override
    public FileStatus getFileLinkStatus(Path path) throws IOException {
        return getFileStatus(path);
    }

    @Override
    public boolean supportsSymlinks() {
        return false;
    }

    /** Atomic. An existing file at the destination is replaced, as rename(2) does; a directory never is. */
    @Override
    public boolean rename(Path source, Path destination) throws IOException {
        java.nio.file.Path to = nio(destination);
        if (Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS)) {
            to = to.resolve(source.getName());
        }
        try {
            Files.move(nio(source), to, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private java.nio.file.Path nio(Path path) {
        return pathToFile(path).toPath();
    }

    private static final class SyncedAtClose extends FilterOutputStream {
        private boolean closed;

        SyncedAtClose(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            try (OutputStream file = out) {
                file.flush();
                ((Syncable) file).hsync();
            }
        }
    }

    private static void add(Set<PosixFilePermission> set, FsAction action, String who) {
        for (FsAction single : new FsAction[] {FsAction.READ, FsAction.WRITE, FsAction.EXECUTE}) {
            if (action.implies(single)) {
                set.add(PosixFilePermission.valueOf(who + "_" + single.name()));
            }
        }
    }

    private static FsPermission permission(Set<PosixFilePermission> set) {
        short mode = 0;
        for (PosixFilePermission p : set) {
            // The constants are declared from OWNER_READ (0400) down to OTHERS_EXECUTE (01).
            mode |= (short) (0400 >> p.ordinal());
        }
        return new FsPermission(mode);
    }
}
