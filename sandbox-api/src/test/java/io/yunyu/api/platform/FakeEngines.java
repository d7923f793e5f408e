package io.yunyu.api.platform;

import io.yunyu.api.engine.EngineRun;
import io.yunyu.api.engine.EngineRuns;
import io.yunyu.api.engine.ProgramOrder;
import io.yunyu.api.engine.RunOutcome;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.disclosure.PassingChange;
import io.yunyu.contract.disclosure.RefusalCertificate;
import io.yunyu.contract.disclosure.ReviewFacts;
import io.yunyu.contract.disclosure.ReviewPackage;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.IngestReport;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.launcher.EngineListener;
import io.yunyu.launcher.ProgramRun;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Engines that answer as scripted; without a script every run fails the test by a BUG outcome. */
public final class FakeEngines implements EngineRuns {
    private static final DisclosureFinding MIN_UNITS = new DisclosureFinding(
            "min-units", Optional.empty(), Optional.of(1L), "agreement", "Merge small groups.", false);

    public final List<EngineRun> runs = new CopyOnWriteArrayList<>();
    public final List<String> cancelled = new CopyOnWriteArrayList<>();
    private final AtomicReference<Function<EngineRun, RunOutcome>> script =
            new AtomicReference<>(run -> failed(ProblemCode.INTERNAL, "No script for this run."));

    public final List<ProgramOrder> programs = new CopyOnWriteArrayList<>();
    private final AtomicReference<Function<ProgramOrder, ProgramRun.Outcome>> programScript =
            new AtomicReference<>(order -> {
                throw new AssertionError("No script for this program.");
            });

    public void programScript(Function<ProgramOrder, ProgramRun.Outcome> next) {
        programScript.set(next);
    }

    @Override
    public ProgramRun.Outcome run(ProgramOrder order) {
        programs.add(order);
        return programScript.get().apply(order);
    }

    public void script(Function<EngineRun, RunOutcome> next) {
        script.set(next);
    }

    /** Ingests succeed with the declared columns; queries give a two-row table; checks pass unless they select a star. */
    public void succeed() {
        script(run -> {
            if (run.job() instanceof EngineJob.IngestJob job) {
                return IngestOrder.parse(job.order()).kind().equals("ELEMENT")
                        ? FakeElements.ingested(job, run.mounts())
                        : ingested(job);
            } else if (run.job() instanceof EngineJob.AnonymizeJob job) {
                return FakeElements.anonymized(job);
            } else if (run.job() instanceof EngineJob.PublicationJob job) {
                return FakePublications.published(job);
            } else if (run.job() instanceof EngineJob.SqlJob job) {
                return computed(job);
            } else if (run.job() instanceof EngineJob.CheckJob job && job.sql().startsWith("SELECT *")) {
                return refused();
            }
            return new RunOutcome(
                    result(EngineResult.Status.DONE, Optional.of(report(List.of()))), new byte[0], "test");
        });
    }

    @Override
    public RunOutcome run(EngineRun run, EngineListener progress) {
        runs.add(run);
        progress.event(EngineEvent.JOB_RECEIVED, OptionalLong.empty());
        boolean batch = run.job() instanceof EngineJob.IngestJob;
        for (long n = 1; n <= 3; n++) {
            progress.event(batch ? EngineEvent.ROWS_READ : EngineEvent.TENTH_READ, OptionalLong.of(n));
        }
        return script.get().apply(run);
    }

    @Override
    public void cancel(String jobId) {
        cancelled.add(jobId);
    }

    public static RunOutcome failed(ProblemCode code, String detail) {
        return new RunOutcome(EngineResult.failed(new Problem(code, detail)), new byte[0], "");
    }

    public static RunOutcome refused() {
        return refused("rows-not-aggregates");
    }

    public static RunOutcome refused(String rule) {
        DisclosureFinding finding = new DisclosureFinding(
                rule, Optional.of("id_no"), Optional.empty(), "第三十二条", "Select from a granted table.", true);
        return new RunOutcome(
                new EngineResult(
                        EngineResult.Status.REFUSED,
                        Optional.of(new Problem(ProblemCode.QUERY_REFUSED, "The query asks for rows.")),
                        Optional.of(new DisclosureReport(
                                0,
                                0,
                                Map.of("policyVersion", "yunnan-2024/1"),
                                List.of(finding),
                                Optional.of(new RefusalCertificate(
                                        RefusalCertificate.Basis.TEXT,
                                        2,
                                        Optional.of(new PassingChange(
                                                List.of("Remove OFFSET."),
                                                "SELECT count(*)\nFROM visits",
                                                PassingChange.Assurance.POLICY)))))),
                        Optional.empty(),
                        Optional.empty()),
                new byte[0],
                "test");
    }

