package io.yunyu.launcher;

import io.yunyu.contract.channel.EngineEvent;
import java.util.OptionalLong;

/**
 * Hears of an engine's progress, on a thread of the launcher: named steps. There is a number with the rows of a batch and with
 * the tenths of a query only.
 */
@FunctionalInterface
public interface EngineListener {
    void event(EngineEvent event, OptionalLong count);

    static EngineListener none() {
        return (event, count) -> {};
    }
}
