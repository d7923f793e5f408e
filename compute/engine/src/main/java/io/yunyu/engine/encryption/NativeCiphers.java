package io.yunyu.engine.encryption;

import java.security.Provider;
import java.security.Security;
import java.util.List;
import org.conscrypt.Conscrypt;

/**
 * AES with the processor's own instructions (Conscrypt, which is BoringSSL). The Java runtime's own gets at them only in
 * code of its optimizing compiler, which engines for small tables leave off because it starts slowly: without it AES/GCM
 * runs at about a fiftieth of the speed (docs/decisions/0079).
 */
public final class NativeCiphers {
    private static final List<String> OFFERED =
            List.of("Cipher.AES/GCM/NoPadding", "Cipher.AES/CTR/NoPadding", "Provider.");

    private NativeCiphers() {}

    /**
     * Puts AES/GCM and AES/CTR of Conscrypt before the runtime's own, for Parquet, connections, spill and shuffle.
     * Everything else, as hashes and TLS itself, stays with the runtime. Where there is no native library for the processor everything stays: slower, otherwise the same.
     */
    public static synchronized void install() {
        if (!Conscrypt.isAvailable()) {
            return;
        }
        Provider provider = Conscrypt.newProvider();
        if (Security.getProvider(provider.getName()) != null) {
            return;
        }
        for (Object key : List.copyOf(provider.keySet())) {
            if (OFFERED.stream().noneMatch(key.toString()::startsWith)) {
                provider.remove(key);
            }
        }
        Security.insertProviderAt(provider, 1);
    }
}
