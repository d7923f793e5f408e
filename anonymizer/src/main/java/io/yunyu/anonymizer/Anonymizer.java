package io.yunyu.anonymizer;

import io.yunyu.anonymizer.classes.GroupedMicrodata;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy;
import io.yunyu.anonymizer.privacy.PrivacyCheck;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import io.yunyu.anonymizer.privacy.StudiedData;
import io.yunyu.anonymizer.privacy.StudiedData.SensitiveAttribute;
import io.yunyu.anonymizer.quality.DomainStatistics;
import io.yunyu.anonymizer.quality.DomainStatistics.UnclusteredAttribute;
import io.yunyu.anonymizer.quality.Objective;
import io.yunyu.anonymizer.search.GeneralizationLattice;
import io.yunyu.anonymizer.search.SearchOutcome;
import io.yunyu.anonymizer.search.SearchProblem;
import io.yunyu.anonymizer.search.TransformationChecker;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * De-identifies a table in memory by full-domain generalization and record suppression.
 *
 * <p>The answer is the transformation of least information loss among those that satisfy every privacy model within the
 * suppression limit. It depends on the records and the specification, not on the order of the rows, except where a model
 * on the release as a whole (average risk, sample uniqueness) must choose among classes that are alike in size and loss:
 * there the class that occurs first is suppressed first.
 */
public final class Anonymizer {
    /** Memory for coarser groupings: a part of the heap, but no more than helps. */
    private static final long HELD_BYTES =
            Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8);

    private Anonymizer() {}

    /** @throws InputException if the specification does not fit the table */
    public static AnonymizationResult anonymize(MicrodataTable input, AnonymizationSpec unbound) {
        if (input.rowCount() == 0) {
            throw new InputException("The input has a header but no record.");
        }
        MicrodataTable table = unbound.sampling()
                .map(sampling -> input.select(sampling.draw(input.rowCount())))
                .orElse(input);
        AnonymizationSpec spec = unbound.boundTo(table);
        Optional<DifferentialPrivacy> sampled = DifferentialPrivacy.among(spec.privacyModels());
        return sampled.isPresent()
                ? anonymize(table, spec.underDifferentialPrivacy(sampled.get()), RandomSample.of(table, sampled.get()))
                : anonymize(
                        table,
                        spec,
                        spec.subset().map(rows -> SubsetMatch.of(table, rows)).orElse(null));
    }

    private static AnonymizationResult anonymize(
            MicrodataTable table, AnonymizationSpec spec, @Nullable BitSet subset) {
        GroupingPlan plan = GroupingPlan.of(MaskedTable.of(table, spec), spec);
        GroupedMicrodata data = GroupedMicrodata.group(
                plan.packing(),
                plan.columnsOf(plan.quasiIdentifiers()),
                plan.columnsOf(plan.histograms()),
                table.rowCount(),
                subset,
                spec.objective().needsTupleSquares(),
                spec.riskSettings().privacyUnit().map(table::column).orElse(null));
        return search(plan, data);
    }

    /**
     * Searches records that are grouped already.
     *
     * @param data grouped as the plan says; with or without rows
     * @throws InputException if the specification does not fit the records
     */
    public static AnonymizationResult search(GroupingPlan plan, GroupedMicrodata data) {
        AnonymizationSpec spec = plan.spec();
        List<AttributeSpec> quasiIdentifiers = plan.quasiIdentifiers();
        List<AttributeSpec> sensitive = plan.sensitive();
        List<AttributeSpec> averaged = plan.averaged();
        StudiedData studied = studied(data, sensitive);
        requireEnoughRecords(spec, studied);
        // The order of suppression needs the objective, which needs the check's class size and limit.
        ObjectiveHolder objective = new ObjectiveHolder();
        PrivacyCheck privacy =
                new PrivacyCheck(spec.privacyModels(), studied, spec.suppressionLimit(), (classes, c) -> objective
                        .get()
                        .lossOfClass(classes, c));
        DomainStatistics statistics = new DomainStatistics(
                data,
                quasiIdentifiers.stream().map(AttributeSpec::weight).toList(),
                unclustered(data, averaged, sensitive.size()),
                privacy.minimumClassSize(),
                privacy.maxSuppressed());
        objective.set(spec.objective().bind(statistics));
        long started = System.nanoTime();
        SearchOutcome outcome = spec.searchAlgorithm()
                .search(
                        new SearchProblem(
                                lattice(quasiIdentifiers),
                                new TransformationChecker(data.tuples(), privacy, HELD_BYTES),
                                objective.get()),
                        spec.searchLimits());
        return new AnonymizationResult(
                plan.table(), spec, data, studied, averaged, statistics, outcome, (System.nanoTime() - started) / 1e9);
    }

    private static void requireEnoughRecords(AnonymizationSpec spec, StudiedData studied) {
        for (PrivacyModel model : spec.privacyModels()) {
            long minimum = model.minimumClassSize(studied);
            if (minimum > studied.records()) {
                throw new InputException("Model " + model.label() + " asks for classes of " + minimum
                        + " records, but only " + studied.records() + " are under study.");
            }
        }
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

    private static StudiedData studied(GroupedMicrodata data, List<AttributeSpec> sensitive) {
        List<SensitiveAttribute> attributes = new ArrayList<>();
        for (int i = 0; i < sensitive.size(); i++) {
            Column column = data.histogramColumns().get(i);
            long[] frequencies = data.tuples().histograms(i).totals();
            AttributeSpec attribute = sensitive.get(i);
            attributes.add(new SensitiveAttribute(
                    attribute.name(),
                    attribute.dataType(),
                    column.dictionary(),
                    frequencies,
                    attribute.builtHierarchy().orElse(null)));
        }
        return new StudiedData(
                data.studiedCount(),
                data.rowCount(),
                data.hasSubset(),
                data.tuples().quasiIdentifiers(),
                attributes);
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
