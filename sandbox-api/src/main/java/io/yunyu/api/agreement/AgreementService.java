package io.yunyu.api.agreement;

import io.yunyu.api.Settings;
import io.yunyu.api.catalog.Catalog;
import io.yunyu.api.engine.EngineRun;
import io.yunyu.api.engine.EngineRuns;
import io.yunyu.api.engine.Work;
import io.yunyu.api.identity.Actor;
import io.yunyu.api.identity.Directory;
import io.yunyu.api.identity.Organization;
import io.yunyu.api.identity.OrganizationKind;
import io.yunyu.api.identity.Role;
import io.yunyu.api.proof.Act;
import io.yunyu.api.proof.Recorder;
import io.yunyu.api.state.State;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.ledger.signature.VerificationKey;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Service;

/** From a draft to an agreement in force, and from that to a grant. */
@Service
public class AgreementService implements Work {
    private final Agreements agreements;
    private final Catalog catalog;
    private final Directory directory;
    private final Recorder recorder;
    private final Clock clock;
    private final GrantCompiler compiler;
    private final EngineRuns engines;
    private final Settings settings;

    AgreementService(
            Agreements agreements,
            Catalog catalog,
            Directory directory,
            Recorder recorder,
            Clock clock,
            EngineRuns engines,
            Settings settings) {
        this.agreements = agreements;
        this.catalog = catalog;
        this.directory = directory;
        this.recorder = recorder;
        this.clock = clock;
        this.engines = engines;
        this.settings = settings;
        this.compiler = new GrantCompiler(RuleSet.load(settings.ruleResource()));
    }

