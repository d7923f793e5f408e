package io.yunyu.api.replay;

import io.yunyu.api.Settings;
import io.yunyu.api.agreement.AgreementRecord;
import io.yunyu.api.agreement.AgreementService;
import io.yunyu.api.catalog.Catalog;
import io.yunyu.api.catalog.CatalogEntry;
import io.yunyu.api.engine.EngineRun;
import io.yunyu.api.engine.EngineRuns;
import io.yunyu.api.engine.Ids;
import io.yunyu.api.engine.Wake;
import io.yunyu.api.engine.Work;
import io.yunyu.api.identity.Actor;
import io.yunyu.api.job.Job;
import io.yunyu.api.job.Jobs;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.dimension.ColumnDomain;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.policy.RuleChange;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.launcher.EngineListener;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.MDC;
import org.springframework.stereotype.Service;

/**
 * Has engines try changed rules on a provider's past jobs, one at a time, between the jobs of developers. An engine that
 * replays has no desk at the guard: it can neither read nor add to what the guard remembers.
 */
@Service
class PolicyReplayService implements Work {
    private static final int MOST_ATTEMPTS = 3;

    private final PolicyReplays replays;
    private final Jobs jobs;
    private final AgreementService agreements;
    private final Catalog catalog;
    private final EngineRuns engines;
    private final Settings settings;
    private final Wake wake;

    PolicyReplayService(
            PolicyReplays replays,
            Jobs jobs,
            AgreementService agreements,
            Catalog catalog,
            EngineRuns engines,
            Settings settings,
            Wake wake) {
        this.replays = replays;
        this.jobs = jobs;
        this.agreements = agreements;
        this.catalog = catalog;
        this.engines = engines;
        this.settings = settings;
        this.wake = wake;
    }

    /**
     * @param only ids of jobs, all of the provider's newest if empty
     * @return id of the replay
     * @throws ProblemException NOT_FOUND if a named job is none that the organization decides about
     */
    String begin(Actor actor, RuleChange rule, List<String> only, Optional<Instant> since) {
        List<String> decided = replays.decided(actor.organization(), since);
        if (!decided.containsAll(only)) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    "A named job is none of the " + PolicyReplays.MOST_JOBS
                            + " newest that your organization's rules decided about.");
        }
        String id = Ids.fresh("replay");
        replays.begin(id, actor, rule, only.isEmpty() ? decided : List.copyOf(new java.util.LinkedHashSet<>(only)));
        wake.up();
        return id;
    }

    /** @throws ProblemException NOT_FOUND for anyone but the provider's organization */
    PolicyReplay readable(Actor actor, String id) {
        return replays.find(id)
                .filter(replay -> replay.provider().equals(actor.organization()))
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.NOT_FOUND, "Your organization has no such replay."));
    }

    @Override
    public boolean needsEngine() {
        return true;
    }

    @Override
    public void recover() {
        replays.recover();
    }

    @Override
    public boolean next() {
        Optional<PolicyReplays.Next> taken = replays.take();
        taken.ifPresent(this::run);
        return taken.isPresent();
    }

    private void run(PolicyReplays.Next next) {
        MDC.put("job", next.job());
        try {
            EngineResult result = outcome(next);
            boolean again = result.status() == EngineResult.Status.FAILED
                    && result.problem()
                            .filter(p -> p.code() == ProblemCode.ENGINE_ENDED)
                            .isPresent()
                    && next.attempt() < MOST_ATTEMPTS;
            if (again) {
                replays.waiting(next);
                wake.up();
            } else {
                replays.tried(next, result);
            }
        } finally {
            MDC.remove("job");
        }
    }

    private EngineResult outcome(PolicyReplays.Next next) {
        try {
            RuleChange rule = replays.find(next.replay()).orElseThrow().rule();
            Job job = jobs.find(next.job()).orElseThrow();
            return engines.run(engineRun(job, rule), EngineListener.none()).result();
        } catch (ProblemException e) {
            return EngineResult.failed(e.problem());
        }
    }

    private EngineRun engineRun(Job job, RuleChange rule) {
        AgreementRecord agreement = agreements.get(job.agreement());
        AccessGrant grant = rule.currentDeclarations() ? declaredNow(job.grant()) : job.grant();
        Map<String, String> paths = new TreeMap<>();
        if (isInForce(agreement)) {
            // Keys are given under an agreement in force only; of others the query's form is judged.
            grant.tables().forEach(table -> paths.put(table.dataset(), EngineRun.inside(table.dataset())));
        }
        EngineJob order = new EngineJob.ReplayJob(
                Ids.fresh("replay"),
                job.sql(),
                agreement.document(),
                List.of(
                        java.util.Objects.requireNonNull(agreement.signatures().get("assigner")),
                        java.util.Objects.requireNonNull(agreement.signatures().get("assignee"))),
                grant.toText(),
                Json.write(rule.toJson()),
                paths);
        return new EngineRun(
                order,
                EngineRun.tables(settings.tables(), paths.keySet()),
                Optional.empty(),
                agreement.agreement().jobLimits());
    }

    private boolean isInForce(AgreementRecord agreement) {
        try {
            agreements.requireInForce(agreement);
            return true;
        } catch (ProblemException ended) {
            return false;
        }
    }

    /** The grant with the catalog's present declarations of columns; what the catalog no longer has stays as it was. */
    private AccessGrant declaredNow(AccessGrant grant) {
        List<GrantedTable> tables = grant.tables().stream()
                .map(table -> new GrantedTable(
                        table.name(),
                        table.dataset(),
                        table.tableVersion(),
                        table.family(),
                        table.unitColumn(),
                        table.columns().stream()
                                .map(c -> new GrantedColumn(c.name(), c.type(), c.uses(), domain(table, c)))
                                .toList()))
                .toList();
        return new AccessGrant(
                grant.id(),
                grant.agreement(),
                grant.agreementDigest(),
                grant.assignee(),
                grant.purpose(),
                grant.validFrom(),
                grant.validUntil(),
                grant.protection(),
                tables,
                grant.privacy());
    }

    private ColumnDomain domain(GrantedTable table, GrantedColumn column) {
        return catalog.entry(table.dataset())
                .flatMap((CatalogEntry entry) -> entry.attribute(column.name()))
                .filter(attribute -> attribute.type().equals(column.type()))
                .map(attribute -> attribute.domain())
                .orElse(column.domain());
    }
}
