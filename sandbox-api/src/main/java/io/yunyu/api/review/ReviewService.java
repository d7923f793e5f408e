package io.yunyu.api.review;

import io.yunyu.api.budget.Balance;
import io.yunyu.api.budget.PrivacyBudgets;
import io.yunyu.api.catalog.DataElement;
import io.yunyu.api.catalog.DataElements;
import io.yunyu.api.engine.Vault;
import io.yunyu.api.engine.Workers;
import io.yunyu.api.identity.Actor;
import io.yunyu.api.identity.Directory;
import io.yunyu.api.identity.Person;
import io.yunyu.api.job.Job;
import io.yunyu.api.job.Jobs;
import io.yunyu.api.state.ActKind;
import io.yunyu.api.state.Machine;
import io.yunyu.api.state.State;
import io.yunyu.api.state.Transitions;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.disclosure.ReviewFacts;
import io.yunyu.contract.job.Approval;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.ledger.signature.VerificationKey;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/** The provider's look at a candidate, and its decision. */
@Service
public class ReviewService {
    private static final Duration FRESH = Duration.ofMinutes(15);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(15);

    private final Jobs jobs;
    private final Quarantine quarantine;
    private final Decisions decisions;
    private final Directory directory;
    private final Vault vault;
    private final Clock clock;
    private final ObjectProvider<Workers> workers;
    private final DataElements elements;
    private final PrivacyBudgets budgets;

    ReviewService(
            Jobs jobs,
            Quarantine quarantine,
            Decisions decisions,
            Directory directory,
            Vault vault,
            Clock clock,
            ObjectProvider<Workers> workers,
            DataElements elements,
            PrivacyBudgets budgets) {
        this.budgets = budgets;
        this.elements = elements;
        this.jobs = jobs;
        this.quarantine = quarantine;
        this.decisions = decisions;
        this.directory = directory;
        this.vault = vault;
        this.clock = clock;
        this.workers = workers;
    }

    /**
     * What a reviewer sees of a job.
     *
     * @param anonymization risk and quality of a data element, whose table shows its first records only
     * @param view what protection took from it, and its privacy budget
     * @param earlier what was made of the same dataset before: together elements can say more than each
     */
    public record Review(
            Job job,
            Candidate candidate,
            ProtectedTable table,
            Optional<Map<String, Object>> anonymization,
            List<DataElement> earlier,
            ReviewView view) {}

    public List<Job> waiting(Actor reviewer) {
        return jobs.inReview(reviewer.organization());
    }

    /** Opens the candidate for the reviewer; the opening is an event. */
    public Review open(Actor reviewer, String jobId) {
        Job job = inReview(reviewer, jobId);
        Candidate candidate = quarantine.candidate(jobId);
        Quarantine.Opened opened = opened(reviewer, job, candidate);
        Map<String, byte[]> files = opened.files();
        byte[] table = files.get("table.json");
        if (table == null) {
            throw new ProblemException(ProblemCode.INTERNAL, "The candidate holds no table.");
        }
        ProtectedTable shown = ProtectedTable.parse(Json.parseObject(table));
        return new Review(
                job,
                candidate,
                shown,
                Optional.ofNullable(files.get("table.anonymization"))
                        .map(report -> Json.parseObject(report).asMap()),
                job.makesElement() ? elements.madeOf(Json.parseObject(job.sql()).string("dataset")) : List.of(),
                ReviewView.of(
                        shown,
                        DisclosureReport.parse(Json.parseObject(candidate.report())),
                        accounts(job),
                        opened.facts().map(facts -> told(facts, shown, job))));
    }

    private ReviewView.Told told(ReviewFacts facts, ProtectedTable table, Job job) {
        List<EarlierAnswers> overlaps = facts.overlaps().stream()
                .sorted(Comparator.comparingLong(ReviewFacts.Overlap::cells).reversed())
                .map(o -> new EarlierAnswers(
                        jobs.find(o.job()).filter(earlier -> earlier.provider().equals(job.provider())), o.cells()))
                .toList();
        return new ReviewView.Told(
                TableMarks.of(facts, table),
                facts.withheld(),
                overlaps,
                facts.guarded().map(g -> new GuardedAnswers(g.days(), g.repeated(), g.withheld(), refusedJobs(job, g))),
                facts.suppression());
    }

    private long refusedJobs(Job job, ReviewFacts.Guarded guarded) {
        return jobs.refusedByGuard(
                job.developer(),
                job.grant().tables().get(0).family(),
                clock.instant().minus(Duration.ofDays(guarded.days())));
    }