    public static RunOutcome ingested(EngineJob.IngestJob job) {
        return ingested(job, ContentDigest.of(job.order()));
    }

    static RunOutcome ingested(EngineJob.IngestJob job, String batchDigest) {
        IngestOrder order = IngestOrder.parse(job.order());
        IngestReport report = new IngestReport(
                0, batchDigest, false, 100, 97, Map.of("BAD_CHECK_DIGIT id_no", 3L), order.attributes());
        return new RunOutcome(
                new EngineResult(
                        EngineResult.Status.DONE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(report),
                        Optional.empty()),
                new byte[0],
                "test");
    }

    public static RunOutcome computed(EngineJob.SqlJob job) {
        return computed(job, MIN_UNITS);
    }

    /** The same table with another finding. */
    public static RunOutcome computed(EngineJob.SqlJob job, DisclosureFinding finding) {
        return sealed(job.jobId(), job.sql(), job.grant(), job.reviewKey(), table(), finding);
    }

    /** The same table, and a file beside it. */
    public static RunOutcome computed(EngineJob.SqlJob job, String fileBeside) {
        Map<String, byte[]> files = table();
        files.put(fileBeside, utf8("beside"));
        return sealed(job.jobId(), job.sql(), job.grant(), job.reviewKey(), files, MIN_UNITS);
    }

    private static Map<String, byte[]> table() {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("table.csv", utf8("area,n\n昆明,1203\n怒江,\n"));
        files.put(
                "table.json",
                utf8("{\"columns\":[{\"name\":\"area\",\"type\":\"STRING\"},{\"name\":\"n\",\"type\":\"LONG\"}],"
                        + "\"rows\":[[\"昆明\",1203],[\"<b>怒江</b>\",null]],\"suppressed\":[[1,1]]}"));
        return files;
    }

    /** The same candidate, sealed together with facts about it. */
    public static RunOutcome computed(EngineJob.SqlJob job, ReviewFacts facts) {
        return withFacts(computed(job), job.jobId(), job.reviewKey(), facts);
    }

    static RunOutcome withFacts(RunOutcome alone, String jobId, String key, ReviewFacts facts) {
        String provider = key.substring("hpke:".length());
        byte[] candidate = FakeVault.opened(provider, jobId, alone.output());
        byte[] both = new ReviewPackage(candidate, Optional.of(facts)).bytes();
        return new RunOutcome(alone.result(), FakeVault.seal(provider, jobId, both), "test");
    }

    /** A candidate of these tables. */
    static RunOutcome sealed(String jobId, String asked, String grantText, String key, Map<String, byte[]> tables) {
        return sealed(jobId, asked, grantText, key, tables, MIN_UNITS);
    }

    private static RunOutcome sealed(
            String jobId,
            String asked,
            String grantText,
            String key,
            Map<String, byte[]> tables,
            DisclosureFinding finding) {
        return sealed(jobId, asked, grantText, key, tables, report(List.of(finding)));
    }

    static RunOutcome sealed(
            String jobId,
            String asked,
            String grantText,
            String key,
            Map<String, byte[]> tables,
            DisclosureReport report) {
        AccessGrant grant = AccessGrant.parse(grantText);
        Map<String, byte[]> files = new TreeMap<>(tables);
        files.put("report.json", utf8(report.toText()));
        files.put(
                "candidate.json",
                Json.bytes(Json.object(
                        "type",
                        "Candidate/1",
                        "jobId",
                        jobId,
                        "salt",
                        "c2FsdHNhbHRzYWx0c2FsdA==",
                        "sql",
                        asked,
                        "agreementDigest",
                        grant.agreementDigest(),
                        "datasets",
                        List.of(Json.object(
                                "dataset", grant.tables().get(0).dataset(),
                                "table", grant.tables().get(0).name(),
                                "version", grant.tables().get(0).tableVersion())),
                        "reportDigest",
                        ContentDigest.of(report.toText()))));
        byte[] container = CanonicalContainer.write(files);
        EngineResult result = new EngineResult(
                EngineResult.Status.DONE,
                Optional.empty(),
                Optional.of(report),
                Optional.empty(),
                Optional.of(ContentDigest.of(container)));
        String provider = key.substring("hpke:".length());
        return new RunOutcome(result, FakeVault.seal(provider, jobId, container), "test");
    }

    private static EngineResult result(EngineResult.Status status, Optional<DisclosureReport> report) {
        return new EngineResult(status, Optional.empty(), report, Optional.empty(), Optional.empty());
    }

    private static DisclosureReport report(List<DisclosureFinding> findings) {
        return new DisclosureReport(2, 1, Map.of("minUnits", 10L, "policyVersion", "yunnan-2024/1"), findings);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
