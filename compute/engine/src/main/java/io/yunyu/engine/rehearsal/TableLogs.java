package io.yunyu.engine.rehearsal;

import io.yunyu.engine.encryption.TableFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;

/**
 * Reads the logs of the tables that an engine is bound to before its job is there, so that a job on the version they have
 * now finds the list of its files in memory. Needs no key: a log holds names of files, and a checkpoint, which is
 * encrypted, is not waited for.
 */
public final class TableLogs {
    private TableLogs() {}

    /**
     * Goes table by table, and stops before the next one when the job is there.
     *
     * @return how many logs were read; the others are read when the job needs them
     */
    public static int read(SparkSession spark, List<Path> tables, BooleanSupplier jobWaits) {
        int read = 0;
        for (Path table : tables) {
            if (jobWaits.getAsBoolean()) {
                return read;
            }
            try {
                TableFiles.list(spark, table);
                read++;
            } catch (Exception unreadable) {
                // Without its key a checkpoint cannot be read. What was read of its log is not kept.
                DeltaLog.invalidateCache(spark, new org.apache.hadoop.fs.Path(table.toUri()));
            }
        }
        return read;
    }
}
