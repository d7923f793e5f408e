package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Holds a grant against the agreement that it was compiled from. The vault verifies the agreement's signatures before it
 * gives a key; here the grant, which comes from the control plane, is shown to allow no more than that agreement.
 */
public final class GrantAuthority {
    private GrantAuthority() {}

    /** @throws ProblemException if the grant names another agreement, or allows more than it, or protects less */
    public static void require(AccessGrant grant, String agreementText) {
        Agreement agreement = Agreement.parse(agreementText);
        if (!grant.agreement().equals(agreement.uid())
                || !grant.agreementDigest().equals(digest(agreementText))
                || grant.protection().minUnits() < agreement.minUnits()) {
            throw exceeds("names another agreement, or a smaller group than it");
        }
        boolean sameProtection =
                grant.privacy().isPresent() && agreement.privacy().isPresent()
                        ? grant.privacy().get().isWithin(agreement.privacy().get())
                        : grant.privacy().isEmpty() && agreement.privacy().isEmpty();
        if (!sameProtection) {
            throw exceeds("has another privacy clause than it");
        }
        for (GrantedTable table : grant.tables()) {
            Permission permission = agreement
                    .permissionFor(table.dataset())
                    .orElseThrow(() -> exceeds("names dataset '" + table.dataset() + "', which is not in it"));
            if (!table.element().equals(permission.element())) {
                throw exceeds("has other terms for data elements of '" + table.dataset() + "' than it");
            }
            for (GrantedColumn column : table.columns()) {
                if (!permission.usesOf(column.name()).containsAll(column.uses())) {
                    throw exceeds("allows a use of column '" + column.name() + "' that is not in it");
                }
            }
        }
    }

    private static ProblemException exceeds(String what) {
        return new ProblemException(
                ProblemCode.AGREEMENT_NOT_IN_FORCE,
                "The access grant " + what + ". Compile the grant again from the signed agreement.");
    }

    private static String digest(String text) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(
                                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java runtime, which must offer it.", e);
        }
    }
}
