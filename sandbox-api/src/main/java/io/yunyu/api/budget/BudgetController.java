package io.yunyu.api.budget;

import io.yunyu.api.identity.Actor;
import java.util.Map;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The accounts that concern the caller's organization. */
@RestController
@RequestMapping("/api/v1/budgets")
class BudgetController {
    private final BudgetAccounts accounts;

    BudgetController(BudgetAccounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping
    Map<String, Object> list(@AuthenticationPrincipal Actor actor) {
        return Map.of(
                "budgets", accounts.of(actor).stream().map(Balance::toJson).toList());
    }
}
