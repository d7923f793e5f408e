package io.yunyu.engine.encryption;

import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Reads encrypted tables as a grant describes them. */
public final class EncryptedTables {
    private EncryptedTables() {}

    /**
     * The granted columns of a table: one row per record, columns with a use under their declared names in the grant's
     * order, then {@code __unit bigint}. Hidden columns are not there to be named. The table must have been opened with
     * {@link Keyring#openForReading}.
     *
     * @param path directory of the table inside the sandbox
     */
    public static Dataset<Row> read(SparkSession spark, GrantedTable table, Path path) {
        List<String> columns = table.columns().stream()
                .filter(c -> !c.uses().isEmpty())
                .map(GrantedColumn::name)
                .toList();
        return read(spark, columns, path, table.tableVersion());
    }

    /** As above, with the columns and the version named. */
    public static Dataset<Row> read(SparkSession spark, List<String> columns, Path path, long version) {
        List<Column> selected = new ArrayList<>();
        for (String column : columns) {
            selected.add(functions.col("`" + ColumnNames.physical(column) + "`").as(column));
        }
        selected.add(functions.col(ColumnNames.UNIT));
        return TableFiles.read(spark, path, version).select(selected.toArray(Column[]::new));
    }
}
