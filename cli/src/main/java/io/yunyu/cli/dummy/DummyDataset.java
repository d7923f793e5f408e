package io.yunyu.cli.dummy;

import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.profile.ProtectedProfile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A dataset as the catalog describes it to somebody who makes up data for it.
 *
 * @param profile what is told of its values; empty if its provider permits the schema only
 */
public record DummyDataset(
        String id,
        String family,
        String unitColumn,
        List<AttributeSpec> attributes,
        Optional<ProtectedProfile> profile) {
    public DummyDataset {
        attributes = List.copyOf(attributes);
    }

    /** Reads what {@code GET /api/v1/datasets/{id}/profile} answers. */
    public static DummyDataset parse(JsonObject json) {
        return new DummyDataset(
                json.string("id"),
                json.string("family"),
                json.string("unitColumn"),
                json.objects("attributes").stream().map(AttributeSpec::parse).toList(),
                json.has("protected")
                        ? Optional.of(ProtectedProfile.parse(json.object("protected")))
                        : Optional.empty());
    }

    boolean isUnit(AttributeSpec attribute) {
        return attribute.name().equalsIgnoreCase(unitColumn);
    }

    boolean isRowUnit() {
        return unitColumn.equals(GrantedTable.ROW_UNIT);
    }

    /** What a dry run must know of it. */
    Map<String, Object> toJson() {
        return Json.object(
                "dataset",
                id,
                "unitColumn",
                unitColumn,
                "attributes",
                attributes.stream().map(AttributeSpec::toJson).toList());
    }
}
