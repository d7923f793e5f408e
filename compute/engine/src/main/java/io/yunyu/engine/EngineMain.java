package io.yunyu.engine;

import io.yunyu.contract.channel.ChannelException;
import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.job.PlansJob;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.engine.aggregate.AggregateExit;
import io.yunyu.engine.aggregate.PlanDesk;
import io.yunyu.engine.aggregate.PlannedExit;
import io.yunyu.engine.aggregate.PolicyReplay;
import io.yunyu.engine.channel.ChannelPlans;
import io.yunyu.engine.channel.ChannelVault;
import io.yunyu.engine.channel.SealKeys;
import io.yunyu.engine.cluster.ClusterMember;
import io.yunyu.engine.element.ElementExit;
import io.yunyu.engine.ingest.Ingest;
import io.yunyu.engine.policy.PlanBarrier;
import io.yunyu.engine.rehearsal.Rehearsal;
import io.yunyu.engine.rehearsal.TableLogs;
import io.yunyu.engine.session.EngineSession;
import io.yunyu.engine.solver.SandboxedSolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * One engine: starts Spark, says hello, rehearses if it is told to until its job comes, takes that one job, ends. The exit
 * code is 0 whenever an end frame was written and says nothing about the job.
 *
 * <p>System properties: {@code yunyu.engine.cores} (default: all) and {@code yunyu.engine.scratch} (default: the
 * platform's directory for temporary files). With {@code yunyu.engine.cluster}, a file of {@link
 * io.yunyu.contract.cluster.ClusterSettings}, and {@code yunyu.engine.master} and {@code yunyu.engine.host}, names of
 * the master and of itself, it is the driver of a cluster; its channels stay the same three.
 */
public final class EngineMain {
    private static final int PROTOCOL = 1;
    /** System property: what to rehearse on made-up data until the job comes, a {@link Rehearsal.Scope}. */
    private static final String REHEARSE = "yunyu.engine.rehearse";
    /** System property: directories of the tables that the job will be on, for {@link TableLogs}, with colons between. */
    private static final String TABLES = "yunyu.engine.tables";
    /** System property: end in an orderly way, at which the virtual machine writes its class archive. */
    private static final String ORDERLY_END = "yunyu.engine.orderly-end";

    /** System property: the settings of the cluster whose driver this is. */
    private static final String CLUSTER = "yunyu.engine.cluster";

    private static final int OUTPUT_PIECE_BYTES = 1 << 19;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final EngineStreams streams;
    private final SealKeys seal;
    private final SparkSession spark;

    private EngineMain(EngineStreams streams, SealKeys seal, SparkSession spark) {
        this.streams = streams;
        this.seal = seal;
        this.spark = spark;
    }

    /** Starts Spark over a directory for spill. */
    interface Start {
        SparkSession session(Path scratch);
    }

    public static void main(String[] args) {
        run(EngineMain::session);
    }

    static void run(Start start) {
        EngineStreams streams = EngineStreams.takeOver();
        int exitCode = 1;
        try {
            streams.out().write(end(streams, start));
            exitCode = 0;
        } catch (IOException broken) {
            // Nobody is left to tell; the launcher reports an engine that ended without an end frame.
            exitCode = 1;
        } finally {
            end(exitCode);
        }
    }

    private static void end(int exitCode) {
        if (Boolean.getBoolean(ORDERLY_END)) {
            System.exit(exitCode);
        }
        // Not exit(): hooks could take their time with spill that nobody can read anyway.
        Runtime.getRuntime().halt(exitCode);
    }

    private static SparkSession session(Path scratch) {
        String cluster = System.getProperty(CLUSTER, "");
        if (!cluster.isEmpty()) {
            ClusterMember member = ClusterMember.read(
                    Path.of(cluster),
                    System.getProperty("yunyu.engine.master", ""),
                    System.getProperty("yunyu.engine.host", ""));
            member.requireMaster();
            return EngineSession.start(member, scratch, PlanBarrier::install);
        }
        int cores =
                Integer.getInteger("yunyu.engine.cores", Runtime.getRuntime().availableProcessors());
        return EngineSession.start(cores, scratch, PlanBarrier::install);
    }

