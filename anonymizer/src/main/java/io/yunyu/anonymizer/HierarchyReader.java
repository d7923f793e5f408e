package io.yunyu.anonymizer;

import io.yunyu.anonymizer.data.DelimitedFormat;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.hierarchy.DateHierarchy;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import io.yunyu.anonymizer.hierarchy.HierarchySource;
import io.yunyu.anonymizer.hierarchy.IntervalHierarchy;
import io.yunyu.anonymizer.hierarchy.OrderHierarchy;
import io.yunyu.anonymizer.hierarchy.PriorityHierarchy;
import io.yunyu.anonymizer.hierarchy.RedactionHierarchy;
import io.yunyu.contract.json.JsonObject;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads where a hierarchy comes from: a file, or a builder with its parameters. */
final class HierarchyReader {
    private final SpecFolder folder;
    private final DelimitedFormat format;

    HierarchyReader(SpecFolder folder, DelimitedFormat format) {
        this.folder = folder;
        this.format = format;
    }

    HierarchySource read(JsonObject json) {
        if (json.has("rows")) {
            json.onlyMembers(Set.of("rows"));
            return GeneralizationHierarchy.of("rows", json.list("rows", HierarchyReader::row));
        }
        if (!json.has("builder")) {
            json.onlyMembers(Set.of("file"));
            return GeneralizationHierarchy.read(folder.resolve(json.string("file")), format);
        }
        String builder = json.string("builder");
        return switch (builder) {
            case "interval" -> interval(known(json, "origin", "width", "groups", "bottom", "top"));
            case "order" -> new OrderHierarchy(groups(known(json, "groups")));
            case "redaction" -> redaction(known(json, "redaction", "padding", "align", "from"));
            case "date" ->
                new DateHierarchy(known(json, "granularities").strings("granularities").stream()
                        .map(HierarchyReader::granularity)
                        .toList());
            case "priority" -> priority(known(json, "first", "steps"));
            default ->
                throw new InputException("hierarchy.builder '" + builder
                        + "' is not known; known are interval, order, redaction, date, priority.");
        };
    }

    private static List<String> row(Object item) {
        if (item instanceof List<?> cells && cells.stream().allMatch(String.class::isInstance)) {
            return cells.stream().map(String.class::cast).toList();
        }
        throw new InputException("hierarchy.rows must be lists of texts: a value and its labels from fine to coarse.");
    }

    private static IntervalHierarchy interval(JsonObject json) {
        return new IntervalHierarchy(
                json.has("origin") ? json.decimal("origin") : BigDecimal.ZERO,
                json.decimal("width"),
                json.has("groups") ? groups(json) : List.of(),
                json.has("bottom") ? Optional.of(json.decimal("bottom")) : Optional.empty(),
                json.has("top") ? Optional.of(json.decimal("top")) : Optional.empty());
    }

    private static RedactionHierarchy redaction(JsonObject json) {
        RedactionHierarchy absent = RedactionHierarchy.POSTCODE;
        return new RedactionHierarchy(
                character(json, "redaction", absent.redaction()),
                character(json, "padding", absent.padding()),
                choice(json, "align", "left", "right").equals("right"),
                choice(json, "from", "right", "left").equals("right"));
    }

    private static PriorityHierarchy priority(JsonObject json) {
        return new PriorityHierarchy(
                choice(json, "first", "rarest", "most-frequent").equals("rarest"), json.intValue("steps"));
    }

    private static DateHierarchy.Granularity granularity(String name) {
        for (DateHierarchy.Granularity granularity : DateHierarchy.Granularity.values()) {
            if (granularity.name().equals(name)) {
                return granularity;
            }
        }
        throw new InputException(
                "A granularity must be one of " + Arrays.toString(DateHierarchy.Granularity.values()) + ".");
    }

    private static List<Integer> groups(JsonObject json) {
        return json.list("groups", item -> {
            if (item instanceof Long group && group >= 2 && group <= Integer.MAX_VALUE) {
                return group.intValue();
            }
            throw new InputException("hierarchy.groups must be whole numbers of at least 2.");
        });
    }

    private static char character(JsonObject json, String member, char absent) {
        String text = json.optionalString(member).orElse(String.valueOf(absent));
        if (text.length() != 1) {
            throw new InputException("hierarchy." + member + " must be one character.");
        }
        return text.charAt(0);
    }

    /** One of two words; the first where the member is absent. */
    private static String choice(JsonObject json, String member, String first, String second) {
        String word = json.optionalString(member).orElse(first);
        if (!word.equals(first) && !word.equals(second)) {
            throw new InputException("hierarchy." + member + " must be " + first + " or " + second + ".");
        }
        return word;
    }

    private static JsonObject known(JsonObject json, String... members) {
        Set<String> known = new HashSet<>(Arrays.asList(members));
        known.add("builder");
        return json.onlyMembers(known);
    }
}
