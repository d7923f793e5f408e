package io.yunyu.ledger.release;

import io.yunyu.contract.json.JsonException;
import io.yunyu.ledger.checkpoint.LogKey;
import io.yunyu.ledger.signature.VerificationKey;

/**
 * The two public keys that a verifier pins, got once from the platform's operator by a way it trusts: never from the
 * bundle that it checks. As the file {@code trust.pub} it has three lines:
 *
 * <pre>
 * yunyu-trust/1
 * release ed25519:BASE64
 * log NAME+HASH+BASE64
 * </pre>
 */
public record TrustAnchor(VerificationKey releaseKey, LogKey logKey) {
    private static final String HEADER = "yunyu-trust/1\n";

    public String toText() {
        return HEADER + "release " + releaseKey + "\nlog " + logKey + "\n";
    }

    /** @throws JsonException if the text is not exactly such a file */
    public static TrustAnchor parse(String text) {
        String[] lines = text.split("\n", -1);
        if (!text.startsWith(HEADER)
                || lines.length != 4
                || !lines[1].startsWith("release ")
                || !lines[2].startsWith("log ")
                || !lines[3].isEmpty()) {
            throw new JsonException("A trust anchor must have three lines: yunyu-trust/1, 'release' and its key,"
                    + " 'log' and its key.");
        }
        return new TrustAnchor(
                VerificationKey.parse(lines[1].substring("release ".length())),
                LogKey.parse(lines[2].substring("log ".length())));
    }
}
