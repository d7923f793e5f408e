package io.yunyu.engine.session;

import io.yunyu.engine.cluster.ClusterMember;
import io.yunyu.engine.policy.PlanBarrier;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The driver of a cluster without what protects it, over made-up records: the control of what a test finds. */
public final class UnprotectedCluster {
    private UnprotectedCluster() {}

    public static SparkSession start(ClusterMember member, Path scratch) {
        EngineSession.withoutHostLookups(member.host());
        SparkConf conf = EngineSession.clusterConf(member, scratch)
                .set("spark.authenticate", "false")
                .set("spark.ssl.rpc.enabled", "false")
                .set("spark.io.encryption.enabled", "false")
                .set("spark.plugins", "io.yunyu.engine.cluster.UncheckedKeyPlugin");
        return PlanBarrier.install(SparkSession.builder().config(conf)).getOrCreate();
    }
}