    /** Takes a draft; what could never come into force is refused now. */
    AgreementRecord draft(Actor actor, String document) {
        Agreement agreement = Agreement.parse(document);
        if (!agreement.uid().matches("[a-z][a-z0-9_-]{1,62}")) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "Member 'uid' must be 2 to 63 lower-case letters, digits, hyphens and underscores.");
        }
        if (!Set.of(agreement.assigner(), agreement.assignee()).contains(actor.organization())) {
            throw new ProblemException(ProblemCode.NOT_ALLOWED, "Only its assigner or assignee can file an agreement.");
        }
        check(agreement);
        agreements.draft(agreement, actor);
        return readable(actor, agreement.uid());
    }

    /** Adds a party's signature; with the second one the agreement comes into force. */
    AgreementRecord sign(Actor actor, String id, Signature signature) {
        readable(actor, id);
        AgreementRecord after = recorder.together(() -> {
            AgreementRecord found = agreements.lock(id).orElseThrow(AgreementService::unknown);
            Agreement agreement = found.agreement();
            if (found.state() != State.DRAFT) {
                throw new ProblemException(
                        ProblemCode.CONFLICT, "The agreement is " + found.state() + "; only a draft can be signed.");
            }
            String party = party(actor, agreement, signature);
            if (!VerificationKey.parse(signature.key()).verifies(Agreement.TYPE, found.document(), signature)) {
                throw new ProblemException(
                        ProblemCode.KEY_REFUSED,
                        "The signature does not match the agreement's text. Sign the text as GET gives it.");
            }
            agreements.sign(found, party, signature, actor);
            AgreementRecord signed = agreements.find(id).orElseThrow();
            if (signed.signatures().size() == 2) {
                check(agreement);
                agreements.move(
                        signed, State.ACTIVE, kind -> Act.ofPlatform(kind, id, Map.of("digest", signed.digest())));
            }
            return agreements.find(id).orElseThrow();
        });
        if (after.state() == State.ACTIVE) {
            // Its assignee will check and submit queries now: engines for that can be started ahead.
            List<String> datasets = after.agreement().permissions().stream()
                    .map(Permission::target)
                    .toList();
            String provider = after.agreement().assigner();
            engines.expect(provider, List.of());
            engines.expect(provider, EngineRun.tables(settings.tables(), datasets));
        }
        return after;
    }

    AgreementRecord revoke(Actor actor, String id) {
        AgreementRecord found = readable(actor, id);
        if (!found.agreement().assigner().equals(actor.organization())) {
            throw new ProblemException(ProblemCode.NOT_ALLOWED, "Only the assigner can revoke an agreement.");
        }
        agreements.move(found, State.REVOKED, kind -> actor.act(kind, id, Map.of()));
        return readable(actor, id);
    }

    List<AgreementRecord> of(Actor actor) {
        return agreements.of(actor.organization());
    }

    /** @throws ProblemException NOT_FOUND for anyone but the parties */
    AgreementRecord readable(Actor actor, String id) {
        return agreements
                .find(id)
                .filter(agreement -> agreement.isParty(actor.organization()))
                .orElseThrow(AgreementService::unknown);
    }

    /** The agreement, for the platform's own use. */
    public AgreementRecord get(String id) {
        return agreements.find(id).orElseThrow(AgreementService::unknown);
    }

    /**
     * The agreement, if the actor's organization may compute under it now.
     *
     * @throws ProblemException AGREEMENT_NOT_IN_FORCE, or NOT_FOUND for anyone but its assignee
     */
    public AgreementRecord inForce(Actor actor, String id) {
        AgreementRecord found = readable(actor, id);
        if (!found.agreement().assignee().equals(actor.organization())) {
            throw new ProblemException(ProblemCode.NOT_ALLOWED, "Only the agreement's assignee can compute under it.");
        }
        requireInForce(found);
        return found;
    }

    /** @throws ProblemException AGREEMENT_NOT_IN_FORCE */
    public void requireInForce(AgreementRecord found) {
        if (found.state() != State.ACTIVE || !found.agreement().isInForceAt(clock.instant())) {
            String why = found.state() == State.DRAFT
                    ? "not signed by both parties"
                    : found.state() == State.REVOKED ? "revoked" : "outside its term";
            throw new ProblemException(
                    ProblemCode.AGREEMENT_NOT_IN_FORCE,
                    "The agreement is " + why + ". Complete its signatures, or make a new agreement.");
        }
    }

    /** The grant, on the catalog as it stands. */
    public AccessGrant grant(AgreementRecord found) {
        return check(found.agreement());
    }

    @Override
    public boolean needsEngine() {
        return false;
    }

    @Override
    public void recover() {
        next();
    }

    /** Ends what is past its term. */
    @Override
    public boolean next() {
        List<String> overdue = agreements.overdue();
        for (String id : overdue) {
            agreements
                    .find(id)
                    .ifPresent(
                            found -> agreements.move(found, State.EXPIRED, kind -> Act.ofPlatform(kind, id, Map.of())));
        }
        return !overdue.isEmpty();
    }

    private AccessGrant check(Agreement agreement) {
        if (agreement.assigner().equals(agreement.assignee())
                || agreement.assignerKey().equals(agreement.assigneeKey())) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST, "An agreement has two parties, each with a key of its own.");
        }
        if (!clock.instant().isBefore(agreement.validUntil())) {
            throw new ProblemException(
                    ProblemCode.AGREEMENT_NOT_IN_FORCE, "The agreement's term is over. Make one that ends later.");
        }
        Organization assigner = organization(agreement.assigner());
        Organization assignee = organization(agreement.assignee());
        if (assigner.kind() != OrganizationKind.PROVIDER) {
            throw new ProblemException(ProblemCode.NOT_ALLOWED, "The assigner is no provider of data.");
        }
        requireKey(agreement.assigner(), agreement.assignerKey(), Role.PROVIDER_STEWARD);
        requireKey(agreement.assignee(), agreement.assigneeKey(), Role.DEVELOPER);
        return compiler.compile(agreement, assignee.kind(), catalog::entry);
    }

    private Organization organization(String id) {
        return directory
                .organization(id)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.BAD_REQUEST, "A party of the agreement is no organization of this installation."));
    }

    private void requireKey(String organization, String key, Role role) {
        if (!directory.isKeyOf(organization, key, Set.of(role))) {
            throw new ProblemException(
                    ProblemCode.KEY_REFUSED,
                    "A key in the agreement is not registered for its party. Register it with the operator.");
        }
    }

    private static String party(Actor actor, Agreement agreement, Signature signature) {
        if (actor.organization().equals(agreement.assigner()) && signature.key().equals(agreement.assignerKey())) {
            return AgreementRecord.ASSIGNER;
        }
        if (actor.organization().equals(agreement.assignee()) && signature.key().equals(agreement.assigneeKey())) {
            return AgreementRecord.ASSIGNEE;
        }
        throw new ProblemException(
                ProblemCode.KEY_REFUSED, "The agreement names another key for your organization. Sign with that one.");
    }

    private static ProblemException unknown() {
        return new ProblemException(ProblemCode.NOT_FOUND, "Your organization has no such agreement.");
    }
}
