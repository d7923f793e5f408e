package io.yunyu.anonymizer;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.AnonymizedClasses.Verdict;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.GroupedMicrodata;
import io.yunyu.anonymizer.classes.JoinedRegions;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import io.yunyu.anonymizer.mondrian.Dimension;
import io.yunyu.anonymizer.mondrian.DistantPartitioner;
import io.yunyu.anonymizer.mondrian.DividedTuples;
import io.yunyu.anonymizer.mondrian.Partition;
import io.yunyu.anonymizer.mondrian.Partitioner;
import io.yunyu.anonymizer.mondrian.RegionClasses;
import io.yunyu.anonymizer.mondrian.RegionLabels;
import io.yunyu.anonymizer.privacy.PrivacyCheck;
import io.yunyu.anonymizer.privacy.StudiedData;
import io.yunyu.anonymizer.quality.DomainStatistics;
import io.yunyu.anonymizer.search.SearchOutcome;
import io.yunyu.anonymizer.search.SearchOutcome.Solution;
import io.yunyu.anonymizer.search.Transformation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * De-identifies grouped records by Mondrian. The regions' labels form the classes; regions that read alike are one, and
 * that one must satisfy the models too.
 */
final class MondrianSearch {
    private final GroupingPlan plan;
    private final GroupedMicrodata data;
    private final StudiedData studied;

    MondrianSearch(GroupingPlan plan, GroupedMicrodata data, StudiedData studied) {
        this.plan = plan;
        this.data = data;
        this.studied = studied;
    }

    /**
     * What came of it.
     *
     * @param outcome never claims to be optimal
     * @param classOfTuple class of each distinct tuple; where these are not held, of each region
     * @param regions finds the class of each tuple
     * @param classes the classes, whether or not they may be released
     * @param uncutClasses makes the classes that are there before the first cut that is not forced
     */
    record Found(
            SearchOutcome outcome,
            DomainStatistics statistics,
            Partition partition,
            int[] classOfTuple,
            RegionClasses regions,
            AnonymizedClasses classes,
            Supplier<EquivalenceClasses> uncutClasses) {
        EquivalenceClasses uncut() {
            return uncutClasses.get();
        }
    }

    Found run() {
        AnonymizationSpec spec = plan.spec();
        // Whether a part is safe is asked of each by itself; the limit is for all of them together.
        PrivacyCheck unlimited = new PrivacyCheck(spec.privacyModels(), studied, Long.MAX_VALUE, (classes, c) -> 0);
        List<Dimension> dimensions = dimensions(plan);
        DividedTuples divided = divided(dimensions, unlimited);
        Partition partition = divided.partition();
        RegionLabels labels =
                RegionLabels.of(partition, dimensions, data.quasiIdentifiers().attributes());
        JoinedRegions joined = JoinedRegions.of(
                divided.tuples(), labels.labelled(), labels.codes(), partition.suppressed(), partition.regionOfTuple());
        AnonymizedClasses classes = judged(joined, unlimited);
        long limit = spec.suppressionLimit().records(studied.records());
        DomainStatistics statistics = SearchRun.statistics(plan, data, unlimited.minimumClassSize(), limit);
        Optional<Solution> solution = classes.suppressedRecords() > limit
                ? Optional.empty()
                : Optional.of(new Solution(
                        new Transformation(List.of()),
                        classes,
                        spec.objective().bind(statistics).of(classes)));
        SearchOutcome outcome = new SearchOutcome(solution, false, BigInteger.ONE, partition.cutsTried());
        RegionClasses regions = new RegionClasses(
                partition.tree(),
                joined.classOfRegion(),
                dimensions.stream().map(Dimension::ranks).toArray(int[][]::new));
        return new Found(
                outcome,
                statistics,
                partition,
                joined.classOfTuple(),
                regions,
                classes,
                () -> data.holdsTuples()
                        ? uncut()
                        : distant(dimensions, unlimited).uncut());
    }

    private DividedTuples divided(List<Dimension> dimensions, PrivacyCheck unlimited) {
        return data.holdsTuples()
                ? new DividedTuples(
                        data.tuples(),
                        new Partitioner(
                                        data.tuples(),
                                        plan.sensitive().size(),
                                        dimensions,
                                        unlimited,
                                        plan.spec().searchAlgorithm().isRelaxed())
                                .run())
                : distant(dimensions, unlimited).run();
    }

    private DistantPartitioner distant(List<Dimension> dimensions, PrivacyCheck check) {
        return new DistantPartitioner(
                data.distantRecords().tuples(),
                data.quasiIdentifiers(),
                plan.sensitive().size(),
                dimensions,
                check,
                plan.spec().searchAlgorithm().isRelaxed());
    }

    /** Attributes that are cut by order read alike there, the others as their greatest levels have it. */
    private EquivalenceClasses uncut() {
        int dimension = plan.quasiIdentifiers().size();
        int[] levels = plan.quasiIdentifiers().stream()
                .mapToInt(AttributeSpec::highestLevel)
                .toArray();
        EquivalenceClasses coarsest = data.tuples().rollUp(levels);
        List<BoundHierarchy> mixed = data.quasiIdentifiers().attributes().stream()
                .map(BoundHierarchy::mixed)
                .toList();
        int[] codes = new int[coarsest.size() * dimension];
        int[] own = new int[coarsest.size()];
        for (int i = 0; i < dimension; i++) {
            AttributeSpec attribute = plan.quasiIdentifiers().get(i);
            boolean ordered = Dimension.isOrdered(attribute.dataType(), attribute.height() > 0);
            for (int c = 0; c < own.length; c++) {
                own[c] = c;
                codes[c * dimension + i] = ordered ? 0 : mixed.get(i).mixedCode(levels[i], coarsest.code(c, i));
            }
        }
        return JoinedRegions.of(coarsest, mixed, codes, new BitSet(), own).classes();
    }

    private static AnonymizedClasses judged(JoinedRegions joined, PrivacyCheck unlimited) {
        boolean[] suppressed = unlimited.check(joined.classes()).suppressed().clone();
        if (joined.suppressedClass() >= 0) {
            suppressed[joined.suppressedClass()] = true;
        }
        long records = 0;
        for (int c = 0; c < suppressed.length; c++) {
            records += suppressed[c] ? joined.classes().count(c) : 0;
        }
        return new AnonymizedClasses(joined.classes(), suppressed, suppressed, records, records, Verdict.ANONYMOUS);
    }

    /** The quasi-identifiers as they are cut, in the order of the tuples' attributes. */
    static List<Dimension> dimensions(GroupingPlan plan) {
        double greatest = plan.quasiIdentifiers().stream()
                .mapToDouble(AttributeSpec::weight)
                .max()
                .orElse(1);
        List<Dimension> dimensions = new ArrayList<>();
        for (int i = 0; i < plan.quasiIdentifiers().size(); i++) {
            AttributeSpec attribute = plan.quasiIdentifiers().get(i);
            Column column = plan.table().column(attribute.name());
            dimensions.add(Dimension.of(
                    column,
                    attribute.dataType(),
                    plan.packing().attribute(i),
                    attribute.builtHierarchy().orElseThrow(),
                    attribute.minLevel(),
                    attribute.highestLevel(),
                    greatest == 0 ? 1 : attribute.weight() / greatest));
        }
        return dimensions;
    }
}
