package io.yunyu.api.proof;

import io.yunyu.api.engine.Vault;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.merkle.ConsistencyProof;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The log, as far as anyone may see it. */
@RestController
@RequestMapping("/api/v1")
class LedgerController {
    private final Proofs proofs;
    private final Vault vault;

    LedgerController(Proofs proofs, Vault vault) {
        this.proofs = proofs;
        this.vault = vault;
    }

    @GetMapping(value = "/ledger/checkpoint", produces = "text/plain;charset=UTF-8")
    String checkpoint() {
        return proofs.checkpoint().note();
    }

    @GetMapping(value = "/ledger/consistency", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> consistency(@RequestParam long from, @RequestParam long to) {
        ConsistencyProof proof = proofs.consistency(from, to);
        return Json.object(
                "from", from,
                "to", to,
                "path", proof.path().stream().map(StrictBase64::encode).toList());
    }

    @GetMapping(value = "/trust", produces = "text/plain;charset=UTF-8")
    String trust() {
        return vault.trust().toText();
    }
}
