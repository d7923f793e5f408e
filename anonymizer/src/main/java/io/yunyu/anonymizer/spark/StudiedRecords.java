package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.RecordLottery;
import io.yunyu.anonymizer.ResearchSubset;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The records that are under study: those of the research subset, or those that differential privacy draws. */
final class StudiedRecords {
    private static final String ID = "__subset";
    private static final String LAST = "__last";

    private StudiedRecords() {}

    /** @throws InputException if the subset does not fit the records */
    static SparkRecords of(SparkRecords records, AnonymizationSpec spec) {
        Optional<DifferentialPrivacy> model = DifferentialPrivacy.among(spec.privacyModels());
        if (model.isPresent()) {
            Column ticket =
                    SampledRecords.ticket(records, new RecordLottery(model.get().seed()));
            double tickets = model.get().samplingProbability() * RecordLottery.TICKETS;
            return records.studying(ticket.lt((long) tickets));
        }
        return spec.subset().map(subset -> of(records, subset)).orElse(records);
    }

    private static SparkRecords of(SparkRecords records, ResearchSubset subset) {
        if (subset instanceof ResearchSubset.Selected selected) {
            return records.studying(
                    records.text(selected.attribute()).isin(selected.values().toArray()));
        }
        return listed(records, ((ResearchSubset.Listed) subset).rows());
    }

    /** Of equal records the first ones are in the subset, as many as it has of them. */
    private static SparkRecords listed(SparkRecords records, MicrodataTable subset) {
        if (subset.columns().size() != records.names().size()) {
            throw new InputException("The subset has " + subset.columns().size() + " columns, the input has "
                    + records.names().size() + "; it needs the input's header.");
        }
        Map<List<String>, List<Integer>> placesOf = new LinkedHashMap<>();
        for (int row = 0; row < subset.rowCount(); row++) {
            int at = row;
            placesOf.computeIfAbsent(
                            subset.columns().stream()
                                    .map(column -> column.value(at))
                                    .toList(),
                            key -> new ArrayList<>())
                    .add(row);
        }
        List<List<String>> distinct = List.copyOf(placesOf.keySet());
        long[] ids = new long[distinct.size()];
        Arrays.setAll(ids, id -> id);
        Column order = records.column(records.order().orElseThrow()).cast("bigint");
        Dataset<Row> matches =
                joined(records, subset, distinct, ids, ID, "inner").select(functions.col(ID), order);
        List<List<Long>> orders = new ArrayList<>();
        distinct.forEach(one -> orders.add(new ArrayList<>()));
        LongRows.forEach(matches, 2, (block, at) -> orders.get((int) block[at]).add(block[at + 1]));
        long[] last = lastOnes(List.copyOf(placesOf.values()), orders);
        SparkRecords marked = records.with(joined(records, subset, distinct, last, LAST, "left"));
        SparkRecords studied =
                marked.studying(functions.coalesce(order.leq(functions.col(LAST)), functions.lit(false)));
        return studied.with(studied.rows().drop(LAST));
    }

    private static long[] lastOnes(List<List<Integer>> places, List<List<Long>> orders) {
        long[] last = new long[places.size()];
        int missing = Integer.MAX_VALUE;
        for (int id = 0; id < last.length; id++) {
            List<Long> found = orders.get(id);
            int wanted = places.get(id).size();
            if (found.size() < wanted) {
                missing = Math.min(missing, places.get(id).get(found.size()));
                continue;
            }
            found.sort(null);
            last[id] = found.get(wanted - 1);
        }
        if (missing < Integer.MAX_VALUE) {
            throw new InputException("The subset's record " + (missing + 1)
                    + " equals no record of the input that is not matched by an earlier one.");
        }
        return last;
    }

    /** The records with what is listed of a row of the subset that they equal. */
    private static Dataset<Row> joined(
            SparkRecords records,
            MicrodataTable subset,
            List<List<String>> distinct,
            long[] listed,
            String name,
            String how) {
        StructType schema = new StructType();
        Column same = functions.lit(true);
        for (int i = 0; i < subset.columns().size(); i++) {
            String key = "__subset_" + i;
            schema = schema.add(key, DataTypes.StringType, false);
            same = same.and(records.text(subset.columns().get(i).name()).equalTo(functions.col(key)));
        }
        List<Row> rows = new ArrayList<>();
        for (int id = 0; id < listed.length; id++) {
            List<Object> cells = new ArrayList<>(distinct.get(id));
            cells.add(listed[id]);
            rows.add(RowFactory.create(cells.toArray()));
        }
        Dataset<Row> table =
                records.rows().sparkSession().createDataFrame(rows, schema.add(name, DataTypes.LongType, false));
        return records.rows()
                .join(functions.broadcast(table), same, how)
                .drop(Arrays.stream(schema.fieldNames())
                        .filter(field -> !field.equals(name))
                        .toArray(String[]::new));
    }
}
