package io.yunyu.engine.aggregate;

import static io.yunyu.contract.agreement.ColumnUse.FILTER;
import static io.yunyu.contract.agreement.ColumnUse.GROUP_BY;
import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.dimension.Bands;
import io.yunyu.contract.dimension.ColumnDomain;
import io.yunyu.contract.dimension.NestedCodes;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.engine.guard.MemoryGuard;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Attacks by conditions that are cut to one person's measure. Each is refused before any data is read, and gets an answer
 * that tells of the person where nothing is declared or known of the column: the guard is left out, to see the rule alone.
 */
class DimensionAttackTest {
    private static final long SEED = 14;
    private static final StructType SCHEMA = new StructType()
            .add("__unit", DataTypes.LongType)
            .add("region", DataTypes.StringType)
            .add("age", DataTypes.LongType)
            .add("phone", DataTypes.StringType)
            .add("house", DataTypes.StringType)
            .add("flu", DataTypes.StringType);
    private static SparkSession spark;

    /** Two questions whose answers an attacker subtracts; the second leaves the target out. */
    enum Attack {
        BAND_SHIFT("dimension-cut", "age >= 18 AND age < 66", "age >= 18 AND age < 65"),
        LITERAL_ON_IDENTIFIER(
                "identifier-literal", "age >= 18 AND age < 65 OR phone = 'p-0'", "age >= 18 AND age < 65"),
        EQUALITY_ON_NEARLY_UNIQUE(
                "high-cardinality-literal", "age >= 18 AND age < 65 OR house = 'h-0'", "age >= 18 AND age < 65"),
        ONE_VILLAGE("dimension-level", "region = '530102001'", "region = '530102001' AND age < 65");

        private final String rule;
        private final String with;
        private final String without;

        Attack(String rule, String with, String without) {
            this.rule = rule;
            this.with = with;
            this.without = without;
        }
    }

    @BeforeAll
    static void start() {
        spark = ExitFixture.session(2);
    }

    @ParameterizedTest
    @EnumSource
    void attack_columnsAsDeclared_isRefusedBeforeAnythingIsRead(Attack attack) {
        ExitFixture exit = new ExitFixture(spark);
        ExitFixture.Outcome outcome = exit.run(grant(true), question(attack.with));

        assertThat(outcome.result().status()).isEqualTo(EngineResult.Status.REFUSED);
        assertThat(outcome.blockingRules()).containsExactly(attack.rule);
    }

    @ParameterizedTest
    @EnumSource
    void attack_nothingDeclaredAndNoGuard_tellsOfThePerson(Attack attack) {
        assertThat(difference(attack, false)).isZero();
        assertThat(difference(attack, true)).isNotZero();
    }

    private static long difference(Attack attack, boolean flu) {
        ExitFixture exit = exit(flu);
        long with = count(exit, question(attack.with));
        exit.guard = new MemoryGuard();
        return with - count(exit, question(attack.without));
    }

    @Test
    void answers_byBandAndLevel_addUpToTheTable() {
        ExitFixture exit = exit(true);
        ExitFixture.Outcome outcome = exit.run(
                grant(true),
                "SELECT level(region, 'county') AS county, band(age), count(*) AS n FROM persons"
                        + " GROUP BY level(region, 'county'), band(age) ORDER BY county, age_band");

        List<List<Object>> rows = outcome.rows();
        assertThat(rows).extracting(r -> r.get(0)).contains("530102", "530103");
        assertThat(rows).extracting(r -> r.get(1)).containsOnly("(-∞, 18)", "[18, 65)", "[65, ∞)");
        assertThat(rows.stream()
                        .mapToLong(r -> r.get(2) instanceof Long n ? n : 0)
                        .sum())
                .isBetween(380L, 420L);
        // The guard knows the regions: the same group in other words is answered alike.
        ExitFixture.Outcome again = exit.run(
                grant(true),
                "SELECT count(*) FROM persons WHERE level(region, 'county') = '530102' AND age >= 18 AND age < 65");
        assertThat(again.rows().get(0).get(0))
                .isEqualTo(rows.stream()
                        .filter(r -> r.get(0).equals("530102") && r.get(1).equals("[18, 65)"))
                        .findFirst()
                        .orElseThrow()
                        .get(2));
    }

    private static String question(String condition) {
        return "SELECT count(DISTINCT person_id) FROM persons WHERE flu = 'yes' AND (" + condition + ")";
    }

    private static long count(ExitFixture exit, String sql) {
        return (Long) exit.run(grant(false), sql).rows().get(0).get(0);
    }

    private static ExitFixture exit(boolean targetHasFlu) {
        Random random = new Random(SEED);
        List<org.apache.spark.sql.Row> rows = new ArrayList<>();
        rows.add(RowFactory.create(random.nextLong(), "530102001", 65L, "p-0", "h-0", targetHasFlu ? "yes" : "no"));
        for (int i = 1; i < 400; i++) {
            long age = i % 20 == 0 ? 70 + random.nextInt(9) : random.nextInt(65);
            String region = (i % 2 == 0 ? "530102" : "530103") + "00" + (1 + i % 3);
            rows.add(RowFactory.create(
                    random.nextLong(),
                    region.equals("530102001") && age >= 65 ? "530103001" : region,
                    age,
                    "p-" + i,
                    "h-" + i / 2,
                    random.nextBoolean() ? "yes" : "no"));
        }
        ExitFixture exit = new ExitFixture(spark);
        exit.tables.put("persons", spark.createDataFrame(rows, SCHEMA));
        return exit;
    }

    private static AccessGrant grant(boolean declared) {
        NestedCodes region = new NestedCodes(
                List.of(new NestedCodes.Level("prefecture", 4), new NestedCodes.Level("county", 6)),
                9,
                List.of("530102", "530103"));
        Bands bands = new Bands(List.of(BigDecimal.valueOf(18), BigDecimal.valueOf(65)));
        return ExitFixture.grant(
                Clinic.RULES,
                new GrantedTable(
                        "persons",
                        "ds-persons",
                        0,
                        "family",
                        "person_id",
                        List.of(
                                new GrantedColumn("person_id", "STRING", Set.of()),
                                column("region", "STRING", declared, ColumnDomain.of(region)),
                                column("age", "LONG", declared, ColumnDomain.of(bands)),
                                column("phone", "STRING", declared, new ColumnDomain(true, true, Optional.empty())),
                                column("house", "STRING", declared, new ColumnDomain(false, true, Optional.empty())),
                                column("flu", "STRING", false, ColumnDomain.FREE))));
    }

    private static GrantedColumn column(String name, String type, boolean declared, ColumnDomain domain) {
        return new GrantedColumn(name, type, Set.of(GROUP_BY, FILTER), declared ? domain : ColumnDomain.FREE);
    }
}
