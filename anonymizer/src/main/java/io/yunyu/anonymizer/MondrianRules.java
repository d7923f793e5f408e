package io.yunyu.anonymizer;

import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.mondrian.Dimension;
import io.yunyu.anonymizer.privacy.DeltaDisclosure;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy;
import io.yunyu.anonymizer.privacy.EntropyLDiversity;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import io.yunyu.anonymizer.privacy.Profitability;
import io.yunyu.anonymizer.privacy.ReleaseCriterion;
import io.yunyu.anonymizer.quality.HeightMeasure;
import io.yunyu.anonymizer.quality.InformationLossMeasure;
import io.yunyu.anonymizer.quality.NonUniformEntropyMeasure;
import io.yunyu.anonymizer.quality.PrecisionMeasure;
import io.yunyu.anonymizer.quality.StaticMeasure;
import io.yunyu.anonymizer.search.SearchLimits;

/** Refuses what a specification asks for beside Mondrian that has no meaning there. */
final class MondrianRules {
    private MondrianRules() {}

    /**
     * @param spec not bound to a table yet
     * @throws InputException if it does not go with Mondrian
     */
    static void requireFits(AnonymizationSpec spec) {
        for (PrivacyModel model : spec.privacyModels()) {
            String reason = reasonAgainst(model, spec.searchAlgorithm().isRelaxed());
            if (!reason.isEmpty()) {
                throw new InputException(
                        "Model " + model.label() + " cannot be combined with search.algorithm mondrian: " + reason);
            }
        }
        if (spec.localRecoding().isPresent()) {
            throw new InputException(
                    "localRecoding cannot be combined with search.algorithm mondrian, which recodes locally itself.");
        }
        if (!spec.searchLimits().equals(SearchLimits.NONE)) {
            throw new InputException(
                    "timeLimitSeconds, stepLimit and practicalMonotonicity cannot be combined with"
                            + " search.algorithm mondrian: it searches no lattice, and where it stops must not depend on time.");
        }
        requireWithoutLevels(spec.objective());
        spec.attributes().forEach(MondrianRules::requireNoBounds);
    }

    private static String reasonAgainst(PrivacyModel model, boolean relaxed) {
        if (model.needsSubset()) {
            return "it speaks about who is in the research subset, and cuts are decided for all records. Use a"
                    + " full-domain search.";
        } else if (model instanceof ReleaseCriterion) {
            return "it speaks about the release as a whole, and a cut is decided for its parts. Ask for k-anonymity of"
                    + " the size that the risk implies, or use a full-domain search.";
        } else if (model instanceof DifferentialPrivacy) {
            return "its guarantee was shown for full-domain generalization.";
        } else if (model instanceof Profitability) {
            return "its payout depends on the labels that a class has in the end. Use the model without attack, or a"
                    + " full-domain search.";
        }
        boolean losesByJoining = model instanceof DeltaDisclosure
                || model instanceof EntropyLDiversity entropy
                        && entropy.estimator() == EntropyLDiversity.Estimator.GRASSBERGER;
        return relaxed && losesByJoining
                ? "relaxed regions may read alike and are one class then, which can violate this model though each of"
                        + " them satisfies it. Use mode strict."
                : "";
    }

    private static void requireWithoutLevels(InformationLossMeasure measure) {
        if (measure instanceof HeightMeasure
                || measure instanceof PrecisionMeasure
                || measure instanceof StaticMeasure
                || measure instanceof NonUniformEntropyMeasure) {
            throw new InputException("Measure " + measure.label() + " is defined on one level for each attribute, which"
                    + " search.algorithm mondrian does not choose. Take loss, aecs, discernibility, ambiguity,"
                    + " entropy-based-loss, kl-divergence, publisher-payout or classification.");
        }
    }

    private static void requireNoBounds(AttributeSpec attribute) {
        boolean bounded = attribute.minLevel() > 0 || attribute.maxLevel().isPresent();
        if (attribute.formsClasses()
                && bounded
                && Dimension.isOrdered(
                        attribute.dataType(), attribute.hierarchy().isPresent())) {
            throw new InputException("Attribute '" + attribute.name() + "': minLevel and maxLevel have no meaning where"
                    + " search.algorithm mondrian cuts between values in their order. Leave them out, or give the"
                    + " attribute a hierarchy and no dataType: then it is cut along the hierarchy.");
        }
    }
}
