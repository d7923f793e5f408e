package io.yunyu.engine.rehearsal;

import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.engine.channel.EventSink;

/** What happens in a rehearsal, or in a dry run, is nobody's progress. */
public final class SilentSink implements EventSink {
    @Override
    public void happened(EngineEvent event) {
        // Not told: the events of an engine are those of its job.
    }

    @Override
    public void happened(EngineEvent event, long n) {
        // Not told either.
    }
}
