package io.yunyu.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lines of docs/vectors.md, one for each set of vectors, written by the test that has just reproduced it. */
public final class VectorLines {
    private VectorLines() {}

    /** @param how what was compared, and how closely */
    public static void reproduced(String file, String what, int entries, String how) throws IOException {
        Path folder = Files.createDirectories(Path.of("target/vectors"));
        Files.writeString(
                folder.resolve((file + "-" + what).replaceAll("[^A-Za-z0-9.]+", "-") + ".md"),
                "| " + file + " | " + what + " | " + entries + " | " + how + " |\n");
    }
}
