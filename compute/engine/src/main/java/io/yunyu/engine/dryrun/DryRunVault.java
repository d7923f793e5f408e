package io.yunyu.engine.dryrun;

import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.engine.channel.KeyAccessDenied;
import io.yunyu.engine.channel.TableKeys;
import io.yunyu.engine.channel.VaultQuestions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Noise that anybody can repeat, for figures about nobody; and no key, since there is nothing that one would open. */
final class DryRunVault implements VaultQuestions {
    private static final byte[] NO_SECRET = "yunyu dry run".getBytes(StandardCharsets.UTF_8);

    @Override
    public TableKeys newTableKeys(String dataset, List<String> columns) {
        throw new KeyAccessDenied("A dry run writes no table.");
    }

    @Override
    public Map<String, byte[]> unwrapKeys(String dataset, Map<String, String> wrappedByColumn) {
        throw new KeyAccessDenied("A dry run opens no encrypted table.");
    }

    @Override
    public byte[] noiseSecret(String family) {
        return ContentDigest.sha256(NO_SECRET, family.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public byte[] queryNoise(String family, String query, long rhoMicros, long deltaPicos) {
        return ContentDigest.sha256(NO_SECRET, (family + "\n" + query).getBytes(StandardCharsets.UTF_8));
    }
}
