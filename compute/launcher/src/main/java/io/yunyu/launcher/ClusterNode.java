package io.yunyu.launcher;

import io.yunyu.contract.cluster.ClusterRole;
import io.yunyu.contract.cluster.ClusterSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A master or a worker of a cluster, as it is put into a sandbox: the engine's own classes, the cluster's secrets and
 * settings, of the file system else the tables (read-only, where drivers see them) and a scratch directory for a worker,
 * and the network that its operator made. A worker's executors share its sandbox, and with it user, filter and limits.
 *
 * @param classPath of the engine
 * @param settingsFile of {@link ClusterSettings}
 * @param host its own address
 * @param network namespace, see {@link ClusterNetwork}
 * @param worker what a worker has besides; empty for a master
 */
public record ClusterNode(List<Path> classPath, Path settingsFile, String host, Path network, Optional<Worker> worker) {
    static final String SCRATCH = "/scratch";
    private static final String TABLES = "/data";
    private static final String MAIN_CLASS = "io.yunyu.engine.cluster.ClusterNodeMain";
    private static final String HOME = "/app/spark";
    private static final int HEAP_MIB = 256;
    private static final int THREADS = 1024;

    /** A node lives long; its executors are ended with their driver, which has a limit. */
    private static final int CPU_SECONDS = 1_000_000_000;

    /**
     * @param master address of the master
     * @param tables directory of all tables, encrypted
     * @param scratchParent where a directory is made for what spills, deleted when the node ends
     */
    public record Worker(String master, Path tables, Path scratchParent) {
        public Worker {
            ClusterSettings.host(master);
        }
    }

    public ClusterNode {
        classPath = List.copyOf(classPath);
        ClusterSettings.host(host);
        settingsFile = settingsFile.toAbsolutePath().normalize();
    }

    ClusterRole role() {
        return worker.isPresent() ? ClusterRole.WORKER : ClusterRole.MASTER;
    }

    /** Those of each process, of which an executor is the largest, and in a control group of worker and executor together. */
    EngineLimits limits() {
        int heap = worker.isPresent() ? HEAP_MIB + settings().executorMemoryMiB() : HEAP_MIB;
        return EngineLimits.forHeap(heap).withThreads(THREADS).withCpuSeconds(CPU_SECONDS);
    }

    Optional<Path> scratchParent() {
        return worker.map(Worker::scratchParent);
    }

    List<Bind> binds() {
        Path secrets = settings().secrets();
        List<Bind> binds = new ArrayList<>(List.of(
                Bind.readOnly(settingsFile, settingsFile.toString()), Bind.readOnly(secrets, secrets.toString())));
        worker.ifPresent(own -> binds.add(Bind.readOnly(own.tables(), TABLES)));
        // Spark asks for its home; its jars are on the class path that it is told.
        binds.add(Bind.readOnly(jars(), HOME + "/jars"));
        return binds;
    }

    private Path jars() {
        return classPath.get(classPath.size() - 1);
    }

    Map<String, String> environment(String classPathInside) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("SPARK_HOME", HOME);
        environment.put("SPARK_LOCAL_HOSTNAME", host);
        environment.put("SPARK_SCALA_VERSION", "2.13");
        environment.put("SPARK_DIST_CLASSPATH", classPathInside);
        return environment;
    }

    List<String> program(String java, String classPathInside) {
        List<String> all = new ArrayList<>(List.of(
                java,
                "-Xmx" + HEAP_MIB + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:CompressedClassSpaceSize=" + EngineLimits.CLASS_SPACE_MIB + "m",
                "-XX:ReservedCodeCacheSize=" + EngineLimits.CODE_CACHE_MIB + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/null",
                "-XX:-UsePerfData",
                "-XX:+DisableAttachMechanism",
                "-Dfile.encoding=UTF-8",
                "-Djava.io.tmpdir=/tmp"));
        all.addAll(EngineSpec.sparkFlags());
        all.addAll(List.of("-cp", classPathInside, MAIN_CLASS, role().name().toLowerCase(Locale.ROOT)));
        all.addAll(List.of(host, settingsFile.toString()));
        worker.ifPresent(own -> all.addAll(List.of(SCRATCH, own.master())));
        return all;
    }

    private ClusterSettings settings() {
        return ClusterSettings.read(settingsFile);
    }
}
