package io.yunyu.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lines of docs/vectors.md, one for each set of vectors, made by the test that has just reproduced it. The page must have
 * these lines and no others; {@code -Dyunyu.vectors.write=true} writes them anew.
 */
public final class VectorLines {
    private static final Path PAGE = Path.of("..", "..", "docs", "vectors.md");
    private static final String HEAD = "|---|---|---|---|";
    private static final Map<String, Map<String, String>> REPRODUCED = new ConcurrentHashMap<>();

    private VectorLines() {}

    /** @param how what was compared, and how closely */
    public static void reproduced(String file, String what, int entries, String how) {
        assertThat(entries).as("entries of %s, %s", file, what).isPositive();
        REPRODUCED
                .computeIfAbsent(file, f -> new TreeMap<>())
                .put(what, "| " + file + " | " + what + " | " + entries + " | " + how + " |");
    }

    /**
     * To be called when a whole class of tests has run: what it reproduced of a file of vectors is what the page says.
     * Does nothing where the vectors are not at hand.
     */
    public static void assertOnPage(String file) throws IOException {
        Collection<String> lines = REPRODUCED.getOrDefault(file, Map.of()).values();
        if (lines.isEmpty()) {
            return;
        }
        if (Boolean.getBoolean("yunyu.vectors.write")) {
            write(file, lines);
        }
        assertThat(onPage(file))
                .as("lines of docs/vectors.md about %s, after all tests of their class", file)
                .containsExactlyInAnyOrderElementsOf(lines);
    }

    private static List<String> onPage(String file) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| " + file + " |"))
                .toList();
    }

    private static void write(String file, Collection<String> lines) throws IOException {
        List<String> page = new ArrayList<>(Files.readAllLines(PAGE));
        List<String> old = onPage(file);
        int at = old.isEmpty() ? page.indexOf(HEAD) + 1 : page.indexOf(old.get(0));
        page.removeAll(old);
        page.addAll(at, lines);
        Files.write(PAGE, page);
    }
}
