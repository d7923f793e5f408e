package io.yunyu.anonymizer;

import io.yunyu.anonymizer.classes.GroupedMicrodata;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import io.yunyu.anonymizer.privacy.StudiedData;
import io.yunyu.anonymizer.privacy.StudiedData.SensitiveAttribute;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * De-identifies a table in memory: by full-domain generalization and record suppression, or by Mondrian.
 *
 * <p>Of full-domain generalization the answer is the transformation of least information loss among those that satisfy every privacy model within the
 * suppression limit. It depends on the records and the specification, not on the order of the rows, except where a model
 * on the release as a whole (average risk, sample uniqueness) must choose among classes that are alike in size and loss:
 * there the class that occurs first is suppressed first. Mondrian's answer depends on the records and the specification
 * alone.
 */
public final class Anonymizer {
    private Anonymizer() {}

    /** @throws InputException if the specification does not fit the table */
    public static AnonymizationResult anonymize(MicrodataTable input, AnonymizationSpec unbound) {
        requireRecords(input);
        unbound.riskSettings().requirePersons(input);
        if (unbound.searchAlgorithm().isMondrian()) {
            MondrianRules.requireFits(unbound);
        }
        MicrodataTable table = unbound.sampling()
                .map(sampling -> input.select(sampling.draw(input.rowCount())))
                .orElse(input);
        AnonymizationSpec spec = unbound.boundTo(table);
        Optional<DifferentialPrivacy> sampled = DifferentialPrivacy.among(spec.privacyModels());
        return sampled.isPresent()
                ? underDifferentialPrivacy(table, spec, sampled.get())
                : anonymize(
                        table,
                        spec,
                        spec.subset().map(subset -> subset.of(table)).orElse(null));
    }

    /**
     * Refuses what does not fit a table as {@link #anonymize} does, for answers that another engine gives.
     *
     * @throws InputException if the specification does not fit the table
     */
    static void requireFits(MicrodataTable table, AnonymizationSpec unbound) {
        requireRecords(table);
        unbound.riskSettings().requirePersons(table);
        AnonymizationSpec spec = unbound.boundTo(table);
        GroupingPlan plan = GroupingPlan.of(MaskedTable.of(table, spec), spec).forSearch();
        BitSet subset = spec.subset().map(chosen -> chosen.of(table)).orElse(null);
        requireEnoughRecords(spec, studied(grouped(table, plan, subset), plan.sensitive()));
    }

    private static void requireRecords(MicrodataTable table) {
        if (table.rowCount() == 0) {
            throw new InputException("The input has a header but no record.");
        }
    }

    private static AnonymizationResult underDifferentialPrivacy(
            MicrodataTable table, AnonymizationSpec spec, DifferentialPrivacy model) {
        GroupingPlan plan = GroupingPlan.of(MaskedTable.of(table, spec), spec);
        GroupingPlan chosen = plan.underDifferentialPrivacy(model, () -> grouped(table, plan, null));
        return search(chosen, grouped(table, chosen, RandomSample.of(table, model)));
    }

    private static AnonymizationResult anonymize(
            MicrodataTable table, AnonymizationSpec spec, @Nullable BitSet subset) {
        GroupingPlan plan = GroupingPlan.of(MaskedTable.of(table, spec), spec).forSearch();
        return search(plan, grouped(table, plan, subset));
    }

    private static GroupedMicrodata grouped(MicrodataTable table, GroupingPlan plan, @Nullable BitSet subset) {
        return GroupedMicrodata.group(
                plan.packing(),
                plan.columnsOf(plan.quasiIdentifiers()),
                plan.columnsOf(plan.histograms()),
                table.rowCount(),
                subset,
                plan.spec().objective().needsTupleSquares(),
                plan.spec().riskSettings().privacyUnit().map(table::column).orElse(null));
    }

    /**
     * Searches records that are grouped already.
     *
     * @param data grouped as the plan says; with or without rows
     * @throws InputException if the specification does not fit the records
     */
    public static AnonymizationResult search(GroupingPlan plan, GroupedMicrodata data) {
        AnonymizationSpec spec = plan.spec();
        StudiedData studied = studied(data, plan.sensitive());
        requireEnoughRecords(spec, studied);
        if (spec.searchAlgorithm().isMondrian()) {
            return partitioned(plan, data, studied);
        }
        long started = System.nanoTime();
        SearchRun run =
                SearchRun.of(plan, data, studied, spec.suppressionLimit().records(studied.records()), spec.objective());
        AnonymizationResult result = new AnonymizationResult(
                plan.table(),
                spec,
                data,
                studied,
                plan.averaged(),
                run.statistics(),
                run.outcome(),
                (System.nanoTime() - started) / 1e9);
        return spec.localRecoding().isPresent() && run.outcome().solution().isPresent()
                ? recoded(plan, result, spec.localRecoding().get())
                : result;
    }

    private static AnonymizationResult partitioned(GroupingPlan plan, GroupedMicrodata data, StudiedData studied) {
        long started = System.nanoTime();
        MondrianSearch.Found found = new MondrianSearch(plan, data, studied).run();
        return AnonymizationResult.partitioned(plan, data, studied, found, (System.nanoTime() - started) / 1e9);
    }

    private static AnonymizationResult recoded(GroupingPlan plan, AnonymizationResult result, LocalRecoding how) {
        long started = System.nanoTime();
        LocalRecoder.Recoded recoded = LocalRecoder.recode(
                plan,
                result.data(),
                result.studied(),
                how,
                result.outcome().solution().orElseThrow());
        return result.with(recoded, (System.nanoTime() - started) / 1e9);
    }

    private static void requireEnoughRecords(AnonymizationSpec spec, StudiedData studied) {
        if (spec.subset().isPresent() && studied.records() == 0) {
            throw new InputException("No record of the input is in the research subset; there is nothing to release.");
        }
        for (PrivacyModel model : spec.privacyModels()) {
            long minimum = model.minimumClassSize(studied);
            if (minimum > studied.records()) {
                throw new InputException("Model " + model.label() + " asks for classes of " + minimum
                        + " records, but only " + studied.records() + " are under study.");
            }
        }
    }

    private static StudiedData studied(GroupedMicrodata data, List<AttributeSpec> sensitive) {
        List<SensitiveAttribute> attributes = new ArrayList<>();
        for (int i = 0; i < sensitive.size(); i++) {
            Column column = data.histogramColumns().get(i);
            long[] frequencies = data.histogramTotals(i);
            AttributeSpec attribute = sensitive.get(i);
            attributes.add(new SensitiveAttribute(
                    attribute.name(),
                    attribute.dataType(),
                    column.dictionary(),
                    frequencies,
                    attribute.builtHierarchy().orElse(null)));
        }
        return new StudiedData(
                data.studiedCount(), data.rowCount(), data.hasSubset(), data.quasiIdentifiers(), attributes);
    }
}
