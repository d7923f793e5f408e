package io.yunyu.launcher;

import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.util.Set;

/**
 * An engine's first frame: it is up and waits for its job.
 *
 * @param engine its version
 * @param sealTo key to which the vault seals its answers, {@code hpke:…}
 */
public record EngineHello(String engine, String sealTo) {
    private static final int PROTOCOL = 1;
    private static final int LONGEST_VERSION = 100;
    private static final int LONGEST_KEY = 4096;

    static EngineHello parse(JsonObject json) {
        json.onlyMembers(Set.of("protocol", "engine", "sealTo"));
        if (json.intValue("protocol") != PROTOCOL) {
            throw new JsonException("The engine speaks another version of the channel.");
        }
        EngineHello hello = new EngineHello(json.string("engine"), json.string("sealTo"));
        if (hello.engine.length() > LONGEST_VERSION || hello.sealTo.length() > LONGEST_KEY) {
            throw new JsonException("The engine's hello is longer than it may be.");
        }
        return hello;
    }
}
