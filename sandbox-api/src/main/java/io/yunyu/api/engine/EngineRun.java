package io.yunyu.api.engine;

import io.yunyu.contract.job.EngineJob;
import io.yunyu.launcher.SourceRelay;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What an engine is to do and all it may see of this machine.
 *
 * @param mounts nothing else of the file system is there for the engine
 * @param relay the one address that an ingest by JDBC may reach
 */
public record EngineRun(EngineJob job, List<Mount> mounts, Optional<Relay> relay) {
    /** Directory in which an ingest engine finds the socket of the relay to its database. */
    public static final String RELAY_DIRECTORY = "/source";

    public static final String RELAY_SOCKET = SourceRelay.socketIn(RELAY_DIRECTORY);

    public EngineRun {
        mounts = List.copyOf(mounts);
    }

    /** @param target absolute path inside the sandbox */
    public record Mount(Path source, String target, boolean writable) {}

    public record Relay(String host, int port) {}
}
