package io.yunyu.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkPageTest {
    private static final List<String> ORDER = List.of("isolation", "aggregate", "storage");

    @Test
    void update_oneSuiteRan_replacesItsSectionAndKeepsTheOthers(@TempDir Path directory) throws IOException {
        Path page = directory.resolve("benchmarks.md");
        BenchmarkPage.update(page, Map.of("storage", List.of("s", "", "| s |"), "isolation", List.of("i")), ORDER);
        Files.writeString(page, Files.readString(page) + "\n## notes\n\nby hand\n");

        BenchmarkPage.update(page, Map.of("aggregate", List.of("a"), "storage", List.of("new")), ORDER);

        String text = Files.readString(page);
        assertThat(text.substring(text.indexOf("## ")))
                .isEqualTo("## isolation\n\ni\n\n## aggregate\n\na\n\n## storage\n\nnew\n\n## notes\n\nby hand\n");
    }
}
