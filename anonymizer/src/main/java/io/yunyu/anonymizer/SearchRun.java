package io.yunyu.anonymizer;

import io.yunyu.anonymizer.classes.GroupedMicrodata;
import io.yunyu.anonymizer.privacy.PrivacyCheck;
import io.yunyu.anonymizer.privacy.StudiedData;
import io.yunyu.anonymizer.quality.DomainStatistics;
import io.yunyu.anonymizer.quality.DomainStatistics.UnclusteredAttribute;
import io.yunyu.anonymizer.quality.InformationLossMeasure;
import io.yunyu.anonymizer.quality.Objective;
import io.yunyu.anonymizer.search.GeneralizationLattice;
import io.yunyu.anonymizer.search.SearchOutcome;
import io.yunyu.anonymizer.search.SearchProblem;
import io.yunyu.anonymizer.search.TransformationChecker;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One search over grouped records.
 *
 * @param statistics of the records searched
 */
record SearchRun(DomainStatistics statistics, SearchOutcome outcome) {
    /** Memory for coarser groupings: a part of the heap, but no more than helps. */
    private static final long HELD_BYTES =
            Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8);

    /**
     * Searches.
     *
     * @param data the records to generalize: all, or those that are left for local recoding
     * @param studied what privacy models measure against: always all records
     * @param maxSuppressed greatest number of records that may be suppressed
     */
    static SearchRun of(
            GroupingPlan plan,
            GroupedMicrodata data,
            StudiedData studied,
            long maxSuppressed,
            InformationLossMeasure measure) {
        AnonymizationSpec spec = plan.spec();
        // The order of suppression needs the objective, which needs the check's class size and limit.
        ObjectiveHolder objective = new ObjectiveHolder();
        PrivacyCheck privacy = new PrivacyCheck(spec.privacyModels(), studied, maxSuppressed, (classes, c) -> objective
                .get()
                .lossOfClass(classes, c));
        DomainStatistics statistics = statistics(plan, data, privacy.minimumClassSize(), privacy.maxSuppressed());
        objective.set(measure.bind(statistics));
        SearchProblem problem = new SearchProblem(
                lattice(plan.quasiIdentifiers()),
                new TransformationChecker(data.classStore(HELD_BYTES), privacy),
                objective.get());
        return new SearchRun(statistics, spec.searchAlgorithm().search(problem, spec.searchLimits()));
    }

    /** What the objective needs to know of the records. */
    static DomainStatistics statistics(
            GroupingPlan plan, GroupedMicrodata data, long minimumClassSize, long maxSuppressed) {
        return new DomainStatistics(
                data,
                plan.quasiIdentifiers().stream().map(AttributeSpec::weight).toList(),
                unclustered(data, plan.averaged(), plan.sensitive().size()),
                plan.responseHistogram(),
                minimumClassSize,
                maxSuppressed);
    }

    /** Attributes that do not form classes; their histograms follow those of the sensitive attributes. */
    private static List<UnclusteredAttribute> unclustered(
            GroupedMicrodata data, List<AttributeSpec> averaged, int sensitive) {
        List<UnclusteredAttribute> unclustered = new ArrayList<>();
        for (int i = 0; i < averaged.size(); i++) {
            if (!averaged.get(i).formsClasses()) {
                int values =
                        data.histogramColumns().get(sensitive + i).dictionary().size();
                unclustered.add(new UnclusteredAttribute(
                        sensitive + i, values, averaged.get(i).weight()));
            }
        }
        return unclustered;
    }

    private static GeneralizationLattice lattice(List<AttributeSpec> quasiIdentifiers) {
        return new GeneralizationLattice(
                quasiIdentifiers.stream().mapToInt(AttributeSpec::minLevel).toArray(),
                quasiIdentifiers.stream().mapToInt(AttributeSpec::highestLevel).toArray(),
                quasiIdentifiers.stream().mapToInt(AttributeSpec::height).toArray());
    }

    /** The objective, once it is bound. */
    private static final class ObjectiveHolder {
        private @Nullable Objective objective;

        void set(Objective bound) {
            objective = bound;
        }

        Objective get() {
            Objective bound = objective;
            if (bound == null) {
                throw new IllegalStateException("The objective is not bound yet.");
            }
            return bound;
        }
    }
}
