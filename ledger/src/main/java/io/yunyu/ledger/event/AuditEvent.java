package io.yunyu.ledger.event;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Something that happened to data, agreements, jobs or releases, as the ledger keeps it. It names things by id and
 * digest and holds no value of a record; the caller ensures that of {@code details}.
 *
 * @param type upper-case words such as {@code RELEASE_ISSUED}
 * @param subjects ids of what it happened to, at least one
 * @param actor id of the person or part of the platform that did it
 * @param organization id of the organization the actor acted for
 * @param details short facts such as digests and numbers, by name
 */
public record AuditEvent(
        String type,
        List<String> subjects,
        String actor,
        String organization,
        Instant at,
        Map<String, String> details) {
    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
    private static final int MAX_TEXT = 16 * 1024;
    private static final Set<String> MEMBERS = Set.of("type", "subjects", "actor", "organization", "at", "details");

    public AuditEvent {
        subjects = List.copyOf(subjects);
        details = Collections.unmodifiableMap(new TreeMap<>(details));
        if (!TYPE.matcher(type).matches()) {
            throw new JsonException("An event's type must be upper-case letters, digits and underscores.");
        }
        if (subjects.isEmpty()) {
            throw new JsonException("An event must name at least one subject.");
        }
    }

    /** The canonical text, of which the ledger keeps a salted commitment. */
    public String toText() {
        String text = Json.write(Json.object(
                "type", type,
                "subjects", subjects,
                "actor", actor,
                "organization", organization,
                "at", at.toString(),
                "details", details));
        if (text.length() > MAX_TEXT) {
            throw new JsonException("An event must fit in " + MAX_TEXT + " characters.");
        }
        return text;
    }

    /** @throws JsonException if the text is not an event in canonical form */
    public static AuditEvent parse(String text) {
        JsonObject json = Json.parseObject(text).onlyMembers(MEMBERS);
        AuditEvent event = new AuditEvent(
                json.string("type"),
                json.strings("subjects"),
                json.string("actor"),
                json.string("organization"),
                json.instant("at"),
                json.stringMap("details"));
        if (!event.toText().equals(text)) {
            throw new JsonException("The event is not in canonical form.");
        }
        return event;
    }
}
