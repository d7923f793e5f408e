package io.yunyu.anonymizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.payout.CostBenefit;
import io.yunyu.anonymizer.privacy.AverageRisk;
import io.yunyu.anonymizer.privacy.DeltaDisclosure;
import io.yunyu.anonymizer.privacy.DeltaPresence;
import io.yunyu.anonymizer.privacy.DistinctLDiversity;
import io.yunyu.anonymizer.privacy.EntropyLDiversity;
import io.yunyu.anonymizer.privacy.EqualTCloseness;
import io.yunyu.anonymizer.privacy.HierarchicalTCloseness;
import io.yunyu.anonymizer.privacy.Inclusion;
import io.yunyu.anonymizer.privacy.KAnonymity;
import io.yunyu.anonymizer.privacy.KMap;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import io.yunyu.anonymizer.privacy.RecursiveCLDiversity;
import io.yunyu.anonymizer.privacy.SampleUniqueness;
import io.yunyu.anonymizer.privacy.SuppressionLimit;
import io.yunyu.anonymizer.quality.Aggregate;
import io.yunyu.anonymizer.quality.AmbiguityMeasure;
import io.yunyu.anonymizer.quality.AverageClassSizeMeasure;
import io.yunyu.anonymizer.quality.DiscernibilityMeasure;
import io.yunyu.anonymizer.quality.EntropyBasedLossMeasure;
import io.yunyu.anonymizer.quality.HeightMeasure;
import io.yunyu.anonymizer.quality.InformationLoss;
import io.yunyu.anonymizer.quality.InformationLossMeasure;
import io.yunyu.anonymizer.quality.KullbackLeiblerMeasure;
import io.yunyu.anonymizer.quality.LossFactors;
import io.yunyu.anonymizer.quality.LossMeasure;
import io.yunyu.anonymizer.quality.NonUniformEntropyMeasure;
import io.yunyu.anonymizer.quality.PrecisionMeasure;
import io.yunyu.anonymizer.quality.PublisherPayoutMeasure;
import io.yunyu.anonymizer.search.SearchAlgorithm;
import io.yunyu.anonymizer.search.SearchLimits;
import io.yunyu.anonymizer.search.SearchOutcome.Solution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for every table and every specification, checked on random ones. */
class AnonymizerPropertiesTest {
    private static final List<PrivacyModel> SENSITIVE_MODELS = List.of(
            new DistinctLDiversity("s", 2),
            new EntropyLDiversity("s", 2, EntropyLDiversity.Estimator.SHANNON),
            new EntropyLDiversity("s", 2, EntropyLDiversity.Estimator.GRASSBERGER),
            new RecursiveCLDiversity("s", 2, 2),
            new EqualTCloseness("s", 0.3),
            new HierarchicalTCloseness("s", 0.3),
            new DeltaDisclosure("s", 1.5));

    private static final List<PrivacyModel> SUBSET_MODELS =
            List.of(new Inclusion(), new KMap(4), new DeltaPresence(0.1, 0.7), new DeltaPresence(0, 0.6));

    private static final List<LossFactors> FACTORS =
            List.of(new LossFactors(0), new LossFactors(0.3), LossFactors.EVEN, new LossFactors(0.8));

    /** Searches that find the optimum if nothing stops them. */
    private static final List<SearchAlgorithm> EXHAUSTIVE =
            List.of(SearchAlgorithm.OPTIMAL, SearchAlgorithm.BEST_FIRST_BOTTOM_UP, SearchAlgorithm.BEST_FIRST_TOP_DOWN);

    private final long seed = Long.getLong("yunyu.seed", 20261123L);
    private final Random random = new Random(seed);

    @Test
    void anonymize_anySpec_findsTheBestOfAllTransformations() {
        System.out.println("anonymize_anySpec_findsTheBestOfAllTransformations: seed " + seed);
        for (int run = 0; run < 500; run++) {
            MicrodataTable table = RandomTables.table(random, 20 + random.nextInt(60));
            AnonymizationSpec spec = randomSpec(table);
            Optional<InformationLoss> best = bestOfAll(table, spec);

            Optional<InformationLoss> found =
                    Anonymizer.anonymize(table, spec).outcome().solution().map(Solution::loss);

            assertThat(found).as("seed %d, run %d, %s", seed, run, spec).isEqualTo(best);
        }
    }

    @Test
    void anonymize_shuffledRows_givesTheSameTransformation() {
        System.out.println("anonymize_shuffledRows_givesTheSameTransformation: seed " + seed);
        for (int run = 0; run < 100; run++) {
            MicrodataTable table = RandomTables.table(random, 20 + random.nextInt(60));
            AnonymizationSpec spec = randomSpec(table);

            Optional<Solution> one = Anonymizer.anonymize(table, spec).outcome().solution();
            Optional<Solution> other = Anonymizer.anonymize(RandomTables.shuffled(table, random), spec)
                    .outcome()
                    .solution();

            assertThat(other.map(Solution::transformation))
                    .as("seed %d, run %d, %s", seed, run, spec)
                    .isEqualTo(one.map(Solution::transformation));
            // Sums of logarithms depend on the order of the rows in their last digits.
            one.ifPresent(solution -> assertThat(other.orElseThrow().loss().value())
                    .isCloseTo(solution.loss().value(), withinPercentage(1e-7)));
        }
    }

