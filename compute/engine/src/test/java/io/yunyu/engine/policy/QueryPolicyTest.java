package io.yunyu.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.language.Language;
import io.yunyu.contract.language.Phrases;
import io.yunyu.engine.session.SharedSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

public class QueryPolicyTest {
    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = SharedSession.spark().newSession();
    }

    public static final List<String> ALLOWED = List.of(
            "SELECT count(*) FROM visits",
            "select COUNT(*) as n, county from VISITS group by COUNTY",
            "SELECT county, count(*) n FROM visits GROUP BY county HAVING n > 20 ORDER BY n DESC LIMIT 10",
            "SELECT county, count(*) FROM visits GROUP BY 1 ORDER BY 2",
            "SELECT county AS c, sex, count(DISTINCT person_id) FROM visits GROUP BY c, sex",
            "SELECT county, count(distinct person_id), count(*), count(age), sum(amount), avg(score) FROM visits GROUP BY county",
            "SELECT year(visit_date) y, quarter(visit_date), month(visit_date), count(*) FROM visits GROUP BY y, 2, 3",
            "SELECT date_trunc('month', visit_date) m, count(*) FROM visits GROUP BY m ORDER BY m",
            "SELECT date_trunc('QUARTER', admitted), count(*) FROM visits GROUP BY 1",
            "SELECT year(admitted), quarter(admitted), month(admitted), count(*) FROM visits GROUP BY 1, 2, 3",
            "SELECT count(*) FROM visits WHERE sex = 'M' AND county <> 'x' AND age BETWEEN 18 AND 65",
            "SELECT count(*) FROM visits WHERE NOT (sex = 'M' OR age >= 18) AND diagnosis IN ('J10', 'J11')",
            "SELECT count(*) FROM visits WHERE visit_date >= DATE '2026-01-01' AND visit_date < '2026-02-01'",
            "SELECT count(*) FROM visits WHERE score > -5.5 AND age = 3.5 AND emergency = true AND diagnosis IS NOT NULL",
            "SELECT round(100 * sum(amount) / count(*), 1) AS per_visit FROM visits",
            "SELECT county, sum(amount) / count(amount) - 1 FROM visits GROUP BY county HAVING NOT count(*) BETWEEN 1 AND 5",
            "SELECT county, count(*) FROM visits GROUP BY county HAVING county <> 'x' ORDER BY sum(amount) DESC NULLS FIRST",
            "SELECT p.education, count(*) FROM visits v JOIN persons p ON v.person_id = p.person_id GROUP BY p.education",
            "SELECT education, sum(amount) FROM visits INNER JOIN persons ON visits.person_id = persons.person_id AND"
                    + " visits.hospital = persons.hospital WHERE sex = 'F' GROUP BY education",
            "SELECT sector, sum(turnover), avg(turnover) FROM firms WHERE sector <> 'K' GROUP BY sector",
            "SELECT count(*) FROM visits v GROUP BY v.county ORDER BY v.county",
            "SELECT `county`, count(1) FROM `visits` GROUP BY `county` -- a comment",
            "SELECT sum(amount) > 100, sum(age) IS NULL FROM visits",
            "SELECT count(*) FROM visits HAVING count(*) = 1",
            "SELECT county, variance(age), stddev(amount), var_samp(score), stddev_samp(age) FROM visits GROUP BY county",
            "SELECT count(*) AS n, n + 1 FROM visits",
            "SELECT sex, count(*) FROM visits GROUP BY ROLLUP (sex)",
            "SELECT county, sex, count(*) FROM visits GROUP BY CUBE (county, sex)",
            "SELECT county, sex, count(*) FROM visits GROUP BY GROUPING SETS ((county), (sex), ())",
            "SELECT count(*) FROM visits WHERE county NOT IN ('a', 'b') OR sex IS NULL",
            "SELECT avg(age) AS `mean age` FROM visits ORDER BY `mean age`",
            "SELECT education, avg(score) FROM persons p JOIN visits v ON p.person_id = v.person_id WHERE v.age < 18"
                    + " GROUP BY p.education ORDER BY 2 LIMIT 3",
            "SELECT sum(paid), count(DISTINCT payer) FROM payments");

    @ParameterizedTest
    @FieldSource("ALLOWED")
    void check_allowedQuery_passes(String sql) {
        assertThat(QueryPolicy.check(spark, sql, PolicyGrants.grant())).isInstanceOf(Verdict.Passed.class);
    }

    /** Statement, rule, column ("" for none). */
    public static final List<List<String>> REFUSED = List.of(
            // reflection and scripts
            List.of(
                    "SELECT reflect('java.lang.System', 'getProperty', 'user.home'), count(*) FROM visits",
                    "function-not-allowed",
                    ""),
            List.of("SELECT java_method('java.lang.System', 'exit', 1)", "function-not-allowed", ""),
            List.of("SELECT count(*) FROM visits WHERE try_reflect('a', 'b') = county", "function-not-allowed", ""),
            List.of("EXECUTE IMMEDIATE 'SELECT reflect(1, 2)'", "not-a-query", ""),
            List.of("DECLARE VARIABLE x INT DEFAULT 3", "not-a-query", ""),
            List.of("BEGIN SELECT 1; END", "syntax", ""),
            List.of("SELECT TRANSFORM(county) USING 'sh' FROM visits", "not-a-query", ""),
            // commands
            List.of("ADD JAR '/x.jar'", "not-a-query", ""),
            List.of("ADD FILE '/etc/passwd'", "not-a-query", ""),
            List.of("CREATE FUNCTION f AS 'a.B' USING JAR '/x.jar'", "not-a-query", ""),
            List.of("CREATE TEMPORARY FUNCTION f AS 'a.B'", "not-a-query", ""),
            List.of("CREATE TEMPORARY VIEW v AS SELECT * FROM visits", "not-a-query", ""),
            List.of("LOAD DATA LOCAL INPATH '/x' INTO TABLE visits", "not-a-query", ""),
            List.of("INSERT OVERWRITE DIRECTORY '/x' USING csv SELECT * FROM visits", "not-a-query", ""),
            List.of("INSERT INTO visits VALUES (1)", "not-a-query", ""),
            List.of("CREATE TABLE t USING csv LOCATION '/x' AS SELECT * FROM visits", "not-a-query", ""),
            List.of("DELETE FROM visits", "not-a-query", ""),
            List.of("UPDATE visits SET county = 'x'", "not-a-query", ""),
            List.of("MERGE INTO visits USING persons ON true WHEN MATCHED THEN DELETE", "not-a-query", ""),
            List.of("DROP TABLE visits", "not-a-query", ""),
            List.of("SET spark.sql.ansi.enabled = true", "not-a-query", ""),
            List.of("SET fs.defaultFS = file:///", "not-a-query", ""),
            List.of("RESET", "not-a-query", ""),
            List.of("EXPLAIN SELECT count(*) FROM visits", "not-a-query", ""),
            List.of("EXPLAIN COST SELECT count(*) FROM visits", "not-a-query", ""),
            List.of("SHOW TABLES", "not-a-query", ""),
            List.of("DESCRIBE visits", "not-a-query", ""),
            List.of("DESCRIBE HISTORY visits", "not-a-query", ""),
            List.of("ANALYZE TABLE visits COMPUTE STATISTICS", "not-a-query", ""),
            List.of("CACHE TABLE visits", "not-a-query", ""),
            List.of("REFRESH TABLE visits", "not-a-query", ""),
            List.of("USE other", "not-a-query", ""),
            List.of("DESCRIBE EXTENDED visits", "not-a-query", ""),
            List.of("SHOW CREATE TABLE visits", "not-a-query", ""),
            List.of("TRUNCATE TABLE visits", "not-a-query", ""),
            List.of("ALTER TABLE visits ADD COLUMN x INT", "not-a-query", ""),
            // tables
            List.of("SELECT count(*) FROM text.`/etc/passwd`", "table-by-path", ""),
            List.of("SELECT count(*) FROM json.`/x`", "table-by-path", ""),
            List.of("SELECT count(*) FROM parquet.`/x`", "table-by-path", ""),
            List.of("SELECT count(*) FROM delta.`/x`", "table-by-path", ""),
            List.of("SELECT count(*) FROM spark_catalog.default.visits", "table-by-path", ""),
            List.of("SELECT count(*) FROM salaries", "table-not-granted", ""),
            List.of("SELECT count(*) FROM visits FOR VERSION AS OF 0", "time-travel", ""),
            List.of("SELECT count(*) FROM visits TIMESTAMP AS OF '2026-01-01'", "time-travel", ""),
            List.of("SELECT count(*) FROM `visits@v0`", "table-not-granted", ""),
            List.of("SELECT count(*) FROM range(10)", "table-function", ""),
            List.of("SELECT count(*) FROM VALUES (1), (2)", "table-function", ""),
            List.of("SELECT count(*) FROM IDENTIFIER('visits')", "parameter", ""),
            List.of("SELECT count(*) FROM STREAM(visits)", "table-function", ""),
            List.of("SELECT count(*)", "no-table", ""),
            // rows
            List.of("SELECT * FROM visits", "rows-not-aggregates", ""),
            List.of("SELECT county FROM visits", "rows-not-aggregates", ""),
            List.of("SELECT county FROM visits GROUP BY county", "rows-not-aggregates", ""),
            List.of("TABLE visits", "rows-not-aggregates", ""),
            List.of("SELECT DISTINCT county FROM visits", "distinct-rows", ""),
            List.of("SELECT count(*), visits.* FROM visits", "rows-not-aggregates", ""),
            List.of("SELECT count(county.*) FROM visits county", "rows-not-aggregates", ""),
            // columns
            List.of("SELECT count(name) FROM visits", "column-not-granted", "name"),
            List.of("SELECT max(name) FROM visits", "column-not-granted", "name"),
            List.of("SELECT count(*) FROM visits WHERE name = 'x'", "column-not-granted", "name"),
            List.of("SELECT count(*) FROM visits ORDER BY visits.name", "column-not-granted", "name"),
            List.of("SELECT sum(CASE WHEN name = 'x' THEN 1 END) FROM visits", "column-not-granted", "name"),
            List.of("SELECT sum(salary) FROM visits", "column-unknown", "salary"),
            List.of("SELECT count(*) FROM visits WHERE __unit > 3", "column-unknown", "__unit"),
            List.of(
                    "SELECT _metadata.file_path, count(*) FROM visits GROUP BY 1",
                    "column-unknown",
                    "_metadata.file_path"),
            List.of("SELECT current_user, count(*) FROM visits", "column-unknown", "current_user"),
            List.of("SELECT diagnosis, count(*) FROM visits GROUP BY diagnosis", "use-not-granted", "diagnosis"),
            List.of("SELECT sum(county) FROM visits", "use-not-granted", "county"),
            List.of("SELECT count(*) FROM visits WHERE amount > 3", "use-not-granted", "amount"),
            List.of("SELECT count(*) FROM visits GROUP BY age", "use-not-granted", "age"),
            List.of("SELECT year(age), count(*) FROM visits GROUP BY 1", "type-mismatch", ""),
            List.of("SELECT count(hospital) FROM visits", "use-not-granted", "hospital"),
            // the privacy unit
            List.of("SELECT count(*) FROM visits WHERE person_id = '530199'", "unit-column-use", "person_id"),
            List.of("SELECT count(*) FROM visits WHERE person_id IN (1, 2)", "unit-column-use", "person_id"),
            List.of("SELECT count(*) FROM visits WHERE person_id IS NOT NULL", "unit-column-use", "person_id"),
            List.of("SELECT person_id, count(*) FROM visits GROUP BY person_id", "unit-column-use", "person_id"),
            List.of("SELECT sum(person_id) FROM visits", "unit-column-use", "person_id"),
            List.of("SELECT count(person_id) FROM visits", "unit-column-use", "person_id"),
            List.of("SELECT sum(DISTINCT person_id) FROM visits", "distinct-aggregate", "person_id"),
            List.of("SELECT count(DISTINCT age) FROM visits", "distinct-aggregate", "age"),
            List.of("SELECT count(DISTINCT county, sex) FROM visits", "aggregate-form", "county"),
            // joins
            List.of("SELECT count(*) FROM visits v JOIN persons p ON v.hospital = p.hospital", "privacy-unit-lost", ""),
            List.of("SELECT count(*) FROM visits v JOIN persons p ON v.person_id > p.person_id", "join-form", ""),
            List.of(
                    "SELECT count(*) FROM visits v JOIN persons p ON v.person_id = p.person_id OR v.hospital = p.hospital",
                    "join-form",
                    ""),
            List.of(
                    "SELECT count(*) FROM visits v JOIN persons p ON v.person_id = p.person_id AND v.sex = 'M'",
                    "join-form",
                    ""),
            List.of("SELECT count(*) FROM visits v JOIN persons p ON v.person_id = p.hospital", "join-form", ""),
            List.of(
                    "SELECT count(*) FROM visits v JOIN payments p ON v.person_id = p.payer",
                    "use-not-granted",
                    "payer"),
            List.of(
                    "SELECT count(*) FROM visits LEFT JOIN persons ON visits.person_id = persons.person_id",
                    "join-form",
                    ""),
            List.of(
                    "SELECT count(*) FROM visits LEFT ANTI JOIN persons ON visits.person_id = persons.person_id",
                    "join-form",
                    ""),
            List.of("SELECT count(*) FROM visits JOIN persons USING (person_id)", "join-form", ""),
            List.of("SELECT count(*) FROM visits NATURAL JOIN persons", "join-form", ""),
            List.of("SELECT count(*) FROM visits, persons", "join-form", ""),
            List.of("SELECT count(*) FROM visits a JOIN visits b ON a.person_id = b.person_id", "table-twice", ""),
            List.of("SELECT count(*) FROM visits v JOIN firms f ON v.hospital = f.sector", "join-family", ""),
            List.of(
                    "SELECT hospital, count(*) FROM visits v JOIN persons p ON v.person_id = p.person_id GROUP BY hospital",
                    "ambiguous-column",
                    ""),
            // forms
            List.of("WITH q AS (SELECT * FROM visits) SELECT count(*) FROM q", "subquery", ""),
            List.of("SELECT count(*) FROM (SELECT * FROM visits LIMIT 1) t", "rows-not-aggregates", ""),
            List.of("SELECT sum(age) FROM (SELECT age FROM visits ORDER BY score LIMIT 1) t", "subquery", ""),
            List.of("SELECT avg(n) FROM (SELECT count(*) n FROM visits GROUP BY county) t", "subquery", ""),
            List.of("SELECT count(*) FROM visits WHERE county IN (SELECT sector FROM firms)", "subquery", ""),
            List.of("SELECT count(*) FROM visits WHERE EXISTS (SELECT 1 FROM firms)", "subquery", ""),
            List.of("SELECT count(*), (SELECT max(turnover) FROM firms) FROM visits", "subquery", ""),
            List.of("SELECT count(*) FROM visits UNION ALL SELECT count(*) FROM firms", "set-operation", ""),
            List.of("SELECT county FROM visits EXCEPT SELECT sector FROM firms", "set-operation", ""),
            List.of("SELECT county FROM visits INTERSECT SELECT sector FROM firms", "set-operation", ""),
            List.of("SELECT count(*) FROM visits GROUP BY CUBE (upper(county))", "group-by-form", ""),
            List.of("SELECT count(*) FROM visits GROUP BY CUBE (name)", "column-not-granted", "name"),
            List.of("SELECT count(*) OVER (PARTITION BY county) FROM visits", "window", ""),
            List.of(
                    "SELECT county, count(*) FROM visits LATERAL VIEW explode(array(1)) t AS x GROUP BY county",
                    "table-function",
                    ""),
            List.of("SELECT count(*) FROM visits, LATERAL (SELECT 1)", "lateral", ""),
            List.of("SELECT * FROM visits PIVOT (count(*) FOR sex IN ('M', 'F'))", "pivot", ""),
            List.of("SELECT count(*) FROM visits TABLESAMPLE (1 ROWS)", "subquery", ""),
            List.of("SELECT count(*) FROM visits TABLESAMPLE (10 PERCENT)", "sampling", ""),
            List.of("SELECT count(*) FROM visits LIMIT 1 OFFSET 1", "offset", ""),
            List.of("SELECT county, count(*) FROM visits GROUP BY county SORT BY county", "sort-by", ""),
            List.of("SELECT /*+ REPARTITION(1) */ count(*) FROM visits", "hint", ""),
            List.of("SELECT count(*) FROM visits WHERE county = :c", "parameter", ""),
            List.of("SELECT count(*) FROM visits WHERE county = '${env:HOME}'", "variable-reference", ""),
            List.of("FROM visits |> AGGREGATE count(*)", "expression-not-allowed", ""),
            // functions and expressions
            List.of("SELECT min(age) FROM visits", "function-not-allowed", ""),
            List.of("SELECT collect_list(county) FROM visits", "function-not-allowed", ""),
            List.of("SELECT listagg(county) FROM visits", "function-not-allowed", ""),
            List.of("SELECT percentile_approx(age, 0.5) FROM visits", "function-not-allowed", ""),
            List.of("SELECT first(county) FROM visits", "function-not-allowed", ""),
            List.of("SELECT approx_count_distinct(person_id) FROM visits", "function-not-allowed", ""),
            List.of("SELECT count_if(age > 3) FROM visits", "function-not-allowed", ""),
            List.of("SELECT bool_or(emergency) FROM visits", "function-not-allowed", ""),
            List.of("SELECT stddev_pop(age) FROM visits", "function-not-allowed", ""),
            List.of("SELECT input_file_name(), count(*) FROM visits GROUP BY 1", "function-not-allowed", ""),
            List.of("SELECT count(*), raise_error(county) FROM visits", "function-not-allowed", ""),
            List.of("SELECT count(*) FROM visits WHERE assert_true(age > 3) IS NULL", "function-not-allowed", ""),
            List.of("SELECT count(*), repeat('x', 500000000) FROM visits", "function-not-allowed", ""),
            List.of("SELECT concat(county, sex), count(*) FROM visits GROUP BY 1", "function-not-allowed", ""),
            List.of("SELECT count(*) FROM visits WHERE rand() < 0.5", "function-not-allowed", ""),
            List.of("SELECT system.builtin.count(*) FROM visits", "function-not-allowed", ""),
            List.of("SELECT sum(age) FILTER (WHERE sex = 'M') FROM visits", "filter-clause", ""),
            List.of("SELECT sum(CASE WHEN sex = 'M' THEN 1 ELSE 0 END) FROM visits", "conditional-expression", ""),
            List.of("SELECT sum(if(sex = 'M', 1, 0)) FROM visits", "function-not-allowed", ""),
            List.of("SELECT sum(age * 2) FROM visits", "aggregate-form", "age"),
            List.of("SELECT avg(age + score) FROM visits", "aggregate-form", "age"),
            List.of("SELECT sum(age = 3) FROM visits", "type-mismatch", ""),
            List.of("SELECT count(NULL) FROM visits", "aggregate-form", "(no column)"),
            List.of("SELECT sum(1) FROM visits", "aggregate-form", "(no column)"),
            List.of("SELECT sum(sum(age)) FROM visits", "not-understood", ""),
            List.of("SELECT count(*) FROM visits WHERE county LIKE '5301%'", "pattern-match", ""),
            List.of("SELECT count(*) FROM visits WHERE county RLIKE '.*'", "pattern-match", ""),
            List.of("SELECT count(*) FROM visits WHERE county <=> 'x'", "expression-not-allowed", ""),
            List.of("SELECT count(*) FROM visits WHERE county = sex", "filter-form", "county"),
            List.of("SELECT count(*) FROM visits WHERE age + 1 > 3", "filter-form", "age"),
            List.of("SELECT count(*) FROM visits WHERE emergency", "filter-form", "emergency"),
            List.of("SELECT count(*) FROM visits WHERE year(visit_date) = 2026", "filter-form", "visit_date"),
            List.of("SELECT count(*) FROM visits WHERE 1 = 1", "filter-form", "(no column)"),
            List.of("SELECT count(*) FROM visits WHERE 10 / age > 1", "filter-form", "age"),
            List.of("SELECT count(*) FROM visits WHERE diagnosis > 5", "filter-form", "diagnosis"),
            List.of("SELECT count(*) FROM visits WHERE CAST(diagnosis AS INT) = 5", "cast", ""),
            List.of("SELECT count(*) FROM visits WHERE visit_date > 'yesterday'", "literal-type", "visit_date"),
            List.of("SELECT count(*) FROM visits WHERE county = NULL", "literal-type", "county"),
            List.of("SELECT date_trunc('day', visit_date), count(*) FROM visits GROUP BY 1", "group-by-form", ""),
            List.of(
                    "SELECT date_trunc(county, visit_date), count(*) FROM visits GROUP BY 1, county",
                    "group-by-form",
                    ""),
            List.of("SELECT age > 50, count(*) FROM visits GROUP BY age > 50", "use-not-granted", "age"),
            List.of("SELECT count(*) FROM visits WHERE county ILIKE 'a%'", "pattern-match", ""),
            List.of("SELECT count(*) FROM visits WHERE county LIKE ANY ('a%', 'b%')", "pattern-match", ""),
            List.of("SELECT * FROM visits UNPIVOT (v FOR c IN (age, score))", "pivot", ""),
            List.of("SELECT a FROM (SELECT count(*) FROM visits) AS t(a)", "column-aliases", ""),
            List.of("SELECT first_value(age) OVER (ORDER BY score) FROM visits", "window", ""),
            List.of("SELECT any_value(county) FROM visits", "function-not-allowed", ""),
            List.of("SELECT count(*) FROM visits WHERE name IS NULL", "column-not-granted", "name"),
            List.of("SELECT sum(paid) FROM payments WHERE payer = 'x'", "unit-column-use", "payer"),
            List.of("SELECT count(*) FROM visits WHERE age IN (SELECT 1)", "subquery", ""),
            List.of("SELECT county = 'x', count(*) FROM visits GROUP BY county = 'x'", "group-by-form", ""),
            List.of(
                    "SELECT year(visit_date) + 1, count(*) FROM visits GROUP BY year(visit_date)",
                    "computed-label",
                    ""),
            List.of("SELECT county, sex, count(*) FROM visits GROUP BY county", "not-grouped", ""),
            List.of("SELECT county, count(*) FROM visits GROUP BY ALL", "column-unknown", "ALL"),
            List.of("SELECT count(*) AS __unit FROM visits", "reserved-name", ""),
            List.of("SELEC count(*) FROM visits", "syntax", ""),
            List.of("SELECT count(*) FROM visits; DROP TABLE visits", "syntax", ""),
            List.of("", "syntax", ""));

    @ParameterizedTest
    @FieldSource("REFUSED")
    void check_forbiddenQuery_namesRuleAndColumn(List<String> row) {
        Verdict verdict = QueryPolicy.check(spark, row.get(0), PolicyGrants.grant());

        assertThat(verdict).as(row.get(0)).isInstanceOf(Verdict.Refused.class);
        List<DisclosureFinding> findings = ((Verdict.Refused) verdict).findings();
        assertThat(findings)
                .as(row.get(0))
                .anyMatch(f ->
                        f.rule().equals(row.get(1)) && f.column().orElse("").equals(row.get(2)));
        assertThat(findings)
                .allMatch(f ->
                        f.blocking() && !f.clause().isBlank() && !f.suggestion().isBlank());
    }

    @Test
    void statements_withTheirVerdict_areTwoHundredAtLeast() {
        assertThat(ALLOWED.size() + REFUSED.size()).isGreaterThanOrEqualTo(200);
        assertThat(ALLOWED).doesNotHaveDuplicates();
        assertThat(REFUSED).extracting(row -> row.get(0)).doesNotHaveDuplicates();
    }

    @Test
    void check_everySuggestedColumnUse_passesWhenFollowed() {
        // The finding says what is granted; the query that keeps to it must pass.
        Verdict.Refused refused = (Verdict.Refused)
                QueryPolicy.check(spark, "SELECT name, count(*) FROM visits GROUP BY name", PolicyGrants.grant());

        assertThat(refused.findings().get(0).suggestion()).contains("county [FILTER, GROUP_BY]");
        assertThat(refused.findings().get(0).clause()).contains("agreement-1").contains("ds-visits");
        assertThat(QueryPolicy.check(
                        spark, "SELECT county, count(*) FROM visits GROUP BY county", PolicyGrants.grant()))
                .isInstanceOf(Verdict.Passed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "median(age)",
                "percentile(age, 0.5)",
                "percentile_approx(age, 0.5)",
                "approx_percentile(age, 0.5)",
                "percentile_cont(0.5) WITHIN GROUP (ORDER BY age)",
                "percentile_disc(0.5) WITHIN GROUP (ORDER BY age)"
            })
    void check_quantile_saysWhatToDoInBothLanguages(String quantile) {
        String without = advice(quantile, PolicyGrants.grant());
        assertThat(without)
                .contains(
                        "only under an agreement with a privacy clause", "Ask the provider for one", "count by ranges");
        assertThat(Phrases.say(without, Language.CHINESE))
                .contains("只在带隐私条款的协议下回答", "请向提供方申请", "按区间或 band(列) 计数")
                .doesNotContain("Quantiles");
    }

    @Test
    void check_quantileOfAnotherNameUnderAPrivacyClause_namesTheFormThatPasses() {
        PrivacyClause clause = new PrivacyClause(1000, 1000, 0, 1, 1, Map.of(), Map.of());
        String under = advice(
                "percentile_cont(0.5) WITHIN GROUP (ORDER BY age)",
                PolicyGrants.grant().with(clause));
        assertThat(under).contains("Write MEDIAN(column)").doesNotContain("Ask the provider");
        assertThat(Phrases.say(under, Language.CHINESE))
                .contains("请写成 MEDIAN(列)")
                .doesNotContain("Write");
    }

    private static String advice(String quantile, AccessGrant grant) {
        Verdict verdict =
                QueryPolicy.check(spark, "SELECT county, " + quantile + " FROM visits GROUP BY county", grant);
        return ((Verdict.Refused) verdict)
                .findings().stream()
                        .filter(f -> f.rule().equals("function-not-allowed"))
                        .map(DisclosureFinding::suggestion)
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void check_oversizedQuery_isRefusedWithoutParsing() {
        for (String sql : List.of(
                "SELECT count(*) FROM visits" + " ".repeat(QueryPolicy.MAX_LENGTH),
                "SELECT " + "(".repeat(5000) + "1" + ")".repeat(5000) + ", count(*) FROM visits",
                "SELECT count(*) FROM visits WHERE county IN ('a'" + ", 'a'".repeat(1000) + ")",
                "SELECT count(*) FROM visits HAVING count(*) > 1" + " + 1".repeat(15000),
                "SELECT count(*) FROM visits WHERE " + "NOT ".repeat(15000) + "county = 'a'")) {
            Verdict verdict = QueryPolicy.check(spark, sql, PolicyGrants.grant());

            assertThat(verdict).isInstanceOf(Verdict.Refused.class);
            assertThat(((Verdict.Refused) verdict).findings())
                    .extracting(DisclosureFinding::rule)
                    .containsExactly("too-large");
        }
    }

    @Test
    void check_literalInBrokenQuery_isNotRepeated() {
        for (String sql : List.of(
                "SELECT count(*) FROM visits WHERE county = 'CANARY-7731' AND",
                "SELECT count(*) FROM visits WHERE visit_date = 'CANARY-7731'",
                "SELECT county FROM visits WHERE name = 'CANARY-7731'")) {
            Verdict.Refused refused = (Verdict.Refused) QueryPolicy.check(spark, sql, PolicyGrants.grant());

            assertThat(refused.findings().toString()).doesNotContain("CANARY");
        }
    }

    @Test
    void check_fileByPath_isNotOpened(@TempDir Path dir) throws Exception {
        Files.writeString(dir.resolve("data.json"), "{\"secret_column\": 1}");

        Verdict verdict =
                QueryPolicy.check(spark, "SELECT sum(secret_column) FROM json.`" + dir + "`", PolicyGrants.grant());

        assertThat(((Verdict.Refused) verdict).findings())
                .extracting(DisclosureFinding::rule)
                .containsExactly("table-by-path", "column-unknown");
    }

    @Test
    void barrier_sealedSession_refusesCommandsAndReflection() {
        SparkSession sealed = spark.newSession();
        sealed.sql("SET yunyu.before = 1");
        PlanBarrier.seal(sealed);

        for (String sql : List.of(
                "SET yunyu.after = 1",
                "SELECT reflect('java.lang.Math', 'abs', -1)",
                "SELECT * FROM VALUES (1) WHERE 'x' = (SELECT java_method('java.lang.Math', 'abs', -1))",
                "CREATE TEMPORARY VIEW v AS SELECT 1")) {
            assertThatThrownBy(() -> sealed.sql(sql)).as(sql).isInstanceOf(PlanBarrier.BarrierException.class);
        }
        assertThat(sealed.sql("SELECT 1 + 1").collectAsList().get(0).getInt(0)).isEqualTo(2);
    }
}
