package io.yunyu.engine.rehearsal;

import io.yunyu.engine.channel.TableKeys;
import io.yunyu.engine.channel.VaultQuestions;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Keys made up for a table that is made up too. They open nothing else, for no vault knows them. */
final class RehearsalKeys implements VaultQuestions {
    private final SecureRandom random = new SecureRandom();
    private final Map<String, byte[]> byWrapped = new HashMap<>();

    @Override
    public synchronized TableKeys newTableKeys(String dataset, List<String> columns) {
        Map<String, byte[]> keys = new HashMap<>();
        Map<String, String> wrapped = new HashMap<>();
        for (String column : columns) {
            String name = "rehearsal " + byWrapped.size();
            byte[] key = bytes();
            byWrapped.put(name, key);
            keys.put(column, key);
            wrapped.put(column, name);
        }
        return new TableKeys(keys, wrapped, bytes());
    }

    @Override
    public synchronized Map<String, byte[]> unwrapKeys(String dataset, Map<String, String> wrappedByColumn) {
        Map<String, byte[]> keys = new HashMap<>();
        wrappedByColumn.forEach((column, wrapped) -> keys.put(column, Objects.requireNonNull(byWrapped.get(wrapped))));
        return keys;
    }

    @Override
    public byte[] noiseSecret(String family) {
        return bytes();
    }

    @Override
    public byte[] queryNoise(String family, String query, long rhoMicros, long deltaPicos) {
        return bytes();
    }

    private byte[] bytes() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }
}
