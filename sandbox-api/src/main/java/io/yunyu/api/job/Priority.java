package io.yunyu.api.job;

import io.yunyu.contract.json.JsonException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which of an organization's own jobs comes first. It moves nobody ahead of another organization. */
public enum Priority {
    HIGH,
    NORMAL,
    LOW;

    /** @param name in lower case; normal if absent */
    static Priority parse(@Nullable String name) {
        if (name == null) {
            return NORMAL;
        }
        for (Priority priority : values()) {
            if (priority.lowerCase().equals(name)) {
                return priority;
            }
        }
        throw new JsonException("Member 'priority' must be high, normal or low.");
    }

    String lowerCase() {
        return name().toLowerCase(Locale.ROOT);
    }
}
