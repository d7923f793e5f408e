package io.yunyu.engine.aggregate;

import static io.yunyu.contract.agreement.ColumnUse.FILTER;
import static io.yunyu.contract.agreement.ColumnUse.GROUP_BY;
import static io.yunyu.contract.agreement.ColumnUse.JOIN_KEY;
import static io.yunyu.contract.agreement.ColumnUse.MEASURE;

import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.ProtectionRules;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Records of visits with several per person, some missing values, and a hidden column of canaries. */
record Visits(List<Visit> all) {
    static final ProtectionRules RULES = new ProtectionRules(10, 10, 5, 3, 2, 1000, "policy-1");
    static final StructType SCHEMA = new StructType()
            .add("__unit", DataTypes.LongType)
            .add("name", DataTypes.StringType)
            .add("county", DataTypes.StringType)
            .add("sex", DataTypes.StringType)
            .add("age", DataTypes.LongType)
            .add("amount", DataTypes.createDecimalType(12, 2))
            .add("score", DataTypes.DoubleType)
            .add("visit_date", DataTypes.DateType);

    /** One record; {@code age}, {@code amount} may be null. */
    record Visit(long unit, String county, String sex, Long age, BigDecimal amount, double score, LocalDate date) {}

    static Visits random(long seed, int persons) {
        System.out.println("Visits.random seed " + seed);
        Random random = new Random(seed);
        List<Visit> all = new ArrayList<>();
        for (int p = 0; p < persons; p++) {
            long unit = random.nextLong();
            String county = "County " + (char) ('A' + random.nextInt(5));
            if (p < 4) {
                county = "Tiny";
            }
            String sex = random.nextBoolean() ? "F" : "M";
            Long age = random.nextInt(10) == 0 ? null : (long) random.nextInt(90);
            int visits = 1 + random.nextInt(3);
            for (int v = 0; v < visits; v++) {
                BigDecimal amount = random.nextInt(8) == 0 ? null : BigDecimal.valueOf(random.nextInt(100_000), 2);
                all.add(new Visit(
                        unit,
                        county,
                        sex,
                        age,
                        amount,
                        random.nextInt(1000) / 8.0,
                        LocalDate.of(2026, 1, 1).plusDays(random.nextInt(180))));
            }
        }
        return new Visits(all);
    }

    Dataset<Row> table(SparkSession spark, int partitions) {
        List<Row> rows = new ArrayList<>();
        for (Visit v : all) {
            rows.add(RowFactory.create(
                    v.unit, "CANARY-" + v.unit, v.county, v.sex, v.age, v.amount, v.score, Date.valueOf(v.date)));
        }
        return spark.createDataFrame(rows, SCHEMA).repartition(partitions);
    }

    static GrantedTable granted() {
        return new GrantedTable(
                "visits",
                "ds-visits",
                0,
                "family",
                "person_id",
                List.of(
                        new GrantedColumn("person_id", "STRING", Set.of(JOIN_KEY)),
                        new GrantedColumn("name", "STRING", Set.of()),
                        new GrantedColumn("county", "STRING", Set.of(GROUP_BY, FILTER)),
                        new GrantedColumn("sex", "STRING", Set.of(GROUP_BY, FILTER)),
                        new GrantedColumn("age", "LONG", Set.of(MEASURE, FILTER)),
                        new GrantedColumn("amount", "DECIMAL(12,2)", Set.of(MEASURE)),
                        new GrantedColumn("score", "DOUBLE", Set.of(MEASURE)),
                        new GrantedColumn("visit_date", "DATE", Set.of(GROUP_BY, FILTER))));
    }
}
