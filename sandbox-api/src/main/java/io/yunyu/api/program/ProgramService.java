package io.yunyu.api.program;

import io.yunyu.api.agreement.AgreementRecord;
import io.yunyu.api.agreement.AgreementService;
import io.yunyu.api.engine.EngineRuns;
import io.yunyu.api.engine.Ids;
import io.yunyu.api.engine.ProgramOrder;
import io.yunyu.api.engine.Wake;
import io.yunyu.api.engine.Work;
import io.yunyu.api.identity.Actor;
import io.yunyu.api.state.Machine;
import io.yunyu.api.state.State;
import io.yunyu.api.state.Transitions;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.job.PlansJob;
import io.yunyu.contract.job.ProgramJob;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.launcher.ProgramRun;
import java.util.List;
import java.util.Optional;
import org.slf4j.MDC;
import org.springframework.stereotype.Service;

/**
 * Takes programs under agreements that let them run, and has them run where there is neither key nor table. What comes of
 * one is a list of named queries, which go the way of every query: checked again, protected, reviewed one by one.
 */
@Service
public class ProgramService implements Work {
    private static final int MOST_ATTEMPTS = 3;

    private final Programs programs;
    private final AgreementService agreements;
    private final EngineRuns engines;
    private final Wake wake;

    ProgramService(Programs programs, AgreementService agreements, EngineRuns engines, Wake wake) {
        this.programs = programs;
        this.agreements = agreements;
        this.engines = engines;
        this.wake = wake;
    }

    /** @throws ProblemException NOT_ALLOWED if the agreement lets no program run */
    Program submit(Actor actor, ProgramForm form, Optional<String> key) {
        AgreementRecord agreement = agreements.inForce(actor, form.agreementId());
        requireClause(agreement);
        engines.requirePrograms();
        String id = programs.submit(
                Ids.fresh("program"),
                new Submission(
                        actor,
                        agreements.grant(agreement),
                        agreement.agreement().assigner(),
                        form,
                        form.jarBytes(),
                        key));
        engines.expect(agreement.agreement().assigner(), List.of());
        wake.up();
        return programs.find(id).orElseThrow();
    }

    private static void requireClause(AgreementRecord agreement) {
        if (!agreement.agreement().programs()) {
            throw new ProblemException(
                    ProblemCode.NOT_ALLOWED,
                    "The agreement lets no program run. Submit queries, or sign an agreement with \"programs\":true.");
        }
    }

    /** @throws ProblemException NOT_FOUND for anyone but the developer's organization */
    public Program readable(Actor actor, String id) {
        return programs.find(id)
                .filter(program -> program.developer().equals(actor.organization()))
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.NOT_FOUND, "Your organization has no such program."));
    }

    public List<Program> of(Actor actor) {
        return programs.ofDeveloper(actor.organization());
    }

    Program cancel(Actor actor, String id) {
        Program program = readable(actor, id);
        if (program.state() != State.SUBMITTED && program.state() != State.RUNNING) {
            throw Transitions.conflict(Machine.PROGRAM, program.state(), State.CANCELLED);
        }
        programs.cancel(program, actor);
        if (program.state() == State.RUNNING) {
            engines.cancel(id);
        }
        return readable(actor, id);
    }

    @Override
    public boolean needsEngine() {
        return true;
    }

    /** No sandbox outlives the process that started it: what was running is run again. */
    @Override
    public void recover() {
        programs.running().forEach(this::again);
    }

    @Override
    public boolean next() {
        Optional<Program> taken = programs.take();
        taken.ifPresent(this::run);
        return taken.isPresent();
    }

    private void run(Program program) {
        MDC.put("job", program.id());
        try {
            settle(program, outcome(program));
        } catch (ProblemException e) {
            // Somebody cancelled it while it ran; what came of it is dropped.
            if (e.problem().code() != ProblemCode.CONFLICT) {
                throw e;
            }
        } finally {
            MDC.remove("job");
        }
    }

    private ProgramRun.Outcome outcome(Program program) {
        try {
            AgreementRecord agreement = agreements.get(program.agreement());
            agreements.requireInForce(agreement);
            return engines.run(new ProgramOrder(
                    job(program),
                    new PlansJob(program.id(), program.grantText()),
                    programs.jar(program),
                    agreement.agreement().jobLimits()));
        } catch (ProblemException e) {
            return new ProgramRun.Outcome(EngineResult.failed(e.problem()), List.of());
        }
    }

    private static ProgramJob job(Program program) {
        return new ProgramJob(
                program.id(),
                program.mainClass(),
                program.arguments(),
                program.grant().tables().stream().map(ProgramService::table).toList());
    }

    private static ProgramJob.Table table(GrantedTable table) {
        return new ProgramJob.Table(
                table.name(),
                table.columns().stream()
                        .filter(column -> !column.uses().isEmpty())
                        .map(column -> new ProgramJob.Column(column.name(), sqlType(column.type())))
                        .toList());
    }

    /** The catalog's name of a type as SQL has it. */
    private static String sqlType(String type) {
        return type.equals("LONG") ? "bigint" : type.toLowerCase(java.util.Locale.ROOT);
    }

    private void settle(Program program, ProgramRun.Outcome outcome) {
        EngineResult result = outcome.result();
        Problem problem = result.problem()
                .orElse(new Problem(ProblemCode.ENGINE_ENDED, "The program's sandbox ended. Submit it again."));
        if (result.status() == EngineResult.Status.DONE) {
            done(program, outcome.tables());
        } else if (result.status() == EngineResult.Status.REFUSED) {
            programs.refused(program, problem, findings(result));
        } else if (problem.code() == ProblemCode.ENGINE_ENDED) {
            again(program);
        } else {
            programs.failed(program, problem);
        }
    }

    private void done(Program program, List<ProgramRun.Table> tables) {
        try {
            programs.done(program, tables);
        } catch (ProblemException e) {
            if (e.problem().code() == ProblemCode.CONFLICT) {
                throw e;
            }
            // One of its tables cannot be had, such as for want of budget: then none is made.
            programs.failed(program, e.problem());
        }
        wake.up();
    }

    private static String findings(EngineResult result) {
        return Json.write(result.report().map(DisclosureReport::findings).orElse(List.of()).stream()
                .map(DisclosureFinding::toJson)
                .toList());
    }

    private void again(Program program) {
        if (program.attempt() < MOST_ATTEMPTS) {
            programs.returned(program);
            wake.up();
        } else {
            programs.failed(
                    program,
                    new Problem(
                            ProblemCode.ENGINE_ENDED,
                            "The server or an engine ended three times while this program ran. Submit it again, or tell"
                                    + " the operator."));
        }
    }
}
