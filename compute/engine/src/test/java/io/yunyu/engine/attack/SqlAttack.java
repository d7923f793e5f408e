package io.yunyu.engine.attack;

import java.util.List;

/**
 * A statement that would take what its writer may not have.
 *
 * @param what it tries
 * @param sql over the tables {@code visits} and {@code persons}
 * @param rule by which the plan policy refuses it
 * @param raw what happens inside the sandbox without the policy, in Spark as the engine configures it
 */
public record SqlAttack(String what, String sql, String rule, Raw raw) {
    /** Outcome without the plan policy. */
    public enum Raw {
        WORKED("worked"),
        /** Refused once more, by the engine's session or the sandbox around it: the policy is not alone. */
        STOPPED_BY_ANOTHER_LAYER("stopped by another layer");

        private final String title;

        Raw(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private static SqlAttack works(String what, String sql, String rule) {
        return new SqlAttack(what, sql, rule, Raw.WORKED);
    }

    private static SqlAttack stopped(String what, String sql, String rule) {
        return new SqlAttack(what, sql, rule, Raw.STOPPED_BY_ANOTHER_LAYER);
    }

    public static List<SqlAttack> all() {
        return List.of(
                works(
                        "run a method of the engine by reflection",
                        "SELECT reflect('java.lang.System', 'setProperty', 'yunyu.attacked', 'yes'), count(*) FROM visits",
                        "function-not-allowed"),
                works(
                        "the same under another name",
                        "SELECT java_method('java.lang.System', 'getProperty', 'java.home'), count(*) FROM visits",
                        "function-not-allowed"),
                works(
                        "the same, failing softly",
                        "SELECT try_reflect('java.lang.System', 'getProperty', 'java.home'), count(*) FROM visits",
                        "function-not-allowed"),
                works(
                        "the same inside EXECUTE IMMEDIATE",
                        "EXECUTE IMMEDIATE 'SELECT reflect(\"java.lang.System\", \"getProperty\", \"java.home\")'",
                        "not-a-query"),
                works("a session variable", "DECLARE VARIABLE x INT DEFAULT 3", "not-a-query"),
                stopped("a script block", "BEGIN SELECT count(*) FROM visits; END", "syntax"),
                stopped("a shell, by TRANSFORM", "SELECT TRANSFORM(county) USING 'sh' FROM visits", "not-a-query"),
                works("add a file to the session", "ADD FILE '/etc/passwd'", "not-a-query"),
                works("add a jar to the session", "ADD JAR '/etc/passwd'", "not-a-query"),
                works("a function of one's own", "CREATE TEMPORARY FUNCTION f AS 'java.lang.String'", "not-a-query"),
                works(
                        "write rows to a directory",
                        "INSERT OVERWRITE DIRECTORY '/tmp/stolen' USING csv SELECT name FROM visits",
                        "not-a-query"),
                works(
                        "write rows to a table elsewhere",
                        "CREATE TABLE stolen USING csv LOCATION '/tmp/stolen2' AS SELECT name FROM visits",
                        "not-a-query"),
                works(
                        "a view over ungranted columns",
                        "CREATE TEMPORARY VIEW v AS SELECT name FROM visits",
                        "not-a-query"),
                works("change the engine's settings", "SET spark.sql.ansi.enabled = true", "not-a-query"),
                works("read the engine's settings", "SET -v", "not-a-query"),
                works("reset the engine's settings", "RESET", "not-a-query"),
                works("the plan with its paths", "EXPLAIN EXTENDED SELECT count(*) FROM visits", "not-a-query"),
                works("the plan's statistics", "EXPLAIN COST SELECT count(*) FROM visits", "not-a-query"),
                works("the names of all tables", "SHOW TABLES", "not-a-query"),
                works("the names of all functions", "SHOW FUNCTIONS", "not-a-query"),
                works("the columns of a table", "DESCRIBE EXTENDED visits", "not-a-query"),
                works("keep a table in memory", "CACHE TABLE visits", "not-a-query"),
                stopped("a file, as a table of text", "SELECT count(*) FROM text.`/etc/passwd`", "table-by-path"),
                stopped("a file, opened while analysing", "SELECT count(*) FROM json.`/etc/passwd`", "table-by-path"),
                stopped("a file, as bytes", "SELECT sum(length) FROM binaryFile.`/etc/passwd`", "table-by-path"),
                works(
                        "a file, by a view with a path",
                        "CREATE TEMPORARY VIEW pw USING text OPTIONS (path '/etc/passwd')",
                        "not-a-query"),
                works(
                        "where a table's files lie",
                        "SELECT input_file_name(), count(*) FROM visits GROUP BY 1",
                        "function-not-allowed"),
                works("rows", "SELECT * FROM visits", "rows-not-aggregates"),
                works("rows, by their distinct values", "SELECT DISTINCT name FROM visits", "distinct-rows"),
                works("rows, as a list in one cell", "SELECT collect_list(name) FROM visits", "function-not-allowed"),
                works("rows, as one text", "SELECT listagg(name) FROM visits", "function-not-allowed"),
                works("rows, by an extreme", "SELECT max(name) FROM visits", "function-not-allowed"),
                works(
                        "rows, by any value",
                        "SELECT county, any_value(name) FROM visits GROUP BY county",
                        "function-not-allowed"),
                works("rows, by a median", "SELECT percentile(age, 0.5) FROM visits", "function-not-allowed"),
                works("rows, by a sketch", "SELECT hll_sketch_agg(name) FROM visits", "function-not-allowed"),
                works("rows, by a histogram", "SELECT histogram_numeric(age, 100) FROM visits", "function-not-allowed"),
                works(
                        "rows, by grouping on a computed key",
                        "SELECT concat(county, name), count(*) FROM visits GROUP BY 1",
                        "function-not-allowed"),
                works(
                        "a value, by a conditional sum",
                        "SELECT sum(CASE WHEN name = 'n7' THEN amount ELSE 0 END) FROM visits",
                        "conditional-expression"),
                works(
                        "a value, by FILTER",
                        "SELECT sum(amount) FILTER (WHERE name = 'n7') FROM visits",
                        "filter-clause"),
                works(
                        "a value, by WHERE on an ungranted column",
                        "SELECT count(*) FROM visits WHERE name = 'n7'",
                        "column-not-granted"),
                works(
                        "a person, by identifier",
                        "SELECT sum(amount) FROM visits WHERE person_id = 'p7'",
                        "unit-column-use"),
                works(
                        "a person, by a subquery of one row",
                        "SELECT sum(amount) FROM (SELECT amount FROM visits ORDER BY person_id LIMIT 1)",
                        "subquery"),
                works(
                        "a person, by EXISTS",
                        "SELECT count(*) FROM visits WHERE EXISTS (SELECT 1 FROM persons WHERE education = 'x')",
                        "subquery"),
                works("a person, by sampling", "SELECT sum(amount) FROM visits TABLESAMPLE (1 ROWS)", "subquery"),
                works(
                        "a person, by a window",
                        "SELECT sum(amount) OVER (PARTITION BY person_id) FROM visits",
                        "window"),
                works(
                        "an extreme, by a window over groups",
                        "SELECT county, rank() OVER (ORDER BY sum(amount)) FROM visits GROUP BY county",
                        "window"),
                works("columns turned into rows", "SELECT count(*) FROM visits UNPIVOT (v FOR c IN (age))", "pivot"),
                works(
                        "values in an error",
                        "SELECT count(*), raise_error(max(name)) FROM visits",
                        "function-not-allowed"),
                works(
                        "values in an error, if a condition holds",
                        "SELECT count(*) FROM visits WHERE assert_true(age > 500, name) IS NULL",
                        "function-not-allowed"),
                works(
                        "a condition on an ungranted column, hidden in casts",
                        "SELECT sum(amount) FROM visits WHERE CAST(CAST(name AS STRING) AS INT) IS NULL",
                        "column-not-granted"),
                works(
                        "memory: a long text made of nothing",
                        "SELECT count(*), length(repeat('x', 500000)) FROM visits",
                        "function-not-allowed"),
                works("time: rows out of nothing", "SELECT count(*) FROM range(1000000)", "table-function"),
                stopped(
                        "time: recursion",
                        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 50) SELECT count(*) FROM r",
                        "subquery"),
                works("time: every pair of rows", "SELECT count(*) FROM visits CROSS JOIN persons", "join-form"),
                works(
                        "another partition's number",
                        "SELECT spark_partition_id(), count(*) FROM visits GROUP BY 1",
                        "function-not-allowed"),
                works(
                        "chance, to thin out a set",
                        "SELECT count(*) FROM visits WHERE rand() < 0.5",
                        "function-not-allowed"),
                works("a pattern on a label", "SELECT count(*) FROM visits WHERE county LIKE 'c1%'", "pattern-match"),
                works(
                        "the user and the clock",
                        "SELECT current_user(), now(), count(*) FROM visits",
                        "function-not-allowed"));
    }
}
