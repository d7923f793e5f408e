package io.yunyu.api.job;

import io.yunyu.api.budget.Balance;
import io.yunyu.api.budget.PrivacyBudgets;
import io.yunyu.api.identity.Actor;
import io.yunyu.api.web.ProblemJson;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Puts the engine's forecast of noise beside the account that would pay for it. */
@Component
class Forecasts {
    private final JobService jobs;
    private final PrivacyBudgets budgets;

    Forecasts(JobService jobs, PrivacyBudgets budgets) {
        this.jobs = jobs;
        this.budgets = budgets;
    }

    /** @throws ProblemException BAD_REQUEST if answers under the agreement are not differentially private */
    Map<String, Object> of(Actor actor, String agreementId, String sql, Optional<Long> rhoMicros) {
        AccessGrant grant = jobs.grant(actor, agreementId, rhoMicros);
        if (grant.privacy().isEmpty()) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "The agreement has no privacy clause: its answers cost no budget. Use the check instead.");
        }
        EngineResult result = jobs.check(grant, sql).result();
        DisclosureReport report = result.report()
                .orElseThrow(() -> new ProblemException(result.problem()
                        .orElse(new Problem(
                                ProblemCode.ENGINE_ENDED, "The engine ended without a forecast. Try again."))));
        Balance.Amount cost = budgets.cost(grant, sql);
        Balance recipient = budgets.recipient(grant);
        Balance all = budgets.all(grant);
        boolean refused = result.status() == EngineResult.Status.REFUSED;
        return Json.object(
                "verdict",
                refused ? "refused" : "pass",
                "problem",
                result.problem()
                        .map(p -> ProblemJson.members(p, result.report()))
                        .orElse(null),
                "findings",
                report.findings().stream().map(DisclosureFinding::toJson).toList(),
                "cost",
                Json.object("rhoMicros", cost.rhoMicros(), "deltaPicos", cost.deltaPicos()),
                "answeredBefore",
                cost.rhoMicros() == 0,
                "suffices",
                recipient.covers(cost) && all.covers(cost),
                "budgets",
                List.of(recipient.toJson(), all.toJson()),
                "answer",
                refused ? null : report.protection());
    }
}
