package io.yunyu.engine.channel;

import java.util.Map;

/** Whoever turns wrapped data keys into keys. */
@FunctionalInterface
public interface WrappedKeys {
    /**
     * Data keys by column from their wrapped forms.
     *
     * @throws KeyAccessDenied if one of them is refused
     */
    Map<String, byte[]> unwrapKeys(String dataset, Map<String, String> wrappedByColumn);
}
