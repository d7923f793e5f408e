package io.yunyu.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobFileTest {
    @TempDir
    private Path dir;

    @Test
    void read_queryFile_isFoundBesideIt() throws Exception {
        Files.writeString(dir.resolve("q.sql"), "SELECT count(*) FROM t");
        Path file = Files.writeString(
                dir.resolve("job.yaml"),
                "# a job\nagreement: a-1\nquery: q.sql\npriority: high\nrhoMicros: 1000\ndata: dummy.zip\n");
        JobFile job = JobFile.read(file);
        assertThat(job.agreement()).isEqualTo("a-1");
        assertThat(job.sql()).isEqualTo("SELECT count(*) FROM t");
        assertThat(job.priority()).contains("high");
        assertThat(job.rhoMicros()).contains(1000L);
        assertThat(job.data()).contains(dir.resolve("dummy.zip"));
    }

    @Test
    void read_inlineQuery_keepsItsLines() throws Exception {
        Path file = Files.writeString(dir.resolve("job.yaml"), "agreement: a-1\nsql: |\n  SELECT count(*)\n  FROM t\n");
        assertThat(JobFile.read(file).sql()).isEqualTo("SELECT count(*)\nFROM t\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "just text | holds no members",
                "agreement: a | either 'sql'",
                "{agreement: a, sql: x, query: y} | either 'sql'",
                "{agreement: a, sql: x, prio: high} | prio",
                "{agreement: a, sql: x, priority: highest} | high, normal or low",
                "{agreement: a, sql: x, rhoMicros: much} | rhoMicros",
                "{agreement: a, agreement: b, sql: x} | YAML",
                "{agreement: [a, sql: x | YAML at line 1",
                "{agreement: !!java.io.File x, sql: x} | YAML",
                "{agreement: a, query: /nonexistent/q.sql} | cannot be read",
            })
    void read_malformed_saysWhat(String yaml, String expected) throws Exception {
        Path file = Files.writeString(dir.resolve("job.yaml"), yaml);
        assertThatThrownBy(() -> JobFile.read(file)).hasMessageContaining(expected);
    }

    @Test
    void read_queryTooLong_refused() throws Exception {
        Path file = Files.writeString(dir.resolve("job.yaml"), "agreement: a\nsql: " + "x".repeat(100_001));
        assertThatThrownBy(() -> JobFile.read(file)).hasMessageContaining("TOO_LARGE");
    }
}
