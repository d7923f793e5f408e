package io.yunyu.engine.ingest;

import static io.yunyu.engine.ingest.IngestFixture.DATASET;
import static io.yunyu.engine.ingest.IngestFixture.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.IngestReport;
import io.yunyu.engine.channel.KeyAccessDenied;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchIdentityTest {
    private static final AttributeSpec[] COLUMNS = {column("person", "STRING"), column("fee", "LONG")};
    private static final String TEXT = "person,fee\na,1\nb,2\nc,x\na,4\n";
    private static final long EXPECTED_UNIT_A = 5313710448238493448L;

    private IngestFixture fixture;

    @BeforeEach
    void fixture(@TempDir Path directory) {
        fixture = new IngestFixture(directory);
    }

    @Test
    void load_sameBatchAgain_changesNothing() throws IOException {
        IngestReport first = fixture.loadCsv(TEXT, COLUMNS);
        fixture.loadCsv("person,fee\nd,5\n", COLUMNS);
        Set<Path> before = new TreeSet<>(fixture.filesAtRest());
        IngestReport again = fixture.loadCsv(TEXT, COLUMNS);
        assertThat(again.alreadyLoaded()).isTrue();
        assertThat(again.tableVersion()).isEqualTo(first.tableVersion());
        assertThat(again.rowsRead()).isEqualTo(4);
        assertThat(again.rowsLoaded()).isEqualTo(3);
        assertThat(again.problems()).isEqualTo(first.problems());
        assertThat(again.attributes()).isEqualTo(List.of(COLUMNS));
        assertThat(new TreeSet<>(fixture.filesAtRest())).isEqualTo(before);
    }

    @Test
    void load_interruptedBeforeCommit_isCompletedByTheNextRun() throws IOException {
        fixture.vault.refuseNewKeysOnce(DATASET);
        assertThatThrownBy(() -> fixture.loadCsv(TEXT, COLUMNS)).isInstanceOf(KeyAccessDenied.class);
        assertThat(fixture.table.resolve("_delta_log")).doesNotExist();
        IngestReport report = fixture.loadCsv(TEXT, COLUMNS);
        assertThat(report.alreadyLoaded()).isFalse();
        assertThat(fixture.read(report.tableVersion(), "fee").count()).isEqualTo(3);
        assertThat(fixture.problems().count()).isEqualTo(1);
    }

    @Test
    void load_replace_keepsTheOldVersionReadable() throws IOException {
        IngestReport first = fixture.loadCsv(TEXT, COLUMNS);
        fixture.replace = true;
        IngestReport second =
                fixture.loadCsv("person,cost\nz,9.5\n", column("person", "STRING"), column("cost", "DOUBLE"));
        assertThat(fixture.read(second.tableVersion(), "cost").count()).isEqualTo(1);
        assertThat(fixture.read(first.tableVersion(), "fee").count()).isEqualTo(3);
    }

    @Test
    void load_batchThatWasReplaced_isLoadedAgain() throws IOException {
        fixture.replace = true;
        String other = "person,fee\nz,9\n";
        IngestReport a = fixture.loadCsv(TEXT, COLUMNS);
        IngestReport b = fixture.loadCsv(other, COLUMNS);
        IngestReport again = fixture.loadCsv(TEXT, COLUMNS);
        assertThat(again.alreadyLoaded()).isFalse();
        assertThat(again.tableVersion()).isGreaterThan(b.tableVersion());
        assertThat(fixture.read(again.tableVersion(), "fee").count()).isEqualTo(3);
        // Its refused record is on file since the first load.
        assertThat(fixture.problems().count()).isEqualTo(1);
        Set<Path> before = new TreeSet<>(fixture.filesAtRest());
        IngestReport same = fixture.loadCsv(TEXT, COLUMNS);
        assertThat(same.alreadyLoaded()).isTrue();
        assertThat(same.tableVersion()).isEqualTo(again.tableVersion());
        assertThat(new TreeSet<>(fixture.filesAtRest())).isEqualTo(before);
        assertThat(fixture.read(a.tableVersion(), "fee").count()).isEqualTo(3);
    }

    @Test
    void load_replaceByOneBatchOfSeveral_dropsTheOthers() throws IOException {
        String other = "person,fee\nz,9\n";
        fixture.loadCsv(TEXT, COLUMNS);
        fixture.loadCsv(other, COLUMNS);
        assertThat(fixture.loadCsv(TEXT, COLUMNS).alreadyLoaded()).isTrue();
        fixture.replace = true;
        IngestReport replaced = fixture.loadCsv(other, COLUMNS);
        assertThat(replaced.alreadyLoaded()).isFalse();
        assertThat(fixture.read(replaced.tableVersion(), "fee").count()).isEqualTo(1);
        fixture.replace = false;
        IngestReport appended = fixture.loadCsv(TEXT, COLUMNS);
        assertThat(appended.alreadyLoaded()).isFalse();
        assertThat(fixture.read(appended.tableVersion(), "fee").count()).isEqualTo(4);
        assertThat(fixture.loadCsv(other, COLUMNS).alreadyLoaded()).isTrue();
    }

    @Test
    void load_replaceWithACorrectedDeclaration_isAnotherLoadOfTheSameBatch() throws IOException {
        fixture.replace = true;
        fixture.loadCsv(TEXT, COLUMNS);
        IngestReport corrected = fixture.loadCsv(TEXT, column("person", "STRING"), column("fee", "STRING"));
        assertThat(corrected.alreadyLoaded()).isFalse();
        assertThat(corrected.rowsLoaded()).isEqualTo(4);
        assertThat(fixture.read(corrected.tableVersion(), "fee").count()).isEqualTo(4);
    }

    @Test
    void unit_sameIdInAnotherBatch_hasTheSameKey() throws IOException {
        IngestReport first = fixture.loadCsv(TEXT, COLUMNS);
        IngestReport second = fixture.loadCsv("person,fee\na,9\n", COLUMNS);
        List<Row> rows = fixture.read(second.tableVersion(), "person").collectAsList();
        assertThat(rows.stream()
                        .filter(r -> r.getString(0).equals("a"))
                        .map(r -> r.getLong(1))
                        .collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(rows.stream().map(r -> r.getLong(1)).collect(Collectors.toSet()))
                .hasSize(2);
        // HMAC-SHA256 under SHA-256("unit"), computed with another program.
        assertThat(rows.stream()
                        .filter(r -> r.getString(0).equals("a"))
                        .findFirst()
                        .orElseThrow()
                        .getLong(1))
                .isEqualTo(EXPECTED_UNIT_A);
        assertThat(first.tableVersion()).isZero();
    }

    @Test
    void unit_row_isAnotherForEachRecord() throws IOException {
        fixture.unitColumn = "@row";
        IngestReport report = fixture.loadCsv("fee\n1\n1\n1\n", column("fee", "LONG"));
        assertThat(fixture.read(report.tableVersion(), "fee")
                        .select("__unit")
                        .distinct()
                        .count())
                .isEqualTo(3);
    }
}
