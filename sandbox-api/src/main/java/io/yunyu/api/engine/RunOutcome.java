package io.yunyu.api.engine;

import io.yunyu.contract.job.EngineResult;

/**
 * How a run ended.
 *
 * @param output the sealed candidate of a query; empty otherwise
 * @param engineVersion as the engine said in its hello; empty if it never did
 */
public record RunOutcome(EngineResult result, byte[] output, String engineVersion) {
    /** Names the size only. */
    @Override
    public String toString() {
        return "RunOutcome[" + result.status() + ", " + output.length + " bytes]";
    }
}