    @Test
    void anonymize_kAnonymityAndDiversity_holdInTheReleasedCells() throws IOException {
        System.out.println("anonymize_kAnonymityAndDiversity_holdInTheReleasedCells: seed " + seed);
        for (int run = 0; run < 100; run++) {
            int k = 1 + random.nextInt(5);
            int l = 1 + random.nextInt(3);
            double limit = random.nextInt(4) * 0.1;
            MicrodataTable table = RandomTables.table(random, 20 + random.nextInt(60));
            AnonymizationResult result = Anonymizer.anonymize(
                    table,
                    AnonymizationSpec.of(
                            RandomTables.attributes(),
                            List.of(new KAnonymity(k), new DistinctLDiversity("s", l)),
                            new SuppressionLimit(limit),
                            LossMeasure.DEFAULT,
                            Optional.empty()));
            if (result.outcome().solution().isPresent()) {
                requireProtected(result, k, l, Math.floor(limit * table.rowCount()));
            }
        }
    }

    /** Looks at cells only: classes are rows whose quasi-identifiers read alike. */
    private void requireProtected(AnonymizationResult result, int k, int l, double maxSuppressed) throws IOException {
        Map<List<String>, List<String>> sensitiveOfClass = new HashMap<>();
        result.forEachReleasedRow(cells -> sensitiveOfClass
                .computeIfAbsent(cells.subList(0, 3), key -> new ArrayList<>())
                .add(cells.get(3)));
        List<String> suppressed = sensitiveOfClass.remove(List.of("*", "*", "*"));
        boolean everythingIsGeneralized = sensitiveOfClass.isEmpty();
        if (!everythingIsGeneralized) {
            assertThat(suppressed == null ? 0 : suppressed.size()).isLessThanOrEqualTo((int) maxSuppressed);
        }
        sensitiveOfClass.values().forEach(values -> {
            assertThat(values).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(k);
            assertThat(new HashSet<>(values)).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(l);
        });
    }

    private AnonymizationSpec randomSpec(MicrodataTable table) {
        List<PrivacyModel> models = new ArrayList<>();
        models.add(SENSITIVE_MODELS.get(random.nextInt(SENSITIVE_MODELS.size())));
        if (random.nextBoolean()) {
            models.add(new KAnonymity(2 + random.nextInt(4)));
        }
        switch (random.nextInt(4)) {
            case 0 -> models.add(new AverageRisk(0.2 + 0.2 * random.nextDouble()));
            case 1 -> models.add(new SampleUniqueness(0.05 * random.nextInt(3)));
            default -> {}
        }
        Optional<ResearchSubset> subset = Optional.empty();
        if (random.nextInt(3) == 0) {
            subset = Optional.of(new ResearchSubset.Listed(RandomTables.subset(table, random)));
            models.add(SUBSET_MODELS.get(random.nextInt(SUBSET_MODELS.size())));
        }
        double limit = List.of(0.0, 0.05, 0.2, 1.0).get(random.nextInt(4));
        return AnonymizationSpec.of(
                        RandomTables.attributes(), models, new SuppressionLimit(limit), randomMeasure(), subset)
                .withSearch(EXHAUSTIVE.get(random.nextInt(EXHAUSTIVE.size())), SearchLimits.NONE);
    }

    private InformationLossMeasure randomMeasure() {
        LossFactors factors = FACTORS.get(random.nextInt(FACTORS.size()));
        Aggregate aggregate = Aggregate.values()[random.nextInt(Aggregate.values().length)];
        List<InformationLossMeasure> measures = List.of(
                new LossMeasure(factors, aggregate),
                new AverageClassSizeMeasure(factors),
                new DiscernibilityMeasure(random.nextBoolean()),
                new NonUniformEntropyMeasure(random.nextBoolean(), random.nextBoolean(), factors, aggregate),
                new HeightMeasure(aggregate),
                new PrecisionMeasure(random.nextBoolean(), factors, aggregate),
                new AmbiguityMeasure(),
                new EntropyBasedLossMeasure(factors),
                new KullbackLeiblerMeasure(),
                new PublisherPayoutMeasure(CostBenefit.DEFAULT, false, factors));
        return measures.get(random.nextInt(measures.size()));
    }

    /** Every transformation by itself, so that no pruning can leave one out. */
    private static Optional<InformationLoss> bestOfAll(MicrodataTable table, AnonymizationSpec spec) {
        Optional<InformationLoss> best = Optional.empty();
        List<AttributeSpec> attributes = spec.attributes();
        for (int a = 0; a < 4; a++) {
            for (int b = 0; b < 3; b++) {
                for (int c = 0; c < 2; c++) {
                    AnonymizationSpec fixed = AnonymizationSpec.of(
                            List.of(
                                    attributes.get(0).atLevel(a),
                                    attributes.get(1).atLevel(b),
                                    attributes.get(2).atLevel(c),
                                    attributes.get(3)),
                            spec.privacyModels(),
                            spec.suppressionLimit(),
                            spec.objective(),
                            spec.subset());
                    Optional<InformationLoss> loss = Anonymizer.anonymize(table, fixed)
                            .outcome()
                            .solution()
                            .map(Solution::loss);
                    if (loss.isPresent() && (best.isEmpty() || loss.get().compareTo(best.get()) < 0)) {
                        best = loss;
                    }
                }
            }
        }
        return best;
    }
}
