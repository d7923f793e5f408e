package io.yunyu.contract.job;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A provider's signed order to load one batch into a dataset. The first order for a dataset also creates it and pins
 * the provider's key to it.
 *
 * @param dataset the dataset's id and its table name in SQL: lower-case letters, digits and underscores
 * @param provider id of the providing organization
 * @param providerKey public key the order is signed with
 * @param family dataset family: tables of one family share privacy units and their unit secret
 * @param unitColumn column that identifies the privacy unit, or {@code @row}
 * @param openAttribute {@code UNCONDITIONAL}, {@code CONDITIONAL} or {@code NOT_OPEN} (第三十二条)
 * @param kind {@code ORIGINAL} records, or a data {@code ELEMENT} made by primary development
 * @param acquiredOn date on which the provider acquired the records (第四十条)
 * @param replace whether the batch replaces the table's content or is appended
 * @param allowSyntheticRegions whether fictional identifiers (county part 99) are accepted; shown on every page
 * @param attributes the columns; empty if the engine is to infer them from the file
 * @param profileMinUnits if present, the load also makes a protected profile for dummy data, which everyone who reads the
 *     catalog may see: only of what at least so many units have; absent, the schema is all that is told
 */
public record IngestOrder(
        String dataset,
        String titleZh,
        String titleEn,
        String provider,
        String providerKey,
        String family,
        String unitColumn,
        String openAttribute,
        String kind,
        LocalDate acquiredOn,
        boolean replace,
        boolean allowSyntheticRegions,
        Source source,
        List<AttributeSpec> attributes,
        Optional<Integer> profileMinUnits) {
    public static final String TYPE = "IngestOrder";

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Set<String> MEMBERS = Set.of(
            "@type",
            "dataset",
            "titleZh",
            "titleEn",
            "provider",
            "providerKey",
            "family",
            "unitColumn",
            "openAttribute",
            "kind",
            "acquiredOn",
            "replace",
            "allowSyntheticRegions",
            "source",
            "attributes",
            "profileMinUnits");
    private static final int LEAST_PROFILE_UNITS = 10;
    private static final int MOST_PROFILE_UNITS = 1_000;

    public IngestOrder {
        attributes = List.copyOf(attributes);
        if (!ID.matcher(dataset).matches() || !ID.matcher(family).matches()) {
            throw new JsonException("Dataset and family ids are 1 to 63 lower-case letters, digits and underscores.");
        }
        if (!Set.of("UNCONDITIONAL", "CONDITIONAL", "NOT_OPEN").contains(openAttribute)) {
            throw new JsonException("Member 'openAttribute' must be UNCONDITIONAL, CONDITIONAL or NOT_OPEN.");
        }
        if (!Set.of("ORIGINAL", "ELEMENT").contains(kind)) {
            throw new JsonException("Member 'kind' must be ORIGINAL or ELEMENT.");
        }
        if (attributes.stream()
                        .map(a -> a.name().toLowerCase(java.util.Locale.ROOT))
                        .distinct()
                        .count()
                != attributes.size()) {
            throw new JsonException("Two columns of the dataset have the same name.");
        }
        if (profileMinUnits.isPresent()
                && (profileMinUnits.get() < LEAST_PROFILE_UNITS || profileMinUnits.get() > MOST_PROFILE_UNITS)) {
            throw new JsonException("Member 'profileMinUnits' must be " + LEAST_PROFILE_UNITS + " to "
                    + MOST_PROFILE_UNITS + "; leave it out to tell the schema only.");
        }
        if (profileMinUnits.isPresent() && openAttribute.equals("NOT_OPEN")) {
            throw new JsonException("Nothing is told of the values of what is NOT_OPEN. Leave 'profileMinUnits' out.");
        }
    }

    /** An order that permits no profile. */
    public IngestOrder(
            String dataset,
            String titleZh,
            String titleEn,
            String provider,
            String providerKey,
            String family,
            String unitColumn,
            String openAttribute,
            String kind,
            LocalDate acquiredOn,
            boolean replace,
            boolean allowSyntheticRegions,
            Source source,
            List<AttributeSpec> attributes) {
        this(
                dataset,
                titleZh,
                titleEn,
                provider,
                providerKey,
                family,
                unitColumn,
                openAttribute,
                kind,
                acquiredOn,
                replace,
                allowSyntheticRegions,
                source,
                attributes,
                Optional.empty());
    }

    /** The same order, with a profile of what at least so many units have. */
    public IngestOrder withProfile(int minUnits) {
        return new IngestOrder(
                dataset,
                titleZh,
                titleEn,
                provider,
                providerKey,
                family,
                unitColumn,
                openAttribute,
                kind,
                acquiredOn,
                replace,
                allowSyntheticRegions,
                source,
                attributes,
                Optional.of(minUnits));
    }

    public String toText() {
        return Json.write(Json.object(
                "@type",
                TYPE,
                "dataset",
                dataset,
                "titleZh",
                titleZh,
                "titleEn",
                titleEn,
                "provider",
                provider,
                "providerKey",
                providerKey,
                "family",
                family,
                "unitColumn",
                unitColumn,
                "openAttribute",
                openAttribute,
                "kind",
                kind,
                "acquiredOn",
                acquiredOn.toString(),
                "replace",
                replace,
                "allowSyntheticRegions",
                allowSyntheticRegions,
                "source",
                source.toJson(),
                "attributes",
                attributes.stream().map(AttributeSpec::toJson).toList(),
                "profileMinUnits",
                profileMinUnits.orElse(null)));
    }

    /** @throws JsonException if the text is not an order in canonical form */
    public static IngestOrder parse(String text) {
        JsonObject json = Json.parseObject(text).onlyMembers(MEMBERS);
        IngestOrder order = new IngestOrder(
                json.string("dataset"),
                json.string("titleZh"),
                json.string("titleEn"),
                json.string("provider"),
                json.string("providerKey"),
                json.string("family"),
                json.string("unitColumn"),
                json.string("openAttribute"),
                json.string("kind"),
                json.date("acquiredOn"),
                json.bool("replace"),
                json.bool("allowSyntheticRegions"),
                Source.parse(json.object("source")),
                json.objects("attributes").stream().map(AttributeSpec::parse).toList(),
                json.has("profileMinUnits") ? Optional.of(json.intValue("profileMinUnits")) : Optional.empty());
        if (!order.toText().equals(text)) {
            throw new JsonException("The order is not in canonical form, so that its signature could not be checked.");
        }
        return order;
    }
}
