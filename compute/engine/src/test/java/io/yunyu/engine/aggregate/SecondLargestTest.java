package io.yunyu.engine.aggregate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondLargestTest {
    private static final StructType SCHEMA =
            new StructType().add("g", DataTypes.IntegerType).add("x", DataTypes.LongType);

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void of_groupsOfAnySizeWithTiesAndGaps_equalsSorting(int partitions) {
        SparkSession spark = ExitFixture.session(3);
        long seed = 20261125L + partitions;
        System.out.println("SecondLargestTest seed " + seed);
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        List<List<Long>> groups = new ArrayList<>();
        for (int g = 0; g < 40; g++) {
            List<Long> values = new ArrayList<>();
            for (int k = 0; k <= g; k++) {
                Long value = random.nextInt(4) == 0 ? null : (long) random.nextInt(g + 2);
                rows.add(RowFactory.create(g, value));
                if (value != null) {
                    values.add(value);
                }
            }
            values.sort(Comparator.reverseOrder());
            groups.add(values);
        }

        List<Row> result = spark.createDataFrame(rows, SCHEMA)
                .repartition(partitions)
                .groupBy("g")
                .agg(max(col("x")).as("m"), SecondLargest.of(col("x")).as("s"))
                .collectAsList();

        assertThat(result).hasSize(40).allSatisfy(row -> {
            List<Long> values = groups.get(row.getInt(0));
            assertThat(row.getDouble(2)).isEqualTo(values.size() < 2 ? 0 : values.get(1));
        });
    }
}
