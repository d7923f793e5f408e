package io.yunyu.vault;

import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.vault.socket.VaultSocket;
import io.yunyu.vault.store.KeyStore;
import io.yunyu.vault.store.KeyStoreException;
import io.yunyu.vault.store.VaultStartException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A running vault: the lock on its home directory, its keys and its socket. */
public final class VaultProcess implements AutoCloseable {
    private final FileChannel lock;
    private final VaultSocket socket;
    private final Vault vault;

    private VaultProcess(FileChannel lock, VaultSocket socket, Vault vault) {
        this.lock = lock;
        this.socket = socket;
        this.vault = vault;
    }

    /**
     * Starts a vault; it answers when this returns.
     *
     * @throws VaultStartException if the home or the socket is in use, or the keys cannot be used
     */
    public static VaultProcess start(Path home, Path socketPath, Optional<String> origin, Clock clock, VaultLog log)
            throws IOException {
        KeyStore.prepare(home);
        FileChannel lock = lock(home);
        try {
            Vault vault = new Vault(KeyStore.open(home), origin, clock, log);
            // Made now, so that the first request does not wait for it and a full disk is found at start.
            vault.publicKeys();
            VaultSocket socket =
                    VaultSocket.listen(socketPath, vault::answer, why -> log.event("connection-closed", why));
            return new VaultProcess(lock, socket, vault);
        } catch (ProblemException e) {
            lock.close();
            throw new VaultStartException(2, e.problem().detail());
        } catch (KeyStoreException e) {
            lock.close();
            throw new VaultStartException(4, String.valueOf(e.getMessage()));
        } catch (JsonException e) {
            lock.close();
            throw new VaultStartException(2, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    public Map<String, Object> publicKeys() {
        return vault.publicKeys();
    }

    private static FileChannel lock(Path home) throws IOException {
        FileChannel channel = FileChannel.open(
                home.resolve("lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        if (tryLock(channel) == null) {
            channel.close();
            throw new VaultStartException(6, "Another vault already runs on " + home + ". Stop it first.");
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            socket.close();
        } finally {
            lock.close();
        }
    }
}
