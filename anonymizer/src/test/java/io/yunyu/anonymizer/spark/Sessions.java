package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DelimitedFiles;
import io.yunyu.anonymizer.data.DelimitedFormat;
import io.yunyu.anonymizer.data.MicrodataTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A small Spark for the tests, and tables in it. */
final class Sessions {
    static final String ORDER = "row";

    private Sessions() {}

    static SparkSession spark() {
        return SparkSession.builder()
                .master("local[2]")
                .appName("anonymizer-test")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "localhost")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "3")
                .config("spark.sql.adaptive.enabled", "true")
                .getOrCreate();
    }

    /** Every so many records of the census table, from the first on. */
    static MicrodataTable census(Path folder, int every) {
        MicrodataTable all = DelimitedFiles.readTable(folder.resolve("adult.csv"), DelimitedFormat.SEMICOLON);
        BitSet rows = new BitSet();
        for (int row = 0; row < all.rowCount(); row += every) {
            rows.set(row);
        }
        return all.select(rows);
    }

    /** The table's records in an arbitrary order and partitioning, with their row numbers in {@value #ORDER}. */
    static Dataset<Row> shuffled(MicrodataTable table, int partitions, Random random) {
        StructType schema = new StructType();
        for (Column column : table.columns()) {
            schema = schema.add(column.name(), DataTypes.StringType);
        }
        List<Row> rows = new ArrayList<>();
        for (int r = 0; r < table.rowCount(); r++) {
            List<Object> cells = new ArrayList<>();
            for (Column column : table.columns()) {
                cells.add(column.value(r));
            }
            cells.add((long) r);
            rows.add(RowFactory.create(cells.toArray()));
        }
        Collections.shuffle(rows, random);
        return spark().createDataFrame(rows, schema.add(ORDER, DataTypes.LongType))
                .repartition(partitions);
    }
}
