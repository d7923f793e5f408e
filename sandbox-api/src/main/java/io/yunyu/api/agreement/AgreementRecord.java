package io.yunyu.api.agreement;

import io.yunyu.api.state.State;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.Signature;
import java.util.Map;

/**
 * An agreement on file.
 *
 * @param document canonical text, exactly as signed
 * @param signatures by party: {@code assigner}, {@code assignee}
 */
public record AgreementRecord(
        String id, State state, String document, String digest, Map<String, Signature> signatures) {
    static final String ASSIGNER = "assigner";
    static final String ASSIGNEE = "assignee";

    public AgreementRecord {
        signatures = Map.copyOf(signatures);
    }

    public Agreement agreement() {
        return Agreement.parse(document);
    }

    boolean isParty(String organization) {
        Agreement agreement = agreement();
        return agreement.assigner().equals(organization) || agreement.assignee().equals(organization);
    }
}
