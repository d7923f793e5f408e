package io.yunyu.api.catalog;

import io.yunyu.api.Settings;
import io.yunyu.api.engine.EngineRun;
import io.yunyu.api.engine.EngineRuns;
import io.yunyu.api.engine.Ids;
import io.yunyu.api.engine.RunOutcome;
import io.yunyu.api.engine.Wake;
import io.yunyu.api.engine.Work;
import io.yunyu.api.identity.Actor;
import io.yunyu.api.identity.Directory;
import io.yunyu.api.identity.Role;
import io.yunyu.api.state.State;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.file.DurableFiles;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.ledger.signature.VerificationKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.MDC;
import org.springframework.stereotype.Service;

/**
 * Takes signed orders and has engines load them. An order is done once: running it again after an interruption changes
 * nothing that is there already, by the batch's digest.
 */
@Service
class IngestService implements Work {
    private static final int MOST_ATTEMPTS = 3;
    private static final String PASSWORD_GONE =
            "The server was restarted and keeps no password. Send the order again with the password.";

    private final Ingests ingests;
    private final Catalog catalog;
    private final Directory directory;
    private final EngineRuns engines;
    private final Settings settings;
    private final Wake wake;
    private final Inbox inbox;
    private final ElementOrders elementOrders;
    private final DataElements elements;
    /** Passwords of sources, until the ingest is over; nowhere else. */
    private final Map<String, String> passwords = new ConcurrentHashMap<>();

    IngestService(
            Ingests ingests,
            Catalog catalog,
            Directory directory,
            EngineRuns engines,
            Settings settings,
            Wake wake,
            ElementOrders elementOrders,
            DataElements elements) {
        this.ingests = ingests;
        this.catalog = catalog;
        this.directory = directory;
        this.engines = engines;
        this.settings = settings;
        this.wake = wake;
        this.inbox = new Inbox(settings.inboxes());
        this.elementOrders = elementOrders;
        this.elements = elements;
    }

    /** @return id of the accepted ingest */
    String submit(Actor actor, String text, Signature signature, Optional<String> password) {
        IngestOrder order = IngestOrder.parse(text);
        if (!order.provider().equals(actor.organization())) {
            throw new ProblemException(
                    ProblemCode.NOT_ALLOWED, "An order can be given for your own organization only.");
        }
        checkSignature(order, text, signature);
        catalog.mustFit(order);
        Optional<DataElement> element = elementOrders.require(order);
        if (order.source() instanceof Source.Jdbc) {
            if (password.isEmpty()) {
                throw new ProblemException(
                        ProblemCode.BAD_REQUEST, "A source by JDBC needs the member 'password' beside the order.");
            }
        } else if (element.isEmpty()) {
            inbox.resolve(file(order.source()));
        }
        String id = Ids.fresh("ingest");
        password.ifPresent(secret -> passwords.put(id, secret));
        try {
            ingests.submit(id, order, text, signature, password.isPresent(), actor);
        } catch (RuntimeException e) {
            passwords.remove(id);
            throw e;
        }
        wake.up();
        return id;
    }

    @Override
    public boolean needsEngine() {
        return true;
    }

    @Override
    public void recover() {
        for (State state : List.of(State.RUNNING, State.SUBMITTED)) {
            for (Ingest ingest : ingests.in(state)) {
                if (ingest.needsPassword() && !passwords.containsKey(ingest.id())) {
                    ingests.failed(ingest, state, new Problem(ProblemCode.SOURCE_UNREADABLE, PASSWORD_GONE));
                } else if (state == State.RUNNING) {
                    again(
                            ingest,
                            new Problem(ProblemCode.ENGINE_ENDED, "The server ended while the batch was loaded."));
                }
            }
        }
    }

    @Override
    public boolean next() {
        Optional<Ingest> taken = ingests.take();
        taken.ifPresent(this::run);
        return taken.isPresent();
    }

    private void run(Ingest ingest) {
        MDC.put("job", ingest.id());
        try {
            IngestOrder order = IngestOrder.parse(ingest.order());
            EngineResult result = outcome(ingest, order).result();
            if (result.status() == EngineResult.Status.DONE && result.ingest().isPresent()) {
                ingests.done(ingest, order, result.ingest().get(), elementOrders.named(order));
                passwords.remove(ingest.id());
            } else {
                Problem problem = result.problem()
                        .orElse(new Problem(ProblemCode.ENGINE_ENDED, "The engine ended without a report."));
                if (problem.code() == ProblemCode.ENGINE_ENDED) {
                    again(ingest, problem);
                } else {
                    fail(ingest, problem);
                }
            }
        } finally {
            MDC.remove("job");
        }
    }

