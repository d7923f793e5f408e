package io.yunyu.api.job;

import io.yunyu.api.Settings;
import io.yunyu.api.agreement.AgreementRecord;
import io.yunyu.api.agreement.AgreementService;
import io.yunyu.api.budget.PrivacyBudgets;
import io.yunyu.api.engine.EngineRun;
import io.yunyu.api.engine.EngineRuns;
import io.yunyu.api.engine.Ids;
import io.yunyu.api.engine.RunOutcome;
import io.yunyu.api.engine.Vault;
import io.yunyu.api.engine.Wake;
import io.yunyu.api.engine.Work;
import io.yunyu.api.guard.GuardDesk;
import io.yunyu.api.guard.GuardDesks;
import io.yunyu.api.identity.Actor;
import io.yunyu.api.state.Machine;
import io.yunyu.api.state.State;
import io.yunyu.api.state.Transitions;
import io.yunyu.api.web.CertifiedRefusal;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.Publication;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.disclosure.PassingChange;
import io.yunyu.contract.disclosure.RefusalCertificate;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.launcher.EngineListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.MDC;
import org.springframework.stereotype.Service;

/** Takes queries, planned publications, and requests for data elements, under agreements in force and has engines compute them; what comes back goes, sealed, into quarantine. */
@Service
public class JobService implements Work {
    private static final int MOST_ATTEMPTS = 3;
    /** A specification comes with its hierarchies; the job frame holds 1 MiB. */
    private static final int LONGEST_REQUEST = 400_000;
    /** What fits into one message to the vault, with room to spare. */
    private static final long MOST_OUTPUT_BYTES = 12L << 20;
    /** The vault opens a candidate in one message of 32 MiB, in which its bytes are written in base 64. */
    private static final long MOST_ELEMENT_BYTES = 20L << 20;

    private final Jobs jobs;
    private final AgreementService agreements;
    private final EngineRuns engines;
    private final Vault vault;
    private final Settings settings;
    private final Wake wake;
    private final GuardDesks guards;
    private final JobQueue queue;
    private final PrivacyBudgets budgets;

    JobService(
            Jobs jobs,
            AgreementService agreements,
            EngineRuns engines,
            Vault vault,
            Settings settings,
            Wake wake,
            GuardDesks guards,
            JobQueue queue,
            PrivacyBudgets budgets) {
        this.budgets = budgets;
        this.jobs = jobs;
        this.agreements = agreements;
        this.engines = engines;
        this.vault = vault;
        this.settings = settings;
        this.wake = wake;
        this.guards = guards;
        this.queue = queue;
    }

    /**
     * @param text the query, the request for a data element, or the number of a planned publication
     * @return the job, which may be that of an earlier call with the same key, or the one that made the publication
     */
    Job submit(
            Actor actor,
            String agreementId,
            String kind,
            String text,
            Priority priority,
            Optional<Long> rhoMicros,
            Optional<String> key) {
        checkLength(kind, text);
        AccessGrant grant = grant(actor, agreementId, rhoMicros);
        Agreement agreement = agreements.get(agreementId).agreement();
        String sql = kind.equals(Job.PUBLICATION) ? publication(agreement, text) : text;
        if (!kind.equals(Job.PUBLICATION)) {
            requireFreeQuestions(agreement);
        }
        if (kind.equals(Job.ELEMENT)) {
            requireElementTerms(grant, sql);
        }
        String provider = agreement.assigner();
        Jobs.Submitter by = new Jobs.Submitter(actor.person(), actor.organization(), Map.of());
        String id;
        try {
            id = jobs.submit(Ids.fresh("job"), by, grant, provider, kind, sql, priority, key);
        } catch (ProblemException e) {
            if (e.problem().code() != ProblemCode.BUDGET_EXHAUSTED) {
                throw e;
            }
            throw new CertifiedRefusal(e.problem(), affordable(kind, grant, sql));
        }
        engines.expect(provider, EngineRun.tables(settings.tables(), datasets(grant)));
        wake.up();
        return jobs.find(id).orElseThrow();
    }

    /** The same query at what the accounts still cover, if the privacy clause passes it so. */
    private RefusalCertificate affordable(String kind, AccessGrant grant, String sql) {
        long rhoMicros = budgets.affordableRhoMicros(grant);
        // A cheaper element is another one, with an epsilon of its own.
        if (rhoMicros == 0 || !kind.equals(Job.QUERY)) {
            return new RefusalCertificate(RefusalCertificate.Basis.BUDGET, 0, Optional.empty());
        }
        AccessGrant cheaper = grant.with(grant.privacy().orElseThrow().spending(rhoMicros));
        boolean passes;
        try {
            EngineResult tried = check(cheaper, sql).result();
            passes = tried.status() == EngineResult.Status.DONE
                    && !tried.report().map(DisclosureReport::refused).orElse(true);
        } catch (ProblemException e) {
            // No engine to try it with: what was not tried is not named.
            return new RefusalCertificate(RefusalCertificate.Basis.BUDGET, 0, Optional.empty());
        }
        PassingChange change = new PassingChange(
                List.of("Submit it with \"rhoMicros\":" + rhoMicros + ", at the price of more noise."),
                sql,
                PassingChange.Assurance.POLICY);
        return new RefusalCertificate(
                RefusalCertificate.Basis.BUDGET, 1, passes ? Optional.of(change) : Optional.empty());
    }

