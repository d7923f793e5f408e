package io.yunyu.engine.encryption;

import io.yunyu.engine.channel.KeyAccessDenied;
import io.yunyu.engine.channel.TableKeys;
import io.yunyu.engine.channel.VaultQuestions;
import io.yunyu.engine.channel.WrappedKeys;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The tables that this process may read or write, by directory. It is process-wide because Parquet creates its crypto
 * factory by class name, wherever a file is opened. Keys live here and nowhere else, and end with the process.
 *
 * <p>A directory that is not registered has no policy: no Parquet file can be written there.
 */
public final class Keyring {
    private static final Map<Path, TableEntry> TABLES = new ConcurrentHashMap<>();
    private static volatile @Nullable Elsewhere elsewhere;

    private Keyring() {}

    /** A table that is open in some process. */
    public record OpenTable(String directory, String dataset) implements Serializable {}

    /** The process that knows the tables of this one, where there is such: the driver of an executor. */
    public interface Elsewhere {
        Optional<OpenTable> tableOf(Path file);

        /** @throws KeyAccessDenied if it is refused */
        byte[] key(OpenTable table, String column, String wrapped);
    }

    /** From now on what is not registered here is asked for there. Tables known so are open for reading only. */
    public static void askElsewhere(Elsewhere source) {
        elsewhere = source;
    }

    /** The table registered here that a file lies in. */
    public static Optional<OpenTable> openTable(Path file) {
        return registered(normal(file))
                .map(t -> new OpenTable(t.getKey().toString(), t.getValue().dataset()));
    }

    /**
     * The data key of a column of a table registered here.
     *
     * @throws KeyAccessDenied if the table is not, or the vault refuses
     */
    public static byte[] key(Path table, String dataset, String column, String wrapped) {
        TableEntry entry = TABLES.get(normal(table));
        if (entry == null) {
            throw new KeyAccessDenied("Dataset '" + dataset + "' is not open in this job.");
        }
        return entry.keyFor(new KeyMetadata(dataset, column, wrapped));
    }

    /** Lets the table be read with keys that the vault unwraps on demand. Forgets keys of an earlier registration. */
    public static void openForReading(Path table, String dataset, VaultQuestions vault) {
        TABLES.put(normal(table), new TableEntry(dataset, vault, Optional.empty()));
    }

    /** Lets the table be written with these keys, and its log be read. */
    public static void openForWriting(Path table, String dataset, VaultQuestions vault, TableKeys keys) {
        TABLES.put(normal(table), new TableEntry(dataset, vault, Optional.of(keys)));
    }

    /** Drops the table's keys. */
    public static void close(Path table) {
        TABLES.remove(normal(table));
    }

    static Optional<TableEntry> find(org.apache.hadoop.fs.Path file) {
        Path path = normal(Path.of(file.toUri().getPath()));
        Optional<TableEntry> here = registered(path).map(Map.Entry::getValue);
        Elsewhere there = elsewhere;
        return here.isPresent() || there == null
                ? here
                : there.tableOf(path)
                        .map(table -> TABLES.computeIfAbsent(
                                Path.of(table.directory()), directory -> new TableEntry(table, there)));
    }

    private static Optional<Map.Entry<Path, TableEntry>> registered(Path path) {
        for (Path at = path; at != null; at = at.getParent()) {
            TableEntry entry = TABLES.get(at);
            if (entry != null) {
                return Optional.of(Map.entry(at, entry));
            }
        }
        return Optional.empty();
    }

    static boolean isLog(org.apache.hadoop.fs.Path file) {
        for (Path name : normal(Path.of(file.toUri().getPath()))) {
            if (name.toString().equals("_delta_log")) {
                return true;
            }
        }
        return false;
    }

    private static Path normal(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /** One registered table. */
    static final class TableEntry {
        private final String dataset;
        private final WrappedKeys vault;
        private final Optional<TableKeys> writing;
        private final Map<String, byte[]> unwrapped = new ConcurrentHashMap<>();

        private TableEntry(String dataset, VaultQuestions vault, Optional<TableKeys> writing) {
            this.dataset = dataset;
            this.vault = vault;
            this.writing = writing;
            // What this process wrapped it need not ask for.
            writing.ifPresent(keys -> keys.wrapped()
                    .forEach((column, w) -> unwrapped.put(w, keys.keys().get(column))));
        }

        private TableEntry(OpenTable table, Elsewhere there) {
            this.dataset = table.dataset();
            this.vault = (dataset, wrapped) -> {
                Map<String, byte[]> keys = new HashMap<>();
                wrapped.forEach((column, key) -> keys.put(column, there.key(table, column, key)));
                return keys;
            };
            this.writing = Optional.empty();
        }

        Optional<TableKeys> writing() {
            return writing;
        }

        String dataset() {
            return dataset;
        }

        byte[] keyFor(KeyMetadata metadata) {
            if (!metadata.dataset().equals(dataset)) {
                throw new KeyAccessDenied("A file of dataset '" + dataset + "' belongs to another dataset.");
            }
            // One question per wrapped key, however many tasks open the file.
            return unwrapped.computeIfAbsent(metadata.wrapped(), w -> unwrap(metadata));
        }

        private byte[] unwrap(KeyMetadata metadata) {
            byte[] key = vault.unwrapKeys(dataset, Map.of(metadata.column(), metadata.wrapped()))
                    .get(metadata.column());
            if (key == null) {
                throw new KeyAccessDenied(
                        "The vault gave no key for column '" + metadata.column() + "' of dataset '" + dataset + "'.");
            }
            return key;
        }
    }
}
