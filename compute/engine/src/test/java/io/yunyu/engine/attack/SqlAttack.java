package io.yunyu.engine.attack;

import java.util.List;

/**
 * A statement that would take what its writer may not have.
 *
 * @param number in the list of attacks of docs/attacks.md; 0 is one of our own
 * @param what it tries
 * @param sql over the tables {@code visits}, {@code persons} and {@code ledger}
 * @param rule by which the plan policy refuses it
 * @param raw what happens inside the sandbox without the policy, in Spark as the engine configures it
 * @param carries whether it is after the value in an error; that it runs is then no success
 */
public record SqlAttack(int number, String what, String sql, String rule, Raw raw, boolean carries) {
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

    private static SqlAttack works(int number, String what, String sql, String rule) {
        return new SqlAttack(number, what, sql, rule, Raw.WORKED, false);
    }

    private static SqlAttack stopped(int number, String what, String sql, String rule) {
        return new SqlAttack(number, what, sql, rule, Raw.STOPPED_BY_ANOTHER_LAYER, false);
    }

    private static SqlAttack carries(int number, String what, String sql, String rule) {
        return new SqlAttack(number, what, sql, rule, Raw.STOPPED_BY_ANOTHER_LAYER, true);
    }

    public static List<SqlAttack> all() {
        return List.of(
                works(
                        16,
                        "run a method of the engine by reflection",
                        "SELECT reflect('java.lang.System', 'setProperty', 'yunyu.attacked', 'yes'), count(*) FROM visits",
                        "function-not-allowed"),
                works(
                        16,
                        "the same under another name",
                        "SELECT java_method('java.lang.System', 'getProperty', 'java.home'), count(*) FROM visits",
                        "function-not-allowed"),
                works(
                        16,
                        "the same, failing softly",
                        "SELECT try_reflect('java.lang.System', 'getProperty', 'java.home'), count(*) FROM visits",
                        "function-not-allowed"),
                works(
                        17,
                        "the same inside EXECUTE IMMEDIATE",
                        "EXECUTE IMMEDIATE 'SELECT reflect(\"java.lang.System\", \"getProperty\", \"java.home\")'",
                        "not-a-query"),
                works(17, "a session variable", "DECLARE VARIABLE x INT DEFAULT 3", "not-a-query"),
                stopped(17, "a script block", "BEGIN SELECT count(*) FROM visits; END", "syntax"),
                stopped(
                        18,
                        "a shell, by TRANSFORM",
                        "SELECT TRANSFORM(county) USING 'read x; echo shell $x' FROM visits",
                        "not-a-query"),
                works(19, "add a file to the session", "ADD FILE '/etc/passwd'", "not-a-query"),
                works(19, "add a jar to the session", "ADD JAR '/etc/passwd'", "not-a-query"),
                works(
                        19,
                        "a function of one's own",
                        "CREATE TEMPORARY FUNCTION f AS 'java.lang.String'",
                        "not-a-query"),
                works(
                        19,
                        "a function out of a jar",
                        "CREATE FUNCTION stolen AS 'x.Y' USING JAR '/etc/passwd'",
                        "not-a-query"),
                stopped(
                        19,
                        "a file, loaded into a table",
                        "LOAD DATA LOCAL INPATH '/etc/passwd' INTO TABLE visits",
                        "not-a-query"),
                works(
                        20,
                        "write rows to a directory",
                        "INSERT OVERWRITE DIRECTORY '/tmp/stolen' USING csv SELECT name FROM visits",
                        "not-a-query"),
                works(
                        20,
                        "write rows to a table elsewhere",
                        "CREATE TABLE stolen USING csv LOCATION '/tmp/stolen2' AS SELECT name FROM visits",
                        "not-a-query"),
                works(
                        0,
                        "a view over ungranted columns",
                        "CREATE TEMPORARY VIEW v AS SELECT name FROM visits",
                        "not-a-query"),
                works(22, "change the engine's settings", "SET spark.sql.ansi.enabled = true", "not-a-query"),
                works(22, "another file system", "SET fs.defaultFS = hdfs://127.0.0.1:1", "not-a-query"),
                stopped(22, "a class in the engine's session", "SET spark.sql.extensions = x.Y", "not-a-query"),
                stopped(
                        22,
                        "another database, by a view",
                        "CREATE TEMPORARY VIEW j USING jdbc"
                                + " OPTIONS (url 'jdbc:postgresql://127.0.0.1:1/x', dbtable 't')",
                        "not-a-query"),
                works(22, "read the engine's settings", "SET -v", "not-a-query"),
                works(22, "reset the engine's settings", "RESET", "not-a-query"),
                works(
                        23,
                        "where a table's files lie, by a hidden column",
                        "SELECT _metadata.file_path, count(*) FROM visits GROUP BY 1",
                        "column-unknown"),
                works(
                        30,
                        "an earlier version of a table",
                        "SELECT count(*) FROM ledger VERSION AS OF 0",
                        "time-travel"),
                works(30, "the history of a table", "DESCRIBE HISTORY ledger", "not-a-query"),
                works(25, "the plan with its paths", "EXPLAIN EXTENDED SELECT count(*) FROM visits", "not-a-query"),
                works(25, "the plan's statistics", "EXPLAIN COST SELECT count(*) FROM visits", "not-a-query"),
                works(25, "the names of all tables", "SHOW TABLES", "not-a-query"),
                works(25, "the names of all functions", "SHOW FUNCTIONS", "not-a-query"),
                works(25, "the columns of a table", "DESCRIBE EXTENDED visits", "not-a-query"),
                works(0, "keep a table in memory", "CACHE TABLE visits", "not-a-query"),
                stopped(21, "a file, as a table of text", "SELECT count(*) FROM text.`/etc/passwd`", "table-by-path"),
                stopped(21, "a file, as a table of csv", "SELECT count(*) FROM csv.`/etc/passwd`", "table-by-path"),
                stopped(
                        21,
                        "a file, as a table of parquet",
                        "SELECT count(*) FROM parquet.`/etc/passwd`",
                        "table-by-path"),
                stopped(
                        21,
                        "a file, opened while analysing",
                        "SELECT count(*) FROM json.`/etc/passwd`",
                        "table-by-path"),
                stopped(21, "a file, as bytes", "SELECT sum(length) FROM binaryFile.`/etc/passwd`", "table-by-path"),
                works(
                        21,
                        "a file, by a view with a path",
                        "CREATE TEMPORARY VIEW pw USING text OPTIONS (path '/etc/passwd')",
                        "not-a-query"),
                works(
                        23,
                        "where a table's files lie",
                        "SELECT input_file_name(), count(*) FROM visits GROUP BY 1",
                        "function-not-allowed"),
                works(26, "rows", "SELECT * FROM visits", "rows-not-aggregates"),
                works(26, "rows, by their distinct values", "SELECT DISTINCT name FROM visits", "distinct-rows"),
                works(
                        26,
                        "rows, as a list in one cell",
                        "SELECT collect_list(name) FROM visits",
                        "function-not-allowed"),
                works(26, "rows, as one text", "SELECT listagg(name) FROM visits", "function-not-allowed"),
                works(26, "rows, by an extreme", "SELECT max(name) FROM visits", "function-not-allowed"),
                works(
                        0,
                        "rows, by any value",
                        "SELECT county, any_value(name) FROM visits GROUP BY county",
                        "function-not-allowed"),
                works(0, "rows, by a median", "SELECT percentile(age, 0.5) FROM visits", "function-not-allowed"),
                works(0, "rows, by a sketch", "SELECT hll_sketch_agg(name) FROM visits", "function-not-allowed"),
                works(
                        0,
                        "rows, by a histogram",
                        "SELECT histogram_numeric(age, 100) FROM visits",
                        "function-not-allowed"),
                works(
                        26,
                        "rows, by grouping on a computed key",
                        "SELECT concat(county, name), count(*) FROM visits GROUP BY 1",
                        "function-not-allowed"),
                works(
                        27,
                        "a value, by a conditional sum",
                        "SELECT sum(CASE WHEN name = 'n7' THEN amount ELSE 0 END) FROM visits",
                        "conditional-expression"),
                works(
                        27,
                        "a value, by FILTER",
                        "SELECT sum(amount) FILTER (WHERE name = 'n7') FROM visits",
                        "filter-clause"),
                works(
                        0,
                        "a value, by WHERE on an ungranted column",
                        "SELECT count(*) FROM visits WHERE name = 'n7'",
                        "column-not-granted"),
                works(
                        0,
                        "a person, by identifier",
                        "SELECT sum(amount) FROM visits WHERE person_id = 'p7'",
                        "unit-column-use"),
                works(
                        28,
                        "a person, by a subquery of one row",
                        "SELECT sum(amount) FROM (SELECT amount FROM visits ORDER BY person_id LIMIT 1)",
                        "subquery"),
                works(
                        27,
                        "a person, by EXISTS",
                        "SELECT count(*) FROM visits WHERE EXISTS (SELECT 1 FROM persons WHERE education = 'x')",
                        "subquery"),
                works(28, "a person, by sampling", "SELECT sum(amount) FROM visits TABLESAMPLE (1 ROWS)", "subquery"),
                works(
                        0,
                        "a person, by a window",
                        "SELECT sum(amount) OVER (PARTITION BY person_id) FROM visits",
                        "window"),
                works(
                        0,
                        "an extreme, by a window over groups",
                        "SELECT county, rank() OVER (ORDER BY sum(amount)) FROM visits GROUP BY county",
                        "window"),
                works(0, "columns turned into rows", "SELECT count(*) FROM visits UNPIVOT (v FOR c IN (age))", "pivot"),
                works(
                        24,
                        "values in an error",
                        "SELECT count(*), raise_error(max(name)) FROM visits",
                        "function-not-allowed"),
                works(
                        24,
                        "values in an error, if a condition holds",
                        "SELECT count(*) FROM visits WHERE assert_true(age > 500, name) IS NULL",
                        "function-not-allowed"),
                carries(
                        24,
                        "values in an error, by a cast",
                        "SELECT count(*) FROM visits WHERE CAST(county AS INT) = 1",
                        "cast"),
                carries(
                        24,
                        "values in an error, by an index",
                        "SELECT count(*) FROM visits WHERE element_at(array(1), CAST(age AS INT)) = 1",
                        "function-not-allowed"),
                carries(
                        24,
                        "values in an error, by JSON",
                        "SELECT count(*) FROM visits"
                                + " WHERE from_json(county, 'a INT', map('mode', 'FAILFAST')) IS NULL",
                        "function-not-allowed"),
                works(
                        24,
                        "a condition on an ungranted column, hidden in casts",
                        "SELECT sum(amount) FROM visits WHERE CAST(CAST(name AS STRING) AS INT) IS NULL",
                        "column-not-granted"),
                works(
                        31,
                        "time: sleep, by reflection",
                        "SELECT reflect('java.lang.Thread', 'sleep', 1L), count(*) FROM visits",
                        "function-not-allowed"),
                works(
                        31,
                        "memory: a long text made of nothing",
                        "SELECT count(*), length(repeat('x', 500000)) FROM visits",
                        "function-not-allowed"),
                works(0, "time: rows out of nothing", "SELECT count(*) FROM range(1000000)", "table-function"),
                stopped(
                        31,
                        "time: recursion",
                        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 50) SELECT count(*) FROM r",
                        "subquery"),
                works(0, "time: every pair of rows", "SELECT count(*) FROM visits CROSS JOIN persons", "join-form"),
                works(
                        0,
                        "another partition's number",
                        "SELECT spark_partition_id(), count(*) FROM visits GROUP BY 1",
                        "function-not-allowed"),
                works(
                        0,
                        "chance, to thin out a set",
                        "SELECT count(*) FROM visits WHERE rand() < 0.5",
                        "function-not-allowed"),
                works(
                        0,
                        "a pattern on a label",
                        "SELECT count(*) FROM visits WHERE county LIKE 'c1%'",
                        "pattern-match"),
                works(
                        0,
                        "the user and the clock",
                        "SELECT current_user(), now(), count(*) FROM visits",
                        "function-not-allowed"));
    }
}
