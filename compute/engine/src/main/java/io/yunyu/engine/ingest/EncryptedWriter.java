package io.yunyu.engine.ingest;

import io.yunyu.engine.channel.TableKeys;
import io.yunyu.engine.channel.VaultQuestions;
import io.yunyu.engine.encryption.ColumnNames;
import io.yunyu.engine.encryption.Keyring;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** Commits rows to an encrypted Delta table under a transaction id and number: only a number above the last one of the id changes anything. */
final class EncryptedWriter {
    private final SparkSession spark;
    private final VaultQuestions vault;

    EncryptedWriter(SparkSession spark, VaultQuestions vault) {
        this.spark = spark;
        this.vault = vault;
    }

    /** Fresh keys of one batch for the columns of the schema and the internal ones. */
    TableKeys keys(String dataset, StructType schema) {
        List<String> columns = new ArrayList<>();
        Stream.of(schema.fieldNames()).map(ColumnNames::declared).forEach(columns::add);
        columns.add(ColumnNames.FOOTER);
        columns.add(ColumnNames.LOG);
        return vault.newTableKeys(dataset, columns);
    }

    void write(
            Path table,
            String dataset,
            TableKeys keys,
            JavaRDD<InternalRow> rows,
            StructType schema,
            String transactionId,
            long number,
            boolean replace) {
        Keyring.openForWriting(table, dataset, vault, keys);
        try {
            ((org.apache.spark.sql.classic.SparkSession) spark)
                    .internalCreateDataFrame(rows.rdd(), schema, false)
                    .write()
                    .format("delta")
                    .mode(replace ? SaveMode.Overwrite : SaveMode.Append)
                    .option("txnAppId", transactionId)
                    .option("txnVersion", Long.toString(number))
                    .option("overwriteSchema", Boolean.toString(replace))
                    .save(table.toString());
        } finally {
            Keyring.close(table);
        }
    }
}
