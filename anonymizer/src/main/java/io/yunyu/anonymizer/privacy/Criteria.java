package io.yunyu.anonymizer.privacy;

import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import io.yunyu.anonymizer.payout.RecordLoss;
import io.yunyu.anonymizer.privacy.StudiedData.SensitiveAttribute;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Binds privacy models to data. */
final class Criteria {
    private Criteria() {}

    static Optional<ReleaseCriterion> ofRelease(PrivacyModel model) {
        return model instanceof ReleaseCriterion criterion ? Optional.of(criterion) : Optional.empty();
    }

    static List<ClassCriterion> ofClass(PrivacyModel model, StudiedData data) {
        if (model.needsSubset() && !data.hasSubset()) {
            PrivacyModel.require(false, model.label(), "it needs a research subset");
        }
        if (model instanceof ClassCriterion criterion) {
            return List.of(criterion);
        }
        if (model instanceof Profitability m) {
            return List.of(new Profitability.Criterion(
                    m.costBenefit(), m.journalist(), new RecordLoss(data.quasiIdentifiers())));
        }
        if (model.sensitiveAttribute().isEmpty()) {
            return List.of();
        }
        int index = data.indexOf(model.sensitiveAttribute().get());
        return ofSensitive(model, index, data.sensitive().get(index), data.records());
    }

    private static List<ClassCriterion> ofSensitive(
            PrivacyModel model, int index, SensitiveAttribute attribute, long records) {
        double[] overall = Arrays.stream(attribute.frequencies())
                .mapToDouble(frequency -> (double) frequency / records)
                .toArray();
        if (model instanceof DistinctLDiversity m) {
            return List.of(new DistinctLDiversity.Criterion(index, m.l()));
        } else if (model instanceof EntropyLDiversity m) {
            return List.of(
                    new DistinctLDiversity.Criterion(index, (int) Math.ceil(m.l())),
                    new EntropyLDiversity.Criterion(index, m.l(), m.estimator()));
        } else if (model instanceof RecursiveCLDiversity m) {
            return List.of(
                    new DistinctLDiversity.Criterion(index, m.l()),
                    new RecursiveCLDiversity.Criterion(index, m.c(), m.l()));
        } else if (model instanceof EqualTCloseness m) {
            return List.of(new EqualTCloseness.Criterion(index, m.t(), overall));
        } else if (model instanceof OrderedTCloseness m) {
            return List.of(
                    new OrderedTCloseness.Criterion(index, m.t(), attribute.frequencies(), ranks(attribute), records));
        } else if (model instanceof HierarchicalTCloseness m) {
            BoundHierarchy tree = attribute.requiredHierarchy().bind(attribute.name(), attribute.dictionary());
            return List.of(new HierarchicalTCloseness.Criterion(index, m.t(), attribute.frequencies(), tree, records));
        } else if (model instanceof DeltaDisclosure m) {
            return List.of(new DeltaDisclosure.Criterion(index, m.delta(), overall));
        } else if (model instanceof BasicBetaLikeness m) {
            double[] limits = Arrays.stream(overall).map(p -> m.beta()).toArray();
            return List.of(new BasicBetaLikeness.Criterion(index, limits, overall));
        } else if (model instanceof EnhancedBetaLikeness m) {
            double[] limits = Arrays.stream(overall)
                    .map(p -> Math.min(m.beta(), -Math.log(p)))
                    .toArray();
            return List.of(new BasicBetaLikeness.Criterion(index, limits, overall));
        }
        throw new IllegalStateException("Model " + model.label() + " protects an attribute but has no criterion.");
    }

    private static int[] ranks(SensitiveAttribute attribute) {
        List<Integer> ascending = attribute.type().ascending(attribute.name(), attribute.dictionary());
        int[] rankOf = new int[ascending.size()];
        for (int rank = 0; rank < rankOf.length; rank++) {
            rankOf[ascending.get(rank)] = rank;
        }
        return rankOf;
    }
}
