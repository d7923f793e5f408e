package io.yunyu.anonymizer;

import io.yunyu.anonymizer.classes.GroupedMicrodata;
import io.yunyu.anonymizer.classes.QuasiIdentifiers;
import io.yunyu.anonymizer.data.AttributeRole;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * By which columns of a table its records are grouped, and of which columns the groups keep histograms.
 *
 * @param table the columns; their rows need not be there
 * @param spec bound to the table
 * @param quasiIdentifiers the attributes that form the classes, in the order of the columns
 * @param sensitive attributes whose histograms come first
 * @param averaged microaggregated attributes, whose histograms follow
 */
public record GroupingPlan(
        MicrodataTable table,
        AnonymizationSpec spec,
        List<AttributeSpec> quasiIdentifiers,
        List<AttributeSpec> sensitive,
        List<AttributeSpec> averaged) {

    /**
     * @param spec bound to the table
     * @throws InputException if no attribute is a quasi-identifier
     */
    static GroupingPlan of(MicrodataTable table, AnonymizationSpec spec) {
        GroupingPlan plan = new GroupingPlan(
                table,
                spec,
                inColumnOrder(table, spec, AttributeSpec::formsClasses),
                inColumnOrder(table, spec, a -> a.role() == AttributeRole.SENSITIVE),
                inColumnOrder(table, spec, a -> a.microaggregation().isPresent()));
        if (plan.quasiIdentifiers.isEmpty()) {
            throw new InputException("The specification names no quasi-identifier; there is nothing to generalize.");
        }
        spec.objective()
                .requireFits(plan.quasiIdentifiers.stream()
                        .collect(Collectors.toMap(
                                AttributeSpec::name, attribute -> attribute.height() + 1, (a, b) -> a, TreeMap::new)));
        return plan;
    }

    /**
     * The plan for columns that are known by their distinct values only.
     *
     * @throws InputException if the specification does not fit the columns
     */
    public static GroupingPlan ofSummaries(List<Column> columns, AnonymizationSpec unbound) {
        requireFitsSummaries(unbound);
        MicrodataTable table = MicrodataTable.of(columns);
        return of(table, unbound.boundToGrouped(table)).forSearch();
    }

    /**
     * Refuses what cannot be done where the records were grouped elsewhere. Looks at the specification alone.
     *
     * @throws InputException that names it, and what to do
     */
    public static void requireFitsSummaries(AnonymizationSpec unbound) {
        if (unbound.searchAlgorithm().isMondrian()) {
            MondrianRules.requireFits(unbound);
        }
        Contradictions.requireNone(unbound);
    }

    /** The plan as the search needs it: Mondrian's answer depends on no order of the values but that of their text. */
    GroupingPlan forSearch() {
        if (!spec.searchAlgorithm().isMondrian()) {
            return this;
        }
        // Errors name values by their place in the input, which the order by text forgets.
        MondrianSearch.dimensions(this);
        return inTextOrder();
    }

    /**
     * The plan whose grouped columns have their values' codes in the order of their text, so that what is decided by
     * codes depends on values alone.
     */
    private GroupingPlan inTextOrder() {
        MicrodataTable ordered = table;
        for (AttributeSpec attribute : spec.attributes()) {
            if (attribute.role() == AttributeRole.QUASI_IDENTIFIER
                    || histograms().contains(attribute)) {
                ordered = ordered.with(table.column(attribute.name()).inTextOrder());
            }
        }
        return new GroupingPlan(ordered, spec, quasiIdentifiers, sensitive, averaged);
    }

    /**
     * The plan for the sample that a model draws: levels fixed as it says, suppression unlimited.
     *
     * @param all groups all records, for a model that chooses the levels by them
     * @throws InputException if the specification asks for what the model's guarantee was not shown for
     */
    public GroupingPlan underDifferentialPrivacy(DifferentialPrivacy model, Supplier<GroupedMicrodata> all) {
        spec.requireFitsDifferentialPrivacy(model);
        if (model.search().isEmpty()) {
            return of(table, spec.underDifferentialPrivacy(model));
        }
        List<Integer> chosen =
                LevelChoice.choose(this, all.get(), model, model.search().get());
        Map<String, Integer> levels = new HashMap<>();
        for (int i = 0; i < chosen.size(); i++) {
            levels.put(quasiIdentifiers.get(i).name(), chosen.get(i));
        }
        return of(table, spec.atLevels(levels));
    }

    /** Attributes with histograms, in their order. */
    public List<AttributeSpec> histograms() {
        return Stream.of(sensitive.stream(), averaged.stream(), response().stream())
                .flatMap(attributes -> attributes)
                .toList();
    }

    /** The attribute that the objective's classifier predicts; its histograms come last. */
    private Optional<AttributeSpec> response() {
        return spec.objective().responseAttribute().map(name -> spec.attributes().stream()
                .filter(attribute -> attribute.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException("The response '" + name + "' is not among the attributes.")));
    }

    /** Position of the response's histograms; -1 where the objective predicts nothing. */
    int responseHistogram() {
        return response().isPresent() ? sensitive.size() + averaged.size() : -1;
    }

    public List<Column> columnsOf(List<AttributeSpec> attributes) {
        return attributes.stream()
                .map(attribute -> table.column(attribute.name()))
                .toList();
    }

    /** The quasi-identifiers, bound to the columns' values. */
    public QuasiIdentifiers packing() {
        List<BoundHierarchy> bound = new ArrayList<>();
        for (AttributeSpec attribute : quasiIdentifiers) {
            Column column = table.column(attribute.name());
            bound.add(attribute.builtHierarchy().orElseThrow().bind(column.name(), column.dictionary()));
        }
        return new QuasiIdentifiers(bound);
    }

    private static List<AttributeSpec> inColumnOrder(
            MicrodataTable table, AnonymizationSpec spec, Predicate<AttributeSpec> wanted) {
        List<AttributeSpec> ordered = new ArrayList<>();
        for (Column column : table.columns()) {
            for (AttributeSpec attribute : spec.attributes()) {
                if (wanted.test(attribute) && attribute.name().equals(column.name())) {
                    ordered.add(attribute);
                }
            }
        }
        return ordered;
    }
}
