package io.yunyu.api.agreement;

import io.yunyu.api.identity.Actor;
import io.yunyu.api.web.Form;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.json.Json;
import java.net.URI;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Agreements and the grants compiled from them. */
@RestController
@RequestMapping("/api/v1/agreements")
class AgreementController {
    private final AgreementService service;

    AgreementController(AgreementService service) {
        this.service = service;
    }

    record AgreementForm(String document) {
        AgreementForm {
            Form.text(document, "document");
        }
    }

    record SignatureForm(String key, String value) {
        SignatureForm {
            Form.text(key, "key");
            Form.text(value, "value");
        }
    }

    @PostMapping
    ResponseEntity<Map<String, Object>> draft(@AuthenticationPrincipal Actor actor, @RequestBody AgreementForm form) {
        AgreementRecord drafted = service.draft(actor, form.document());
        return ResponseEntity.created(URI.create("/api/v1/agreements/" + drafted.id()))
                .body(view(drafted));
    }

    @PostMapping("/{id}/signatures")
    Map<String, Object> sign(
            @AuthenticationPrincipal Actor actor, @PathVariable String id, @RequestBody SignatureForm form) {
        return view(service.sign(actor, id, new Signature(form.key(), form.value())));
    }

    @PostMapping("/{id}/revocation")
    Map<String, Object> revoke(@AuthenticationPrincipal Actor actor, @PathVariable String id) {
        return view(service.revoke(actor, id));
    }

    @GetMapping
    Map<String, Object> list(@AuthenticationPrincipal Actor actor) {
        return Map.of(
                "agreements",
                service.of(actor).stream().map(AgreementController::view).toList());
    }

    @GetMapping("/{id}")
    Map<String, Object> get(@AuthenticationPrincipal Actor actor, @PathVariable String id) {
        return view(service.readable(actor, id));
    }

    @GetMapping(value = "/{id}/grant", produces = MediaType.APPLICATION_JSON_VALUE)
    String grant(@AuthenticationPrincipal Actor actor, @PathVariable String id) {
        return service.grant(service.readable(actor, id)).toText();
    }

    private static Map<String, Object> view(AgreementRecord found) {
        Agreement agreement = found.agreement();
        Map<String, Object> signatures = new java.util.TreeMap<>();
        found.signatures().forEach((party, signature) -> signatures.put(party, signature.toJson()));
        return Json.object(
                "id", found.id(),
                "state", found.state().name(),
                "document", found.document(),
                "digest", found.digest(),
                "assigner", agreement.assigner(),
                "assignee", agreement.assignee(),
                "purpose", agreement.purpose(),
                "validFrom", agreement.validFrom().toString(),
                "validUntil", agreement.validUntil().toString(),
                "signatures", signatures);
    }
}
