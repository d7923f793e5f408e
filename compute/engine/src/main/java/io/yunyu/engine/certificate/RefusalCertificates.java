package io.yunyu.engine.certificate;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.disclosure.PassingChange;
import io.yunyu.contract.disclosure.PassingChange.Assurance;
import io.yunyu.contract.disclosure.RefusalCertificate;
import io.yunyu.contract.disclosure.RefusalCertificate.Basis;
import io.yunyu.engine.policy.CheckedQuery;
import io.yunyu.engine.policy.QueryPolicy;
import io.yunyu.engine.policy.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * Certificates of refusals: the smallest change that would pass, tried before it is named.
 *
 * <p>Guarantees: a certificate is a function of the query's text, the grant and the rule that refused. No method takes a
 * cell, a count or anything else that a record had a part in, so that a certificate tells nothing that the refusal does
 * not tell (decision 0055). A change that is named was tried as the very text that is shown.
 *
 * <p>Does not promise the smallest change there is: edits are of a fixed kind, at most three are combined, and a bounded
 * number of texts is tried.
 */
public final class RefusalCertificates {
    private final SparkSession spark;
    private final String sql;
    private final AccessGrant grant;
    private final Function<CheckedQuery, Optional<String>> further;

    /**
     * @param spark a sealed session
     * @param further the rule that refuses a query which the plan policy lets pass, by query and grant alone
     */
    public RefusalCertificates(
            SparkSession spark, String sql, AccessGrant grant, Function<CheckedQuery, Optional<String>> further) {
        this.spark = spark;
        this.sql = sql;
        this.grant = grant;
        this.further = further;
    }

    /** Of a refusal before any record is read. */
    public RefusalCertificate ofText() {
        List<BlockReader.Draft> drafts = drafts();
        ChangeSearch search = new ChangeSearch(grant, this::violations, sql);
        Optional<ChangeSearch.Found> found = drafts.isEmpty() ? Optional.empty() : search.smallest(drafts);
        return new RefusalCertificate(
                Basis.TEXT, search.tried(), found.map(f -> new PassingChange(f.steps(), f.sql(), Assurance.POLICY)));
    }

    /** Of a query with more cells than it may have: a change whose cells are few enough by what it groups by alone. */
    public RefusalCertificate ofTooManyCells() {
        return bounded(new CellBound(grant, grant.protection().maxCells(), false));
    }

    /** Of a query whose sealed answer is too long: a change with few cells, whose labels are short, by what it groups by. */
    public RefusalCertificate ofTooLong() {
        return bounded(new CellBound(grant, CellBound.MOST_SHORT_CELLS, true));
    }

    /** Of a refusal that no change of the query would undo. */
    public static RefusalCertificate ofData() {
        return new RefusalCertificate(Basis.DATA, 0, Optional.empty());
    }

    private RefusalCertificate bounded(CellBound bound) {
        List<BlockReader.Draft> drafts = drafts();
        if (drafts.isEmpty()) {
            return ofData();
        }
        BoundedSearch search = new BoundedSearch(bound, this::violations);
        Optional<ChangeSearch.Found> found = search.smallest(drafts.get(0).block());
        return new RefusalCertificate(
                Basis.DATA, search.tried(), found.map(f -> new PassingChange(f.steps(), f.sql(), Assurance.ANY_DATA)));
    }

    private List<BlockReader.Draft> drafts() {
        return QueryPolicy.parsed(spark, sql, grant).map(BlockReader::of).orElse(List.of());
    }

    private Map<String, Integer> violations(String changed) {
        Verdict verdict = QueryPolicy.check(spark, changed, grant);
        if (verdict instanceof Verdict.Refused refused) {
            return refused.violations();
        }
        return further.apply(((Verdict.Passed) verdict).query())
                .map(rule -> Map.of(rule, 1))
                .orElse(Map.of());
    }
}
