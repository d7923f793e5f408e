package io.yunyu.engine.channel;

import io.yunyu.contract.channel.EngineEvent;

/** Where an engine tells its progress: names of steps, row totals of the provider's own batch, and tenths of a query. */
public interface EventSink {
    /** The step happened. */
    void happened(EngineEvent event);

    /** The step happened to {@code n} things. A count of what a query meets would be derived from records: use the other form. */
    void happened(EngineEvent event, long n);
}
