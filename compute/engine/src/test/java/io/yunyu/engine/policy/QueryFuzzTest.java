package io.yunyu.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.engine.session.SharedSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/**
 * Random queries over the grammar. A query of allowed parts only must pass; one with a single forbidden part, wherever
 * it stands, must be refused, and no refusal repeats a literal. {@code -Dyunyu.fuzz.queries=N} and
 * {@code -Dyunyu.fuzz.seed=S} make it longer, or another.
 */
class QueryFuzzTest {
    private static final int QUERIES = Integer.getInteger("yunyu.fuzz.queries", 1500);
    private static final long SEED = Long.getLong("yunyu.fuzz.seed", 20261125L);

    private static final List<String> LABELS = List.of(
            "county",
            "sex",
            "visit_date",
            "emergency",
            "hospital",
            "year(visit_date)",
            "month(visit_date)",
            "quarter(admitted)",
            "date_trunc('month', visit_date)");
    private static final List<String> VALUES = List.of(
            "count(*)",
            "count(1)",
            "count(DISTINCT person_id)",
            "sum(amount)",
            "avg(score)",
            "count(age)",
            "sum(age)",
            "avg(amount)",
            "round(avg(amount), 1)",
            "sum(amount) / count(*)",
            "100 * count(age) - 3");
    private static final List<String> CONDITIONS = List.of(
            "sex = 'F'",
            "county <> 'CANARY'",
            "age BETWEEN 18 AND 65",
            "score > -5.5",
            "diagnosis IN ('J10', 'J11')",
            "visit_date >= DATE '2026-01-01'",
            "emergency = true",
            "diagnosis IS NOT NULL",
            "NOT (sex = 'M' OR age < 6)");
    private static final List<String> HAVINGS =
            List.of("count(*) > 20", "sum(amount) >= 1000", "NOT count(age) = 5", "avg(score) IS NOT NULL");

    /** Forbidden as an item of SELECT. */
    private static final List<String> BAD_VALUES = List.of(
            "max(age)",
            "min(name)",
            "collect_list(county)",
            "first(age)",
            "max(amount)",
            "any_value(age)",
            "percentile_approx(age, 0.5)",
            "approx_count_distinct(person_id)",
            "listagg(county)",
            "mode(age)",
            "count(*) OVER (PARTITION BY county)",
            "row_number() OVER (ORDER BY count(*))",
            "sum(name)",
            "count(name)",
            "sum(CASE WHEN sex = 'M' THEN 1 ELSE 0 END)",
            "sum(age) FILTER (WHERE sex = 'M')",
            "sum(if(sex = 'M', 1, 0))",
            "reflect('java.lang.System', 'getProperty', 'CANARY')",
            "java_method('java.lang.Runtime', 'getRuntime')",
            "raise_error('CANARY')",
            "input_file_name()",
            "(SELECT max(age) FROM visits)",
            "sum(age + 1)",
            "count(DISTINCT age)",
            "sum(DISTINCT age)",
            "rand()",
            "uuid()",
            "current_user()",
            "hash(county)",
            "to_json(struct(count(*)))",
            "person_id",
            "name",
            "visits.*",
            "explode(array(1))",
            "repeat('CANARY', 9)",
            "_metadata.file_path",
            "spark_partition_id()",
            "monotonically_increasing_id()",
            "transform(array(1), x -> x)",
            "cast(count(*) AS STRING)",
            "try_divide(count(*), 0)",
            "count_if(age > 3)",
            "bool_or(emergency)");
    /** Forbidden as an operand of WHERE. */
    private static final List<String> BAD_CONDITIONS = List.of(
            "name = 'CANARY'",
            "person_id = 'CANARY'",
            "person_id IN ('CANARY')",
            "person_id IS NOT NULL",
            "county LIKE 'CANARY%'",
            "county RLIKE '.*'",
            "county = sex",
            "age + 1 > 3",
            "10 / age > 1",
            "emergency",
            "EXISTS (SELECT 1 FROM firms)",
            "county IN (SELECT sector FROM firms)",
            "amount > 3",
            "rand() < 0.5",
            "length(county) = 3",
            "year(visit_date) = 2026",
            "diagnosis > 5",
            "CAST(diagnosis AS INT) = 5",
            "assert_true(age > 3) IS NULL",
            "county <=> 'CANARY'",
            "1 = 1",
            "hash(person_id) % 7 = 0",
            "CASE WHEN sex = 'M' THEN true ELSE false END",
            "isnull(reflect('a.B', 'c'))");
    /** Forbidden as a group key. */
    private static final List<String> BAD_KEYS = List.of(
            "name",
            "person_id",
            "diagnosis",
            "age",
            "amount",
            "concat(county, sex)",
            "age > 50",
            "county = 'CANARY'",
            "substr(county, 1, 2)",
            "date_trunc('day', visit_date)",
            "hour(admitted)",
            "spark_partition_id()",
            "input_file_name()",
            "hash(person_id)",
            "upper(county)",
            "rand()",
            "CAST(age AS STRING)");
    /** Forbidden as what is selected from. */
    private static final List<String> BAD_SOURCES = List.of(
            "text.`/etc/passwd`",
            "json.`/data`",
            "delta.`/data/ds-visits`",
            "parquet.`/data/ds-visits`",
            "salaries",
            "visits VERSION AS OF 0",
            "visits TIMESTAMP AS OF '2026-01-01'",
            "(SELECT * FROM visits LIMIT 1) visits",
            "visits TABLESAMPLE (1 ROWS)",
            "visits LATERAL VIEW explode(array(1)) t AS x",
            "visits, persons",
            "visits LEFT JOIN persons ON visits.person_id = persons.person_id",
            "visits a JOIN visits ON true",
            "visits CROSS JOIN persons",
            "visits NATURAL JOIN persons",
            "visits JOIN persons USING (person_id)",
            "visits JOIN persons ON visits.hospital = persons.hospital",
            "spark_catalog.default.visits");
    /** Forbidden around a whole query, at %s. */
    private static final List<String> BAD_FRAMES = List.of(
            "EXPLAIN %s",
            "CREATE TEMPORARY VIEW v AS %s",
            "CACHE TABLE t AS %s",
            "%s UNION ALL %s",
            "%s; DROP TABLE visits",
            "SELECT * FROM (%s)",
            "WITH q AS (%s) SELECT count(*) FROM q",
            "INSERT OVERWRITE DIRECTORY '/tmp/x' USING csv %s",
            "%s OFFSET 1",
            "EXECUTE IMMEDIATE '%s'",
            "BEGIN %s; END",
            "%s EXCEPT %s",
            "CREATE TABLE t USING csv AS %s");

