package io.yunyu.engine.aggregate;

import static io.yunyu.contract.agreement.ColumnUse.FILTER;
import static io.yunyu.contract.agreement.ColumnUse.GROUP_BY;
import static io.yunyu.contract.agreement.ColumnUse.JOIN_KEY;
import static io.yunyu.contract.agreement.ColumnUse.MEASURE;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.ProtectionRules;
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

/**
 * 400 persons of whom one is the target: the only one of 83 years, in village A, female. Whether the target has the flu is
 * what every attack wants to know.
 */
final class Clinic {
    static final ProtectionRules RULES = new ProtectionRules(10, 10, 5, 3, 2, 1000, "policy-1");
    private static final long SEED = 7;
    private static final StructType SCHEMA = new StructType()
            .add("__unit", DataTypes.LongType)
            .add("village", DataTypes.StringType)
            .add("sex", DataTypes.StringType)
            .add("age", DataTypes.LongType)
            .add("flu", DataTypes.StringType)
            .add("bill", DataTypes.LongType)
            .add("marked", DataTypes.LongType);

    private Clinic() {}

    /** @param extra persons of village A with the flu, appended as a later version would */
    static Dataset<Row> table(SparkSession spark, boolean targetHasFlu, int extra) {
        Random random = new Random(SEED);
        List<Row> rows = new ArrayList<>();
        rows.add(RowFactory.create(random.nextLong(), "A", "F", 83L, targetHasFlu ? "yes" : "no", 500L, 1L));
        for (int i = 1; i < 400; i++) {
            String village = String.valueOf((char) ('A' + i % 4));
            long age = random.nextInt(80);
            String flu = random.nextInt(2) == 0 ? "yes" : "no";
            rows.add(RowFactory.create(
                    random.nextLong(), village, random.nextBoolean() ? "F" : "M", age, flu, bill(village, i), 0L));
        }
        for (int i = 0; i < extra; i++) {
            rows.add(RowFactory.create(random.nextLong(), "A", "M", 30L, "yes", 100L, 0L));
        }
        return spark.createDataFrame(rows, SCHEMA);
    }

    /** In village D two bills make up most of the sum: the second largest payer could estimate the largest. */
    private static long bill(String village, int person) {
        if (!village.equals("D")) {
            return 100;
        }
        return person == 3 ? 100_000 : person == 7 ? 90_000 : 50;
    }

    static AccessGrant grant(ProtectionRules rules, String developer, long version) {
        AccessGrant grant = ExitFixture.grant(
                rules,
                new GrantedTable(
                        "clinic",
                        "ds-clinic",
                        version,
                        "family",
                        "person_id",
                        List.of(
                                new GrantedColumn("person_id", "STRING", Set.of(JOIN_KEY)),
                                new GrantedColumn("village", "STRING", Set.of(GROUP_BY, FILTER)),
                                new GrantedColumn("sex", "STRING", Set.of(GROUP_BY, FILTER)),
                                new GrantedColumn("age", "LONG", Set.of(GROUP_BY, FILTER)),
                                new GrantedColumn("flu", "STRING", Set.of(GROUP_BY, FILTER)),
                                new GrantedColumn("bill", "LONG", Set.of(MEASURE)),
                                new GrantedColumn("marked", "LONG", Set.of(MEASURE)))));
        return new AccessGrant(
                grant.id(),
                grant.agreement(),
                grant.agreementDigest(),
                developer,
                grant.purpose(),
                grant.validFrom(),
                grant.validUntil(),
                grant.protection(),
                grant.tables());
    }
}
