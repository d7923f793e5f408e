package io.yunyu.engine.channel;

import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.contract.json.Json;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** One JSON line per event on the operator's stream. */
public final class JsonEventSink implements EventSink {
    private final PrintStream out;

    public JsonEventSink(java.io.OutputStream out) {
        this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void happened(EngineEvent event) {
        out.print(Json.write(Json.object("event", event.name())) + "\n");
        out.flush();
    }

    @Override
    public synchronized void happened(EngineEvent event, long n) {
        out.print(Json.write(Json.object("event", event.name(), "n", n)) + "\n");
        out.flush();
    }
}
