package io.yunyu.anonymizer.arx;

import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.payout.CostBenefit;
import io.yunyu.anonymizer.privacy.AverageRisk;
import io.yunyu.anonymizer.privacy.BasicBetaLikeness;
import io.yunyu.anonymizer.privacy.DeltaDisclosure;
import io.yunyu.anonymizer.privacy.DeltaPresence;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy;
import io.yunyu.anonymizer.privacy.DistinctLDiversity;
import io.yunyu.anonymizer.privacy.EnhancedBetaLikeness;
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
import io.yunyu.anonymizer.privacy.Profitability;
import io.yunyu.anonymizer.privacy.ProfitabilityWithoutAttack;
import io.yunyu.anonymizer.privacy.RecursiveCLDiversity;
import io.yunyu.anonymizer.privacy.SampleUniqueness;
import org.deidentifier.arx.ARXConfiguration;
import org.deidentifier.arx.ARXCostBenefitConfiguration;
import org.deidentifier.arx.ARXPopulationModel;
import org.deidentifier.arx.DataGeneralizationScheme;
import org.deidentifier.arx.DataGeneralizationScheme.GeneralizationDegree;
import org.deidentifier.arx.DataSubset;
import org.deidentifier.arx.criteria.AverageReidentificationRisk;
import org.deidentifier.arx.criteria.BasicBLikeness;
import org.deidentifier.arx.criteria.DDisclosurePrivacy;
import org.deidentifier.arx.criteria.DPresence;
import org.deidentifier.arx.criteria.EDDifferentialPrivacy;
import org.deidentifier.arx.criteria.EnhancedBLikeness;
import org.deidentifier.arx.criteria.EqualDistanceTCloseness;
import org.deidentifier.arx.criteria.HierarchicalDistanceTCloseness;
import org.deidentifier.arx.criteria.OrderedDistanceTCloseness;
import org.deidentifier.arx.criteria.PrivacyCriterion;
import org.deidentifier.arx.criteria.ProfitabilityJournalist;
import org.deidentifier.arx.criteria.ProfitabilityJournalistNoAttack;
import org.deidentifier.arx.criteria.ProfitabilityProsecutor;
import org.deidentifier.arx.criteria.ProfitabilityProsecutorNoAttack;
import org.deidentifier.arx.risk.RiskModelPopulationUniqueness.PopulationUniquenessModel;

/** Privacy models in ARX's words. */
final class ArxModels {
    /** The only seed that ARX knows, of its deterministic sampling. */
    private static final long ARX_SEED = 0xDEADBEEF;

    private final ArxInput input;
    private final AnonymizationSpec spec;

    ArxModels(ArxInput input, AnonymizationSpec spec) {
        this.input = input;
        this.spec = spec;
    }

    void addTo(ARXConfiguration configuration) {
        for (PrivacyModel model : spec.privacyModels()) {
            configuration.addPrivacyModel(criterion(model, configuration));
        }
    }

    private PrivacyCriterion criterion(PrivacyModel model, ARXConfiguration configuration) {
        if (model instanceof KAnonymity m) {
            return new org.deidentifier.arx.criteria.KAnonymity(m.k());
        } else if (model instanceof Inclusion) {
            return new org.deidentifier.arx.criteria.Inclusion(subset());
        } else if (model instanceof KMap m) {
            return new org.deidentifier.arx.criteria.KMap(m.k(), subset());
        } else if (model instanceof DeltaPresence m) {
            return new DPresence(m.min(), m.max(), subset());
        } else if (model instanceof SampleUniqueness m) {
            return new org.deidentifier.arx.criteria.SampleUniqueness(m.threshold());
        } else if (model instanceof AverageRisk m) {
            return m.highestRisk().isPresent()
                    ? new AverageReidentificationRisk(
                            m.averageRisk(),
                            m.highestRisk().getAsDouble(),
                            m.recordsAtRisk().orElse(0))
                    : new AverageReidentificationRisk(m.averageRisk());
        } else if (model.sensitiveAttribute().isPresent()) {
            return ofSensitive(model);
        }
        return estimated(model, configuration);
    }

