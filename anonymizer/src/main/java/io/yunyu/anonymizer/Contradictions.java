package io.yunyu.anonymizer;

import io.yunyu.anonymizer.data.AttributeRole;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.microaggregation.Microaggregation;
import io.yunyu.anonymizer.privacy.AverageRisk;
import io.yunyu.anonymizer.privacy.DeltaPresence;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy;
import io.yunyu.anonymizer.privacy.DistinctLDiversity;
import io.yunyu.anonymizer.privacy.EntropyLDiversity;
import io.yunyu.anonymizer.privacy.EqualTCloseness;
import io.yunyu.anonymizer.privacy.EstimatedKMap;
import io.yunyu.anonymizer.privacy.HierarchicalTCloseness;
import io.yunyu.anonymizer.privacy.Inclusion;
import io.yunyu.anonymizer.privacy.KAnonymity;
import io.yunyu.anonymizer.privacy.KMap;
import io.yunyu.anonymizer.privacy.OrderedTCloseness;
import io.yunyu.anonymizer.privacy.PopulationUniqueness;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import io.yunyu.anonymizer.privacy.RecursiveCLDiversity;
import io.yunyu.anonymizer.privacy.SampleUniqueness;
import io.yunyu.anonymizer.quality.PublisherPayoutMeasure;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuses specifications whose parts are each allowed but make no sense together: what one says would be ignored, cannot hold
 * beside another, or protects nobody. Looks at the specification alone, so that the message says nothing of records.
 */
final class Contradictions {
    private Contradictions() {}

    /** @throws InputException that names the two, and what to do */
    static void requireNone(AnonymizationSpec spec) {
        spec.attributes().forEach(Contradictions::requireUsed);
        requireWeight(spec.attributes());
        requireOnePopulation(spec);
        spec.subset().ifPresent(subset -> requireSubsetThatMayBeKnown(spec, subset));
        requireLimitThatIsKept(spec);
        if (spec.localRecoding().isPresent() && spec.suppressionLimit().fraction() == 0) {
            throw new InputException(
                    "localRecoding works on suppressed records, and suppressionLimit is 0: there would be"
                            + " none. Raise suppressionLimit, or leave localRecoding out.");
        }
        if (spec.objective() instanceof PublisherPayoutMeasure payout
                && payout.journalist()
                && spec.subset().isEmpty()) {
            throw new InputException("Measure publisher-payout with journalist needs to know the population: no privacy"
                    + " model names a subset. Add the model inclusion, or leave journalist out.");
        }
    }

    /** Refuses what would release who a record is of, or ask for no protection at all. */
    static void requireProtective(AnonymizationSpec spec) {
        spec.riskSettings().privacyUnit().ifPresent(unit -> {
            AttributeRole role = spec.attributes().stream()
                    .filter(attribute -> attribute.name().equals(unit))
                    .map(AttributeSpec::role)
                    .findFirst()
                    .orElse(AttributeRole.INSENSITIVE);
            if (role != AttributeRole.DIRECT_IDENTIFIER) {
                throw new InputException("privacyUnit '" + unit + "' tells persons apart, and its role " + role
                        + " would release it; make it a DIRECT_IDENTIFIER.");
            }
        });
        if (spec.privacyModels().stream().allMatch(Contradictions::isSatisfiedByAnything)) {
            throw new InputException("Every release satisfies "
                    + String.join(
                            ", ",
                            spec.privacyModels().stream()
                                    .map(PrivacyModel::label)
                                    .toList())
                    + ": nothing would be protected. Name a model that asks for something.");
        }
        for (AttributeSpec attribute : spec.attributes()) {
            List<PrivacyModel> models = spec.privacyModels().stream()
                    .filter(model -> model.sensitiveAttribute()
                            .filter(attribute.name()::equals)
                            .isPresent())
                    .toList();
            if (!models.isEmpty() && models.stream().allMatch(Contradictions::isSatisfiedByAnything)) {
                throw new InputException("Model " + models.get(0).label() + " is satisfied by anything, and no other"
                        + " protects the sensitive attribute '" + attribute.name()
                        + "'; ask for more, or make the attribute INSENSITIVE.");
            }
        }
    }

