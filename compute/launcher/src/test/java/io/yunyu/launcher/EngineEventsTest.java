package io.yunyu.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bounds of what an engine may say on stderr. */
class EngineEventsTest {
    private static final String EVENT = "{\"event\":\"ROWS_READ\",\"n\":7}\n";

    private final List<String> heard = new ArrayList<>();

    private EngineEvents hear(String said, Optional<Path> log) {
        EngineEvents events = new EngineEvents(new ByteArrayInputStream(said.getBytes(StandardCharsets.UTF_8)), log);
        events.listener((event, count) -> heard.add(event + ":" + count.orElse(-1)));
        events.run();
        return events;
    }

    @Test
    void events_beyondTheMost_areNotTold() {
        hear(EVENT.repeat(10_000), Optional.empty());
        assertThat(heard).hasSize(10_000);
        heard.clear();
        hear(EVENT.repeat(10_001), Optional.empty());
        assertThat(heard).hasSize(10_000);
    }

    @Test
    void rehearsed_isTakenNoteOf_andNotTold() {
        assertThat(hear(EVENT, Optional.empty()).rehearsed()).isFalse();
        assertThat(hear("{\"event\":\"REHEARSED\"}\n", Optional.empty()).rehearsed())
                .isTrue();
        assertThat(heard).containsExactly("ROWS_READ:7");
    }

    @Test
    void line_longerThanTheLongest_isCut_andWhatFollowsIsHeard(@TempDir Path home) throws Exception {
        Path log = home.resolve("log");
        hear("x".repeat(5000) + "\n" + EVENT, Optional.of(log));
        assertThat(heard).containsExactly("ROWS_READ:7");
        assertThat(log).hasContent("x".repeat(4096) + "\n");
    }

    @Test
    void event_malformed_isNone() {
        for (String line : List.of(
                "{\"event\":\"ROWS_READ\",\"n\":\"7\"}",
                "{\"event\":\"ROWS_READ\",\"n\":7,\"name\":\"x\"}",
                "{\"event\":\"SECRET\",\"n\":7}",
                "{\"n\":7}",
                " {\"event\":\"ROWS_READ\"}")) {
            hear(line + "\n", Optional.empty());
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void log_beyondItsMost_isNotWritten(@TempDir Path home) throws Exception {
        Path log = home.resolve("log");
        hear(("x".repeat(4000) + "\n").repeat(400), Optional.of(log));
        assertThat(Files.size(log)).isBetween((1L << 20) - 4001, 1L << 20);
    }

    @Test
    void words_withoutALog_areDropped_andEventsAreNoWords(@TempDir Path home) {
        Path log = home.resolve("log");
        hear("secret words\n", Optional.empty());
        hear(EVENT, Optional.of(log));
        assertThat(log).doesNotExist();
        assertThat(heard).containsExactly("ROWS_READ:7");
    }
}
