package io.yunyu.vault;

import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The vault's own count of privacy budgets: it gives out the key of a query's noise only while what both parties signed
 * covers its rho and its delta. The control plane keeps the accounts; this is the bound that it cannot move. A recipient
 * is counted per dataset family under all its agreements, and a query that was paid for is free at the same cost.
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
    synchronized byte[] key(Agreement agreement, String family, String query, QueryCost cost) {
        PrivacyClause clause = agreement
                .privacy()
                .orElseThrow(() -> Refusals.key("Agreement '" + agreement.uid() + "' has no privacy clause."));
        if (!ContentDigest.isDigest(query) || cost.rhoMicros() < 1 || cost.rhoMicros() > clause.queryRhoMicros()) {
            throw Refusals.key("Agreement '" + agreement.uid() + "' lets a query spend 1 to " + clause.queryRhoMicros()
                    + " micro-rho; " + cost.rhoMicros() + " were asked for.");
        }
        if (cost.deltaPicos() < 0 || cost.deltaPicos() > clause.queryDeltaPicos()) {
            throw Refusals.key("Agreement '" + agreement.uid() + "' lets a query spend 0 to " + clause.queryDeltaPicos()
                    + " pico-delta; " + cost.deltaPicos() + " were asked for.");
        }
        String account = family + "/" + agreement.assignee();
        if (!keys.isPaid(account, query, cost)) {
            SpentBudget spent = keys.spent(account);
            requireRho(agreement, family, spent, cost);
            requireDelta(agreement, family, spent, cost);
            keys.pay(account, query, cost);
        }
        return derived(keys.privacySecret(family), query);
    }

    private static void requireRho(Agreement agreement, String family, SpentBudget spent, QueryCost cost) {
        PrivacyClause clause = agreement.privacy().orElseThrow();
        if (spent.rhoMicros() + cost.rhoMicros() > clause.recipientRhoMicros()) {
            throw Refusals.exhausted(
                    "The vault has counted " + spent.rhoMicros() + " micro-rho for '" + agreement.assignee()
                            + "' on family '" + family + "'; agreement '" + agreement.uid() + "' allows "
                            + clause.recipientRhoMicros() + " in all, and the query costs " + cost.rhoMicros() + ".");
        }
    }

    private static void requireDelta(Agreement agreement, String family, SpentBudget spent, QueryCost cost) {
        PrivacyClause clause = agreement.privacy().orElseThrow();
        if (cost.deltaPicos() == 0) {
            return;
        }
        if (spent.deltaPicos().isEmpty() && clause.stated().isPresent()) {
            throw Refusals.exhausted("The vault answered '" + agreement.assignee() + "' on family '" + family
                    + "' before it counted delta; agreement '" + agreement.uid()
                    + "' limits the sum of it. Group by columns with public keys only, which costs none.");
        }
        long counted = spent.deltaPicos().orElse(0L);
        if (counted + cost.deltaPicos() > clause.recipientDeltaPicos()) {
            throw Refusals.exhausted("The vault has counted " + counted + " pico-delta for '" + agreement.assignee()
                    + "' on family '" + family + "'; agreement '" + agreement.uid() + "' allows "
                    + clause.recipientDeltaPicos() + " in all, and the query costs " + cost.deltaPicos()
                    + ". Group by columns with public keys only, which costs none.");
        }
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
