package io.yunyu.api.engine;

import io.yunyu.contract.agreement.JobLimits;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.launcher.SourceRelay;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What an engine is to do and all it may see of this machine.
 *
 * @param mounts nothing else of the file system is there for the engine
 * @param relay the one address that an ingest by JDBC may reach
 * @param limits tighter ones than the installation's, if the job's agreement has any
 */
public record EngineRun(EngineJob job, List<Mount> mounts, Optional<Relay> relay, Optional<JobLimits> limits) {
    /** Directory in which an ingest engine finds the socket of the relay to its database. */
    public static final String RELAY_DIRECTORY = "/source";

    public static final String RELAY_SOCKET = SourceRelay.socketIn(RELAY_DIRECTORY);

    public EngineRun {
        mounts = List.copyOf(mounts);
    }

    public EngineRun(EngineJob job, List<Mount> mounts, Optional<Relay> relay) {
        this(job, mounts, relay, Optional.empty());
    }

    /** The tables of these datasets to read, in the order of their names: what an engine for them sees, and where. */
    public static List<Mount> tables(Path directory, Collection<String> datasets) {
        return datasets.stream()
                .distinct()
                .sorted()
                .map(dataset -> new Mount(directory.resolve(dataset), inside(dataset), false))
                .toList();
    }

    /** Where an engine finds the table of a dataset. */
    public static String inside(String dataset) {
        return "/data/" + dataset;
    }

    /** @param target absolute path inside the sandbox */
    public record Mount(Path source, String target, boolean writable) {}

    public record Relay(String host, int port) {}
}