    private RunOutcome outcome(Ingest ingest, IngestOrder order) {
        try {
            catalog.mustFit(order);
            Optional<DataElement> element = elementOrders.require(order);
            return element.isPresent() ? loaded(ingest, order, element.get()) : loaded(ingest, order, batch(order));
        } catch (ProblemException e) {
            return new RunOutcome(EngineResult.failed(e.problem()), new byte[0], "");
        }
    }

    private RunOutcome loaded(Ingest ingest, IngestOrder order, DataElement element) {
        Path table = elements.tableOf(element, ingest.id());
        try {
            RunOutcome outcome = loaded(ingest, order, Optional.of(table));
            outcome.result().ingest().ifPresent(report -> ElementOrders.requireReleased(element, report));
            return outcome;
        } finally {
            delete(table);
        }
    }

    private RunOutcome loaded(Ingest ingest, IngestOrder order, Optional<Path> batch) {
        return engines.run(
                engineRun(ingest, order, batch), (event, count) -> ingests.progress(ingest.id(), event, count));
    }

    /** The file in an inbox; none if the source is none. */
    private Optional<Path> batch(IngestOrder order) {
        return order.source() instanceof Source.Jdbc
                ? Optional.empty()
                : Optional.of(inbox.resolve(file(order.source())));
    }

    private EngineRun engineRun(Ingest ingest, IngestOrder order, Optional<Path> batch) {
        String table = "/data/" + order.dataset();
        List<EngineRun.Mount> mounts = new ArrayList<>(List.of(
                new EngineRun.Mount(directory(order.dataset()), table, true),
                new EngineRun.Mount(directory(order.dataset() + ".problems"), table + ".problems", true)));
        Optional<EngineRun.Relay> relay = Optional.empty();
        String source = EngineRun.RELAY_SOCKET;
        if (order.source() instanceof Source.Jdbc jdbc) {
            relay = Optional.of(new EngineRun.Relay(jdbc.host(), jdbc.port()));
        } else {
            source = "/source/batch";
            mounts.add(new EngineRun.Mount(batch.orElseThrow(), source, false));
        }
        Optional<String> password = Optional.ofNullable(passwords.get(ingest.id()));
        EngineJob job =
                new EngineJob.IngestJob(ingest.id(), ingest.order(), ingest.signature(), source, table, password);
        return new EngineRun(job, mounts, relay);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("A file of the platform's own could not be deleted.", e);
        }
    }

    private Path directory(String name) {
        try {
            Path directory = Files.createDirectories(settings.tables().resolve(name));
            // Its name must survive a power cut as surely as what an engine commits below it.
            DurableFiles.forceDirectory(settings.tables());
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("The directory of a table could not be made.", e);
        }
    }

    private void again(Ingest ingest, Problem problem) {
        if (ingest.attempt() < MOST_ATTEMPTS) {
            ingests.returned(ingest);
            wake.up();
        } else {
            fail(ingest, problem);
        }
    }

    private void fail(Ingest ingest, Problem problem) {
        ingests.failed(ingest, State.RUNNING, problem);
        passwords.remove(ingest.id());
    }

    private void checkSignature(IngestOrder order, String text, Signature signature) {
        if (!order.providerKey().equals(signature.key())
                || !directory.isKeyOf(order.provider(), signature.key(), Set.of(Role.PROVIDER_STEWARD))) {
            throw new ProblemException(
                    ProblemCode.KEY_REFUSED,
                    "The order's key is not registered for the provider. Register it, or sign with the registered one.");
        }
        if (!VerificationKey.parse(signature.key()).verifies(IngestOrder.TYPE, text, signature)) {
            throw new ProblemException(
                    ProblemCode.KEY_REFUSED, "The order's signature does not match the order. Sign it again.");
        }
    }

    private static String file(Source source) {
        if (source instanceof Source.Csv csv) {
            return csv.file();
        } else if (source instanceof Source.Parquet parquet) {
            return parquet.file();
        } else if (source instanceof Source.JsonLines lines) {
            return lines.file();
        }
        throw new IllegalArgumentException("This source is not a file.");
    }
}
