package io.yunyu.engine.ingest;

import static io.yunyu.engine.ingest.IngestFixture.column;
import static io.yunyu.engine.ingest.IngestFixture.identifier;
import static io.yunyu.engine.ingest.IngestFixture.required;
import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.identifier.CitizenId;
import io.yunyu.contract.job.IngestReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProblemRowsTest {
    private IngestFixture fixture;

    @BeforeEach
    void fixture(@TempDir Path directory) {
        fixture = new IngestFixture(directory);
    }

    @Test
    void load_badRecords_areKeptWithNumberAndReason() throws IOException {
        String good = citizen("53019919900307123");
        IngestReport report = fixture.loadCsv(
                "person,fee,day\n"
                        + good + ",1,2026-01-01\n"
                        + good + ",x,2026-01-01\n"
                        + ",1,2026-01-01\n"
                        + good + ",,2026-01-01\n"
                        + good.substring(0, 17) + (good.charAt(17) == '1' ? '2' : '1') + ",1,2026-01-01\n"
                        + good + ",1,2026-02-30\n"
                        + good + ",1\n"
                        + good.toLowerCase(java.util.Locale.ROOT) + ",7,2026-01-01\n"
                        + (good + ",2,\n").repeat(6),
                identifier("person", "CITIZEN_ID"),
                required("fee", "LONG"),
                column("day", "DATE"));
        assertThat(report.rowsRead()).isEqualTo(14);
        assertThat(report.rowsLoaded()).isEqualTo(8);
        assertThat(report.problems())
                .isEqualTo(Map.of(
                        "TYPE fee", 1L,
                        "UNIT_MISSING person", 1L,
                        "REQUIRED fee", 1L,
                        "CHECKSUM person", 1L,
                        "TYPE day", 1L,
                        "FIELD_COUNT", 1L));
        List<Row> bad = fixture.problems().collectAsList();
        assertThat(bad).extracting(r -> r.getLong(0)).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(bad)
                .extracting(r -> r.getString(1))
                .containsExactly("TYPE", "UNIT_MISSING", "REQUIRED", "CHECKSUM", "TYPE", "FIELD_COUNT");
        assertThat(bad.get(0).getString(3))
                .isEqualTo("{\"day\":\"2026-01-01\",\"fee\":\"x\",\"person\":\"" + good + "\"}");
        assertThat(bad.get(0).getString(4)).isEqualTo(report.batchDigest());
    }

    @Test
    void load_syntheticRegion_passesOnlyWhereAllowed() throws IOException {
        String text = "person,fee\n" + citizen("53019919900307123") + ",1\n"
                + (citizen("53010219900307123") + ",1\n").repeat(3);
        fixture.allowSyntheticRegions = false;
        assertThat(fixture.loadCsv(text, identifier("person", "CITIZEN_ID")).problems())
                .isEqualTo(Map.of("SYNTHETIC_REGION person", 1L));
        fixture.allowSyntheticRegions = true;
        fixture.replace = true;
        assertThat(fixture.loadCsv(
                                text + "\n" + citizen("53010219900307123") + ",2\n", identifier("person", "CITIZEN_ID"))
                        .problems())
                .isEmpty();
    }

    @Test
    void load_severalPartitions_numbersAreExact() throws IOException {
        StringBuilder text = new StringBuilder("person,note,fee\n");
        String filler = "x".repeat(80);
        for (int i = 1; i <= 120_000; i++) {
            boolean bad = i == 1 || i == 60_001 || i == 119_999;
            text.append('p')
                    .append(i % 1000)
                    .append(",\"")
                    .append(filler)
                    .append("\n,\",")
                    .append(bad ? "bad" : i);
            text.append('\n');
        }
        IngestReport report = fixture.loadCsv(
                text.toString(), column("person", "STRING"), column("note", "STRING"), column("fee", "LONG"));
        assertThat(report.rowsRead()).isEqualTo(120_000);
        assertThat(fixture.problems().select("row_number").collectAsList())
                .extracting(r -> r.getLong(0))
                .containsExactly(1L, 60_001L, 119_999L);
        assertThat(fixture.channel.events()).contains("ROWS_READ 120000", "ROWS_CHECKED 120000", "PROBLEMS_WRITTEN 3");
        assertThat(fixture.read(report.tableVersion(), "fee")
                        .select("__unit")
                        .distinct()
                        .count())
                .isEqualTo(1000);
    }

    private static String citizen(String first17) {
        return first17 + CitizenId.checkDigit(first17);
    }
}
