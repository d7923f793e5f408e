package io.yunyu.vault;

import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The vault's own count of privacy budgets: it gives out the key of a query's noise only while what both parties signed
 * covers it. The control plane keeps the accounts; this is the bound that it cannot move. A recipient is counted per
 * dataset family under all its agreements, and a query that was paid for is free.
 *
 * <p>Does not promise: a count across recipients, for which nothing is signed; nor that a vault restored from a backup
 * remembers what was spent since.
 */
final class QueryBudget {
    private final DatasetKeys keys;

    QueryBudget(DatasetKeys keys) {
        this.keys = keys;
    }

    /**
     * The key of a query's noise.
     *
     * @param query digest of all that determines the answer
     * @throws ProblemException BUDGET_EXHAUSTED, or KEY_REFUSED if the agreement has no such query
     */
    synchronized byte[] key(Agreement agreement, String family, String query, long rhoMicros) {
        PrivacyClause clause = agreement
                .privacy()
                .orElseThrow(() -> Refusals.key("Agreement '" + agreement.uid() + "' has no privacy clause."));
        if (!ContentDigest.isDigest(query) || rhoMicros < 1 || rhoMicros > clause.queryRhoMicros()) {
            throw Refusals.key("Agreement '" + agreement.uid() + "' lets a query spend 1 to " + clause.queryRhoMicros()
                    + " micro-rho; " + rhoMicros + " were asked for.");
        }
        String account = family + "/" + agreement.assignee();
        if (!keys.isPaid(account, query)) {
            long spent = keys.spentRhoMicros(account);
            if (spent + rhoMicros > clause.recipientRhoMicros()) {
                throw new ProblemException(
                        ProblemCode.BUDGET_EXHAUSTED,
                        "The vault has counted " + spent + " micro-rho for '" + agreement.assignee() + "' on family '"
                                + family + "'; agreement '" + agreement.uid() + "' allows "
                                + clause.recipientRhoMicros() + " in all, and the query costs " + rhoMicros + ".");
            }
            keys.pay(account, query, spent + rhoMicros);
        }
        return derived(keys.privacySecret(family), query);
    }

    private static byte[] derived(byte[] secret, String query) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(("yunyu/query-noise/1 " + query).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is missing from this Java runtime, which must offer it.", e);
        }
    }
}
