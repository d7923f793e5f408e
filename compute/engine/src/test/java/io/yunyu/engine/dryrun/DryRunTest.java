package io.yunyu.engine.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.dimension.ColumnDomain;
import io.yunyu.contract.dimension.NestedCodes;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.engine.aggregate.AggregateExit;
import io.yunyu.engine.attack.SqlAttack;
import io.yunyu.engine.policy.PolicyGrants;
import io.yunyu.engine.policy.QueryPolicyTest;
import io.yunyu.engine.session.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A query is refused on dummy data if and only if the platform's check refuses it, for the same reasons. */
class DryRunTest {
    /** All allowed queries, and not only every sixth, are run to their end with {@code -Dyunyu.tests.long=true}. */
    private static final int STRIDE = Boolean.getBoolean("yunyu.tests.long") ? 1 : 6;

    @TempDir
    static Path dir;

    private static AccessGrant grant = PolicyGrants.grant();
    private static String agreement = "";
    private static final List<DryRunJob.Table> TABLES = new ArrayList<>();

    @BeforeAll
    static void makeTables() throws IOException {
        Agreement signed = agreement(grant);
        agreement = signed.toText();
        grant = new AccessGrant(
                grant.id(),
                signed.uid(),
                ContentDigest.of(agreement),
                grant.assignee(),
                grant.purpose(),
                grant.validFrom(),
                grant.validUntil(),
                grant.protection(),
                grant.tables());
        for (GrantedTable table : grant.tables()) {
            TABLES.add(table(table));
        }
    }

    static Stream<String> statements() {
        return Stream.of(
                        QueryPolicyTest.ALLOWED.stream(),
                        QueryPolicyTest.REFUSED.stream().map(refused -> refused.get(0)),
                        SqlAttack.all().stream().map(SqlAttack::sql))
                .flatMap(all -> all);
    }

