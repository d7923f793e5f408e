package io.yunyu.vault.store;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.yunyu.contract.file.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;

/**
 * The key under which every other key of the vault lies on disk: a Tink AES256_GCM keyset in the file {@code
 * master.key}, mode 0600. Whoever reads this file and the key files opens everything; keep a backup of it apart.
 */
final class MasterKey {
    private static final String FILE = "master.key";

    private final Aead aead;

    private MasterKey(KeysetHandle keyset) throws GeneralSecurityException {
        this.aead = keyset.getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    static boolean exists(Path home) {
        return Files.exists(home.resolve(FILE));
    }

    static MasterKey load(Path home) throws IOException {
        Path file = home.resolve(FILE);
        OwnerOnly.requireOwnerOnly(file, "chmod 600");
        try {
            AeadConfig.register();
            return new MasterKey(TinkJsonProtoKeysetFormat.parseKeyset(
                    Files.readString(file), RegistryConfiguration.get(), InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException e) {
            // Without the cause: its message may quote the file.
            throw new VaultStartException(4, file + " is not a master key. Restore it from its backup.");
        }
    }

    static MasterKey create(Path home) throws IOException {
        try {
            AeadConfig.register();
            KeysetHandle keyset = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
            String json = TinkJsonProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get());
            Path temporary = home.resolve(FILE + ".tmp");
            Files.deleteIfExists(temporary);
            OwnerOnly.create(temporary, json.getBytes(StandardCharsets.UTF_8));
            Files.move(temporary, home.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.forceDirectory(home);
            return new MasterKey(keyset);
        } catch (AtomicMoveNotSupportedException e) {
            throw new VaultStartException(4, "The file system of " + home + " cannot rename files atomically.");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot make a master key.", e);
        }
    }

    byte[] seal(byte[] content, String name) {
        try {
            return aead.encrypt(content, name.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot encrypt with the master key.", e);
        }
    }

    byte[] open(byte[] sealed, String name) throws GeneralSecurityException {
        return aead.decrypt(sealed, name.getBytes(StandardCharsets.UTF_8));
    }
}
