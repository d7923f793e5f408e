package io.yunyu.anonymizer;

import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.masking.DateTruncation;
import io.yunyu.anonymizer.masking.Masking;
import io.yunyu.anonymizer.masking.PseudonymKey;
import io.yunyu.anonymizer.masking.Pseudonyms;
import io.yunyu.anonymizer.masking.Redaction;
import io.yunyu.anonymizer.masking.Replacement;
import io.yunyu.anonymizer.masking.Rounding;
import io.yunyu.anonymizer.masking.TopBottomCoding;
import io.yunyu.contract.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads how an attribute's values are changed one by one. */
final class MaskingReader {
    private static final List<String> MEMBERS = List.of("masking", "pseudonym", "topBottomCoding");

    private MaskingReader() {}

    /** @param folder what the key file's path is relative to */
    static Optional<Masking> read(JsonObject attribute, SpecFolder folder) {
        List<String> given = MEMBERS.stream().filter(attribute::has).toList();
        if (given.isEmpty()) {
            return Optional.empty();
        }
        String name = attribute.string("name");
        if (given.size() > 1) {
            throw new InputException("Attribute '" + name + "' has " + String.join(" and ", given) + "; choose one.");
        }
        JsonObject json = attribute.object(given.get(0));
        return Optional.of(
                switch (given.get(0)) {
                    case "pseudonym" -> pseudonyms(json, name, folder);
                    case "topBottomCoding" -> coding(json);
                    default -> masking(json);
                });
    }

    /** The key is a file of its own: a specification is shown to reviewers. */
    private static Masking pseudonyms(JsonObject json, String attribute, SpecFolder folder) {
        json.onlyMembers(Set.of("keyFile", "scope"));
        return new Pseudonyms(
                PseudonymKey.read(folder.resolve(json.string("keyFile"))),
                json.optionalString("scope").orElse(attribute));
    }

    private static Masking coding(JsonObject json) {
        json.onlyMembers(Set.of("bottom", "top"));
        return new TopBottomCoding(number(json, "bottom"), number(json, "top"));
    }

    private static Masking masking(JsonObject json) {
        String method = json.string("method");
        return switch (method) {
            case "redact" -> {
                json.onlyMembers(Set.of("method", "keepFirst", "keepLast", "character", "length"));
                yield new Redaction(
                        json.has("keepFirst") ? json.intValue("keepFirst") : 0,
                        json.has("keepLast") ? json.intValue("keepLast") : 0,
                        character(json),
                        json.has("length") ? length(json.intValue("length")) : 0);
            }
            case "replace" ->
                new Replacement(json.onlyMembers(Set.of("method", "value")).string("value"));
            case "truncate-date" -> {
                json.onlyMembers(Set.of("method", "format", "to"));
                yield new DateTruncation(json.string("format"), json.enumValue("to", DateTruncation.Unit.class));
            }
            case "round" ->
                new Rounding(json.onlyMembers(Set.of("method", "multiple")).decimal("multiple"));
            default ->
                throw new InputException("masking.method '" + method
                        + "' is not known; known are redact, replace, round, truncate-date.");
        };
    }

    private static int length(int length) {
        if (length < 1) {
            throw new InputException("masking.length must be at least 1.");
        }
        return length;
    }

    private static int character(JsonObject json) {
        String text = json.optionalString("character").orElse("*");
        if (text.codePointCount(0, text.length()) != 1) {
            throw new InputException("masking.character must be one character.");
        }
        return text.codePointAt(0);
    }

    private static @Nullable BigDecimal number(JsonObject json, String member) {
        return json.has(member) ? json.decimal(member) : null;
    }
}
