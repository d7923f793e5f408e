package io.yunyu.bench;

import io.yunyu.engine.channel.TableKeys;
import io.yunyu.engine.channel.VaultQuestions;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keys in memory: what is measured here is the engine, not the vault. */
final class BenchVault implements VaultQuestions {
    private final SecureRandom random = new SecureRandom();
    private final Map<String, byte[]> byWrapped = new HashMap<>();

    @Override
    public synchronized TableKeys newTableKeys(String dataset, List<String> columns) {
        Map<String, byte[]> keys = new HashMap<>();
        Map<String, String> wrapped = new HashMap<>();
        for (String column : columns) {
            byte[] key = bytes(32);
            String name = dataset + "/" + column + "/" + byWrapped.size();
            keys.put(column, key);
            wrapped.put(column, name);
            byWrapped.put(name, key);
        }
        return new TableKeys(keys, wrapped, bytes(32));
    }

    @Override
    public synchronized Map<String, byte[]> unwrapKeys(String dataset, Map<String, String> wrappedByColumn) {
        Map<String, byte[]> keys = new HashMap<>();
        wrappedByColumn.forEach((column, wrapped) -> keys.put(column, byWrapped.get(wrapped)));
        return keys;
    }

    @Override
    public byte[] noiseSecret(String family) {
        return new byte[32];
    }

    @Override
    public byte[] queryNoise(String family, String query, long rhoMicros, long deltaPicos) {
        return new byte[32];
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