    private static Frame end(EngineStreams streams, Start start) {
        EngineResult result;
        try {
            SealKeys seal = SealKeys.generate();
            Path scratch = Path.of(System.getProperty("yunyu.engine.scratch", System.getProperty("java.io.tmpdir")));
            SparkSession spark = start.session(scratch);
            streams.events().happened(EngineEvent.ENGINE_STARTED);
            result = new EngineMain(streams, seal, spark).serve(scratch);
        } catch (Throwable thrown) {
            // The outermost door: whatever it is, it leaves as one of our own sentences.
            result = Failures.resultOf(thrown);
        }
        return Frame.json(Frame.END, result.toJson());
    }

    private EngineResult serve(Path scratch) throws IOException {
        streams.out()
                .write(Frame.json(
                        Frame.HELLO, Json.object("protocol", PROTOCOL, "engine", version(), "sealTo", seal.sealTo())));
        String rehearse = System.getProperty(REHEARSE, "");
        if (!rehearse.isEmpty()
                && Rehearsal.run(spark, scratch, Rehearsal.Scope.valueOf(rehearse), streams.jobWaits())) {
            TableLogs.read(spark.newSession(), tables(), streams.jobWaits());
            streams.events().happened(EngineEvent.REHEARSED);
        }
        Frame frame =
                streams.in().next().orElseThrow(() -> new ChannelException("The channel ended before a job came."));
        if (frame.type() != Frame.JOB) {
            throw new ChannelException("Something else than a job arrived first.");
        }
        EngineJob job = EngineJob.parse(frame.json());
        streams.events().happened(EngineEvent.JOB_RECEIVED);
        requireFits(job, spark.sparkContext().isLocal());
        if (job instanceof EngineJob.IngestJob ingest) {
            ChannelVault vault = ChannelVault.of(ingest, streams.in(), streams.out(), seal, streams.events());
            return new Ingest(spark, vault, streams.events(), LocalDate.now(ZONE)).run(ingest);
        } else if (job instanceof EngineJob.SqlJob sql) {
            ChannelVault vault = ChannelVault.of(sql, streams.in(), streams.out(), seal, streams.events());
            return AggregateExit.run(spark, sql, vault, vault, this::output, streams.events());
        }
        if (job instanceof EngineJob.PublicationJob publication) {
            ChannelVault vault = ChannelVault.of(publication, streams.in(), streams.out(), seal, streams.events());
            return PlannedExit.run(
                    spark,
                    publication,
                    vault,
                    vault,
                    new SandboxedSolver(vault, publication.jobId()),
                    this::output,
                    streams.events());
        }
        if (job instanceof EngineJob.ReplayJob replay) {
            ChannelVault vault = ChannelVault.of(replay, streams.in(), streams.out(), seal, streams.events());
            return PolicyReplay.run(spark, replay, vault);
        }
        if (job instanceof EngineJob.AnonymizeJob element) {
            ChannelVault vault = ChannelVault.of(element, streams.in(), streams.out(), seal, streams.events());
            return ElementExit.run(spark, element, vault, vault, this::output, streams.events());
        } else if (job instanceof PlansJob plans) {
            return PlanDesk.serve(spark, plans, new ChannelPlans(plans.jobId(), streams.in(), streams.out()));
        } else if (job instanceof EngineJob.CheckJob check) {
            return AggregateExit.check(spark, check);
        }
        throw new ChannelException("This job is not for an engine.");
    }

    /** A source is bound to one sandbox, and a table's new keys to one process. */
    static void requireFits(EngineJob job, boolean alone) {
        if (!alone && job instanceof EngineJob.IngestJob) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "A batch is not loaded on a cluster, whose hosts do not see its source. Load it with an engine of one"
                            + " host.");
        }
    }

    /** Sends sealed bytes in frames. */
    private void output(byte[] sealed) {
        try {
            for (int from = 0; from < sealed.length; from += OUTPUT_PIECE_BYTES) {
                int to = Math.min(sealed.length, from + OUTPUT_PIECE_BYTES);
                streams.out().write(new Frame(Frame.OUTPUT, Arrays.copyOfRange(sealed, from, to)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The channel broke during output.", e);
        }
    }

    private static List<Path> tables() {
        String paths = System.getProperty(TABLES, "");
        return paths.isEmpty()
                ? List.of()
                : Stream.of(paths.split(":")).map(Path::of).toList();
    }

    private static String version() {
        String version = EngineMain.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
