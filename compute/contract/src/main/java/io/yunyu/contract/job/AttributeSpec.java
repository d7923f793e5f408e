package io.yunyu.contract.job;

import io.yunyu.contract.dimension.ColumnDomain;
import io.yunyu.contract.dimension.Dimension;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A column of a dataset as its provider declares it.
 *
 * @param name lower-case letters, digits and underscores, hyphens allowed; never beginning with two underscores
 * @param type {@code STRING}, {@code LONG}, {@code DOUBLE}, {@code DECIMAL(p,s)}, {@code DATE}, {@code TIMESTAMP} or {@code BOOLEAN}
 * @param grade level of general data, 1 (lowest) to 4 (GB/T 43697 practice)
 * @param identifier {@code CITIZEN_ID} or {@code USCC} where the column's values must be such identifiers
 * @param required whether an empty value makes the row bad
 * @param dimension the values that queries may name and group by; a value outside of it makes the row bad
 * @param highCardinality whether most values belong to few units: measured at ingest, or declared; never taken back by a
 *     measurement
 */
public record AttributeSpec(
        String name,
        String type,
        AttributeRole role,
        int grade,
        Optional<String> identifier,
        boolean required,
        String titleZh,
        String titleEn,
        Optional<Dimension> dimension,
        boolean highCardinality) {
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_ .-]{0,127}");
    private static final Pattern TYPE =
            Pattern.compile("STRING|LONG|DOUBLE|DATE|TIMESTAMP|BOOLEAN|DECIMAL\\(([1-9]|1[0-8]),([0-9]|1[0-8])\\)");

    public AttributeSpec {
        if (!NAME.matcher(name).matches() || name.startsWith("__")) {
            throw new JsonException(
                    "A column name must begin with a letter, hold letters, digits and _ - . only, and not begin with __.");
        }
        if (!TYPE.matcher(type).matches()) {
            throw new JsonException("Column '" + name + "' has an unknown type; decimals have at most 18 digits.");
        }
        if (grade < 1 || grade > 4) {
            throw new JsonException("Column '" + name + "' must have a grade from 1 to 4.");
        }
        if (identifier.isPresent() && !Set.of("CITIZEN_ID", "USCC").contains(identifier.get())) {
            throw new JsonException("Column '" + name + "' names an unknown identifier; known are CITIZEN_ID, USCC.");
        }
        if (dimension.isPresent() && (identifier.isPresent() || role == AttributeRole.DIRECT_IDENTIFIER)) {
            throw new JsonException(
                    "Column '" + name + "' identifies directly and cannot be a dimension. Remove the dimension.");
        }
        if (dimension.isPresent() && !dimension.get().fits(type)) {
            throw new JsonException("Column '" + name + "' is " + type
                    + ", which its dimension does not fit: codes need STRING, LONG or BOOLEAN, nested codes STRING, bands"
                    + " a numeric type with the cut points' decimals, periods DATE or TIMESTAMP.");
        }
    }

    /** A column without dimension, of whose values nothing is known. */
    public AttributeSpec(
            String name,
            String type,
            AttributeRole role,
            int grade,
            Optional<String> identifier,
            boolean required,
            String titleZh,
            String titleEn) {
        this(name, type, role, grade, identifier, required, titleZh, titleEn, Optional.empty(), false);
    }

    public AttributeSpec with(Dimension declared) {
        return new AttributeSpec(
                name,
                type,
                role,
                grade,
                identifier,
                required,
                titleZh,
                titleEn,
                Optional.of(declared),
                highCardinality);
    }

    public AttributeSpec withHighCardinality() {
        return new AttributeSpec(name, type, role, grade, identifier, required, titleZh, titleEn, dimension, true);
    }

    /** What the plan policy must know of it. */
    public ColumnDomain domain() {
        return new ColumnDomain(
                role == AttributeRole.DIRECT_IDENTIFIER || identifier.isPresent(), highCardinality, dimension);
    }

    /** Whether sums and means make sense. */
    public boolean isNumeric() {
        return type.equals("LONG") || type.equals("DOUBLE") || type.startsWith("DECIMAL");
    }

    public Map<String, Object> toJson() {
        return Json.object(
                "name",
                name,
                "type",
                type,
                "role",
                role.name(),
                "grade",
                grade,
                "identifier",
                identifier.orElse(null),
                "required",
                required,
                "titleZh",
                titleZh,
                "titleEn",
                titleEn,
                "dimension",
                dimension.map(Dimension::toJson).orElse(null),
                "highCardinality",
                highCardinality ? true : null);
    }

    public static AttributeSpec parse(JsonObject json) {
        json.onlyMembers(Set.of(
                "name",
                "type",
                "role",
                "grade",
                "identifier",
                "required",
                "titleZh",
                "titleEn",
                "dimension",
                "highCardinality"));
        return new AttributeSpec(
                json.string("name"),
                json.string("type"),
                json.enumValue("role", AttributeRole.class),
                json.intValue("grade"),
                json.optionalString("identifier"),
                json.boolOr("required", false),
                json.optionalString("titleZh").orElse(json.string("name")),
                json.optionalString("titleEn").orElse(json.string("name")),
                json.has("dimension") ? Optional.of(Dimension.parse(json.object("dimension"))) : Optional.empty(),
                json.boolOr("highCardinality", false));
    }
}
