package io.yunyu.ledger.release;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.ledger.event.AuditEvent;
import io.yunyu.ledger.event.Opening;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An event of a release, opened, and its index in the log. */
public record LoggedEvent(long index, Opening opening) {
    Map<String, Object> toJson() {
        return Json.object(
                "index", index,
                "salt", opening.salt(),
                "event", opening.event().toText());
    }

    static LoggedEvent parse(JsonObject json) {
        json.onlyMembers(Set.of("index", "salt", "event"));
        return new LoggedEvent(
                json.longValue("index"), new Opening(json.string("salt"), AuditEvent.parse(json.string("event"))));
    }

    /** The file {@code events.json}. */
    static String toText(List<LoggedEvent> events) {
        return Json.write(
                Json.object("events", events.stream().map(LoggedEvent::toJson).toList()));
    }

    static List<LoggedEvent> parse(String text) {
        List<LoggedEvent> events = Json.parseObject(text).onlyMembers(Set.of("events")).objects("events").stream()
                .map(LoggedEvent::parse)
                .toList();
        if (!toText(events).equals(text)) {
            throw new JsonException("The events are not in canonical form.");
        }
        return events;
    }
}
