package io.yunyu.engine.policy;

import static io.yunyu.contract.agreement.ColumnUse.FILTER;
import static io.yunyu.contract.agreement.ColumnUse.GROUP_BY;
import static io.yunyu.contract.agreement.ColumnUse.JOIN_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.dimension.Bands;
import io.yunyu.contract.dimension.CodeList;
import io.yunyu.contract.dimension.ColumnDomain;
import io.yunyu.contract.dimension.NestedCodes;
import io.yunyu.contract.dimension.Periods;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.language.Phrases;
import io.yunyu.engine.session.SharedSession;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DimensionPolicyTest {
    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = SharedSession.spark().newSession();
    }

    private static AccessGrant grant() {
        AccessGrant base = PolicyGrants.grant();
        NestedCodes counties = new NestedCodes(
                List.of(
                        new NestedCodes.Level("province", 2),
                        new NestedCodes.Level("prefecture", 4),
                        new NestedCodes.Level("county", 6)),
                6,
                List.of("530102", "530103", "532901"));
        NestedCodes villages = new NestedCodes(counties.levels(), 12, counties.codes());
        GrantedTable persons = new GrantedTable(
                "persons",
                "ds-persons",
                0,
                "persons-of-yunnan",
                "person_id",
                List.of(
                        column("person_id", "STRING", ColumnDomain.FREE),
                        column("sex", "STRING", ColumnDomain.of(new CodeList(List.of("F", "M")))),
                        column("insured", "BOOLEAN", ColumnDomain.of(new CodeList(List.of("true", "false")))),
                        column("county", "STRING", ColumnDomain.of(counties)),
                        column("village", "STRING", ColumnDomain.of(villages)),
                        column("age", "LONG", ColumnDomain.of(bands("18", "65"))),
                        column("income", "DECIMAL(12,2)", ColumnDomain.of(bands("0", "1000.5"))),
                        column("score", "DOUBLE", ColumnDomain.of(bands("0.1", "0.9"))),
                        column("born", "DATE", ColumnDomain.of(new Periods(Periods.Finest.MONTH))),
                        column("seen", "TIMESTAMP", ColumnDomain.of(new Periods(Periods.Finest.QUARTER))),
                        column("phone", "STRING", new ColumnDomain(true, true, Optional.empty())),
                        column("address", "STRING", many()),
                        column("fee", "LONG", many()),
                        column("wealth", "DOUBLE", many()),
                        column("moved", "DATE", many()),
                        column("free", "LONG", ColumnDomain.FREE)));
        return new AccessGrant(
                base.id(),
                base.agreement(),
                base.agreementDigest(),
                base.assignee(),
                base.purpose(),
                base.validFrom(),
                base.validUntil(),
                base.protection(),
                List.of(persons));
    }

    private static GrantedColumn column(String name, String type, ColumnDomain domain) {
        return new GrantedColumn(name, type, Set.of(GROUP_BY, FILTER, JOIN_KEY), domain);
    }

    private static ColumnDomain many() {
        return new ColumnDomain(false, true, Optional.empty());
    }

    private static Bands bands(String... cuts) {
        return new Bands(Stream.of(cuts).map(BigDecimal::new).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WHERE sex = 'F' AND NOT sex IN ('M') OR sex <> 'F' OR sex IS NULL",
                "WHERE insured = true",
                "WHERE county = '530102' OR county IN ('530103', '532901')",
                "WHERE level(county, 'prefecture') = '5301' AND level(county, 'PROVINCE') <> '53'",
                "WHERE level(village, 'county') IN ('530102')",
                "WHERE age >= 18 AND age < 65 OR age <= 17 OR 65 > age OR age > 64 OR age BETWEEN 18 AND 64",
                "WHERE income >= 0 AND income < 1000.5 OR 1000.50 <= income",
                "WHERE score < 0.1 OR score >= 0.9",
                "WHERE born >= DATE '1990-01-01' AND born < '1991-03-01' OR born BETWEEN '1990-01-01' AND '1990-01-31'",
                "WHERE seen >= TIMESTAMP '2026-04-01 00:00:00' AND seen < DATE '2026-07-01'",
                "WHERE phone IS NOT NULL AND address IS NULL",
                "WHERE fee >= 5000 AND fee <= 6999 AND wealth < -0.15 AND moved >= DATE '2020-05-01'",
                "WHERE free = 12345 OR free BETWEEN 17 AND 18",
                "GROUP BY sex",
                "GROUP BY county",
                "GROUP BY level(county, 'prefecture')",
                "GROUP BY level(village, 'county'), band(age), band(income), band(score)",
                "GROUP BY year(born), quarter(born), month(born)",
                "GROUP BY date_trunc('month', born), date_trunc('quarter', seen)",
                "GROUP BY address",
                "GROUP BY band(age) HAVING count(*) > 10 ORDER BY band(age)"
            })
    void check_asDeclared_passes(String tail) {
        assertThat(QueryPolicy.check(spark, "SELECT count(*) FROM persons " + tail, grant()))
                .isInstanceOf(Verdict.Passed.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WHERE sex = 'x' | dimension-code | sex",
                "WHERE sex > 'F' | dimension-code | sex",
                "WHERE sex IN ('F', 'x') | dimension-code | sex",
                "WHERE county = '530199' | dimension-code | county",
                "WHERE county >= '530102' | dimension-code | county",
                "WHERE county = '5301' | dimension-code | county",
                "WHERE level(county, 'prefecture') = '530102' | dimension-code | county",
                "WHERE level(county, 'prefecture') < '5302' | dimension-code | county",
                "WHERE level(county, 'village') = '5301' | dimension-function | ''",
                "WHERE level(sex, 'county') = '5301' | dimension-function | ''",
                "WHERE village = '530102001001' | dimension-level | village",
                "WHERE age >= 19 | dimension-cut | age",
                "WHERE age > 18 | dimension-cut | age",
                "WHERE age <= 18 | dimension-cut | age",
                "WHERE age = 18 | dimension-cut | age",
                "WHERE age >= 18.5 | dimension-cut | age",
                "WHERE age BETWEEN 18 AND 65 | dimension-cut | age",
                "WHERE NOT (age >= 83) | dimension-cut | age",
                "WHERE income < 1000.51 | dimension-cut | income",
                "WHERE income <= 1000.5 | dimension-cut | income",
                "WHERE score > 0.1 | dimension-cut | score",
                "WHERE born >= DATE '1990-01-02' | dimension-cut | born",
                "WHERE born = DATE '1990-01-01' | dimension-cut | born",
                "WHERE born <= DATE '1990-01-01' | dimension-cut | born",
                "WHERE seen >= TIMESTAMP '2026-04-01 00:00:01' | dimension-cut | seen",
                "WHERE seen <= TIMESTAMP '2026-04-01 00:00:00' | dimension-cut | seen",
                "WHERE seen >= DATE '2026-05-01' | dimension-cut | seen",
                "WHERE phone = '13900000000' | identifier-literal | phone",
                "WHERE phone > '139' | identifier-literal | phone",
                "WHERE address = 'x' | high-cardinality-literal | address",
                "WHERE address IN ('x', 'y') | high-cardinality-literal | address",
                "WHERE address > 'x' | high-cardinality-literal | address",
                "WHERE NOT address <> 'x' | high-cardinality-literal | address",
                "WHERE fee = 5000 | high-cardinality-literal | fee",
                "WHERE fee >= 5001 | high-cardinality-literal | fee",
                "WHERE fee BETWEEN 5000 AND 5000 | high-cardinality-literal | fee",
                "WHERE wealth < 1.25 | high-cardinality-literal | wealth",
                "WHERE wealth <= 1.2 | high-cardinality-literal | wealth",
                "WHERE moved > DATE '2020-05-01' | high-cardinality-literal | moved",
                "WHERE moved = DATE '2020-05-01' | high-cardinality-literal | moved",
                "GROUP BY phone | identifier-group | phone",
                "GROUP BY village | dimension-level | village",
                "GROUP BY age | dimension-level | age",
                "GROUP BY born | dimension-level | born",
                "GROUP BY month(seen) | dimension-level | seen",
                "GROUP BY date_trunc('month', seen) | dimension-level | seen",
                "GROUP BY band(free) | dimension-function | ''",
                "GROUP BY band(age, 5) | dimension-function | ''",
                "GROUP BY level(county) | dimension-function | ''",
                "GROUP BY level('x', 'county') | dimension-function | ''",
                "GROUP BY CUBE (band(age)) | group-by-form | ''"
            })
    void check_finerThanDeclared_isRefusedWithTheWayOut(String tail, String rule, String column) {
        Verdict verdict = QueryPolicy.check(spark, "SELECT count(*) FROM persons " + tail, grant());

        assertThat(verdict).as(tail).isInstanceOf(Verdict.Refused.class);
        List<DisclosureFinding> findings = ((Verdict.Refused) verdict).findings();
        assertThat(findings)
                .anyMatch(f -> f.rule().equals(rule)
                        && f.column().orElse("").equals(column)
                        && f.blocking()
                        && Phrases.chinese(f.suggestion()).isPresent());
        assertThat(findings.toString()).doesNotContain("13900000000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dimension-cut | SELECT count(*) FROM persons WHERE age > 20 | SELECT count(*) FROM persons GROUP BY band(age)",
                "dimension-level | SELECT village, count(*) FROM persons GROUP BY village | SELECT level(village, 'county'), count(*) FROM persons GROUP BY level(village, 'county')",
                "dimension-level | SELECT born, count(*) FROM persons GROUP BY born | SELECT count(*) FROM persons GROUP BY date_trunc('month', born)"
            })
    void check_suggestionOfARefusal_passesWhenFollowed(String rule, String refused, String followed) {
        assertThat(((Verdict.Refused) QueryPolicy.check(spark, refused, grant())).findings())
                .extracting(DisclosureFinding::rule)
                .containsExactly(rule);
        assertThat(QueryPolicy.check(spark, followed, grant())).isInstanceOf(Verdict.Passed.class);
    }
}
