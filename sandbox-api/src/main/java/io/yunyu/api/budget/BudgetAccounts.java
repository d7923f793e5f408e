package io.yunyu.api.budget;

import io.yunyu.api.identity.Actor;
import io.yunyu.api.identity.OrganizationKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Which accounts somebody may see: a provider those of its families, a recipient its own; both the families' totals. */
@Component
public class BudgetAccounts {
    private final PrivacyBudgets budgets;

    BudgetAccounts(PrivacyBudgets budgets) {
        this.budgets = budgets;
    }

    /** Each family's total before the accounts of its recipients. */
    public List<Balance> of(Actor actor) {
        List<Balance> own = actor.kind() == OrganizationKind.PROVIDER
                ? budgets.ofProvider(actor.organization())
                : budgets.ofRecipient(actor.organization());
        Set<String> families = new LinkedHashSet<>();
        own.forEach(balance -> families.add(balance.family()));
        List<Balance> all = new ArrayList<>();
        for (String family : families) {
            all.add(budgets.all(family));
            own.stream().filter(b -> b.family().equals(family)).forEach(all::add);
        }
        return all;
    }
}
