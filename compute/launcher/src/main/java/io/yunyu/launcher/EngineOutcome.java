package io.yunyu.launcher;

import io.yunyu.contract.job.EngineResult;

/**
 * What a dead engine left behind.
 *
 * @param sealedOutput the sealed candidate; empty unless the result is {@code DONE}
 */
public record EngineOutcome(EngineResult result, byte[] sealedOutput) {
    static final byte[] NOTHING = new byte[0];

    /** Names sizes only. */
    @Override
    public String toString() {
        return "EngineOutcome[" + result.status() + ", " + sealedOutput.length + " bytes]";
    }
}
