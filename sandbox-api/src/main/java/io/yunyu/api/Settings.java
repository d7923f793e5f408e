package io.yunyu.api;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How one installation is set up: the properties below {@code yunyu.}.
 *
 * @param home directory of the installation, see docs/architecture.md section 2
 * @param inbox directories below which providers may put files to ingest; {@code home/inbox} if none is given
 * @param mode {@code embedded} accepts rlimits in place of cgroups, {@code production} needs every layer
 */
@ConfigurationProperties("yunyu")
public record Settings(
        Path home,
        @Nullable List<Path> inbox,
        @Nullable String mode,
        @Nullable Database database,
        @Nullable VaultAccess vault,
        @Nullable Engine engine,
        @Nullable Warm warm,
        @Nullable Program program,
        @Nullable Rules rules) {
    public Settings {
        home = home.toAbsolutePath().normalize();
        inbox = inbox == null || inbox.isEmpty() ? List.of(home.resolve("inbox")) : List.copyOf(inbox);
        mode = mode == null || mode.isBlank() ? "embedded" : mode;
        database = database == null ? new Database(null, null, null, null) : database;
        vault = vault == null ? new VaultAccess(null) : vault;
        engine = engine == null ? new Engine(null, null, null, null, null, null, null, null, null) : engine;
        warm = warm == null ? new Warm(null, null, null) : warm;
        program = program == null ? new Program(null) : program;
        rules = rules == null ? new Rules(null) : rules;
    }

    /**
     * The database; an embedded PostgreSQL below home if no URL is given.
     *
     * @param binaries where the embedded server's programs are unpacked; below home if absent
     */
    public record Database(
            @Nullable String url, @Nullable String user, @Nullable String password, @Nullable Path binaries) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Database[" + url + "]";
        }
    }

    /** @param socket Unix socket of the vault; {@code home/vault/vault.sock} if absent */
    public record VaultAccess(@Nullable Path socket) {}

    /**
     * How engines are started.
     *
     * @param lib directory of the engine's jars
     * @param heap such as {@code 1g}
     * @param slots engines at a time
     * @param timeoutSeconds after which a job is ended
     * @param mainClass of the engine
     * @param classArchive AppCDS archive of the engine, if one was made
     * @param diagnostics directory for what engines say besides events; inside the domain, since it may quote data. Off if absent
     * @param processors that one engine may use; all if absent. Enforced where control groups are delegated
     * @param cluster on which one provider's tables are computed; on this host alone if absent
     */
    public record Engine(
            @Nullable Path lib,
            @Nullable String heap,
            @Nullable Integer slots,
            @Nullable Integer timeoutSeconds,
            @Nullable String mainClass,
            @Nullable Path classArchive,
            @Nullable Path diagnostics,
            @Nullable Integer processors,
            @Nullable Cluster cluster) {
        public Engine {
            heap = heap == null || heap.isBlank() ? "1g" : heap;
            slots = slots == null ? 1 : slots;
            timeoutSeconds = timeoutSeconds == null ? 900 : timeoutSeconds;
            mainClass = mainClass == null || mainClass.isBlank() ? "io.yunyu.engine.EngineMain" : mainClass;
        }
    }

    /**
     * A Spark Standalone cluster, see docs/clusters.md. All five are needed.
     *
     * @param provider whose tables are computed on there: whoever is in a cluster is trusted with its tables
     * @param settings file of the cluster's settings, which names its secrets
     * @param master IPv4 address of the master
     * @param host IPv4 address of drivers, in the network
     * @param network namespace that the operator made for drivers, such as {@code /run/netns/driver}
     */
    public record Cluster(
            @Nullable String provider,
            @Nullable Path settings,
            @Nullable String master,
            @Nullable String host,
            @Nullable Path network) {}

    /**
     * Engines started ahead of their job.
     *
     * @param engines idle ones at most, each about 0.65 GB; 0 for none. As many as there are slots, but at least 2, if absent
     * @param idleSeconds after which the engines of tables that nobody queries are ended
     * @param ahead what is kept ready from the start, whoever uses it: {@code check} for checks of queries, and sets of
     *     datasets joined by {@code +}
     */
    public record Warm(@Nullable Integer engines, @Nullable Integer idleSeconds, @Nullable List<String> ahead) {
        public Warm {
            idleSeconds = idleSeconds == null ? 600 : idleSeconds;
            ahead = ahead == null ? List.of() : List.copyOf(ahead);
        }
    }

    /** @param lib directory of the runtime that developers' programs run beside; without it none run */
    public record Program(@Nullable Path lib) {}

    /** @param resource class-path resource of the rule set */
    public record Rules(@Nullable String resource) {
        public Rules {
            resource = resource == null || resource.isBlank() ? "rules/yunnan-2024.json" : resource;
        }
    }

    public List<Path> inboxes() {
        return java.util.Objects.requireNonNull(inbox);
    }

    public Path vaultSocket() {
        Path socket = java.util.Objects.requireNonNull(vault).socket();
        return socket == null ? home.resolve("vault").resolve("vault.sock") : socket;
    }

    public Path tables() {
        return home.resolve("tables");
    }

    public Path scratch() {
        return home.resolve("scratch");
    }

    public Path server() {
        return home.resolve("server");
    }

    public Database databaseAccess() {
        return java.util.Objects.requireNonNull(database);
    }

    public Engine engineSettings() {
        return java.util.Objects.requireNonNull(engine);
    }

    /** Engines at a time. */
    public int slots() {
        Integer slots = engineSettings().slots();
        return slots == null ? 1 : slots;
    }

    public Warm warmSettings() {
        return java.util.Objects.requireNonNull(warm);
    }

    public Program programSettings() {
        return java.util.Objects.requireNonNull(program);
    }

    /** After how long a job is ended. */
    public java.time.Duration jobTimeout() {
        Integer seconds = engineSettings().timeoutSeconds();
        return java.time.Duration.ofSeconds(seconds == null ? 900 : seconds);
    }

    /** Heap of an engine in MiB. */
    public int heapMiB() {
        String heap = String.valueOf(engineSettings().heap()).strip().toLowerCase(java.util.Locale.ROOT);
        if (!heap.matches("[0-9]{1,6}[gm]")) {
            throw new IllegalArgumentException("yunyu.engine.heap must be a number and m or g, such as 1g.");
        }
        int number = Integer.parseInt(heap.substring(0, heap.length() - 1));
        return heap.endsWith("g") ? number * 1024 : number;
    }

    public String ruleResource() {
        return java.util.Objects.requireNonNull(
                java.util.Objects.requireNonNull(rules).resource());
    }
}
