package io.yunyu.api.engine;

import io.yunyu.api.Settings;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.cluster.ClusterSettings;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.launcher.Bind;
import io.yunyu.launcher.ClusterNetwork;
import io.yunyu.launcher.EngineSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The cluster of this installation: which jobs run on it, and what makes an engine its driver. Such an engine is in the
 * sandbox of every engine, but for the network, which is the one that the operator made; it has the cluster's secrets besides
 * what its job needs.
 *
 * @param provider whose jobs run there
 * @param settingsFile of {@link ClusterSettings}
 */
record ClusterDriver(
        String provider, Path settingsFile, ClusterSettings settings, String master, String host, Path network) {
    private static final Pattern ADDRESS = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

    /** Its Spark has to find the master and to be given executors. */
    private static final Duration HELLO_TIMEOUT = Duration.ofMinutes(2);

    /** @throws ProblemException naming what of the settings is missing, or cannot be used on this host */
    static ClusterDriver of(Settings.Cluster cluster) {
        Path file = required(cluster.settings(), "settings").toAbsolutePath().normalize();
        ClusterDriver driver = new ClusterDriver(
                required(cluster.provider(), "provider"),
                file,
                ClusterSettings.read(file),
                address(required(cluster.master(), "master"), "master"),
                address(required(cluster.host(), "host"), "host"),
                required(cluster.network(), "network").toAbsolutePath().normalize());
        if (!Files.isDirectory(driver.settings().secrets())) {
            throw bad("the secrets are not at " + driver.settings().secrets() + "; make them by yunyu cluster secrets");
        }
        ClusterNetwork.require(driver.network(), driver.host());
        return driver;
    }

    /**
     * Whether the job reads records of the provider's tables: queries, planned publications, data elements, and replays that
     * compute cells. Batches are loaded on one host, whose sandbox has their source; and what reads nothing needs no cluster.
     */
    boolean takes(EngineJob job) {
        if (job instanceof EngineJob.SqlJob sql) {
            return isOfProvider(Agreement.parse(sql.agreement()));
        } else if (job instanceof EngineJob.PublicationJob publication) {
            return isOfProvider(Agreement.parse(publication.agreement()));
        } else if (job instanceof EngineJob.AnonymizeJob element) {
            return isOfProvider(Agreement.parse(element.agreement()));
        } else if (job instanceof EngineJob.ReplayJob replay
                && !replay.tablePaths().isEmpty()) {
            Agreement agreement = Agreement.parse(replay.agreement());
            // Under a privacy clause a replay judges the query's form only.
            return isOfProvider(agreement) && agreement.privacy().isEmpty();
        }
        return false;
    }

    private boolean isOfProvider(Agreement agreement) {
        return agreement.assigner().equals(provider);
    }

    /** The same engine, as the driver. */
    EngineSpec driving(EngineSpec spec) {
        List<String> flags = new ArrayList<>(spec.jvmFlags());
        flags.addAll(List.of(
                "-Dyunyu.engine.cluster=" + settingsFile,
                "-Dyunyu.engine.master=" + master,
                "-Dyunyu.engine.host=" + host));
        List<Bind> binds = new ArrayList<>(spec.binds());
        binds.add(Bind.readOnly(settingsFile, settingsFile.toString()));
        binds.add(Bind.readOnly(settings.secrets(), settings.secrets().toString()));
        return spec.withJvmFlags(flags).withBinds(binds).withNetwork(network).withHelloTimeout(HELLO_TIMEOUT);
    }

    private static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw bad("yunyu.engine.cluster." + name + " is missing");
        }
        return value;
    }

    private static String address(String value, String name) {
        if (!ADDRESS.matcher(value).matches()) {
            throw bad("yunyu.engine.cluster." + name + " must be an IPv4 address: a sandbox has no name service");
        }
        return value;
    }

    private static ProblemException bad(String what) {
        return new ProblemException(ProblemCode.BAD_REQUEST, "The cluster cannot be used: " + what + ".");
    }
}
