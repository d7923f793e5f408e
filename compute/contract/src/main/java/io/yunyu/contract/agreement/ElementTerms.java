package io.yunyu.contract.agreement;

import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an agreement says of data elements made of a dataset: de-identified records that may leave (第一级开发).
 *
 * @param policy smallest class of persons that may leave, by where the element may be used
 * @param columns the columns it may show, each with the role it must have at least; every other column stays
 */
public record ElementTerms(Policy policy, Map<String, AttributeRole> columns) {
    /** Thresholds on the number of persons whose records look alike. */
    public enum Policy {
        /** Open to everyone. */
        PUBLIC(20),
        /** Handed to known recipients under an agreement. */
        CONTROLLED(11),
        /** Used inside a controlled environment. */
        ENCLAVE(5);

        private final int smallestClass;

        Policy(int smallestClass) {
            this.smallestClass = smallestClass;
        }

        public int smallestClass() {
            return smallestClass;
        }
    }

    public ElementTerms {
        columns = Collections.unmodifiableMap(new TreeMap<>(columns));
        if (columns.isEmpty() || columns.containsValue(AttributeRole.DIRECT_IDENTIFIER)) {
            throw new JsonException(
                    "A data element names at least one column, and none of them as DIRECT_IDENTIFIER: those never leave.");
        }
    }

    /** Whether records may be read for the column. */
    public boolean shows(String column) {
        return columns.containsKey(column);
    }

    /**
     * Whether a specification may give a column this role: the agreed one, or one that protects more. Insensitive columns
     * leave as they are; sensitive ones leave as they are too, but what classes show of them is limited; quasi-identifiers
     * are generalized.
     */
    public boolean allows(String column, AttributeRole role) {
        AttributeRole agreed = columns.get(column);
        return agreed != null
                && switch (agreed) {
                    case INSENSITIVE -> true;
                    case SENSITIVE -> role != AttributeRole.INSENSITIVE;
                    case QUASI_IDENTIFIER ->
                        role == AttributeRole.QUASI_IDENTIFIER || role == AttributeRole.DIRECT_IDENTIFIER;
                    case DIRECT_IDENTIFIER -> false;
                };
    }

    Map<String, Object> toJson() {
        Map<String, Object> roles = new TreeMap<>();
        columns.forEach((name, role) -> roles.put(name, role.name()));
        return Json.object("policy", policy.name(), "column", roles);
    }

    static ElementTerms parse(JsonObject json) {
        json.onlyMembers(java.util.Set.of("policy", "column"));
        Map<String, AttributeRole> columns = new TreeMap<>();
        JsonObject roles = json.object("column");
        roles.asMap().keySet().forEach(name -> columns.put(name, roles.enumValue(name, AttributeRole.class)));
        return new ElementTerms(json.enumValue("policy", Policy.class), columns);
    }
}
