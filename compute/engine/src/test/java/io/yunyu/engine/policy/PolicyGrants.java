package io.yunyu.engine.policy;

import static io.yunyu.contract.agreement.ColumnUse.FILTER;
import static io.yunyu.contract.agreement.ColumnUse.GROUP_BY;
import static io.yunyu.contract.agreement.ColumnUse.JOIN_KEY;
import static io.yunyu.contract.agreement.ColumnUse.MEASURE;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.ProtectionRules;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The grant of the policy's cases: two tables of one family, one of rows. */
public final class PolicyGrants {
    private PolicyGrants() {}

    public static AccessGrant grant() {
        GrantedTable visits = new GrantedTable(
                "visits",
                "ds-visits",
                0,
                "persons-of-yunnan",
                "person_id",
                List.of(
                        new GrantedColumn("person_id", "STRING", Set.of(JOIN_KEY)),
                        new GrantedColumn("name", "STRING", Set.of()),
                        new GrantedColumn("county", "STRING", Set.of(GROUP_BY, FILTER)),
                        new GrantedColumn("sex", "STRING", Set.of(GROUP_BY, FILTER)),
                        new GrantedColumn("age", "LONG", Set.of(FILTER, MEASURE)),
                        new GrantedColumn("amount", "DECIMAL(12,2)", Set.of(MEASURE)),
                        new GrantedColumn("score", "DOUBLE", Set.of(MEASURE, FILTER)),
                        new GrantedColumn("visit_date", "DATE", Set.of(GROUP_BY, FILTER)),
                        new GrantedColumn("admitted", "TIMESTAMP", Set.of(GROUP_BY, FILTER)),
                        new GrantedColumn("diagnosis", "STRING", Set.of(FILTER)),
                        new GrantedColumn("hospital", "STRING", Set.of(JOIN_KEY, GROUP_BY)),
                        new GrantedColumn("emergency", "BOOLEAN", Set.of(FILTER, GROUP_BY))));
        GrantedTable persons = new GrantedTable(
                "persons",
                "ds-persons",
                0,
                "persons-of-yunnan",
                "person_id",
                List.of(
                        new GrantedColumn("person_id", "STRING", Set.of(JOIN_KEY)),
                        new GrantedColumn("education", "STRING", Set.of(GROUP_BY)),
                        new GrantedColumn("hospital", "STRING", Set.of(JOIN_KEY))));
        GrantedTable payments = new GrantedTable(
                "payments",
                "ds-payments",
                0,
                "persons-of-yunnan",
                "payer",
                List.of(
                        new GrantedColumn("payer", "STRING", Set.of()),
                        new GrantedColumn("paid", "LONG", Set.of(MEASURE))));
        GrantedTable firms = new GrantedTable(
                "firms",
                "ds-firms",
                0,
                "firms-of-yunnan",
                GrantedTable.ROW_UNIT,
                List.of(
                        new GrantedColumn("sector", "STRING", Set.of(GROUP_BY, FILTER, JOIN_KEY)),
                        new GrantedColumn("turnover", "LONG", Set.of(MEASURE))));
        return new AccessGrant(
                "grant-1",
                "agreement-1",
                "sha256:0",
                "developer",
                "flu",
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2027-01-01T00:00:00Z"),
                new ProtectionRules(10, 10, 5, 3, 2, 1000, "policy-1"),
                List.of(visits, persons, payments, firms));
    }
}
