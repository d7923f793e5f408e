package io.yunyu.engine.ingest;

import static io.yunyu.engine.ingest.IngestFixture.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.job.IngestReport;
import io.yunyu.contract.job.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvIngestTest {
    private IngestFixture fixture;

    @BeforeEach
    void fixture(@TempDir Path directory) {
        fixture = new IngestFixture(directory);
    }

    @Test
    void load_csvWithQuotes_comesBackAsWritten() throws IOException {
        IngestReport report = fixture.load(
                new Source.Csv("in.csv", ";"),
                fixture.file(
                        "in.csv", "\uFEFFperson;name;fee;day\r\np1;\"a;b\"\"c\nd\";1.50;2026-01-02\r\n\r\np2;名;;\r\n"),
                column("person", "STRING"),
                column("name", "STRING"),
                column("fee", "DECIMAL(10,2)"),
                column("day", "DATE"));
        assertThat(report.rowsRead()).isEqualTo(2);
        assertThat(report.rowsLoaded()).isEqualTo(2);
        assertThat(report.problems()).isEmpty();
        List<Row> rows = fixture.read(report.tableVersion(), "name", "fee", "day")
                .orderBy("fee")
                .collectAsList();
        assertThat(rows.get(0).getString(0)).isEqualTo("名");
        assertThat(rows.get(0).isNullAt(1)).isTrue();
        assertThat(rows.get(1).getString(0)).isEqualTo("a;b\"c\nd");
        assertThat(rows.get(1).getDecimal(1)).isEqualByComparingTo("1.5");
        assertThat(rows.get(1).get(2)).hasToString("2026-01-02");
        assertThat(rows.get(0).getLong(3)).isNotEqualTo(rows.get(1).getLong(3));
    }
}
