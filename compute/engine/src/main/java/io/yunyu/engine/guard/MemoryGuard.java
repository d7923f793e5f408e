package io.yunyu.engine.guard;

import io.yunyu.contract.guard.GuardChain;
import io.yunyu.engine.channel.GuardQuestions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A guard's memory that lasts as long as this object: for the rehearsal, benchmarks and tests, where nothing is published.
 * An entry counts as soon as it is handed in.
 */
public final class MemoryGuard implements GuardQuestions {
    private final byte[] key = new byte[32];
    private final Map<String, List<byte[]>> chains = new HashMap<>();
    private final Map<String, GuardHead> seen = new HashMap<>();

    public MemoryGuard() {
        new SecureRandom().nextBytes(key);
    }

    @Override
    public List<byte[]> guardEntries(String family) {
        return List.copyOf(chain(family));
    }

    @Override
    public byte[] guardKey(String family) {
        return key.clone();
    }

    @Override
    public GuardHead guardSeen(String family, long entries, String head) {
        GuardHead before = seen.getOrDefault(family, new GuardHead(0, GuardChain.start(family)));
        if (entries >= before.entries()) {
            seen.put(family, new GuardHead(entries, head));
        }
        return before;
    }

    @Override
    public void guardReserve(String family, byte[] sealed) {
        chain(family).add(sealed.clone());
    }

    /** The entries, to be looked at or tampered with. */
    public List<byte[]> chain(String family) {
        return chains.computeIfAbsent(family, f -> new ArrayList<>());
    }
}
