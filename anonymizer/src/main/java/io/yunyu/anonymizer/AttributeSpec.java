package io.yunyu.anonymizer;

import io.yunyu.anonymizer.data.AttributeRole;
import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the specification says of one attribute.
 *
 * @param hierarchy required to generalize; a quasi-identifier without one is kept as it is or suppressed
 * @param minLevel least level of a quasi-identifier, from 0
 * @param maxLevel greatest level; absent for the hierarchy's top
 * @param weight of a quasi-identifier in the objective, not negative
 */
public record AttributeSpec(
        String name,
        AttributeRole role,
        DataType dataType,
        Optional<GeneralizationHierarchy> hierarchy,
        int minLevel,
        OptionalInt maxLevel,
        double weight) {
    /** Weight of an attribute that names none. */
    public static final double DEFAULT_WEIGHT = 0.5;

    public AttributeSpec {
        if (!(weight >= 0 && Double.isFinite(weight))) {
            throw new InputException("Attribute '" + name + "': weight must be a number not below 0, got " + weight + ".");
        }
        int levels = hierarchy.map(GeneralizationHierarchy::levels).orElse(1);
        if (minLevel < 0 || minLevel > maxLevel.orElse(levels - 1) || maxLevel.orElse(0) >= levels) {
            throw new InputException("Attribute '" + name + "': minLevel " + minLevel + " and maxLevel "
                    + maxLevel.orElse(levels - 1) + " must satisfy 0 <= minLevel <= maxLevel <= " + (levels - 1) + ".");
        }
    }

    public static AttributeSpec quasiIdentifier(String name, GeneralizationHierarchy hierarchy) {
        return new AttributeSpec(
                name,
                AttributeRole.QUASI_IDENTIFIER,
                DataType.STRING,
                Optional.of(hierarchy),
                0,
                OptionalInt.empty(),
                DEFAULT_WEIGHT);
    }

    public static AttributeSpec sensitive(String name, DataType dataType, Optional<GeneralizationHierarchy> hierarchy) {
        return new AttributeSpec(
                name, AttributeRole.SENSITIVE, dataType, hierarchy, 0, OptionalInt.empty(), DEFAULT_WEIGHT);
    }

    /** The same attribute fixed to one level. */
    public AttributeSpec atLevel(int level) {
        return new AttributeSpec(name, role, dataType, hierarchy, level, OptionalInt.of(level), weight);
    }

    /** The same attribute with another weight. */
    public AttributeSpec withWeight(double otherWeight) {
        return new AttributeSpec(name, role, dataType, hierarchy, minLevel, maxLevel, otherWeight);
    }

    int highestLevel() {
        return maxLevel.orElse(height());
    }

    int height() {
        return hierarchy.map(GeneralizationHierarchy::levels).orElse(1) - 1;
    }
}
