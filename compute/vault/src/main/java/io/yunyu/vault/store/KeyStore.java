package io.yunyu.vault.store;

import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.file.DurableFiles;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The vault's keys and small facts, one file each, encrypted by the master key with the entry's name as associated
 * data, so that no file can stand in for another. A write is whole or not at all, and on disk when the call returns.
 * Safe for several threads; one process at a time.
 */
public final class KeyStore {
    /** Its entry shows at start whether the master key is the one that the others were encrypted with. */
    private static final String WITNESS = "witness";

    private static final String SUFFIX = ".key";

    private final Path directory;
    private final MasterKey master;

    private KeyStore(Path directory, MasterKey master) {
        this.directory = directory;
        this.master = master;
    }

    /** Makes the home directory with mode 0700. @throws VaultStartException if it is there and others may use it */
    public static void prepare(Path home) throws IOException {
        OwnerOnly.directory(home);
    }

    /**
     * Opens the store of a home directory, and makes both at the first start.
     *
     * @throws VaultStartException if others may read it, the master key is missing, or it is another one
     */
    public static KeyStore open(Path home) throws IOException {
        prepare(home);
        Path keys = home.resolve("keys");
        OwnerOnly.directory(keys);
        removeUnfinished(keys);
        boolean fresh = !hasEntries(keys);
        if (!fresh && !MasterKey.exists(home)) {
            throw new VaultStartException(
                    4, "The vault in " + home + " has keys but no master.key. Restore master.key from its backup.");
        }
        KeyStore store = new KeyStore(keys, MasterKey.exists(home) ? MasterKey.load(home) : MasterKey.create(home));
        if (fresh) {
            store.put(WITNESS, new byte[] {1});
        } else {
            store.requireWitness(home);
        }
        return store;
    }

    private void requireWitness(Path home) {
        try {
            if (get(WITNESS).isPresent()) {
                return;
            }
        } catch (KeyStoreException e) {
            throw new VaultStartException(
                    4,
                    "master.key in " + home + " is not the key that the vault's keys were encrypted with."
                            + " Restore the right master.key from its backup; nothing was changed.");
        }
        throw new VaultStartException(
                4, "The vault in " + home + " lacks its first entry. Restore keys/ from a backup.");
    }

    /** An entry's content. @throws KeyStoreException if the file was changed */
    public synchronized Optional<byte[]> get(String name) {
        try {
            JsonObject entry = Json.parseObject(Files.readAllBytes(file(name)));
            if (entry.string("name").equals(name)) {
                return Optional.of(master.open(StrictBase64.decode(entry.string("sealed"), "A key file"), name));
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new KeyStoreException("The key file of '" + name + "' cannot be read.");
        } catch (GeneralSecurityException | JsonException e) {
            // Falls through: why it does not open would only describe the file.
        }
        throw new KeyStoreException("The key file of '" + name + "' was changed or belongs to another vault.");
    }

    /** Writes an entry, in place of an earlier one. */
    public synchronized void put(String name, byte[] content) {
        try {
            write(name, content);
            DurableFiles.forceDirectory(directory);
        } catch (IOException e) {
            throw new KeyStoreException("A key file cannot be written. Is the disk full or read-only?");
        }
    }

    /** An entry's content, made and written first if there is none. */
    public synchronized byte[] getOrCreate(String name, Supplier<byte[]> fresh) {
        return getOrCreate(List.of(name), fresh).values().iterator().next();
    }

    /** Entries by name; those that are missing are made, and on disk together when the call returns. */
    public synchronized Map<String, byte[]> getOrCreate(List<String> names, Supplier<byte[]> fresh) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        boolean written = false;
        try {
            for (String name : names) {
                Optional<byte[]> known = get(name);
                byte[] content = known.orElseGet(fresh);
                if (known.isEmpty()) {
                    write(name, content);
                    written = true;
                }
                entries.put(name, content);
            }
            if (written) {
                DurableFiles.forceDirectory(directory);
            }
        } catch (IOException e) {
            throw new KeyStoreException("A key file cannot be written. Is the disk full or read-only?");
        }
        return entries;
    }

    /** Removes all entries whose name begins so, and gives their names, sorted. */
    public synchronized List<String> removeAll(String prefix) {
        List<String> removed = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = Json.parseObject(Files.readAllBytes(file)).string("name");
                if (name.startsWith(prefix)) {
                    Files.delete(file);
                    removed.add(name);
                }
            }
            DurableFiles.forceDirectory(directory);
        } catch (IOException e) {
            throw new KeyStoreException("Key files cannot be removed. Is the disk read-only?");
        }
        return removed.stream().sorted().toList();
    }

    private void write(String name, byte[] content) throws IOException {
        String sealed = StrictBase64.encode(master.seal(content, name));
        Path temporary = directory.resolve(file(name).getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        OwnerOnly.create(temporary, Json.bytes(Json.object("name", name, "sealed", sealed)));
        Files.move(temporary, file(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Names may hold anything; file names may not. */
    private Path file(String name) {
        byte[] digest = ContentDigest.sha256(name.getBytes(StandardCharsets.UTF_8));
        return directory.resolve(HexFormat.of().formatHex(digest) + SUFFIX);
    }

    private static boolean hasEntries(Path keys) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(keys, "*" + SUFFIX)) {
            return files.iterator().hasNext();
        }
    }

    private static void removeUnfinished(Path keys) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(keys, "*.tmp")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }
}
