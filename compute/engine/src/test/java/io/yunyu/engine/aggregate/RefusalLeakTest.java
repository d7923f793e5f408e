package io.yunyu.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.ProtectionRules;
import io.yunyu.contract.disclosure.PassingChange;
import io.yunyu.contract.disclosure.RefusalCertificate;
import io.yunyu.contract.json.Json;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A refusal that depends on data is one bit: its text is the same whatever the data are that led to it. */
class RefusalLeakTest {
    private static final Visits SOME = Visits.random(11, 200);
    private static final Visits MANY = Visits.random(12, 900);
    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = ExitFixture.session(2);
    }

    /** Queries whose change suffices, does not suffice, or would empty the table, on one data set or the other. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "cells | SELECT county, visit_date, count(*) FROM visits GROUP BY county, visit_date | month(visit_date)",
                "cells | SELECT visit_date, count(*) FROM visits GROUP BY visit_date | month(visit_date)",
                "cells | SELECT county, sex, visit_date, sum(amount) FROM visits WHERE sex IN ('F', 'M') GROUP BY 1, 2, 3"
                        + " | GROUP BY sex",
                "cells | SELECT county, sex, count(*) FROM visits WHERE sex = 'F' GROUP BY ROLLUP (county, sex) | count(*)",
                "bytes | SELECT county, count(*) FROM visits GROUP BY county | SELECT count(*)",
                "bytes | SELECT county, month(visit_date), count(*) FROM visits GROUP BY 1, 2 | month(visit_date)"
            })
    void refusedByData_certificate_isTheSameOnOtherData(String limit, String sql, String proposed) {
        Set<String> answers = new HashSet<>();
        RefusalCertificate certificate = null;
        for (Visits data : new Visits[] {SOME, MANY}) {
            ExitFixture exit = new ExitFixture(spark);
            exit.tables.put("visits", data.table(spark, 2));
            int maxCells = limit.equals("cells") ? sql.contains("ROLLUP") ? 2 : 14 : 1000;
            exit.maxOutputBytes = limit.equals("bytes") ? 2_000 : 10_000_000;
            AccessGrant grant =
                    ExitFixture.grant(new ProtectionRules(10, 10, 5, 3, 2, maxCells, "policy-1"), Visits.granted());
            ExitFixture.Outcome outcome = exit.run(grant, sql);
            assertThat(outcome.blockingRules()).hasSize(1);
            answers.add(Json.write(outcome.result().toJson()));
            certificate = outcome.result().report().orElseThrow().certificate().orElseThrow();
        }
        assertThat(answers).as("one text for all data").hasSize(1);
        assertThat(certificate.basis()).isEqualTo(RefusalCertificate.Basis.DATA);
        PassingChange change = certificate.change().orElseThrow();
        assertThat(change.sql()).contains(proposed);
        assertThat(change.assurance()).isEqualTo(PassingChange.Assurance.ANY_DATA);
        // Of the records' own values only those that the query names.
        for (String county : new String[] {"County A", "County B", "Tiny", "canary"}) {
            assertThat(answers.toString()).doesNotContain(county);
        }
    }

    /** What is said to pass whatever the data are does pass that limit, on both. */
    @ParameterizedTest
    @CsvSource({"SOME", "MANY"})
    void refusedForCells_proposedChange_hasFewCells(String name) {
        ExitFixture exit = new ExitFixture(spark);
        exit.tables.put("visits", (name.equals("SOME") ? SOME : MANY).table(spark, 2));
        AccessGrant grant = ExitFixture.grant(new ProtectionRules(10, 10, 5, 3, 2, 14, "policy-1"), Visits.granted());
        String sql = "SELECT county, visit_date, count(*) FROM visits GROUP BY county, visit_date";
        String changed = exit.run(grant, sql)
                .result()
                .report()
                .orElseThrow()
                .certificate()
                .flatMap(RefusalCertificate::change)
                .orElseThrow()
                .sql();
        assertThat(exit.run(grant, changed).blockingRules()).isEmpty();
    }
}
