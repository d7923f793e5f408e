package io.yunyu.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupingSetsTest {
    private static final String MEASURES = "count(DISTINCT person_id), count(*), sum(amount), avg(age)";
    private static final Visits VISITS = Visits.random(20261125, 800);
    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = ExitFixture.session(2);
    }

    /** Each set of a cube is what a query of that set alone gives: the noise depends on the cells, not on the query. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CUBE (county, sex) | county, sex; county; sex; ",
                "ROLLUP (county, sex) | county, sex; county; ",
                "GROUPING SETS ((county), (sex)) | county; sex",
                "county, ROLLUP (sex) | county, sex; county"
            })
    void run_sets_areThePlainQueries(String grouping, String sets) {
        List<List<Object>> together =
                rows("SELECT county, sex, " + MEASURES + " FROM visits WHERE sex IN ('F', 'M') GROUP BY " + grouping);
        List<List<Object>> alone = List.of(sets.split(";", -1)).stream()
                .map(String::strip)
                .flatMap(set -> rows("SELECT " + label(set, "county") + ", " + label(set, "sex") + ", " + MEASURES
                                + " FROM visits WHERE sex IN ('F', 'M') GROUP BY GROUPING SETS ((" + set + "))")
                        .stream())
                .collect(Collectors.toList());
        assertThat(together).hasSameSizeAs(alone);
        int withheld = 0;
        for (List<Object> row : together) {
            assertThat(alone)
                    .anySatisfy(other -> assertThat(isPartOf(row, other)).isTrue());
            // Counts are all there; sums of the last cells would tell of the few persons of the tiny county.
            assertThat(row.subList(2, 4)).doesNotContain("-");
            withheld += java.util.Collections.frequency(row.subList(4, 6), "-");
        }
        assertThat(withheld).isLessThanOrEqualTo(6);
    }

    private static boolean isPartOf(List<Object> row, List<Object> other) {
        for (int i = 0; i < row.size(); i++) {
            boolean label = i < 2;
            if (!row.get(i).equals(other.get(i)) && (label || !row.get(i).equals("-"))) {
                return false;
            }
        }
        return true;
    }

    private static String label(String set, String column) {
        return set.contains(column) ? column : "NULL AS " + column;
    }

    @Test
    void run_cubeWithHaving_filtersProtectedCells() {
        List<List<Object>> rows = rows(
                "SELECT county, count(*) AS n FROM visits GROUP BY ROLLUP (county) HAVING n > 500 ORDER BY n DESC");
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).get(0)).isEqualTo("-");
    }

    private static List<List<Object>> rows(String sql) {
        ExitFixture exit = new ExitFixture(spark);
        exit.tables.put("visits", VISITS.table(spark, 2));
        ExitFixture.Outcome outcome = exit.run(ExitFixture.grant(Visits.RULES, Visits.granted()), sql);
        assertThat(outcome.result().report().orElseThrow().refused())
                .as(outcome.result().report().toString())
                .isFalse();
        return outcome.rows();
    }
}
