package io.yunyu.launcher;

import io.yunyu.contract.channel.EngineEvent;
import java.util.OptionalLong;

/** Hears of an engine's progress, on a thread of the launcher. Events are named steps; the number is a count or absent. */
@FunctionalInterface
public interface EngineListener {
    void event(EngineEvent event, OptionalLong count);

    static EngineListener none() {
        return (event, count) -> {};
    }
}
