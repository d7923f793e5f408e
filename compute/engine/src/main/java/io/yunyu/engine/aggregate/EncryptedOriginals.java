package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.engine.channel.VaultQuestions;
import io.yunyu.engine.encryption.EncryptedTables;
import io.yunyu.engine.encryption.Keyring;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The encrypted tables of a job's data directories. Only keys of columns that the query reads are ever asked for. */
final class EncryptedOriginals implements OriginalTables {
    private final SparkSession spark;
    private final Map<String, String> tablePaths;
    private final VaultQuestions vault;

    /** @param tablePaths directory by dataset id */
    EncryptedOriginals(SparkSession spark, Map<String, String> tablePaths, VaultQuestions vault) {
        this.spark = spark;
        this.tablePaths = Map.copyOf(tablePaths);
        this.vault = vault;
    }

    @Override
    public Dataset<Row> records(GrantedTable table, Set<String> columns) {
        String directory = tablePaths.get(table.dataset());
        if (directory == null) {
            throw new IllegalStateException("The job names no directory for dataset '" + table.dataset() + "'.");
        }
        Path path = Path.of(directory);
        Keyring.openForReading(path, table.dataset(), vault);
        List<String> sorted = new ArrayList<>(columns);
        sorted.sort(null);
        return EncryptedTables.read(spark, sorted, path, table.tableVersion());
    }
}
