package io.yunyu.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks for values of the source in every byte below the tables' directory: what is encrypted at rest is not found.
 *
 * @param files number of files searched
 * @param bytes their size
 * @param values number of values looked for
 * @param hits files in which one was found
 */
record CiphertextEvidence(int files, long bytes, int values, int hits) {
    private static final int MAX_VALUES = 24;
    private static final int MIN_LENGTH = 8;
    private static final int SAMPLE_LINES = 400;
    private static final int CHUNK = 8 << 20;

    static CiphertextEvidence search(Path source, Path tables) throws IOException {
        List<String> wanted = sample(source);
        int files = 0;
        int hits = 0;
        long bytes = 0;
        try (Stream<Path> walk = Files.walk(tables)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files++;
                bytes += Files.size(file);
                hits += contains(file, wanted) ? 1 : 0;
            }
        }
        return new CiphertextEvidence(files, bytes, wanted.size(), hits);
    }

    /** The longest fields of the first records: the likeliest to be unique. */
    private static List<String> sample(Path source) throws IOException {
        List<String> values = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(source)) {
            in.readLine();
            String line;
            for (int n = 0; n < SAMPLE_LINES && (line = in.readLine()) != null; n += 1) {
                for (String field : line.split("[,;\\t|\"]")) {
                    if (field.length() >= MIN_LENGTH) {
                        values.add(field);
                    }
                }
            }
        } catch (MalformedInputException binary) {
            return List.of();
        }
        return values.stream()
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .limit(MAX_VALUES)
                .toList();
    }

    private static boolean contains(Path file, List<String> wanted) throws IOException {
        try (var in = Files.newInputStream(file)) {
            String tail = "";
            byte[] chunk;
            while ((chunk = in.readNBytes(CHUNK)).length > 0) {
                // Latin-1 keeps bytes as they are, so that UTF-8 values are compared byte by byte.
                String text = tail + new String(chunk, StandardCharsets.ISO_8859_1);
                for (String value : wanted) {
                    if (text.contains(
                            new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))) {
                        return true;
                    }
                }
                tail = text.substring(Math.max(0, text.length() - 256));
            }
        }
        return false;
    }
}