    private final SparkSession spark = SharedSession.spark().newSession();
    private final Random random = new Random(SEED);

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private List<String> some(List<String> of, int most) {
        List<String> shuffled = new ArrayList<>(of);
        Collections.shuffle(shuffled, random);
        return new ArrayList<>(shuffled.subList(0, random.nextInt(most + 1)));
    }

    /** A query as parts, so that one can be spoilt. */
    private final class Parts {
        final List<String> keys = some(LABELS, 3);
        final List<String> values = some(VALUES, 3);
        final List<String> conditions = some(CONDITIONS, 3);
        final List<String> havings = some(HAVINGS, 2);
        String source = "visits";
        String frame = "%s";

        Parts() {
            if (values.isEmpty()) {
                values.add("count(*)");
            }
        }

        void spoil() {
            switch (random.nextInt(6)) {
                case 0 -> values.add(random.nextInt(values.size() + 1), pick(BAD_VALUES));
                case 1 ->
                    conditions.add(
                            random.nextInt(conditions.size() + 1),
                            random.nextBoolean()
                                    ? pick(BAD_CONDITIONS)
                                    : "NOT (sex = 'F' AND " + pick(BAD_CONDITIONS) + ")");
                case 2 -> keys.add(random.nextInt(keys.size() + 1), pick(BAD_KEYS));
                case 3 -> source = pick(BAD_SOURCES);
                case 4 -> havings.add(pick(BAD_VALUES) + " = 5");
                default -> frame = pick(BAD_FRAMES);
            }
        }

        String sql() {
            List<String> items = new ArrayList<>(keys);
            items.addAll(values);
            Collections.shuffle(items, random);
            StringBuilder sql = new StringBuilder("SELECT ")
                    .append(String.join(", ", items))
                    .append(" FROM ")
                    .append(source);
            if (!conditions.isEmpty()) {
                sql.append(" WHERE ").append(String.join(random.nextBoolean() ? " AND " : " OR ", conditions));
            }
            if (!keys.isEmpty()) {
                sql.append(" GROUP BY ").append(String.join(", ", keys));
            }
            if (!havings.isEmpty()) {
                sql.append(" HAVING ").append(String.join(" AND ", havings));
            }
            if (random.nextInt(3) == 0) {
                sql.append(" LIMIT 5");
            }
            return frame.replace("%s", sql.toString());
        }
    }

    @Test
    void check_allowedPartsOnly_passes() {
        for (int i = 0; i < QUERIES / 3; i++) {
            String sql = new Parts().sql();
            assertThat(QueryPolicy.check(spark, sql, PolicyGrants.grant()))
                    .as("seed %d, query %d: %s", SEED, i, sql)
                    .isInstanceOf(Verdict.Passed.class);
        }
    }

    @Test
    void check_oneForbiddenPart_isRefusedAndNoLiteralRepeated() {
        for (int i = 0; i < QUERIES; i++) {
            Parts parts = new Parts();
            parts.spoil();
            String sql = parts.sql();
            Verdict verdict = QueryPolicy.check(spark, sql, PolicyGrants.grant());
            assertThat(verdict).as("seed %d, query %d: %s", SEED, i, sql).isInstanceOf(Verdict.Refused.class);
            assertThat(((Verdict.Refused) verdict).findings().toString())
                    .as("seed %d, query %d: %s", SEED, i, sql)
                    .doesNotContain("CANARY");
        }
    }

    /** Broken text never ends in anything but a verdict. */
    @Test
    void check_damagedText_isAVerdict() {
        for (int i = 0; i < QUERIES / 3; i++) {
            StringBuilder sql = new StringBuilder(new Parts().sql());
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                int at = random.nextInt(sql.length());
                switch (random.nextInt(3)) {
                    case 0 -> sql.deleteCharAt(at);
                    case 1 -> sql.insert(at, (char) (32 + random.nextInt(95)));
                    default -> sql.insert(at, pick(List.of("'", "`", "\0", "(", "--", "/*", ";", "\u4e91", "\uD83D")));
                }
            }
            assertThat(QueryPolicy.check(spark, sql.toString(), PolicyGrants.grant()))
                    .as("seed %d, query %d", SEED, i)
                    .isNotNull();
        }
    }
}
