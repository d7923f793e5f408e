package io.yunyu.engine.aggregate;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.engine.guard.SetSketch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SketchAggregateTest {
    private static final StructType SCHEMA =
            new StructType().add("g", DataTypes.IntegerType).add("hash", DataTypes.LongType);

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void of_hashesOfEverySignWithGaps_equalsAddingOneByOne(int partitions) {
        SparkSession spark = ExitFixture.session(3);
        long seed = 20261130L + partitions;
        System.out.println("SketchAggregateTest seed " + seed);
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        List<SetSketch> sketches = new ArrayList<>();
        for (int g = 0; g < 40; g++) {
            SetSketch sketch = SetSketch.EMPTY;
            for (int k = 0; k < g; k++) {
                long hash = random.nextLong();
                sketch = sketch.plus(hash);
                rows.add(RowFactory.create(g, hash));
            }
            rows.add(RowFactory.create(g, null));
            sketches.add(sketch);
        }

        List<Row> result = spark.createDataFrame(rows, SCHEMA)
                .repartition(partitions)
                .groupBy("g")
                .agg(SketchAggregate.of(col("hash")).as("words"))
                .collectAsList();

        assertThat(result).hasSize(40).allSatisfy(row -> {
            SetSketch expected = sketches.get(row.getInt(0));
            assertThat(SketchAggregate.sketch(expected.elements(), row.getStruct(1)))
                    .isEqualTo(expected);
        });
    }
}
