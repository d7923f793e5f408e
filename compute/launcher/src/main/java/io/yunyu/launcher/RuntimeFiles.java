package io.yunyu.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** The launcher's own directory: the filter, the few files of {@code /etc} that an engine sees, and sockets. */
final class RuntimeFiles implements AutoCloseable {
    private static final String FILTER = "seccomp.bpf";
    private static final String NODE_FILTER = "seccomp-nodes.bpf";
    private static final Map<String, String> ETC = Map.of(
            "passwd", "engine:x:10001:10001:engine:/tmp:/usr/sbin/nologin\n",
            "group", "engine:x:10001:\n",
            "hosts", "127.0.0.1 localhost sandbox\n::1 localhost\n",
            "nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n");

    private final Path directory;

    private RuntimeFiles(Path directory) {
        this.directory = directory;
    }

    static RuntimeFiles create(CpuArchitecture architecture) {
        try {
            Path directory = Files.createTempDirectory("yunyu-launcher-");
            Files.write(directory.resolve(FILTER), SeccompFilter.bytes(architecture));
            Files.write(directory.resolve(NODE_FILTER), SeccompFilter.bytesForNodes(architecture));
            Path etc = Files.createDirectory(directory.resolve("etc"));
            for (Map.Entry<String, String> file : ETC.entrySet()) {
                readable(Files.writeString(etc.resolve(file.getKey()), file.getValue()), "rw-r--r--");
            }
            readable(etc, "rwxr-xr-x");
            readable(directory, "rwx--x--x");
            return new RuntimeFiles(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The launcher cannot write its files in the system's temporary directory", e);
        }
    }

    private static void readable(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    Path filter() {
        return directory.resolve(FILTER);
    }

    /** For what must start processes. */
    Path filterOfNodes() {
        return directory.resolve(NODE_FILTER);
    }

    Path etc() {
        return directory.resolve("etc");
    }

    static Iterable<String> etcNames() {
        return ETC.keySet().stream().sorted().toList();
    }

    @Override
    public void close() {
        deleteTree(directory);
    }

    /** Deletes what is there; links are removed, not followed. */
    static void deleteTree(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A directory of the launcher cannot be deleted", e);
        }
    }
}
