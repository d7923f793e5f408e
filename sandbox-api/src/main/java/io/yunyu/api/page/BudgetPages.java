package io.yunyu.api.page;

import io.yunyu.api.budget.BudgetAccounts;
import io.yunyu.api.identity.Actor;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The privacy budget, as providers and recipients see it. */
@Controller
class BudgetPages {
    private final BudgetAccounts accounts;

    BudgetPages(BudgetAccounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping("/budgets")
    String budgets(@AuthenticationPrincipal Actor actor, Model model) {
        model.addAttribute(
                "bars", accounts.of(actor).stream().map(BudgetBar::of).toList());
        return "budgets";
    }
}
