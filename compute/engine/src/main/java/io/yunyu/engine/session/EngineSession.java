package io.yunyu.engine.session;

import io.yunyu.engine.cluster.ClusterMember;
import io.yunyu.engine.cluster.ClusterProtection;
import io.yunyu.engine.encryption.NativeCiphers;
import io.yunyu.engine.encryption.TableCryptoFactory;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.Utils;

/**
 * The Spark of an engine. Guarantees: nothing leaves the process over a port, or of a cluster's driver nothing but what
 * {@link ClusterProtection} covers; spill and shuffle are encrypted, every Parquet file passes {@link TableCryptoFactory},
 * Delta's log carries neither statistics nor predicates, casts never fail on a value, and no child process is needed.
 */
public final class EngineSession {
    /** Commits between two checkpoints of a table's log. */
    public static final int CHECKPOINT_INTERVAL = 10;

    /** System property: the engine's tables are small. */
    private static final String SMALL = "yunyu.engine.small";

    private EngineSession() {}

    /**
     * Starts the one session of this process.
     *
     * @param cores number of task threads
     * @param scratch directory for spill, which nobody needs after the process ends
     */
    public static SparkSession start(int cores, Path scratch) {
        return start(cores, scratch, builder -> builder);
    }

    /** As above, with extensions that can only be added while the session is built. */
    public static SparkSession start(int cores, Path scratch, UnaryOperator<SparkSession.Builder> extend) {
        withoutHostLookups("localhost");
        SparkConf conf = conf(cores, scratch).setMaster("local[" + cores + "]");
        alone(conf);
        return extend.apply(SparkSession.builder().config(conf)).getOrCreate();
    }

    /**
     * Starts the one session of this process as the driver of a cluster.
     *
     * @throws io.yunyu.contract.problem.ProblemException if any protection of the cluster is off, whoever turned it off
     */
    public static SparkSession start(ClusterMember member, Path scratch, UnaryOperator<SparkSession.Builder> extend) {
        withoutHostLookups(member.host());
        SparkConf conf = clusterConf(member, scratch);
        ClusterProtection.require(conf);
        SparkSession session = extend.apply(SparkSession.builder().config(conf)).getOrCreate();
        try {
            // What is in force, with whatever came in by extension or system property. No task has run yet.
            ClusterProtection.require(session.sparkContext().getConf());
        } catch (RuntimeException e) {
            session.stop();
            throw e;
        }
        return session;
    }

    static SparkConf clusterConf(ClusterMember member, Path scratch) {
        return member.configure(conf(member.settings().cores(), scratch));
    }

    private static SparkConf conf(int cores, Path scratch) {
        NativeCiphers.install();
        SparkConf conf = new SparkConf(false)
                .setAppName("yunyu-engine")
                .set("spark.local.dir", scratch.resolve("spill").toString())
                .set("spark.sql.warehouse.dir", scratch.resolve("warehouse").toString());
        silent(conf);
        queries(conf, cores);
        delta(conf);
        hadoop(conf);
        return conf;
    }

    /**
     * A sandbox has neither names for its user nor for its host.
     *
     * @param host what this process calls its own host
     */
    public static void withoutHostLookups(String host) {
        Utils.setCustomHostname(host);
        Configuration configuration = new Configuration(false);
        configuration.set("hadoop.security.authentication", "simple");
        configuration.set("hadoop.security.group.mapping", "org.apache.hadoop.security.NullGroupsMapping");
        UserGroupInformation.setConfiguration(configuration);
        UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser("engine"));
    }

    private static void silent(SparkConf conf) {
        conf.set("spark.ui.enabled", "false")
                .set("spark.ui.showConsoleProgress", "false")
                .set("spark.eventLog.enabled", "false")
                .set("spark.metrics.executorMetricsSource.enabled", "false")
                .set("spark.metrics.staticSources.enabled", "false")
                .set("spark.io.encryption.enabled", "true")
                .set("spark.io.encryption.keySizeBits", "256")
                .set("spark.shuffle.service.enabled", "false")
                .set("spark.dynamicAllocation.enabled", "false")
                .set("spark.cleaner.referenceTracking.cleanCheckpoints", "false");
    }

    private static void alone(SparkConf conf) {
        conf.set("spark.driver.host", "localhost")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.authenticate", "true")
                .set("spark.network.crypto.enabled", "true")
                .set("spark.network.crypto.cipher", "AES/GCM/NoPadding")
                // Tasks run in this process. A larger result would be fetched over the loopback, whose encryption
                // never delivers it (Spark 4.0.1, AES/GCM).
                .set("spark.rpc.message.maxSize", "1024")
                .set("spark.task.maxDirectResultSize", "1g")
                .set("spark.task.maxFailures", "1");
    }

    private static void queries(SparkConf conf, int cores) {
        boolean small = Boolean.getBoolean(SMALL);
        conf.set("spark.sql.catalogImplementation", "in-memory")
                .set("spark.sql.ansi.enabled", "false")
                .set("spark.sql.runSQLOnFiles", "false")
                // No class ever comes over the network: task threads use the engine's own class path.
                .set("spark.sql.artifact.isolation.enabled", "false")
                .set("spark.sql.session.timeZone", "Asia/Shanghai")
                // Planning again between stages, and taking rows from one task after the other, cost more than they
                // save.
                .set("spark.sql.adaptive.enabled", Boolean.toString(!small))
                .set("spark.sql.limit.initialNumPartitions", small ? "1000" : "1")
                .set("spark.sql.shuffle.partitions", Integer.toString(Math.max(2, small ? cores : cores * 2)))
                // By default there is room for 100 pieces: a rehearsal's would be gone before the job.
                .set("spark.sql.codegen.cache.maxEntries", "1000")
                // A map for few groups before that for all: by unit there is about one for each record.
                .set("spark.sql.codegen.aggregate.map.twolevel.enabled", Boolean.toString(!small))
                .set("spark.sql.parquet.compression.codec", "snappy")
                .set("spark.sql.files.maxPartitionBytes", "64m")
                .set("spark.sql.sources.parallelPartitionDiscovery.threshold", "1000000")
                .set("spark.sql.debug.maxToStringFields", "0")
                .set("spark.sql.maxPlanStringLength", "0");
    }

    private static void delta(SparkConf conf) {
        String defaults = "spark.databricks.delta.properties.defaults.";
        conf.set("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .set("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .set("spark.delta.logStore.file.impl", LinkLogStore.class.getName())
                .set("spark.databricks.delta.snapshotPartitions", "2")
                .set("spark.databricks.delta.commitInfo.enabled", "false")
                .set("spark.databricks.delta.writeChecksumFile.enabled", "false")
                .set("spark.databricks.delta.stats.skipping", "false")
                .set(defaults + "dataSkippingNumIndexedCols", "0")
                .set(defaults + "checkpointInterval", Integer.toString(CHECKPOINT_INTERVAL))
                .set(defaults + "enableDeletionVectors", "false")
                // Grants pin a version, so no version may become unreadable by clean-up.
                .set(defaults + "logRetentionDuration", "interval 36500 days")
                .set(defaults + "deletedFileRetentionDuration", "interval 36500 days");
    }

    private static void hadoop(SparkConf conf) {
        conf.set("spark.hadoop.fs.file.impl", NioFileSystem.class.getName())
                .set("spark.hadoop.fs.AbstractFileSystem.file.impl", NioAbstractFileSystem.class.getName())
                .set("spark.hadoop.hadoop.security.group.mapping", "org.apache.hadoop.security.NullGroupsMapping")
                .set("spark.hadoop.parquet.crypto.factory.class", TableCryptoFactory.class.getName());
    }
}
