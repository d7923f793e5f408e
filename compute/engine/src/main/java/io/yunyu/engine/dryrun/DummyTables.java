package io.yunyu.engine.dryrun;

import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.engine.aggregate.OriginalTables;
import io.yunyu.engine.ingest.DummyRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Made-up tables in the place of the original ones. */
final class DummyTables implements OriginalTables {
    private final SparkSession spark;
    private final List<DryRunJob.Table> tables;

    DummyTables(SparkSession spark, List<DryRunJob.Table> tables) {
        this.spark = spark;
        this.tables = tables;
    }

    @Override
    public Dataset<Row> records(GrantedTable table, Set<String> columns) {
        DryRunJob.Table made = tables.stream()
                .filter(t -> t.dataset().equals(table.dataset()))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.BAD_REQUEST,
                        "The dummy data hold no table '" + table.dataset()
                                + "'. Make them again for all datasets of the agreement."));
        List<Column> selected = new ArrayList<>();
        columns.stream().sorted().forEach(column -> selected.add(functions.col("`" + column + "`")));
        selected.add(functions.col(UNIT));
        return DummyRecords.read(spark, made.csv(), made.unitColumn(), made.attributes())
                .select(selected.toArray(Column[]::new));
    }
}
