package io.yunyu.engine.ingest;

import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.EngineJob.IngestJob;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.IngestReport;
import io.yunyu.contract.job.Source;
import io.yunyu.engine.channel.FakeChannel;
import io.yunyu.engine.channel.FakeVault;
import io.yunyu.engine.encryption.EncryptedTables;
import io.yunyu.engine.encryption.Keyring;
import io.yunyu.engine.session.SharedSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** One dataset in a directory of its own, its vault, and the steps that tests share. */
public final class IngestFixture {
    static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    static final String DATASET = "visits";

    public final FakeVault vault;
    public final FakeChannel channel;
    final Path directory;
    public final Path table;

    String unitColumn = "person";
    boolean replace;
    boolean allowSyntheticRegions = true;
    int profileMinUnits;

    public IngestFixture(Path directory) {
        this(directory, new FakeVault());
    }

    public IngestFixture(Path directory, FakeVault vault) {
        this.vault = vault;
        this.channel = new FakeChannel(vault);
        this.directory = directory;
        this.table = directory.resolve("tables").resolve(DATASET);
    }

    /** @param column of the unit, or {@code @row} */
    public IngestFixture byUnit(String column) {
        unitColumn = column;
        return this;
    }

    IngestReport load(Source source, Path file, AttributeSpec... attributes) {
        return load(source, file, Optional.empty(), attributes);
    }

    IngestReport load(Source source, Path file, Optional<String> password, AttributeSpec... attributes) {
        IngestJob job = job(source, file, password, attributes);
        return new Ingest(SharedSession.spark(), channel.vaultOf(job), channel.sink(), TODAY)
                .run(job)
                .ingest()
                .orElseThrow();
    }

    IngestJob job(Source source, Path file, Optional<String> password, AttributeSpec... attributes) {
        IngestOrder order = new IngestOrder(
                DATASET,
                "就诊",
                "Visits",
                "hospital",
                "ed25519:AA==",
                "persons",
                unitColumn,
                "CONDITIONAL",
                "ORIGINAL",
                LocalDate.of(2026, 1, 1),
                replace,
                allowSyntheticRegions,
                source,
                List.of(attributes));
        return new IngestJob(
                "job-1",
                (profileMinUnits > 0 ? order.withProfile(profileMinUnits) : order).toText(),
                new Signature("ed25519:AA==", "AA=="),
                file.toString(),
                table.toString(),
                password);
    }

    public IngestReport loadCsv(String text, AttributeSpec... attributes) throws IOException {
        return load(new Source.Csv("in.csv", ","), file("in.csv", text), attributes);
    }

    Path file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, text, StandardCharsets.UTF_8);
        return file;
    }

    /** The rows as a job with keys of exactly these columns sees them. */
    public Dataset<Row> read(long version, String... columns) {
        vault.grant(DATASET, "__footer", "__log", "__unit").grant(DATASET, columns);
        Keyring.openForReading(table, DATASET, sqlVault());
        return EncryptedTables.read(SharedSession.spark(), List.of(columns), table, version);
    }

    Dataset<Row> problems() {
        String dataset = DATASET + ".problems";
        vault.grant(dataset, "__footer", "__log", "row_number", "reason", "column", "record", "batch");
        Path path = table.resolveSibling(DATASET + ".problems");
        Keyring.openForReading(path, dataset, sqlVault());
        return SharedSession.spark()
                .read()
                .format("delta")
                .load(path.toString())
                .orderBy("row_number");
    }

    io.yunyu.engine.channel.VaultQuestions sqlVault() {
        return channel.vaultOf(new io.yunyu.contract.job.EngineJob.SqlJob(
                "job-2", "", "{}", List.of(), "{}", java.util.Map.of(), "", 0));
    }

    /** Files below the directory of the tables. */
    List<Path> filesAtRest() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("tables"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    public static AttributeSpec column(String name, String type) {
        return new AttributeSpec(name, type, AttributeRole.QUASI_IDENTIFIER, 2, Optional.empty(), false, name, name);
    }

    static AttributeSpec required(String name, String type) {
        return new AttributeSpec(name, type, AttributeRole.QUASI_IDENTIFIER, 2, Optional.empty(), true, name, name);
    }

    static AttributeSpec identifier(String name, String kind) {
        return new AttributeSpec(
                name, "STRING", AttributeRole.DIRECT_IDENTIFIER, 3, Optional.of(kind), false, name, name);
    }
}
