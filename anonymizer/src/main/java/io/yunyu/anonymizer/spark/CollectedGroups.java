package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.GroupingPlan;
import io.yunyu.anonymizer.classes.GroupedMicrodata;
import io.yunyu.anonymizer.classes.QuasiIdentifiers;
import io.yunyu.anonymizer.classes.TupleGroups;
import io.yunyu.anonymizer.data.InputException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Brings groups that fit in memory from Spark to the driver.
 *
 * @param cells the columns of {@code coding}, {@code u} unit or whether under study, {@code n} records, {@code f} order
 *     of the first
 */
record CollectedGroups(GroupingPlan plan, QuasiIdentifiers packing, TupleCoding coding, Dataset<Row> cells) {
    /** @param tuples one row per distinct tuple, with {@code n} and {@code f} */
    GroupedMicrodata all(Dataset<Row> tuples) {
        TupleGroups groups = new TupleGroups(packing, plan.columnsOf(plan.histograms()));
        int words = coding.keys().size();
        long[] key = new long[words];
        LongRows.forEach(tuples, words + 2, (block, at) -> {
            System.arraycopy(block, at, key, 0, words);
            groups.add(key, block[at + words], block[at + words + 1]);
        });
        addHistograms(groups, cells);
        return groups.build(plan.spec().objective().needsTupleSquares());
    }

    /** The records of a cell that are under study. */
    static Column ifStudied() {
        return functions
                .when(functions.col("u").equalTo(1L), functions.col("n"))
                .otherwise(0L);
    }

    /** The records under study, with all records as their population. */
    GroupedMicrodata studied() {
        TupleGroups groups = new TupleGroups(packing, plan.columnsOf(plan.histograms()));
        int words = coding.keys().size();
        long[] key = new long[words];
        Dataset<Row> tuples = cells.groupBy(SparkGrouping.columns(coding.keys()))
                .agg(
                        functions.sum(ifStudied()).as("s"),
                        functions.sum("n").as("n"),
                        functions.min("f").as("f"));
        LongRows.forEach(tuples, words + 3, (block, at) -> {
            System.arraycopy(block, at, key, 0, words);
            groups.addStudied(key, block[at + words], block[at + words + 1], block[at + words + 2]);
        });
        addHistograms(groups, cells.where("u = 1"));
        return groups.build(plan.spec().objective().needsTupleSquares());
    }

    /**
     * The records, and the persons whose they are.
     *
     * @param mostShared most pairs of a person who has several tuples, and one of these
     * @throws InputException if there are more
     */
    GroupedMicrodata withUnits(long mostShared) {
        TupleGroups groups = new TupleGroups(packing, plan.columnsOf(plan.histograms()));
        int words = coding.keys().size();
        long[] key = new long[words];
        LongRows.forEach(tuplesWithUnits(), words + 3, (block, at) -> {
            System.arraycopy(block, at, key, 0, words);
            groups.add(key, block[at + words], block[at + words + 1]);
            groups.addUnits(block[at + words + 2]);
        });
        addHistograms(groups, cells);
        addSharedUnits(groups, mostShared);
        return groups.build(plan.spec().objective().needsTupleSquares());
    }

    private void addHistograms(TupleGroups groups, Dataset<Row> of) {
        for (int h = 0; h < coding.histograms().size(); h++) {
            addHistogram(groups, h, of, coding);
        }
    }

    /** @param cells the columns of {@code coding}, and {@code n} records */
    static void addHistogram(TupleGroups groups, int histogram, Dataset<Row> cells, TupleCoding coding) {
        List<String> by = new ArrayList<>(coding.keys());
        by.add(coding.histograms().get(histogram));
        int words = coding.keys().size();
        long[] key = new long[words];
        Dataset<Row> entries =
                cells.groupBy(SparkGrouping.columns(by)).agg(functions.sum("n").as("n"));
        LongRows.forEach(entries, words + 2, (block, at) -> {
            System.arraycopy(block, at, key, 0, words);
            groups.addValue(histogram, key, (int) block[at + words], block[at + words + 1]);
        });
    }

    private Dataset<Row> tuplesWithUnits() {
        return cells.groupBy(SparkGrouping.columns(coding.keys()))
                .agg(
                        functions.sum("n").as("n"),
                        functions.min("f").as("f"),
                        functions.count_distinct(functions.col("u")).as("d"));
    }

    /** Units with several tuples, each with its tuples. */
    private void addSharedUnits(TupleGroups groups, long mostShared) {
        List<String> by = new ArrayList<>(coding.keys());
        by.add("u");
        Dataset<Row> pairs = cells.select(SparkGrouping.columns(by)).distinct();
        Dataset<Row> shared = pairs.groupBy("u")
                .agg(functions.count(functions.lit(1)).as("t"))
                .where("t > 1")
                .select("u");
        int words = coding.keys().size();
        long[] key = new long[words];
        long[] taken = {0};
        LongRows.forEach(pairs.join(shared, "u"), words + 1, (block, at) -> {
            if (++taken[0] > mostShared) {
                throw new InputException("Persons have records with too many different quasi-identifiers (more than "
                        + mostShared
                        + " pairs). Leave out those that change from record to record, or shorten their values.");
            }
            System.arraycopy(block, at + 1, key, 0, words);
            groups.addSharedUnit(block[at], key);
        });
    }
}
