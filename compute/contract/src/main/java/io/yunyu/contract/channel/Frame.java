package io.yunyu.contract.channel;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.util.Map;

/**
 * One message on an engine's stdin or stdout: a type, and at most {@value #MAX_PAYLOAD_BYTES} bytes.
 *
 * @param type one of the constants of this class
 * @param payload UTF-8 JSON for every type but {@link #OUTPUT}
 */
public record Frame(char type, byte[] payload) {
    public static final int MAX_PAYLOAD_BYTES = 1 << 20;
    public static final char HELLO = 'H';
    public static final char JOB = 'J';
    public static final char QUESTION = 'Q';
    public static final char ANSWER = 'A';
    public static final char OUTPUT = 'O';
    public static final char END = 'E';

    private static final String TYPES = "HJQAOE";

    public Frame {
        if (TYPES.indexOf(type) < 0) {
            throw new ChannelException("A frame has an unknown type.");
        }
        if (payload.length > MAX_PAYLOAD_BYTES) {
            throw new ChannelException(
                    "A frame of " + payload.length + " bytes exceeds the bound of " + MAX_PAYLOAD_BYTES + ".");
        }
    }

    public static Frame json(char type, Map<String, Object> members) {
        return new Frame(type, Json.bytes(members));
    }

    public JsonObject json() {
        return Json.parseObject(payload);
    }

    /** Names the type and size only: payloads may hold what no log may. */
    @Override
    public String toString() {
        return "Frame[" + type + ", " + payload.length + " bytes]";
    }
}