    private List<Balance> accounts(Job job) {
        return job.grant().privacy().isEmpty()
                ? List.of()
                : List.of(budgets.recipient(job.grant()), budgets.all(job.grant()));
    }

    /** The page on a data element's risk and quality that is in the candidate; opens it, which is an event. */
    public byte[] reportPage(Actor reviewer, String jobId) {
        Job job = inReview(reviewer, jobId);
        byte[] page = opened(reviewer, job, quarantine.candidate(jobId)).files().get("table.html");
        if (page == null) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "The candidate holds no report of this kind.");
        }
        return page;
    }

    private Quarantine.Opened opened(Actor reviewer, Job job, Candidate candidate) {
        return quarantine.open(
                job,
                candidate,
                reviewer.act(ActKind.CANDIDATE_OPENED, job.id(), Map.of("candidateDigest", candidate.digest())));
    }

    /**
     * Decides with an approval that the reviewer signed with the key registered for the reviewer.
     *
     * @param decision {@code approve} or {@code refuse}, as in the document
     */
    Job decideSigned(Actor reviewer, String jobId, String decision, String document, Signature signature) {
        Job job = inReview(reviewer, jobId);
        Approval approval = Approval.parse(document);
        checkBinding(approval, job, reviewer, decision);
        String registered =
                directory.person(reviewer.person()).flatMap(Person::signingKey).orElse("none");
        if (!registered.equals(signature.key())
                || !VerificationKey.parse(signature.key()).verifies(Approval.TYPE, document, signature)) {
            throw new ProblemException(
                    ProblemCode.KEY_REFUSED,
                    "The approval is not signed by the key registered for you. Sign it with that key.");
        }
        return keep(job, new Decision(approval, signature), reviewer);
    }

    /** Decides with the provider's approval key in the vault; needs a sign-in with password just before. */
    public Job decideByVault(Actor reviewer, String jobId, String decision, String reason) {
        Job job = inReview(reviewer, jobId);
        if (reviewer.signedInAt().plus(FRESH).isBefore(clock.instant())) {
            throw new ProblemException(
                    ProblemCode.NOT_ALLOWED,
                    "The vault signs only right after a sign-in with password. Get a new token, or sign with your own key.");
        }
        Candidate candidate = quarantine.candidate(jobId);
        Approval approval = new Approval(
                jobId,
                candidate.digest(),
                candidate.reportDigest(),
                candidate.policyVersion(),
                decision.toUpperCase(Locale.ROOT),
                reason,
                reviewer.person(),
                reviewer.organization(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS));
        checkBinding(approval, job, reviewer, decision);
        Signature signature = vault.signApproval(job.provider(), approval.toText());
        return keep(job, new Decision(approval, signature), reviewer);
    }

    private Job keep(Job job, Decision decision, Actor reviewer) {
        decisions.decide(job, decision, reviewer);
        workers.ifAvailable(Workers::wakeOutbox);
        return jobs.find(job.id()).orElseThrow();
    }

    private Job inReview(Actor reviewer, String jobId) {
        Job job = jobs.find(jobId)
                .filter(found -> found.provider().equals(reviewer.organization()))
                .orElseThrow(() ->
                        new ProblemException(ProblemCode.NOT_FOUND, "Your organization has no such job to review."));
        if (job.person().equals(reviewer.person()) || job.developer().equals(reviewer.organization())) {
            throw new ProblemException(
                    ProblemCode.NOT_ALLOWED, "Nobody, and no organization, reviews its own job. Ask the provider.");
        }
        if (job.state() != State.IN_REVIEW) {
            throw Transitions.conflict(Machine.JOB, job.state(), State.APPROVED);
        }
        return job;
    }

    private void checkBinding(Approval approval, Job job, Actor reviewer, String decision) {
        Candidate candidate = quarantine.candidate(job.id());
        boolean bound = approval.jobId().equals(job.id())
                && approval.candidateDigest().equals(candidate.digest())
                && approval.reportDigest().equals(candidate.reportDigest())
                && approval.policyVersion().equals(candidate.policyVersion())
                && approval.decision().equals(decision.toUpperCase(Locale.ROOT))
                && approval.reviewer().equals(reviewer.person())
                && approval.organization().equals(reviewer.organization())
                && Duration.between(approval.at(), clock.instant()).abs().compareTo(CLOCK_SKEW) <= 0;
        if (!bound) {
            throw new ProblemException(
                    ProblemCode.CONFLICT,
                    "The approval is of another job, candidate, report, policy, decision, reviewer or time."
                            + " Open the review again and sign what it shows.");
        }
    }
}
