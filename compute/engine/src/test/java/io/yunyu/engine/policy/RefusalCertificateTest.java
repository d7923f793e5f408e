package io.yunyu.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.disclosure.PassingChange;
import io.yunyu.contract.disclosure.RefusalCertificate;
import io.yunyu.engine.certificate.RefusalCertificates;
import io.yunyu.engine.session.SharedSession;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a refusal proposes passes, is the same every time, and says nothing that the query does not. */
class RefusalCertificateTest {
    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = SharedSession.spark().newSession();
        PlanBarrier.seal(spark);
    }

    private static RefusalCertificate of(String sql) {
        return new RefusalCertificates(spark, sql, PolicyGrants.grant(), query -> Optional.empty()).ofText();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT count(*) FROM visits LIMIT 1 OFFSET 1 | SELECT count(*) FROM visits LIMIT 1",
                "SELECT conty, count(*) FROM visits GROUP BY conty | SELECT county, count(*) FROM visits GROUP BY county",
                "SELECT date_trunc('day', visit_date), count(*) FROM visits GROUP BY 1"
                        + " | SELECT date_trunc('month', visit_date), count(*) FROM visits GROUP BY date_trunc('month', visit_date)",
                "SELECT min(age) FROM visits | SELECT avg(age) FROM visits",
                "SELECT county, count(DISTINCT age) FROM visits GROUP BY county"
                        + " | SELECT county, count(DISTINCT person_id) FROM visits GROUP BY county",
                "SELECT count(*) FROM visits WHERE year(visit_date) = 2026"
                        + " | SELECT count(*) FROM visits WHERE (visit_date >= DATE '2026-01-01') AND (visit_date < DATE '2027-01-01')",
                "SELECT county, sex, count(*) FROM visits GROUP BY county"
                        + " | SELECT county, sex, count(*) FROM visits GROUP BY county, sex",
                "SELECT sum(CASE WHEN sex = 'M' THEN 1 ELSE 0 END) FROM visits | SELECT count(*) FROM visits WHERE sex = 'M'",
                "SELECT count(*) FROM visits LEFT JOIN persons ON visits.hospital = persons.hospital"
                        + " | SELECT count(*) FROM visits JOIN persons ON visits.hospital = persons.hospital"
                        + " AND visits.person_id = persons.person_id",
                "SELECT hospital, count(*) FROM visits WHERE hospital = 'H' GROUP BY hospital"
                        + " | SELECT hospital, count(*) FROM visits GROUP BY hospital",
                "SELECT count(*) FROM visits WHERE hospital = 'H'"
                        + " | SELECT hospital, count(*) FROM visits GROUP BY hospital",
                "SELECT diagnosis, county, count(*) FROM visits GROUP BY 1, 2 HAVING diagnosis = 'J10' ORDER BY 1"
                        + " | SELECT county, count(*) FROM visits GROUP BY county",
                "SELECT county, max(age) OVER (PARTITION BY sex), count(*) FROM visits GROUP BY county OFFSET 3"
                        + " | SELECT county, count(*) FROM visits GROUP BY county"
            })
    void ofText_refusedQuery_namesTheSmallestChange(String sql, String changed) {
        PassingChange change = of(sql).change().orElseThrow();
        assertThat(change.sql().replace("\n", " ")).isEqualTo(changed);
        assertThat(change.steps()).isNotEmpty();
    }

    @Test
    void ofText_manyViolations_keepsThePartsThatPassTogether() {
        PassingChange change = of("SELECT county, min(age), first(sex), sum(age * 2), count(*) AS n, name FROM visits"
                        + " WHERE county LIKE '53%' AND sex = 'M' AND rand() < 0.5 GROUP BY county, name, concat(sex, sex)"
                        + " HAVING n > 3 OFFSET 2")
                .change()
                .orElseThrow();
        assertThat(change.sql()).startsWith("SELECT county").contains("sex = 'M'", "GROUP BY county");
        assertThat(QueryPolicy.check(spark, change.sql(), PolicyGrants.grant())).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void ofText_everyRefusedQuery_proposesOnlyWhatPasses() {
        int proposed = 0;
        for (List<String> row : QueryPolicyTest.REFUSED) {
            RefusalCertificate certificate = of(row.get(0));
            assertThat(of(row.get(0))).as("the same again").isEqualTo(certificate);
            if (certificate.change().isPresent()) {
                PassingChange change = certificate.change().get();
                proposed++;
                assertThat(QueryPolicy.check(spark, change.sql(), PolicyGrants.grant()))
                        .as(change.sql())
                        .isInstanceOf(Verdict.Passed.class);
                // Steps name columns, tables and functions; a literal is in the changed text only.
                assertThat(String.join(" ", change.steps()).replace("aggregate's", ""))
                        .doesNotContain("'", "\"");
                assertThat(change.sql()).doesNotContain("name ").doesNotContain("salary");
            }
        }
        assertThat(proposed).isGreaterThan(100);
    }

    @Test
    void ofText_literalThatSteersATerminal_isWrittenAsEscape() {
        PassingChange change = of("SELECT count(*) FROM visits WHERE county = 'a\u001b[2J\u202eb' OFFSET 1")
                .change()
                .orElseThrow();
        assertThat(change.sql()).contains("\\u001b[2J\\u202eb").doesNotContain("\u001b", "\u202e");
    }

    @Test
    void ofText_readableQueryOf60Kilobytes_isBounded() {
        StringBuilder many = new StringBuilder("SELECT count(*) FROM visits WHERE county IN ('0'");
        for (int i = 1; many.length() < 60_000; i++) {
            many.append(", '").append(i).append('\'');
        }
        RefusalCertificate certificate = of(many.append(") OFFSET 1").toString());
        assertThat(certificate.tried()).isLessThanOrEqualTo(40);
    }
}
