package io.yunyu.engine.encryption;

import io.yunyu.engine.channel.KeyAccessDenied;
import io.yunyu.engine.channel.TableKeys;
import io.yunyu.engine.channel.VaultQuestions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tables that this process may read or write, by directory. It is process-wide because Parquet creates its crypto
 * factory by class name, wherever a file is opened. Keys live here and nowhere else, and end with the process.
 *
 * <p>A directory that is not registered has no policy: no Parquet file can be written there.
 */
public final class Keyring {
    private static final Map<Path, TableEntry> TABLES = new ConcurrentHashMap<>();

    private Keyring() {}

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
        for (Path at = path; at != null; at = at.getParent()) {
            TableEntry entry = TABLES.get(at);
            if (entry != null) {
                return Optional.of(entry);
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
        private final VaultQuestions vault;
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
