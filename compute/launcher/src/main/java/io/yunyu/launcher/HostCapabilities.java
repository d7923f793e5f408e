package io.yunyu.launcher;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What this host offers for isolation, found by trying it. Without developer input ever being run: the trial program is
 * {@code cat}.
 *
 * @param bubblewrapVersion as it tells it, if it is there
 * @param missing empty if engines may be started in this mode
 */
public record HostCapabilities(LauncherMode mode, Optional<String> bubblewrapVersion, List<MissingLayer> missing) {
    public HostCapabilities {
        missing = List.copyOf(missing);
    }

    /** Takes a fraction of a second: it starts a few programs. */
    public static HostCapabilities probe(LauncherMode mode) {
        HostProbe probe = new HostProbe();
        probe.isolation(SandboxUser.ofThisProcess());
        if (mode == LauncherMode.PRODUCTION) {
            probe.limits();
        }
        return new HostCapabilities(mode, probe.bubblewrapVersion(), probe.missing());
    }

    /** @throws ProblemException HOST_LACKS_LAYER naming every missing layer and its remedy */
    public void requireAll() {
        if (!missing.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.HOST_LACKS_LAYER,
                    "This host lacks what mode " + mode.name().toLowerCase(java.util.Locale.ROOT) + " needs: "
                            + missing.stream().map(MissingLayer::toString).collect(Collectors.joining("; "))
                            + ". No engine is started without it.");
        }
    }

    /** One line for the start of a server or command. */
    public String describe() {
        String limits = mode == LauncherMode.PRODUCTION
                ? "cgroup v2 limits and limits per process"
                : "limits per process only (mode embedded: no cgroup limits)";
        return missing.isEmpty()
                ? "Sandbox: " + bubblewrapVersion.orElse("") + ", system-call filter, own namespaces, " + limits
                : "Sandbox unavailable: "
                        + missing.stream().map(MissingLayer::toString).collect(Collectors.joining("; "));
    }
}
