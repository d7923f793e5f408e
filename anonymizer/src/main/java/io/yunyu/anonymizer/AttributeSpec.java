package io.yunyu.anonymizer;

import io.yunyu.anonymizer.classification.Classifier;
import io.yunyu.anonymizer.data.AttributeRole;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import io.yunyu.anonymizer.hierarchy.HierarchySource;
import io.yunyu.anonymizer.masking.Masking;
import io.yunyu.anonymizer.microaggregation.Microaggregation;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the specification says of one attribute.
 *
 * @param hierarchy required to generalize; a quasi-identifier without one is kept as it is or suppressed
 * @param minLevel least level of a quasi-identifier, from 0
 * @param maxLevel greatest level; absent for the hierarchy's top
 * @param weight of a quasi-identifier in the objective, not negative
 * @param microaggregation of a quasi-identifier: one value released per class
 * @param masking how values are changed one by one; not of a quasi-identifier
 * @param predictedBy classifiers by which the report says how well the quasi-identifiers predict the attribute, in the order of
 *     their kinds; none if it is no response
 */
public record AttributeSpec(
        String name,
        AttributeRole role,
        DataType dataType,
        Optional<HierarchySource> hierarchy,
        int minLevel,
        OptionalInt maxLevel,
        double weight,
        Optional<Microaggregation> microaggregation,
        Optional<Masking> masking,
        Set<Classifier> predictedBy) {
    /** Weight of an attribute that names none. */
    public static final double DEFAULT_WEIGHT = 0.5;

    public AttributeSpec {
        predictedBy = Collections.unmodifiableSet(new TreeSet<>(predictedBy));
        if (!(weight >= 0 && Double.isFinite(weight))) {
            throw new InputException(
                    "Attribute '" + name + "': weight must be a number not below 0, got " + weight + ".");
        }
        if (microaggregation.isPresent() && role != AttributeRole.QUASI_IDENTIFIER) {
            throw new InputException("Attribute '" + name + "': only quasi-identifiers are microaggregated.");
        }
        masking.ifPresent(how -> requireFits(name, role, how));
        if (masking.isPresent() && hierarchy.isPresent()) {
            throw new InputException("Attribute '" + name + "' has a hierarchy and "
                    + masking.get().label() + "; choose one.");
        }
        if (minLevel < 0 || minLevel > maxLevel.orElse(minLevel)) {
            throw new InputException("Attribute '" + name + "': minLevel " + minLevel + " and maxLevel "
                    + maxLevel.orElse(minLevel) + " must satisfy 0 <= minLevel <= maxLevel.");
        }
    }

    private static void requireFits(String name, AttributeRole role, Masking masking) {
        String reason =
                switch (role) {
                    case QUASI_IDENTIFIER -> "a quasi-identifier is generalized; give it a hierarchy instead";
                    case SENSITIVE ->
                        masking.keepsMeaning()
                                ? ""
                                : "privacy models need what a sensitive value says; use round, truncate-date or"
                                        + " topBottomCoding";
                    case DIRECT_IDENTIFIER ->
                        masking.hidesIdentity()
                                ? ""
                                : "it leaves most of a direct identifier readable; use pseudonym, redact or replace";
                    case INSENSITIVE -> "";
                };
        if (!reason.isEmpty()) {
            throw new InputException("Attribute '" + name + "' cannot have " + masking.label() + ": " + reason + ".");
        }
    }

    public static AttributeSpec quasiIdentifier(String name, HierarchySource hierarchy) {
        return new AttributeSpec(
                name,
                AttributeRole.QUASI_IDENTIFIER,
                DataType.STRING,
                Optional.of(hierarchy),
                0,
                OptionalInt.empty(),
                DEFAULT_WEIGHT,
                Optional.empty(),
                Optional.empty(),
                Set.of());
    }

    public static AttributeSpec sensitive(String name, DataType dataType, Optional<HierarchySource> hierarchy) {
        return new AttributeSpec(
                name,
                AttributeRole.SENSITIVE,
                dataType,
                hierarchy,
                0,
                OptionalInt.empty(),
                DEFAULT_WEIGHT,
                Optional.empty(),
                Optional.empty(),
                Set.of());
    }

    /** The same attribute fixed to one level. */
    public AttributeSpec atLevel(int level) {
        return new AttributeSpec(
                name,
                role,
                dataType,
                hierarchy,
                level,
                OptionalInt.of(level),
                weight,
                microaggregation,
                masking,
                predictedBy);
    }

    /** The same attribute with another weight. */
    public AttributeSpec withWeight(double otherWeight) {
        return new AttributeSpec(
                name,
                role,
                dataType,
                hierarchy,
                minLevel,
                maxLevel,
                otherWeight,
                microaggregation,
                masking,
                predictedBy);
    }

    /** The same attribute, its values of this type replaced by one per class. */
    public AttributeSpec microaggregated(DataType type, Microaggregation how) {
        return new AttributeSpec(
                name, role, type, hierarchy, minLevel, maxLevel, weight, Optional.of(how), masking, predictedBy);
    }

    /** Whether the report says how well the quasi-identifiers predict the attribute. */
    public boolean response() {
        return !predictedBy.isEmpty();
    }

    /** Whether the attribute forms the equivalence classes. */
    boolean formsClasses() {
        return role == AttributeRole.QUASI_IDENTIFIER
                && microaggregation.map(Microaggregation::clustering).orElse(true);
    }

    /**
     * The same attribute with its hierarchy built for a column; a quasi-identifier without one gets level 0 only.
     *
     * @throws InputException if a level is not in the hierarchy
     */
    AttributeSpec boundTo(Column column) {
        if (!formsClasses() && hierarchy.isEmpty()) {
            return this;
        }
        GeneralizationHierarchy built = hierarchy
                .map(source -> source.hierarchy(column, dataType))
                .orElseGet(() -> GeneralizationHierarchy.ungeneralized(name, column.dictionary()));
        int highest = maxLevel.orElse(built.levels() - 1);
        if (minLevel > highest || highest >= built.levels()) {
            throw new InputException("Attribute '" + name + "': minLevel " + minLevel + " and maxLevel " + highest
                    + " must lie in 0 to " + (built.levels() - 1) + ", the levels of its hierarchy.");
        }
        return new AttributeSpec(
                name,
                role,
                dataType,
                Optional.of(built),
                minLevel,
                OptionalInt.of(highest),
                weight,
                microaggregation,
                masking,
                predictedBy);
    }

    /** The hierarchy of a bound attribute. */
    Optional<GeneralizationHierarchy> builtHierarchy() {
        return hierarchy.map(source -> {
            if (source instanceof GeneralizationHierarchy built) {
                return built;
            }
            throw new IllegalStateException("Attribute '" + name + "' is not bound to a column yet.");
        });
    }

    /** Greatest allowed level of a bound attribute. */
    int highestLevel() {
        return maxLevel.orElse(height());
    }

    /** Greatest level of a bound attribute's hierarchy. */
    int height() {
        return builtHierarchy().map(GeneralizationHierarchy::levels).orElse(1) - 1;
    }
}
