package io.yunyu.engine.ingest;

import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.Source;
import io.yunyu.engine.encryption.ColumnNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** Made-up records, read and checked as an ingest reads a provider's, but neither encrypted nor kept. */
public final class DummyRecords {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    /** No secret: there is nobody whom the keys of made-up units could protect. */
    private static final byte[] UNIT_SECRET = "yunyu made-up units, no secret!!".getBytes(StandardCharsets.UTF_8);

    private DummyRecords() {}

    /**
     * One row per record: the attributes under their declared names, then {@code __unit bigint}.
     *
     * @param csv delimited by commas, with a header
     * @param unitColumn name, or {@code @row}
     * @throws io.yunyu.contract.problem.ProblemException if a record does not fit the attributes
     */
    public static Dataset<Row> read(SparkSession spark, Path csv, String unitColumn, List<AttributeSpec> attributes) {
        RecordSource source = new CsvSource(JavaSparkContext.fromSparkContext(spark.sparkContext()), csv, ",");
        RowPlan plan = RowPlan.bind(order(unitColumn, attributes), attributes, source.columns(), LocalDate.now(ZONE));
        CheckedBatch batch =
                CheckedBatch.check(source, plan, spark.sparkContext().longAccumulator());
        if (batch.total().badRows() > 0) {
            throw SourceProblems.malformed(
                    batch.total().badRows() + " of " + batch.total().rows()
                            + " dummy records do not fit the dataset's columns. Make the dummy data again.");
        }
        StructType schema = plan.schema();
        Dataset<Row> rows = ((org.apache.spark.sql.classic.SparkSession) spark)
                .internalCreateDataFrame(batch.goodRows(UNIT_SECRET).rdd(), schema, false);
        List<Column> columns = new ArrayList<>();
        Stream.of(schema.fieldNames())
                .forEach(name -> columns.add(functions.col("`" + name + "`").as(ColumnNames.declared(name))));
        return rows.select(columns.toArray(Column[]::new));
    }

    private static IngestOrder order(String unitColumn, List<AttributeSpec> attributes) {
        return new IngestOrder(
                "dummy",
                "虚构",
                "Made up",
                "nobody",
                "none",
                "dummy",
                unitColumn,
                "CONDITIONAL",
                "ORIGINAL",
                LocalDate.EPOCH,
                true,
                true,
                new Source.Csv("dummy", ","),
                attributes);
    }
}
