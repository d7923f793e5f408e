package io.yunyu.engine.ingest;

import static io.yunyu.engine.ingest.IngestFixture.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.IngestReport;
import io.yunyu.contract.job.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherFormatsTest {
    private IngestFixture fixture;

    @BeforeEach
    void fixture(@TempDir Path directory) {
        fixture = new IngestFixture(directory);
    }

    @Test
    void load_jsonLines_takesMembersAsColumns() throws IOException {
        IngestReport report = fixture.load(
                new Source.JsonLines("in"),
                fixture.file(
                        "in",
                        "{\"person\":\"a\",\"fee\":1.5,\"ok\":true}\n\nnot json\n"
                                + "{\"fee\":null,\"person\":\"b\",\"more\":{\"x\":[1]}}\n{\"person\":\"c\",\"ok\":false}\n"),
                column("person", "STRING"),
                column("fee", "DOUBLE"),
                column("ok", "BOOLEAN"),
                column("more", "STRING"));
        assertThat(report.problems()).isEqualTo(Map.of("NOT_JSON", 1L));
        assertThat(fixture.problems().collectAsList().get(0).getLong(0)).isEqualTo(2);
        List<Row> rows = fixture.read(report.tableVersion(), "person", "fee", "ok", "more")
                .orderBy("person")
                .collectAsList();
        assertThat(rows.get(0).getDouble(1)).isEqualTo(1.5);
        assertThat(rows.get(0).getBoolean(2)).isTrue();
        assertThat(rows.get(1).isNullAt(1)).isTrue();
        assertThat(rows.get(1).getString(3)).isEqualTo("{\"x\":[1]}");
    }

    @Test
    void load_parquet_keepsTypes() throws IOException {
        Path file = fixture.directory.resolve("in.parquet");
        MessageType schema = MessageTypeParser.parseMessageType("message m { required binary person (UTF8);"
                + " optional int64 fee; optional int32 day (DATE); optional int32 cost (DECIMAL(9,2)); }");
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new Configuration(false))
                .withType(schema)
                .build()) {
            SimpleGroupFactory groups = new SimpleGroupFactory(schema);
            writer.write(groups.newGroup()
                    .append("person", "a")
                    .append("fee", 7L)
                    .append("day", 20454)
                    .append("cost", 125));
            writer.write(groups.newGroup().append("person", "b"));
        }
        IngestReport report = fixture.load(
                new Source.Parquet("in.parquet"),
                file,
                column("person", "STRING"),
                column("fee", "LONG"),
                column("day", "DATE"),
                column("cost", "DECIMAL(9,2)"));
        List<Row> rows = fixture.read(report.tableVersion(), "person", "fee", "day", "cost")
                .orderBy("person")
                .collectAsList();
        assertThat(rows.get(0).getLong(1)).isEqualTo(7);
        assertThat(rows.get(0).get(2)).hasToString("2026-01-01");
        assertThat(rows.get(0).getDecimal(3)).isEqualByComparingTo("1.25");
        assertThat(rows.get(1).isNullAt(3)).isTrue();
    }

    @Test
    void load_noAttributes_infersThem() throws IOException {
        fixture.unitColumn = "id";
        IngestReport report = fixture.loadCsv("id,n,code,price,x,day,empty\n"
                + "a,1,001,1.50,1e3,2026-01-01,\nb,-22,002,20.5,2.5,2026-12-31,\nc,,003,,7,,\n");
        assertThat(report.attributes())
                .extracting(AttributeSpec::name, AttributeSpec::type)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("id", "STRING"),
                        org.assertj.core.groups.Tuple.tuple("n", "LONG"),
                        org.assertj.core.groups.Tuple.tuple("code", "STRING"),
                        org.assertj.core.groups.Tuple.tuple("price", "DECIMAL(4,2)"),
                        org.assertj.core.groups.Tuple.tuple("x", "DOUBLE"),
                        org.assertj.core.groups.Tuple.tuple("day", "DATE"),
                        org.assertj.core.groups.Tuple.tuple("empty", "STRING"));
        assertThat(report.attributes().get(0).role()).isEqualTo(AttributeRole.DIRECT_IDENTIFIER);
        assertThat(report.attributes().get(0).grade()).isEqualTo(3);
        assertThat(report.rowsLoaded()).isEqualTo(3);
    }
}
