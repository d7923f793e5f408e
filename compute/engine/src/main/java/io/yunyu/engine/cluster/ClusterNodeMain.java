package io.yunyu.engine.cluster;

import io.yunyu.contract.cluster.ClusterConnection;
import io.yunyu.contract.cluster.ClusterSettings;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.engine.session.EngineSession;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;
import org.apache.spark.rpc.RpcEnv;
import scala.Option;

/**
 * A node of a cluster: {@code master HOST SETTINGS} or {@code worker HOST SETTINGS SCRATCH MASTER}. Spark's own master and worker, which read
 * no configuration file of the host and start only if all of {@link ClusterProtection} is on. Both hold the cluster's
 * secret; neither ever sees a column key, which go from driver to executor.
 */
public final class ClusterNodeMain {
    /** Spark's pages on nodes cannot be turned off; they listen where this variable says. */
    private static final String PAGES = "SPARK_LOCAL_IP";

    private static final String LOOPBACK = "127.0.0.1";

    private ClusterNodeMain() {}

    public static void main(String[] arguments) {
        try {
            start(arguments).awaitTermination();
        } catch (ProblemException e) {
            System.err.println(e.getMessage());
            System.exit(e.problem().code().kind().exitCode());
        }
    }

    private static RpcEnv start(String[] arguments) {
        boolean master = arguments.length == 3 && arguments[0].equals("master");
        boolean worker = arguments.length == 5 && arguments[0].equals("worker");
        if (!master && !worker || !LOOPBACK.equals(System.getenv(PAGES))) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "A node takes: master HOST SETTINGS, or worker HOST SETTINGS SCRATCH MASTER; and " + PAGES
                            + " must be " + LOOPBACK
                            + ", where Spark's pages then listen and nobody else reaches them.");
        }
        String host = ClusterSettings.host(arguments[1]);
        ClusterSettings settings = ClusterSettings.read(Path.of(arguments[2]));
        EngineSession.withoutHostLookups(host);
        SparkConf conf = ClusterProtection.protect(new SparkConf(false), ClusterSecrets.read(settings.secrets()));
        ClusterProtection.require(conf);
        if (master) {
            return Master.startRpcEnvAndEndpoint(host, ClusterConnection.MASTER_PORT, 0, conf)
                    ._1();
        }
        Path scratch = Path.of(arguments[3]);
        conf.set("spark.local.dir", scratch.resolve("spill").toString()).set("spark.worker.cleanup.enabled", "true");
        return Worker.startRpcEnvAndEndpoint(
                host,
                ClusterConnection.WORKER_PORT,
                0,
                settings.coresPerWorker(),
                settings.executorMemoryMiB(),
                new String[] {ClusterMember.masterUrl(arguments[4])},
                scratch.resolve("work").toString(),
                Option.empty(),
                conf,
                Option.empty());
    }
}
