package io.yunyu.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page of benchmarks: a section for each suite, under a heading that is the suite's name. A run replaces the sections of
 * the suites that it ran and leaves the others as they are.
 */
final class BenchmarkPage {
    private static final String HEADING = "## ";
    private static final List<String> HEAD = List.of(
            "# Benchmarks",
            "",
            "Written by `bin/yunyu bench [SUITE]... --doc docs/benchmarks.md`, which replaces the sections of the suites it"
                    + " ran; not edited by hand. Sides of a comparison are processes of their own that take turns in an"
                    + " order that rotates, after turns to warm up where a side keeps its process; a ratio is the median of the"
                    + " ratios within the rounds (smallest to largest). \"A/A\" is one side against itself: what it shows is"
                    + " the resolution.");

    private BenchmarkPage() {}

    /**
     * Writes the page.
     *
     * @param measured lines of each section, by suite
     * @param order the suites in the order of the page; a section that the page has of another name comes last
     */
    static void update(Path page, Map<String, List<String>> measured, List<String> order) throws IOException {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        Map<String, List<String>> before = Files.exists(page) ? sections(Files.readAllLines(page)) : Map.of();
        for (String suite : order) {
            List<String> section = measured.getOrDefault(suite, before.get(suite));
            if (section != null) {
                sections.put(suite, section);
            }
        }
        before.forEach(sections::putIfAbsent);
        List<String> lines = new ArrayList<>(HEAD);
        sections.forEach((suite, section) -> {
            lines.add("");
            lines.add(HEADING + suite);
            lines.add("");
            lines.addAll(section);
        });
        Files.write(page, lines);
    }

    private static Map<String, List<String>> sections(List<String> lines) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> section = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(HEADING)) {
                section = new ArrayList<>();
                sections.put(line.substring(HEADING.length()), section);
            } else {
                section.add(line);
            }
        }
        sections.values().forEach(BenchmarkPage::strip);
        return sections;
    }

    private static void strip(List<String> lines) {
        while (!lines.isEmpty() && lines.get(0).isBlank()) {
            lines.remove(0);
        }
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isBlank()) {
            lines.remove(lines.size() - 1);
        }
    }
}
