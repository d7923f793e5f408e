package io.yunyu.engine.channel;

import java.util.Map;

/**
 * The keys of one batch of a table.
 *
 * @param keys AES data keys by column
 * @param wrapped their wrapped forms, base64, as written into file metadata
 * @param unitSecret secret of the dataset family, from which {@code __unit} is derived
 */
public record TableKeys(Map<String, byte[]> keys, Map<String, String> wrapped, byte[] unitSecret) {
    public TableKeys {
        keys = Map.copyOf(keys);
        wrapped = Map.copyOf(wrapped);
        unitSecret = unitSecret.clone();
    }

    /** Column count only. */
    @Override
    public String toString() {
        return "TableKeys[" + keys.size() + " columns]";
    }
}
