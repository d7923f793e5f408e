package io.yunyu.contract.dimension;

import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.util.Map;

/**
 * What a provider declares of a column that tables may be broken down by: the only values that a query may name, and the
 * only levels at which it may group. Two queries can then differ by whole declared groups, never by a piece that was cut
 * to one person's measure.
 */
public sealed interface Dimension permits CodeList, NestedCodes, Bands, Periods {
    Map<String, Object> toJson();

    /** Whether a column of the type can have this dimension; types as in {@code AttributeSpec}. */
    boolean fits(String type);

    /** @throws JsonException if it is no dimension */
    static Dimension parse(JsonObject json) {
        return switch (json.string("kind")) {
            case CodeList.KIND -> CodeList.parse(json);
            case NestedCodes.KIND -> NestedCodes.parse(json);
            case Bands.KIND -> Bands.parse(json);
            case Periods.KIND -> Periods.parse(json);
            default -> throw new JsonException("Member 'kind' of a dimension must be codes, nested, bands or periods.");
        };
    }
}
