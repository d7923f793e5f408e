package io.yunyu.api.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a token may be used for; never more than its owner's roles. */
public enum Scope {
    READ,
    INGEST,
    AGREE,
    SUBMIT,
    REVIEW,
    OPERATE;

    /** Its name outside, in lower case. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Scope of(String text) {
        for (Scope scope : values()) {
            if (scope.text().equals(text)) {
                return scope;
            }
        }
        throw new io.yunyu.contract.json.JsonException(
                "A scope is one of read, ingest, agree, submit, review, operate.");
    }
}
