package io.yunyu.engine.ingest;

import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.EngineJob.IngestJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.IngestReport;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.contract.profile.ProtectedProfile;
import io.yunyu.engine.channel.EventSink;
import io.yunyu.engine.channel.TableKeys;
import io.yunyu.engine.channel.VaultQuestions;
import io.yunyu.engine.encryption.Keyring;
import io.yunyu.engine.privacy.ExactDraws;
import io.yunyu.engine.privacy.RandomBits;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.types.StructType;

/**
 * Loads one batch: digest, check every record, write refused ones to the problem table, then commit the good ones.
 *
 * <p>Guarantees that the table's commit is the last step and atomic, and that a batch is loaded once: a load that would
 * leave the content as it is changes nothing and reports what the first one did (see {@link LoadedBatches}). A killed load leaves files that no version names.
 * Every record is either in the table or in the problem table.
 */
public final class Ingest {
    private static final String PROBLEMS = ".problems";

    private final SparkSession spark;
    private final VaultQuestions vault;
    private final EventSink events;
    private final LocalDate today;

    /** @param today the day against which birth dates are checked */
    public Ingest(SparkSession spark, VaultQuestions vault, EventSink events, LocalDate today) {
        this.spark = spark;
        this.vault = vault;
        this.events = events;
        this.today = today;
    }

    /** @throws ProblemException with the reason for which nothing was loaded */
    public EngineResult run(IngestJob job) {
        IngestOrder order = IngestOrder.parse(job.order());
        Path table = Path.of(job.tablePath());
        Keyring.openForReading(table, order.dataset(), vault);
        try (RecordSource source = open(order.source(), job)) {
            events.happened(EngineEvent.SOURCE_DIGESTED);
            LoadedBatches batches = new LoadedBatches(spark, table);
            BatchLoad asked = batches.next(order, source.digest());
            Optional<IngestReport> earlier = batches.earlier(asked);
            return done(earlier.isPresent() ? earlier.get() : load(order, asked, table, source, batches));
        } finally {
            Keyring.close(table);
        }
    }

    private IngestReport load(
            IngestOrder order, BatchLoad asked, Path table, RecordSource source, LoadedBatches batches) {
        List<AttributeSpec> attributes = order.attributes();
        if (attributes.isEmpty()) {
            RowPlan.bind(order, attributes, source.columns(), today);
            attributes = TypeInference.infer(source, order.unitColumn());
        }
        RowPlan plan = RowPlan.bind(order, attributes, source.columns(), today);
        requireSameColumns(order, batches.snapshot(), plan.schema());
        CheckedBatch batch = checked(source, plan, order.profileMinUnits().isPresent());
        requireUsable(batch.total());
        Tally total = batch.total();
        long good = total.rows() - total.badRows();
        attributes = batch.cardinality()
                .marked(
                        attributes,
                        plan.unitSource() < 0,
                        asked.replace() ? Set.of() : batches.columnsOfHighCardinality());
        IngestReport report = new IngestReport(
                0,
                source.digest(),
                false,
                total.rows(),
                good,
                total.byReason(),
                attributes,
                profile(order, batch, attributes));
        writeProblems(order, asked, table, batch);
        batches.write(asked, report);
        writeTable(order, asked, table, plan, batch);
        long version = batches.versionOf(asked).orElseThrow();
        return new IngestReport(
                version,
                report.batchDigest(),
                false,
                total.rows(),
                good,
                report.problems(),
                attributes,
                report.profile());
    }

    private CheckedBatch checked(RecordSource source, RowPlan plan, boolean sampled) {
        CheckedBatch batch;
        try (ReadProgress progress = new ReadProgress(spark.sparkContext(), events)) {
            batch = CheckedBatch.check(source, plan, progress.rows(), sampled);
        }
        events.happened(EngineEvent.ROWS_READ, batch.total().rows());
        events.happened(EngineEvent.ROWS_CHECKED, batch.total().rows());
        return batch;
    }

    private static Optional<ProtectedProfile> profile(
            IngestOrder order, CheckedBatch batch, List<AttributeSpec> attributes) {
        return batch.sample()
                .map(sample -> ProfileMaker.make(
                        sample,
                        attributes,
                        order.unitColumn(),
                        order.profileMinUnits().orElseThrow(),
                        new ExactDraws(RandomBits.of(new SecureRandom()))));
    }

    private void writeProblems(IngestOrder order, BatchLoad asked, Path table, CheckedBatch batch) {
        if (batch.total().badRows() == 0) {
            return;
        }
        EncryptedWriter writer = new EncryptedWriter(spark, vault);
        String dataset = order.dataset() + PROBLEMS;
        Path path = table.resolveSibling(table.getFileName() + PROBLEMS);
        TableKeys keys = writer.keys(dataset, BadRows.SCHEMA);
        writer.write(path, dataset, keys, batch.badRows(), BadRows.SCHEMA, asked.problemsId(), 1, false);
        events.happened(EngineEvent.PROBLEMS_WRITTEN, batch.total().badRows());
    }

    private void writeTable(IngestOrder order, BatchLoad asked, Path table, RowPlan plan, CheckedBatch batch) {
        EncryptedWriter writer = new EncryptedWriter(spark, vault);
        TableKeys keys = writer.keys(order.dataset(), plan.schema());
        writer.write(
                table,
                order.dataset(),
                keys,
                batch.goodRows(keys.unitSecret()),
                plan.schema(),
                asked.transactionId(),
                asked.number(),
                asked.replace());
        events.happened(
                EngineEvent.TABLE_WRITTEN, batch.total().rows() - batch.total().badRows());
    }

    private RecordSource open(Source source, IngestJob job) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Path path = Path.of(job.sourcePath());
        if (source instanceof Source.Csv csv) {
            return new CsvSource(context, path, csv.delimiter());
        } else if (source instanceof Source.JsonLines) {
            return new JsonLinesSource(context, path);
        } else if (source instanceof Source.Parquet) {
            return new ParquetSource(spark, path);
        }
        return new JdbcSource(
                context, (Source.Jdbc) source, path, job.password().orElse(""));
    }

    private static void requireUsable(Tally total) {
        if (total.rows() == 0) {
            throw SourceProblems.malformed("The source holds no records. Nothing was loaded.");
        }
        if (total.badRows() * 2 > total.rows()) {
            throw SourceProblems.malformed(total.badRows() + " of " + total.rows() + " records are bad "
                    + total.byReason() + ". More than half is taken for a wrong format or a wrong order; nothing was"
                    + " loaded. Correct the attributes or the source.");
        }
    }

    private static void requireSameColumns(IngestOrder order, Optional<Snapshot> snapshot, StructType schema) {
        if (!order.replace() && snapshot.isPresent() && !snapshot.get().schema().equals(schema)) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "The columns of this order differ from those of dataset '" + order.dataset()
                            + "' in name, order or type. Declare the same columns, or replace the table.");
        }
    }

    private static EngineResult done(IngestReport report) {
        return new EngineResult(
                EngineResult.Status.DONE, Optional.empty(), Optional.empty(), Optional.of(report), Optional.empty());
    }
}