    /**
     * The grant of the agreement, for a query that spends the given budget.
     *
     * @throws io.yunyu.contract.json.JsonException if the agreement lets no query spend that much
     */
    AccessGrant grant(Actor actor, String agreementId, Optional<Long> rhoMicros) {
        AccessGrant grant = agreements.grant(agreements.inForce(actor, agreementId));
        if (rhoMicros.isEmpty()) {
            return grant;
        }
        return grant.with(grant.privacy()
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.BAD_REQUEST, "The agreement has no privacy clause; leave 'rhoMicros' out."))
                .spending(rhoMicros.get()));
    }

    /** What the plan policy says of a query; touches no data and leaves no trace. */
    RunOutcome check(Actor actor, String agreementId, String sql) {
        AccessGrant grant = grant(actor, agreementId, Optional.empty());
        requireFreeQuestions(agreements.get(agreementId).agreement());
        return check(grant, sql);
    }

    private static String publication(Agreement agreement, String number) {
        List<Publication> planned = agreement.publications();
        if (planned.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "The agreement has no planned publications. Submit a query, or name an agreement that has"
                            + " 'publications'.");
        }
        if (!number.matches("[1-9][0-9]{0,2}") || Integer.parseInt(number) > planned.size()) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "The agreement has " + planned.size()
                            + " planned publications; name one of them by its number, counted from 1.");
        }
        return planned.get(Integer.parseInt(number) - 1).sql();
    }

    /** The engine refuses it too; here no engine is needed for it. */
    private static void requireFreeQuestions(Agreement agreement) {
        if (!agreement.publications().isEmpty()) {
            throw new ProblemException(
                    ProblemCode.QUERY_REFUSED,
                    "The agreement is for planned publications, which a job names by number. Ask other questions under"
                            + " another agreement.");
        }
    }

    RunOutcome check(AccessGrant grant, String sql) {
        checkLength(Job.QUERY, sql);
        EngineJob job = new EngineJob.CheckJob(Ids.fresh("check"), sql, grant.toText());
        return engines.run(new EngineRun(job, List.of(), Optional.empty()), EngineListener.none());
    }

    Job cancel(Actor actor, String id) {
        Job job = readable(actor, id);
        if (job.state() != State.SUBMITTED && job.state() != State.RUNNING) {
            throw Transitions.conflict(Machine.JOB, job.state(), State.CANCELLED);
        }
        jobs.cancel(job, actor);
        if (job.state() == State.RUNNING) {
            engines.cancel(id);
        }
        return readable(actor, id);
    }

    /** @throws ProblemException NOT_FOUND for anyone but the developer's organization */
    public Job readable(Actor actor, String id) {
        return jobs.find(id)
                .filter(job -> job.developer().equals(actor.organization()))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "Your organization has no such job."));
    }

    /** How many of the organization's own jobs come before this one; empty once it runs. */
    Optional<Integer> ahead(Job job) {
        return job.state() == State.SUBMITTED ? Optional.of(queue.ahead(job)) : Optional.empty();
    }

    public List<Job> of(Actor actor) {
        return jobs.ofDeveloper(actor.organization());
    }

    @Override
    public boolean needsEngine() {
        return true;
    }

    /** No engine outlives the process that started it: what was running is submitted again. */
    @Override
    public void recover() {
        Problem ended = new Problem(
                ProblemCode.ENGINE_ENDED,
                "The server ended three times while this job ran. Submit it again, or tell the operator.");
        jobs.in(State.RUNNING).forEach(job -> again(job, ended));
    }

    @Override
    public boolean next() {
        Optional<Job> taken = jobs.take();
        taken.ifPresent(this::run);
        return taken.isPresent();
    }

    private void run(Job job) {
        MDC.put("job", job.id());
        try (GuardDesk guard = guards.open(job.id(), job.grant())) {
            settle(job, outcome(job), guard);
        } catch (ProblemException e) {
            // Somebody cancelled it while it ran; what came of it is dropped.
            if (e.problem().code() != ProblemCode.CONFLICT) {
                throw e;
            }
        } finally {
            MDC.remove("job");
        }
    }

    private RunOutcome outcome(Job job) {
        try {
            AgreementRecord agreement = agreements.get(job.agreement());
            agreements.requireInForce(agreement);
        } catch (ProblemException e) {
            return new RunOutcome(EngineResult.failed(e.problem()).withoutNoise(), new byte[0], "");
        }
        try {
            AgreementRecord agreement = agreements.get(job.agreement());
            return engines.run(engineRun(job, agreement), (event, count) -> jobs.progress(job.id(), event, count));
        } catch (ProblemException e) {
            return new RunOutcome(EngineResult.failed(e.problem()), new byte[0], "");
        }
    }

    private void settle(Job job, RunOutcome outcome, GuardDesk guard) {
        EngineResult result = outcome.result();
        Problem problem = result.problem()
                .orElse(new Problem(
                        ProblemCode.ENGINE_ENDED, "The engine ended without a result. Submit the job again."));
        Optional<DisclosureReport> report = result.report();
        // Of an earlier attempt nobody knows how far it came.
        boolean noNoise = job.attempt() <= 1 && result.noiseDrawn().equals(Optional.of(false));
        if (result.status() == EngineResult.Status.REFUSED) {
            jobs.refused(job, problem, report, guard, noNoise);
        } else if (result.status() == EngineResult.Status.DONE
                && report.isPresent()
                && result.candidateDigest().isPresent()
                && outcome.output().length > 0) {
            jobs.quarantine(job, outcome, report.get(), result.candidateDigest().get(), guard);
        } else if (problem.code() == ProblemCode.ENGINE_ENDED) {
            again(job, problem);
        } else {
            jobs.failed(job, State.RUNNING, problem, noNoise);
        }
    }

    private EngineRun engineRun(Job job, AgreementRecord agreement) {
        AccessGrant grant = job.grant();
        Map<String, String> paths = new TreeMap<>();
        datasets(grant).forEach(dataset -> paths.put(dataset, EngineRun.inside(dataset)));
        return new EngineRun(
                order(job, agreement, paths),
                EngineRun.tables(settings.tables(), paths.keySet()),
                Optional.empty(),
                agreement.agreement().jobLimits());
    }

    private static List<String> datasets(AccessGrant grant) {
        return grant.tables().stream().map(GrantedTable::dataset).toList();
    }

    private EngineJob order(Job job, AgreementRecord agreement, Map<String, String> paths) {
        List<Signature> signatures = List.of(
                java.util.Objects.requireNonNull(agreement.signatures().get("assigner")),
                java.util.Objects.requireNonNull(agreement.signatures().get("assignee")));
        String reviewKey = vault.reviewKey(job.provider());
        if (job.kind().equals(Job.PUBLICATION)) {
            List<String> planned = agreement.agreement().publications().stream()
                    .map(Publication::sql)
                    .toList();
            return new EngineJob.PublicationJob(
                    job.id(),
                    planned.indexOf(job.sql()) + 1,
                    agreement.document(),
                    signatures,
                    job.grantText(),
                    paths,
                    reviewKey,
                    MOST_OUTPUT_BYTES);
        }
        return job.makesElement()
                ? new EngineJob.AnonymizeJob(
                        job.id(),
                        job.sql(),
                        agreement.document(),
                        signatures,
                        job.grantText(),
                        paths,
                        reviewKey,
                        MOST_ELEMENT_BYTES)
                : new EngineJob.SqlJob(
                        job.id(),
                        job.sql(),
                        agreement.document(),
                        signatures,
                        job.grantText(),
                        paths,
                        reviewKey,
                        MOST_OUTPUT_BYTES);
    }

    /** The rest of the request is the engine's to check. */
    private static void requireElementTerms(AccessGrant grant, String request) {
        String dataset =
                Json.parseObject(request).onlyMembers(Set.of("dataset", "spec")).string("dataset");
        if (grant.table(dataset).flatMap(GrantedTable::element).isEmpty()) {
            throw new ProblemException(
                    ProblemCode.QUERY_REFUSED,
                    "The agreement permits no data element of this dataset. Name another, or have the provider agree to"
                            + " 'element' terms for it.");
        }
    }

    private void again(Job job, Problem problem) {
        if (job.attempt() < MOST_ATTEMPTS) {
            jobs.returned(job);
            wake.up();
        } else {
            jobs.failed(job, State.RUNNING, problem, false);
        }
    }

    private static void checkLength(String kind, String text) {
        if (kind.equals(Job.QUERY) && text.length() > EngineJob.SqlJob.LONGEST_SQL) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE,
                    "A query has at most " + EngineJob.SqlJob.LONGEST_SQL + " characters. Shorten it.");
        }
        if (text.length() > LONGEST_REQUEST) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE,
                    "A specification with its hierarchies has at most " + LONGEST_REQUEST
                            + " characters. Use builders of hierarchies in place of rows.");
        }
    }
}
