package io.yunyu.engine.aggregate;

import static io.yunyu.contract.agreement.ColumnUse.FILTER;
import static io.yunyu.contract.agreement.ColumnUse.GROUP_BY;
import static io.yunyu.contract.agreement.ColumnUse.MEASURE;
import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.policy.ReplayVerdict;
import io.yunyu.contract.policy.RuleChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReplayTest {
    private static final String SQL = "SELECT town, count(*) AS n, sum(bill) AS s FROM bills GROUP BY town";
    private static SparkSession spark;
    private static Dataset<Row> bills;

    /** Towns of 8, 12, 18 and 30 persons who pay 100 each; in the third one pays 1,000, in the fourth two pay 9,000. */
    @BeforeAll
    static void start() {
        spark = ExitFixture.session(2);
        List<Row> rows = new ArrayList<>();
        long unit = 1;
        int[] sizes = {8, 12, 18, 30};
        for (int town = 0; town < sizes.length; town++) {
            for (int i = 0; i < sizes[town]; i++) {
                long bill = town == 2 && i == 0 ? 1_000 : town == 3 && i < 2 ? 9_000 : 100;
                rows.add(RowFactory.create(unit++, "T" + town, bill));
            }
        }
        bills = spark.createDataFrame(
                rows,
                new StructType()
                        .add("__unit", DataTypes.LongType)
                        .add("town", DataTypes.StringType)
                        .add("bill", DataTypes.LongType));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "min-units=10 | 0 | {}",
                "min-units=15 | 1 | {min-units=1}",
                "min-units=20 | 2 | {min-units=2}",
                "min-units=35 | 3 | {min-units=3}",
                "p-percent=100 | 1 | {p-percent=1}",
                "dominance=1,35 | 2 | {dominance=2}",
                "dominance=2,85 | 1 | {dominance=1}",
                "min-units=15 dominance=2,85 | 2 | {dominance=1, min-units=1}"
            })
    void replay_stricterRule_countsTheCellsThatItWouldWithhold(String rules, long newly, String byRule) {
        EngineResult result = replay(grant(Optional.empty()), SQL, true, rules.split(" "));

        ReplayVerdict verdict = verdict(result);
        assertThat(verdict.cellsReplayed()).isTrue();
        assertThat(verdict.refused()).isFalse();
        // The town of 8 does not reach the threshold in force: it was never in a table.
        assertThat(verdict.cells()).isEqualTo(3);
        assertThat(verdict.withheldBefore()).isZero();
        assertThat(verdict.newlyWithheld()).isEqualTo(newly);
        Map<String, Long> counted = new java.util.TreeMap<>();
        report(result).findings().forEach(f -> counted.put(f.rule(), f.cells().orElseThrow()));
        assertThat(counted.toString()).isEqualTo(byRule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "forbid-function=sum | forbid-function sum",
                "forbid-function=avg | ''",
                "forbid-function=count | forbid-function count",
                "forbid-function=count-distinct | ''",
                "forbid-shape=group-by | forbid-shape group-by",
                "forbid-shape=having | ''",
                "forbid-shape=where | ''"
            })
    void replay_forbiddenForm_refusesBeforeAnythingIsRead(String rule, String finding) {
        EngineResult result = replay(grant(Optional.empty()), SQL, finding.isEmpty(), rule);

        assertThat(verdict(result).refused()).isEqualTo(!finding.isEmpty());
        assertThat(report(result).findings())
                .extracting(f -> f.rule() + " " + f.column().orElse(""))
                .isEqualTo(finding.isEmpty() ? List.of() : List.of(finding));
    }

    @Test
    void replay_allShapesOfAQuery_areFound() {
        String sql = "SELECT town, round(avg(bill)), count(DISTINCT person) FROM bills WHERE town <> 'x'"
                + " GROUP BY ROLLUP (town) HAVING count(*) > 5 ORDER BY town LIMIT 3";
        EngineResult result = replay(
                grant(Optional.empty()),
                sql,
                false,
                "forbid-shape=where",
                "forbid-shape=having",
                "forbid-shape=order-by",
                "forbid-shape=limit",
                "forbid-shape=grouping-sets",
                "forbid-shape=join",
                "forbid-function=round",
                "forbid-function=avg",
                "forbid-function=count-distinct",
                "forbid-function=band");

        assertThat(report(result).findings())
                .extracting(f -> f.column().orElse(""))
                .containsExactlyInAnyOrder(
                        "where", "having", "order-by", "limit", "grouping-sets", "round", "avg", "count-distinct");
    }

    @Test
    void replay_queryThatIsRefusedToday_namesTheRule() {
        EngineResult result = replay(grant(Optional.empty()), "SELECT max(bill) FROM bills", false, "min-units=20");

        assertThat(verdict(result)).isEqualTo(ReplayVerdict.ofForm(true));
        assertThat(report(result).findings())
                .extracting(DisclosureFinding::rule)
                .contains("function-not-allowed");
    }

    /** Every call of the vault and the tables fails the test: neither noise nor a cell is asked for. */
    @Test
    void replay_underAPrivacyClause_drawsNoNoiseAndReadsNothing() {
        PrivacyClause clause = new PrivacyClause(500_000, 50_000, 1_000_000, 3, 1, Map.of(), Map.of());
        EngineResult result = replay(
                grant(Optional.of(clause)), "SELECT town, count(*) FROM bills GROUP BY town", false, "min-units=20");

        assertThat(verdict(result)).isEqualTo(ReplayVerdict.ofForm(false));
    }

    private static EngineResult replay(AccessGrant grant, String sql, boolean reads, String... rules) {
        Agreement agreement = ExitFixture.agreement(grant);
        AccessGrant bound = new AccessGrant(
                grant.id(),
                agreement.uid(),
                ExitFixture.digest(agreement.toText()),
                grant.assignee(),
                grant.purpose(),
                grant.validFrom(),
                grant.validUntil(),
                grant.protection(),
                grant.tables(),
                grant.privacy());
        EngineJob.ReplayJob job = new EngineJob.ReplayJob(
                "replay-1",
                sql,
                agreement.toText(),
                List.of(),
                bound.toText(),
                Json.write(RuleChange.of(List.of(rules)).toJson()),
                Map.of("ds-bills", "/data/ds-bills"));
        OriginalTables originals = (table, columns) -> {
            if (!reads) {
                throw new AssertionError("The query's form decides, and its records are read.");
            }
            List<org.apache.spark.sql.Column> all = new ArrayList<>();
            columns.forEach(c -> all.add(functions.col(c)));
            all.add(functions.col("__unit"));
            return bills.select(all.toArray(org.apache.spark.sql.Column[]::new));
        };
        EngineResult result = PolicyReplay.run(
                spark, (EngineJob.ReplayJob) EngineJob.parse(Json.parseObject(Json.write(job.toJson()))), originals);
        assertThat(result.status()).isEqualTo(EngineResult.Status.DONE);
        assertThat(result.candidateDigest()).isEmpty();
        return result;
    }

    private static DisclosureReport report(EngineResult result) {
        return result.report().orElseThrow();
    }

    private static ReplayVerdict verdict(EngineResult result) {
        return ReplayVerdict.parse(JsonObject.of(report(result).protection()).object(PolicyReplay.MEMBER));
    }

    private static AccessGrant grant(Optional<PrivacyClause> privacy) {
        AccessGrant grant = ExitFixture.grant(
                Clinic.RULES,
                new GrantedTable(
                        "bills",
                        "ds-bills",
                        0,
                        "family",
                        "person",
                        List.of(
                                new GrantedColumn("person", "STRING", Set.of()),
                                new GrantedColumn("town", "STRING", Set.of(GROUP_BY, FILTER)),
                                new GrantedColumn("bill", "LONG", Set.of(MEASURE)))));
        return privacy.map(grant::with).orElse(grant);
    }
}
