package io.yunyu.engine.channel;

import io.yunyu.contract.channel.EngineEvent;

/** Where an engine tells its progress: names of steps and row totals of the provider's own batch, nothing else. */
public interface EventSink {
    /** The step happened. */
    void happened(EngineEvent event);

    /** The step happened to {@code n} things. For SQL jobs a number would be derived from records: use the other form. */
    void happened(EngineEvent event, long n);
}
