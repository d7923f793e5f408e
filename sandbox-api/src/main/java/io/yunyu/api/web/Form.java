package io.yunyu.api.web;

import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of what arrives in requests. Errors name the member and what it must be, never what it was. */
public final class Form {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_-]{1,62}");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final int LONGEST_NAME = 200;

    private Form() {}

    /** @throws JsonException if the member is missing or blank */
    public static String text(@Nullable String value, String member) {
        if (value == null || value.isBlank()) {
            throw new JsonException("Member '" + member + "' is missing; it must be a string that is not blank.");
        }
        return value;
    }

    /** A short text for people, without control characters. */
    public static String name(@Nullable String value, String member) {
        String text = text(value, member).strip();
        if (text.length() > LONGEST_NAME || text.chars().anyMatch(Character::isISOControl)) {
            throw new JsonException(
                    "Member '" + member + "' must be one line of at most " + LONGEST_NAME + " characters.");
        }
        return text;
    }

    public static String id(@Nullable String value, String member) {
        if (!ID.matcher(text(value, member)).matches()) {
            throw new JsonException(
                    "Member '" + member
                            + "' must be 2 to 63 lower-case letters, digits, hyphens and underscores, beginning with a letter.");
        }
        return text(value, member);
    }

    /** A whole number, as JSON has it: neither a fraction nor a text that looks like a number. */
    public static Optional<Long> whole(@Nullable Object value, String member) {
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Integer || value instanceof Long) {
            return Optional.of(((Number) value).longValue());
        }
        throw new JsonException("Member '" + member + "' must be a whole number.");
    }

    /** @throws ProblemException BAD_REQUEST if there is one that is none */
    public static Optional<String> idempotencyKey(@Nullable String key) {
        if (key != null && !KEY.matcher(key).matches()) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST, "An Idempotency-Key is 1 to 200 visible ASCII characters.");
        }
        return Optional.ofNullable(key);
    }

    public static <T> T present(@Nullable T value, String member) {
        if (value == null) {
            throw new JsonException("Member '" + member + "' is missing.");
        }
        return value;
    }
}
