package io.yunyu.engine.cluster;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/**
 * What keeps records and keys from everyone who shares the network or the disks of a cluster's hosts: TLS 1.3 on every
 * connection, authentication by the cluster's secret inside it, AES-256 on what spills or is shuffled, and no page, log or
 * server of Spark's that would show a plan.
 *
 * <p>Spark's own AES/GCM transport is no choice: in Spark 4.0.1 it drops every message but the first of a connection that
 * arrive together (SPARK-56227), and its other cipher, AES/CTR, lets anyone on the way change what it carries. TLS
 * takes its place, not a second one beside it.
 */
public final class ClusterProtection {
    /** Exactly these values, on drivers and nodes alike. */
    private static final Map<String, String> REQUIRED = required();

    /** Settings that must have some value: who authenticates, and with what. */
    private static final List<String> PRESENT = List.of(
            "spark.authenticate.secret",
            "spark.ssl.rpc.keyStore",
            "spark.ssl.rpc.keyStorePassword",
            "spark.ssl.rpc.keyPassword",
            "spark.ssl.rpc.trustStore",
            "spark.ssl.rpc.trustStorePassword");

    /** What would carry files or settings to executors beside the channel for keys. */
    private static final List<String> ABSENT =
            List.of("spark.jars", "spark.files", "spark.archives", "spark.submit.pyFiles", "spark.executorEnv.");

    private ClusterProtection() {}

    private static Map<String, String> required() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("spark.authenticate", "true");
        values.put("spark.authenticate.enableSaslEncryption", "false");
        values.put("spark.ssl.rpc.enabled", "true");
        values.put("spark.ssl.rpc.protocol", "TLSv1.3");
        values.put("spark.ssl.rpc.openSslEnabled", "false");
        values.put("spark.network.crypto.enabled", "false");
        values.put("spark.io.encryption.enabled", "true");
        values.put("spark.io.encryption.keySizeBits", "256");
        values.put("spark.ui.enabled", "false");
        values.put("spark.eventLog.enabled", "false");
        values.put("spark.master.rest.enabled", "false");
        values.put("spark.shuffle.service.enabled", "false");
        values.put("spark.dynamicAllocation.enabled", "false");
        values.put("spark.plugins", KeyPlugin.class.getName());
        return values;
    }

    /** Sets all that is required. */
    public static SparkConf protect(SparkConf conf, ClusterSecrets secrets) {
        REQUIRED.forEach(conf::set);
        String keyFile = secrets.keyFile().toString();
        conf.set("spark.authenticate.secret", secrets.secret());
        for (String store : List.of("keyStore", "trustStore")) {
            conf.set("spark.ssl.rpc." + store, keyFile).set("spark.ssl.rpc." + store + "Password", secrets.secret());
        }
        return conf.set("spark.ssl.rpc.keyPassword", secrets.secret());
    }

    /** @throws ProblemException naming every setting that is not as it must be; values are not told */
    public static void require(SparkConf conf) {
        TreeSet<String> wrong = new TreeSet<>();
        REQUIRED.forEach((name, value) -> {
            if (!conf.get(name, "").equals(value)) {
                wrong.add(name);
            }
        });
        for (String name : PRESENT) {
            if (conf.get(name, "").isEmpty()) {
                wrong.add(name);
            }
        }
        for (Tuple2<String, String> set : conf.getAll()) {
            if (!set._2().isEmpty() && ABSENT.stream().anyMatch(set._1()::startsWith)) {
                wrong.add(set._1());
            }
        }
        if (!wrong.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.HOST_LACKS_LAYER,
                    "The cluster is not protected as it must be; these settings are wrong: " + String.join(", ", wrong)
                            + ". Nothing was started.");
        }
    }
}
