package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.GrantedTable;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where a job's original records come from. Whoever implements it holds the keys, or asks the vault for them. */
public interface OriginalTables {
    /** The column that holds the unit key. */
    String UNIT = "__unit";

    /**
     * The records of a granted table: the named columns, of the types in the grant, and {@value #UNIT} (bigint, never
     * null).
     */
    Dataset<Row> records(GrantedTable table, Set<String> columns);
}