    private static void requireUsed(AttributeSpec attribute) {
        boolean isQuasiIdentifier = attribute.role() == AttributeRole.QUASI_IDENTIFIER;
        boolean isBounded = attribute.minLevel() > 0 || attribute.maxLevel().isPresent();
        if (!isQuasiIdentifier && (isBounded || attribute.weight() != AttributeSpec.DEFAULT_WEIGHT)) {
            throw new InputException("Attribute '" + attribute.name()
                    + "' cannot have minLevel, maxLevel or weight: only quasi-identifiers are generalized.");
        }
        if (attribute.response() && attribute.role() == AttributeRole.DIRECT_IDENTIFIER) {
            throw new InputException("Attribute '" + attribute.name()
                    + "' cannot be a response: it is a direct identifier, which is not released.");
        }
        boolean clusters =
                attribute.microaggregation().map(Microaggregation::clustering).orElse(true);
        if (!clusters && (attribute.hierarchy().isPresent() || isBounded)) {
            throw new InputException("Attribute '" + attribute.name()
                    + "' cannot have a hierarchy, minLevel or maxLevel beside microaggregation:"
                    + " without \"clustering\": true classes are formed without it.");
        }
        if (attribute.microaggregation().isPresent()
                && clusters
                && attribute.hierarchy().isEmpty()) {
            throw new InputException("Attribute '" + attribute.name()
                    + "' cannot be microaggregated with clustering: without a hierarchy a class holds"
                    + " one value, and there is nothing to aggregate.");
        }
    }

    private static void requireWeight(List<AttributeSpec> attributes) {
        List<AttributeSpec> weighed = attributes.stream()
                .filter(attribute -> attribute.role() == AttributeRole.QUASI_IDENTIFIER)
                .toList();
        if (!weighed.isEmpty() && weighed.stream().allMatch(attribute -> attribute.weight() == 0)) {
            throw new InputException("Every quasi-identifier has weight 0, so that no loss counts. Give one a weight.");
        }
    }

    /** Whoever knows the specification knows the values, of everybody who is released. */
    private static void requireSubsetThatMayBeKnown(AnonymizationSpec spec, ResearchSubset subset) {
        if (!(subset instanceof ResearchSubset.Selected selected)) {
            return;
        }
        AttributeSpec attribute = spec.attributes().stream()
                .filter(listed -> listed.name().equals(selected.attribute()))
                .findFirst()
                .orElseThrow(() -> new InputException("The subset is selected by '" + selected.attribute()
                        + "', which is not among the attributes. List it there with its role."));
        if (attribute.role() == AttributeRole.SENSITIVE
                || attribute.role() == AttributeRole.DIRECT_IDENTIFIER
                || attribute.masking().isPresent()
                || attribute.microaggregation().isPresent()) {
            throw new InputException("The subset is selected by '" + selected.attribute()
                    + "', which is sensitive, a direct identifier, masked or microaggregated: every released record would"
                    + " be known to have one of the values. Select it by another.");
        }
    }

    private static void requireOnePopulation(AnonymizationSpec spec) {
        Set<Long> populations = new TreeSet<>();
        spec.riskSettings().population().ifPresent(populations::add);
        for (PrivacyModel model : spec.privacyModels()) {
            if (model instanceof EstimatedKMap estimated) {
                populations.add(estimated.population());
            } else if (model instanceof PopulationUniqueness uniqueness) {
                populations.add(uniqueness.population());
            }
        }
        if (populations.size() > 1) {
            throw new InputException("The specification names different populations: " + populations
                    + ". The records come from one; give the same number everywhere.");
        }
        boolean estimates = spec.privacyModels().stream().anyMatch(EstimatedKMap.class::isInstance);
        if (estimates && spec.privacyModels().stream().anyMatch(KMap.class::isInstance)) {
            throw new InputException("k-map cannot count the population in a subset's input and estimate it too. Name a"
                    + " subset or a population.");
        }
    }

    private static void requireLimitThatIsKept(AnonymizationSpec spec) {
        double limit = spec.suppressionLimit().fraction();
        if (limit > 0
                && limit < 1
                && DifferentialPrivacy.among(spec.privacyModels()).isPresent()) {
            throw new InputException("suppressionLimit " + limit + " cannot be kept beside differential-privacy, which"
                    + " suppresses every class that is too small. Leave suppressionLimit out, or set it to 1.");
        }
    }

    private static boolean isSatisfiedByAnything(PrivacyModel model) {
        if (model instanceof KAnonymity k) {
            return k.k() == 1;
        } else if (model instanceof DistinctLDiversity l) {
            return l.l() == 1;
        } else if (model instanceof EntropyLDiversity l) {
            return l.l() == 1 && l.estimator() == EntropyLDiversity.Estimator.SHANNON;
        } else if (model instanceof RecursiveCLDiversity l) {
            return l.l() == 1 && l.c() > 1;
        } else if (model instanceof EqualTCloseness t) {
            return t.t() == 1;
        } else if (model instanceof OrderedTCloseness t) {
            return t.t() == 1;
        } else if (model instanceof HierarchicalTCloseness t) {
            return t.t() == 1;
        } else if (model instanceof DeltaPresence presence) {
            return presence.min() == 0 && presence.max() == 1;
        } else if (model instanceof KMap k) {
            return k.k() == 1;
        } else if (model instanceof AverageRisk risk) {
            return risk.averageRisk() == 1 && risk.highestRisk().isEmpty();
        } else if (model instanceof SampleUniqueness unique) {
            return unique.threshold() == 1;
        }
        return model instanceof Inclusion;
    }
}
