package io.yunyu.system.egress;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for planted values in bytes, in what is packed in them, and in names of files. Packed is: gzip, zlib and zip
 * members that begin anywhere, also within base64 or hexadecimal text, to a depth of three; and text across line breaks
 * and the sizes of HTTP's chunks. What is encrypted, or packed in another way, is not seen through; a packed member of
 * more than 4 MiB in a file of more than 32 MiB may be seen in part.
 */
final class EgressSearch {
    private static final int CHUNK = 32 << 20;
    private static final int OVERLAP = 4 << 20;
    private static final int MOST_DEPTH = 3;

    private final ByteSearch values;
    private final Set<String> findings = new TreeSet<>();

    EgressSearch(Collection<Planted> values) {
        this.values = new ByteSearch(values);
    }

    /** One line each: where, which value, in which form. */
    Set<String> findings() {
        return findings;
    }

    void bytes(String where, byte[] bytes) {
        look(where, bytes, 0);
    }

    /**
     * Every file below a directory, and every name. What goes while it is looked at has not stayed; what this user may
     * not read is another's.
     */
    void tree(Path root, Predicate<Path> isSource) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                name(root, directory);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                name(root, path);
                if (attributes.isSymbolicLink()) {
                    String target = Files.readSymbolicLink(path).toString();
                    bytes("target of the link " + path, target.getBytes(StandardCharsets.UTF_8));
                } else if (attributes.isRegularFile() && !isSource.test(path)) {
                    file(path);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
                return passOver(e);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                return e == null ? FileVisitResult.CONTINUE : passOver(e);
            }
        });
    }

    private static FileVisitResult passOver(IOException e) throws IOException {
        if (e instanceof NoSuchFileException || e instanceof AccessDeniedException) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }

    private void name(Path root, Path path) {
        String names = root.getFileName() + "/" + root.relativize(path);
        values.in(names.getBytes(StandardCharsets.UTF_8)).forEach(found -> findings.add("a name: " + found));
    }

    private void file(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] piece = in.readNBytes(CHUNK);
            bytes(path.toString(), piece);
            while (piece.length == CHUNK) {
                byte[] rest = in.readNBytes(CHUNK - OVERLAP);
                if (rest.length == 0) {
                    return;
                }
                byte[] following = new byte[OVERLAP + rest.length];
                System.arraycopy(piece, piece.length - OVERLAP, following, 0, OVERLAP);
                System.arraycopy(rest, 0, following, OVERLAP, rest.length);
                bytes(path.toString(), following);
                piece = following;
            }
        } catch (NoSuchFileException | AccessDeniedException e) {
            passOver(e);
        }
    }

    private void look(String where, byte[] bytes, int depth) {
        values.in(bytes).forEach(found -> findings.add(where + ": " + found));
        if (depth == MOST_DEPTH) {
            return;
        }
        Packed.members(bytes, (how, member) -> look(where + " > " + how, member, depth + 1));
        if (depth == 0 && isText(bytes)) {
            look(where + " > across lines", joined(bytes), 1);
        }
    }

    private static boolean isText(byte[] bytes) {
        boolean lines = false;
        for (int i = 0; i < Math.min(bytes.length, 4096); i++) {
            if (bytes[i] == 0) {
                return false;
            }
            lines |= bytes[i] == '\n';
        }
        return lines;
    }

    /** Without line breaks, and without the sizes of chunks that stand between two of them. */
    private static byte[] joined(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\r' || bytes[i] == '\n') {
                i = afterChunkSize(bytes, i);
            } else {
                out.write(bytes[i]);
            }
        }
        return out.toByteArray();
    }

    /** The last place of {@code CR LF size CR LF} if that begins here, else the place itself. */
    private static int afterChunkSize(byte[] bytes, int at) {
        int i = at + 2;
        while (i < bytes.length && i < at + 10 && Character.digit(bytes[i], 16) >= 0) {
            i++;
        }
        boolean chunk =
                i > at + 2 && i + 1 < bytes.length && bytes[at + 1] == '\n' && bytes[i] == '\r' && bytes[i + 1] == '\n';
        return chunk ? i + 1 : at;
    }
}
