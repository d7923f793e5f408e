package io.yunyu.contract.cluster;

/** What a process of a cluster does. */
public enum ClusterRole {
    /** The engine: has the three channels and asks the vault. */
    DRIVER,
    /** Hands out workers to drivers; sees neither records nor keys. */
    MASTER,
    /** Runs executors, which compute on records with keys that the driver gives them. */
    WORKER
}
