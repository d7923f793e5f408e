package io.yunyu.launcher;

/**
 * A layer of isolation that this host does not offer.
 *
 * @param reason what was looked for and not found
 * @param remedy the Debian package that brings it, or the setting to change
 */
public record MissingLayer(Layer layer, String reason, String remedy) {
    /** What an engine is held by. */
    public enum Layer {
        LINUX_ARCHITECTURE,
        BUBBLEWRAP,
        PROCESS_LIMITS,
        ROOT_DROP,
        PRIVATE_MOUNTS,
        USER_NAMESPACES,
        SECCOMP,
        WHOLE_CHAIN,
        CGROUP_V2_LIMITS
    }

    @Override
    public String toString() {
        return layer + " (" + reason + "; " + remedy + ")";
    }
}
