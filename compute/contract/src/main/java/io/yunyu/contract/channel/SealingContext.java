package io.yunyu.contract.channel;

import java.nio.charset.StandardCharsets;

/** HPKE's info strings: what is sealed in one context opens in no other. */
public final class SealingContext {
    private SealingContext() {}

    /** Of the vault's answer to question {@code id} of a job, sealed to the engine. */
    public static byte[] answer(String jobId, long id) {
        return ("yunyu/answer/1 " + jobId + " " + id).getBytes(StandardCharsets.UTF_8);
    }

    /** Of a table on its way from a job's engine to the solver of secondary suppression. */
    public static byte[] task(String jobId) {
        return ("yunyu/task/1 " + jobId).getBytes(StandardCharsets.UTF_8);
    }

    /** Of what the solver found, on its way back. */
    public static byte[] pattern(String jobId) {
        return ("yunyu/pattern/1 " + jobId).getBytes(StandardCharsets.UTF_8);
    }

    /** Of a job's candidate container, sealed to the provider's review key. */
    public static byte[] candidate(String jobId) {
        return ("yunyu/candidate/1 " + jobId).getBytes(StandardCharsets.UTF_8);
    }
}