    @Test
    void run_everyRefusedStatement_isRefusedAsOnThePlatform() {
        SparkSession session = session();
        int refused = 0;
        for (String sql : statements().toList()) {
            EngineResult platform = AggregateExit.check(session, new EngineJob.CheckJob("check", sql, grant.toText()));
            if (platform.status() == EngineResult.Status.REFUSED) {
                EngineResult local = DryRun.run(session, job(sql)).result();
                assertThat(local.status()).as(sql).isEqualTo(EngineResult.Status.REFUSED);
                assertThat(local.problem()).as(sql).isEqualTo(platform.problem());
                assertThat(findings(local)).as(sql).isEqualTo(findings(platform));
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(150);
    }

    static Stream<String> allowed() {
        List<String> all = QueryPolicyTest.ALLOWED;
        return java.util.stream.IntStream.range(0, all.size())
                .filter(i -> i % STRIDE == 5 % STRIDE)
                .mapToObj(all::get);
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void run_allowedQuery_givesATable(String sql) {
        DryRun.Outcome outcome = DryRun.run(session(), job(sql));
        assertThat(outcome.result().status()).isEqualTo(EngineResult.Status.DONE);
        assertThat(outcome.table()).isPresent();
    }

    @Test
    void run_tableMissingOrMalformed_saysSo() throws IOException {
        String sql = "SELECT sector, count(*) FROM firms GROUP BY sector";
        DryRunJob none = new DryRunJob(sql, grant.toText(), agreement, List.of());
        assertThatThrownBy(() -> DryRun.run(session(), none))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("hold no table 'ds-firms'");
        Path bad = Files.writeString(dir.resolve("bad.csv"), "sector,turnover\nA,many\n");
        DryRunJob.Table firms = TABLES.get(3);
        DryRunJob malformed = new DryRunJob(
                sql,
                grant.toText(),
                agreement,
                List.of(new DryRunJob.Table(firms.dataset(), bad, firms.unitColumn(), firms.attributes())));
        assertThatThrownBy(() -> DryRun.run(session(), malformed))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("1 of 1 dummy records do not fit")
                .hasMessageNotContaining("many");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sex = 'M'",
                "sex = 'M' AND county <> 'x' AND age BETWEEN 18 AND 65",
                "NOT (sex = 'M' OR age >= 18) AND diagnosis IN ('J10', 'J11')",
                "visit_date >= DATE '2026-01-01' AND visit_date < '2026-02-01'",
                "score > -5.5 AND emergency = false AND diagnosis IS NOT NULL",
                "admitted > TIMESTAMP '2026-01-01 00:00:00' AND admitted <= '2026-01-03 12:30:00'",
                "(age < 3 OR age > 90) AND (county = '昆明' OR county = '大理')",
                "diagnosis IS NULL AND age = 7"
            })
    void hints_whereClause_valuesPassIt(String where) {
        Map<String, Object> answer =
                DryRun.hints(session(), job("SELECT county, count(*) FROM visits WHERE " + where + " GROUP BY county"));
        List<JsonObject> branches = JsonObject.of(answer.get("hints")).objects("branches");
        assertThat(branches).isNotEmpty();
        for (JsonObject branch : branches) {
            Map<String, String> row = new LinkedHashMap<>();
            for (JsonObject column : branch.objects("columns")) {
                List<String> values = column.strings("values");
                assertThat(values.isEmpty()).isEqualTo(column.bool("missing") && values.isEmpty());
                row.put(column.string("column"), values.isEmpty() ? "" : values.get(values.size() - 1));
            }
            assertThat(passes(row, where)).as("%s by %s", row, where).isTrue();
        }
    }

    @Test
    void hints_contradiction_hasNoBranch() {
        Map<String, Object> answer =
                DryRun.hints(session(), job("SELECT count(*) FROM visits WHERE age < 3 AND age > 9"));
        assertThat(JsonObject.of(answer.get("hints")).objects("branches")).isEmpty();
    }

    /** A column of a dimension can have its declared values only, at whatever level the query names them. */
    @Test
    void hints_declaredDimension_valuesAreDeclaredOnes() {
        NestedCodes divisions = new NestedCodes(
                List.of(new NestedCodes.Level("prefecture", 4), new NestedCodes.Level("county", 6)),
                8,
                List.of("530102", "530103", "532901"));
        GrantedColumn county = new GrantedColumn(
                "county", "STRING", Set.of(ColumnUse.GROUP_BY, ColumnUse.FILTER), ColumnDomain.of(divisions));
        AccessGrant declared = new AccessGrant(
                grant.id(),
                grant.agreement(),
                grant.agreementDigest(),
                grant.assignee(),
                grant.purpose(),
                grant.validFrom(),
                grant.validUntil(),
                grant.protection(),
                List.of(new GrantedTable("visits", "ds-visits", 0, "family", GrantedTable.ROW_UNIT, List.of(county))));
        String sql = "SELECT count(*) FROM visits WHERE level(county, 'prefecture') = '5301'";
        JsonObject hints =
                JsonObject.of(DryRun.hints(session(), new DryRunJob(sql, declared.toText(), agreement, List.of()))
                        .get("hints"));
        assertThat(hints.objects("branches").get(0).objects("columns").get(0).strings("values"))
                .containsExactly("53010200", "53010300");
    }

    @Test
    void hints_joinAndGroups_areNamed() {
        JsonObject hints = JsonObject.of(DryRun.hints(
                        session(),
                        job("SELECT education, sum(amount) FROM visits JOIN persons ON visits.person_id ="
                                + " persons.person_id AND visits.hospital = persons.hospital GROUP BY education"))
                .get("hints"));
        assertThat(hints.objects("joined")).hasSize(1);
        assertThat(hints.objects("groups").get(0).string("column")).isEqualTo("education");
    }

    /** By Spark itself: one row with these values, in the grant's types. */
    private static boolean passes(Map<String, String> row, String where) {
        SparkSession spark = SharedSession.spark().newSession();
        var one = spark.range(1).toDF();
        for (GrantedColumn column : grant.tables().get(0).columns()) {
            String text = row.getOrDefault(column.name(), "");
            String type = column.type().replace("LONG", "BIGINT");
            one = one.withColumn(
                    column.name(),
                    text.isEmpty()
                            ? functions.lit(null).cast(type)
                            : functions.lit(text).cast(type));
        }
        return one.filter(where).count() == 1;
    }

    private static SparkSession session() {
        SparkSession session = SharedSession.spark().newSession();
        session.conf().set("spark.sql.shuffle.partitions", "1");
        return session;
    }

    private static DryRunJob job(String sql) {
        return new DryRunJob(sql, grant.toText(), agreement, TABLES);
    }

    private static List<DisclosureFinding> findings(EngineResult result) {
        return result.report().map(DisclosureReport::findings).orElse(List.of());
    }

    private static Agreement agreement(AccessGrant grant) {
        List<Permission> permissions = new ArrayList<>();
        for (GrantedTable table : grant.tables()) {
            Map<String, Set<ColumnUse>> uses = new LinkedHashMap<>();
            table.columns().forEach(column -> uses.put(column.name(), column.uses()));
            permissions.add(new Permission(table.dataset(), uses));
        }
        return new Agreement(
                grant.agreement(),
                "provider",
                "developer",
                "ed25519:a",
                "ed25519:b",
                grant.purpose(),
                grant.validFrom(),
                grant.validUntil(),
                grant.protection().minUnits(),
                permissions);
    }

    private static DryRunJob.Table table(GrantedTable table) throws IOException {
        StringBuilder csv = new StringBuilder(String.join(
                        ",", table.columns().stream().map(GrantedColumn::name).toList()))
                .append('\n');
        for (int i = 0; i < 200; i++) {
            int row = i;
            csv.append(String.join(
                            ",",
                            table.columns().stream().map(c -> value(c, row)).toList()))
                    .append('\n');
        }
        Path file = Files.writeString(dir.resolve(table.dataset() + ".csv"), csv);
        List<AttributeSpec> attributes = table.columns().stream()
                .map(c -> new AttributeSpec(
                        c.name(), c.type(), AttributeRole.INSENSITIVE, 1, Optional.empty(), false, c.name(), c.name()))
                .toList();
        return new DryRunJob.Table(table.dataset(), file, table.unitColumn(), attributes);
    }

    private static String value(GrantedColumn column, int row) {
        return switch (column.type()) {
            case "LONG" -> Integer.toString(row % 90);
            case "DOUBLE", "DECIMAL(12,2)" -> row % 90 + ".5";
            case "DATE" -> "2026-01-0" + (1 + row % 9);
            case "TIMESTAMP" -> "2026-01-0" + (1 + row % 9) + " 10:00:00";
            case "BOOLEAN" -> row % 2 == 0 ? "true" : "false";
            default ->
                column.name()
                        + row % (column.name().endsWith("id") || column.name().equals("payer") ? 200 : 2);
        };
    }
}
