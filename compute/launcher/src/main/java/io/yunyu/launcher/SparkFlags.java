package io.yunyu.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The build writes its property {@code spark.jvm.flags} into a resource, so that tests and sandbox use one list. */
final class SparkFlags {
    private static final String RESOURCE = "spark-jvm.flags";

    private SparkFlags() {}

    static List<String> read() {
        try (InputStream in = Objects.requireNonNull(SparkFlags.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
            return List.of(text.split("\\s+"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