    private PrivacyCriterion ofSensitive(PrivacyModel model) {
        if (model instanceof DistinctLDiversity m) {
            return new org.deidentifier.arx.criteria.DistinctLDiversity(m.attribute(), m.l());
        } else if (model instanceof EntropyLDiversity m) {
            return new org.deidentifier.arx.criteria.EntropyLDiversity(
                    m.attribute(),
                    m.l(),
                    org.deidentifier.arx.criteria.EntropyLDiversity.EntropyEstimator.valueOf(
                            m.estimator().name()));
        } else if (model instanceof RecursiveCLDiversity m) {
            return new org.deidentifier.arx.criteria.RecursiveCLDiversity(m.attribute(), m.c(), m.l());
        } else if (model instanceof EqualTCloseness m) {
            return new EqualDistanceTCloseness(m.attribute(), m.t());
        } else if (model instanceof OrderedTCloseness m) {
            return new OrderedDistanceTCloseness(m.attribute(), m.t());
        } else if (model instanceof HierarchicalTCloseness m) {
            return new HierarchicalDistanceTCloseness(m.attribute(), m.t(), input.arxHierarchy(m.attribute()));
        } else if (model instanceof DeltaDisclosure m) {
            return new DDisclosurePrivacy(m.attribute(), m.delta());
        } else if (model instanceof BasicBetaLikeness m) {
            return new BasicBLikeness(m.attribute(), m.beta());
        } else if (model instanceof EnhancedBetaLikeness m) {
            return new EnhancedBLikeness(m.attribute(), m.beta());
        }
        throw unknown(model);
    }

    private PrivacyCriterion estimated(PrivacyModel model, ARXConfiguration configuration) {
        if (model instanceof EstimatedKMap m) {
            return new org.deidentifier.arx.criteria.KMap(
                    m.k(),
                    m.significance(),
                    ARXPopulationModel.create(m.population()),
                    org.deidentifier.arx.criteria.KMap.CellSizeEstimator.valueOf(
                            m.estimator().name()));
        } else if (model instanceof PopulationUniqueness m) {
            return new org.deidentifier.arx.criteria.PopulationUniqueness(
                    m.threshold(),
                    PopulationUniquenessModel.valueOf(m.estimator().name()),
                    ARXPopulationModel.create(m.population()));
        } else if (model instanceof Profitability m) {
            configuration.setCostBenefitConfiguration(costBenefit(m.costBenefit()));
            return m.journalist() ? new ProfitabilityJournalist(subset()) : new ProfitabilityProsecutor();
        } else if (model instanceof ProfitabilityWithoutAttack m) {
            configuration.setCostBenefitConfiguration(costBenefit(m.costBenefit()));
            return m.journalist()
                    ? new ProfitabilityJournalistNoAttack(subset())
                    : new ProfitabilityProsecutorNoAttack();
        } else if (model instanceof DifferentialPrivacy m) {
            if (m.search().isPresent()) {
                throw new InputException("Generalization DATA_DEPENDENT is not handed to ARX; its choice is random.");
            }
            if (m.seed().isPresent() && m.seed().getAsLong() != ARX_SEED) {
                throw new InputException(
                        "ARX knows one seed only: deterministicSeed must be " + ARX_SEED + ", or absent.");
            }
            return new EDDifferentialPrivacy(
                    m.epsilon(),
                    m.delta(),
                    DataGeneralizationScheme.create(
                            input.data(),
                            GeneralizationDegree.valueOf(m.degree().name())),
                    m.seed().isPresent());
        }
        throw unknown(model);
    }

    static ARXCostBenefitConfiguration costBenefit(CostBenefit amounts) {
        return ARXCostBenefitConfiguration.create()
                .setPublisherBenefit(amounts.publisherBenefit())
                .setPublisherLoss(amounts.publisherLoss())
                .setAdversaryGain(amounts.adversaryGain())
                .setAdversaryCost(amounts.adversaryCost());
    }

    private DataSubset subset() {
        return input.subset().orElseThrow();
    }

    private static InputException unknown(PrivacyModel model) {
        return new InputException("Model " + model.label() + " is not handed to ARX.");
    }
}
