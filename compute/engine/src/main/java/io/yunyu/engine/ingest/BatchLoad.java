package io.yunyu.engine.ingest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One load of one batch into one table.
 *
 * @param replace whether the batch takes the place of the table's content or is added to it
 * @param batchDigest {@code sha256:…} of the source
 * @param declaration 64 hex digits of the SHA-256 of how the order reads the source: a replacing load with another
 *     declaration is another load of the same batch
 * @param number of the load among all of its table, from 1
 */
record BatchLoad(boolean replace, String batchDigest, String declaration, long number) {
    private static final Pattern ID = Pattern.compile("(append|replace):(sha256:[0-9a-f]{64}):([0-9a-f]{64})");

    /**
     * Delta's {@code txnAppId}; the number is the {@code txnVersion}. Delta skips a commit whose number is not above the
     * last one of its id, and lets only one of two commits of the same id win.
     */
    String transactionId() {
        return (replace ? "replace:" : "append:") + batchDigest + ":" + declaration;
    }

    /** Refused records of a batch read in the same way are the same ones, however often it is loaded. */
    String problemsId() {
        return "problems:" + batchDigest + ":" + declaration;
    }

    static Optional<BatchLoad> parse(String transactionId, long version) {
        Matcher matcher = ID.matcher(transactionId);
        return matcher.matches()
                ? Optional.of(
                        new BatchLoad(matcher.group(1).equals("replace"), matcher.group(2), matcher.group(3), version))
                : Optional.empty();
    }
}
