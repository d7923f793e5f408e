package io.yunyu.ledger.release;

import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.job.Approval;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.util.Set;

/**
 * The file {@code approval.json}: the reviewer's decision with its signature.
 *
 * @param signature over the approval's canonical text, of type {@code Approval}
 */
public record SignedApproval(Approval approval, Signature signature) {
    public String toText() {
        return Json.write(Json.object("approval", approval.toText(), "signature", signature.toJson()));
    }

    /** @throws JsonException if the text is not a signed approval in canonical form; the signature is not verified */
    public static SignedApproval parse(String text) {
        JsonObject json = Json.parseObject(text).onlyMembers(Set.of("approval", "signature"));
        SignedApproval signed =
                new SignedApproval(Approval.parse(json.string("approval")), Signature.parse(json.object("signature")));
        if (!signed.toText().equals(text)) {
            throw new JsonException("The signed approval is not in canonical form.");
        }
        return signed;
    }
}
