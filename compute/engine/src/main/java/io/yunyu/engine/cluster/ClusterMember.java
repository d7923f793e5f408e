package io.yunyu.engine.cluster;

import io.yunyu.contract.cluster.ClusterConnection;
import io.yunyu.contract.cluster.ClusterSettings;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.apache.spark.SparkConf;

/**
 * The driver's place in a cluster.
 *
 * @param master name or address of the master
 * @param host the driver's own name or address, at which executors reach it
 */
public record ClusterMember(ClusterSettings settings, ClusterSecrets secrets, String master, String host) {
    /** An executor leaves nothing behind when it ends badly, lets nobody look into it, and fits the limits of a node. */
    private static final String EXECUTOR_FLAGS =
            "-XX:+ExitOnOutOfMemoryError -XX:-CreateCoredumpOnCrash -XX:ErrorFile=/dev/null -XX:-UsePerfData"
                    + " -XX:CompressedClassSpaceSize=128m -XX:ReservedCodeCacheSize=128m"
                    + " -XX:+DisableAttachMechanism -Xlog:disable -Xlog:all=off -Dfile.encoding=UTF-8";

    private static final int CONNECT_MILLIS = 10_000;

    public ClusterMember {
        ClusterSettings.host(host);
        ClusterSettings.host(master);
    }

    /** @throws io.yunyu.contract.problem.ProblemException if settings or secrets cannot be used */
    public static ClusterMember read(Path settingsFile, String master, String host) {
        ClusterSettings settings = ClusterSettings.read(settingsFile);
        return new ClusterMember(settings, ClusterSecrets.read(settings.secrets()), master, host);
    }

    /** @throws ProblemException CAPACITY if nobody listens where the master should: Spark itself would try for minutes */
    public void requireMaster() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(master, ClusterConnection.MASTER_PORT), CONNECT_MILLIS);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.CAPACITY,
                    "The master of the cluster does not answer. Nothing was computed; try again when its operator has"
                            + " started it.");
        }
    }

    static String masterUrl(String master) {
        return "spark://" + ClusterSettings.host(master) + ":" + ClusterConnection.MASTER_PORT;
    }

    /** Sets master, ports, sizes and all protection. */
    public SparkConf configure(SparkConf conf) {
        conf.setMaster(masterUrl(master))
                .set("spark.driver.host", host)
                .set("spark.driver.bindAddress", host)
                .set("spark.driver.port", Integer.toString(ClusterConnection.DRIVER_PORT))
                .set("spark.blockManager.port", Integer.toString(ClusterConnection.BLOCK_PORT))
                .set("spark.port.maxRetries", "0")
                .set("spark.cores.max", Integer.toString(settings.cores()))
                .set("spark.executor.cores", Integer.toString(settings.coresPerWorker()))
                .set("spark.executor.memory", settings.executorMemoryMiB() + "m")
                .set("spark.executor.extraJavaOptions", EXECUTOR_FLAGS)
                // All executors are there before the first task.
                .set("spark.scheduler.minRegisteredResourcesRatio", "1.0")
                // A host may fail; a task that is tried again reads the same table version.
                .set("spark.task.maxFailures", "4");
        return ClusterProtection.protect(conf, secrets);
    }
}
