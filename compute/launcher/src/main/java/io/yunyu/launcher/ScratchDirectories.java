package io.yunyu.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Directories for engines' spill below one parent, each deleted when its engine is dead. */
public final class ScratchDirectories {
    private static final String PREFIX = "engine-";

    private ScratchDirectories() {}

    static Path create(Path parent) throws IOException {
        return Files.createTempDirectory(parent, PREFIX);
    }

    /**
     * Removes what a launcher left there that was killed itself. The caller must know that no engine lives that uses this
     * parent: engines die with their launcher's process.
     */
    public static void clear(Path parent) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, PREFIX + "*")) {
            left.forEach(RuntimeFiles::deleteTree);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("The directory for engines' spill cannot be read.", e);
        }
    }
}
