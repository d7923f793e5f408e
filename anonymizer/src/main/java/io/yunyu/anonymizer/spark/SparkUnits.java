package io.yunyu.anonymizer.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * The privacy units of classes that are formed on Spark, where a unit may own several records. Units that are in one class
 * only are added up when classes are merged; those in several are remembered with them, so that one is counted once when its
 * classes become one.
 *
 * @param keys columns that say a class
 * @param pairs each unit, {@code u}, with each of its classes, and with how many classes it is in, {@code m}; of units in one
 *     class only those that were in several classes of the finer grouping
 * @param alone classes with the number, {@code d}, of units that are in no other class
 */
record SparkUnits(List<String> keys, Dataset<Row> pairs, Dataset<Row> alone) {
    /** @param cells the columns of {@code keys}, and {@code u} */
    static SparkUnits of(List<String> keys, Dataset<Row> cells) {
        List<String> pair = new ArrayList<>(keys);
        pair.add("u");
        return parted(keys, cells.select(SparkGrouping.columns(pair)), Optional.empty());
    }

    /** The units of coarser classes. @param coarser the columns of {@code keys}, from those of the finer classes */
    SparkUnits rolledUp(List<Column> coarser) {
        List<Column> pair = new ArrayList<>(coarser);
        pair.add(functions.col("u"));
        List<Column> counted = new ArrayList<>(coarser);
        counted.add(functions.col("d"));
        return parted(
                keys,
                inSeveral().select(pair.toArray(Column[]::new)),
                Optional.of(alone.select(counted.toArray(Column[]::new))));
    }

    private static SparkUnits parted(List<String> keys, Dataset<Row> repeated, Optional<Dataset<Row>> aloneBefore) {
        Column classesOfUnit = functions.count(functions.lit(1)).over(Window.partitionBy("u"));
        Dataset<Row> pairs = repeated.distinct().withColumn("m", classesOfUnit).persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> one = counted(keys, pairs.where("m = 1"));
        Dataset<Row> alone = aloneBefore.map(one::unionAll).orElse(one);
        return new SparkUnits(keys, pairs, summed(keys, alone).persist(StorageLevel.MEMORY_AND_DISK()));
    }

    private static Dataset<Row> counted(List<String> keys, Dataset<Row> pairs) {
        List<Column> columns = new ArrayList<>(List.of(SparkGrouping.columns(keys)));
        columns.add(functions.lit(1L).as("d"));
        return pairs.select(columns.toArray(Column[]::new));
    }

    private static Dataset<Row> summed(List<String> keys, Dataset<Row> counted) {
        return counted.groupBy(SparkGrouping.columns(keys))
                .agg(functions.sum("d").as("d"));
    }

    /** Each unit that is in several classes with each of them: {@code keys}, {@code u}. */
    Dataset<Row> inSeveral() {
        return pairs.where("m > 1").drop("m");
    }

    /** Each class with its number of units, {@code d}. */
    Dataset<Row> numbers() {
        return summed(keys, alone.unionAll(counted(keys, inSeveral())));
    }

    /** Lets go of what the executors hold. */
    void unpersist() {
        pairs.unpersist();
        alone.unpersist();
    }
}
