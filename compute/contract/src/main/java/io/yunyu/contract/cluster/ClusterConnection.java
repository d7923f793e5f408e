package io.yunyu.contract.cluster;

import java.util.List;

/**
 * A connection that the processes of a cluster make: everything else may be, and on Kubernetes is, cut off.
 *
 * @param from who opens it
 * @param port TCP port of {@code to}
 */
public record ClusterConnection(ClusterRole from, ClusterRole to, int port) {
    public static final int MASTER_PORT = 7077;
    public static final int DRIVER_PORT = 7078;
    /** Where drivers and executors offer blocks of data to each other. */
    public static final int BLOCK_PORT = 7079;

    /** Reached by the worker's own executors only: the master answers over the connection that a worker opened. */
    public static final int WORKER_PORT = 7080;

    private static final List<ClusterConnection> ALL = List.of(
            new ClusterConnection(ClusterRole.DRIVER, ClusterRole.MASTER, MASTER_PORT),
            new ClusterConnection(ClusterRole.WORKER, ClusterRole.MASTER, MASTER_PORT),
            new ClusterConnection(ClusterRole.WORKER, ClusterRole.DRIVER, DRIVER_PORT),
            new ClusterConnection(ClusterRole.WORKER, ClusterRole.DRIVER, BLOCK_PORT),
            new ClusterConnection(ClusterRole.DRIVER, ClusterRole.WORKER, BLOCK_PORT),
            new ClusterConnection(ClusterRole.WORKER, ClusterRole.WORKER, BLOCK_PORT));

    /** Every connection there may be. */
    public static List<ClusterConnection> all() {
        return ALL;
    }
}
