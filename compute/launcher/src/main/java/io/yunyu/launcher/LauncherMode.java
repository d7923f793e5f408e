package io.yunyu.launcher;

/** How much a host must offer before an engine is started on it. */
public enum LauncherMode {
    /** Every layer, limits by cgroup v2 included. */
    PRODUCTION,
    /** Limits per process (rlimits) in place of cgroups; all other layers as in production. */
    EMBEDDED
}
