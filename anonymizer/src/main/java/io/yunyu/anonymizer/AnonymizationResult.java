package io.yunyu.anonymizer;

import io.yunyu.anonymizer.ReleasedTable.ReleasedColumn;
import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.ClassNumbering;
import io.yunyu.anonymizer.classes.ClassOfTuple;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.GroupedMicrodata;
import io.yunyu.anonymizer.data.AttributeRole;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.data.DelimitedWriter;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import io.yunyu.anonymizer.microaggregation.ClassAggregates;
import io.yunyu.anonymizer.privacy.StudiedData;
import io.yunyu.anonymizer.quality.DomainStatistics;
import io.yunyu.anonymizer.quality.SquaredErrors;
import io.yunyu.anonymizer.search.SearchOutcome;
import io.yunyu.anonymizer.search.SearchOutcome.Solution;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the anonymizer found: the outcome of the search, and the released records. Holds the original table. */
public final class AnonymizationResult {
    private final MicrodataTable table;
    private final AnonymizationSpec spec;
    private final GroupedMicrodata data;
    private final StudiedData studied;
    private final List<AttributeSpec> averaged;
    private final DomainStatistics statistics;
    private final SearchOutcome outcome;
    private final double searchSeconds;
    private final int[] recodedClassOfTuple;
    private final Optional<ClassOfTuple> lookup;
    private final int recodingRounds;
    private final Optional<MondrianSearch.Found> mondrian;

    AnonymizationResult(
            MicrodataTable table,
            AnonymizationSpec spec,
            GroupedMicrodata data,
            StudiedData studied,
            List<AttributeSpec> averaged,
            DomainStatistics statistics,
            SearchOutcome outcome,
            double searchSeconds) {
        this(
                table,
                spec,
                data,
                studied,
                averaged,
                statistics,
                outcome,
                searchSeconds,
                new int[0],
                Optional.empty(),
                0,
                Optional.empty());
    }

    /** What Mondrian found. */
    static AnonymizationResult partitioned(
            GroupingPlan plan,
            GroupedMicrodata data,
            StudiedData studied,
            MondrianSearch.Found found,
            double searchSeconds) {
        return new AnonymizationResult(
                plan.table(),
                plan.spec(),
                data,
                studied,
                plan.averaged(),
                found.statistics(),
                found.outcome(),
                searchSeconds,
                found.classOfTuple(),
                Optional.of(found.regions()),
                0,
                Optional.of(found));
    }

    private AnonymizationResult(
            MicrodataTable table,
            AnonymizationSpec spec,
            GroupedMicrodata data,
            StudiedData studied,
            List<AttributeSpec> averaged,
            DomainStatistics statistics,
            SearchOutcome outcome,
            double searchSeconds,
            int[] recodedClassOfTuple,
            Optional<ClassOfTuple> lookup,
            int recodingRounds,
            Optional<MondrianSearch.Found> mondrian) {
        this.table = table;
        this.spec = spec;
        this.data = data;
        this.studied = studied;
        this.averaged = averaged;
        this.statistics = statistics;
        this.outcome = outcome;
        this.searchSeconds = searchSeconds;
        this.recodedClassOfTuple = recodedClassOfTuple;
        this.lookup = lookup;
        this.recodingRounds = recodingRounds;
        this.mondrian = mondrian;
    }

    /** The result with what local recoding made of it: the classes of all rounds. */
    AnonymizationResult with(LocalRecoder.Recoded recoded, double seconds) {
        SearchOutcome all = new SearchOutcome(
                Optional.of(recoded.solution()),
                outcome.optimal(),
                outcome.latticeSize(),
                outcome.checked() + recoded.checked());
        return new AnonymizationResult(
                table,
                spec,
                data,
                studied,
                averaged,
                statistics,
                all,
                searchSeconds + seconds,
                recoded.classOfTuple(),
                recoded.lookup(),
                recoded.rounds(),
                Optional.empty());
    }

    /** What Mondrian found; empty where levels were searched. */
    Optional<MondrianSearch.Found> mondrian() {
        return mondrian;
    }

    /** How to find the classes of records; empty where the transformation's levels say it. */
    public Optional<ClassLookup> classLookup() {
        return lookup.map(classOf ->
                new ClassLookup(quasiIdentifiers().stream().map(table::column).toList(), classOf));
    }

    /** Rounds of local recoding that recoded something. */
    public int recodingRounds() {
        return recodingRounds;
    }

    public SearchOutcome outcome() {
        return outcome;
    }

    public AnonymizationSpec spec() {
        return spec;
    }

    public double searchSeconds() {
        return searchSeconds;
    }

    public long rowCount() {
        return data.rowCount();
    }

    /** Names of the quasi-identifiers, in the order of the transformation's levels. */
    public List<String> quasiIdentifiers() {
        return data.quasiIdentifiers().attributes().stream()
                .map(attribute -> attribute.attribute())
                .toList();
    }

    /** The classes of the coarsest allowed transformation; of Mondrian those that need not be cut. */
    EquivalenceClasses coarsestClasses() {
        return mondrian.map(MondrianSearch.Found::uncut).orElseGet(() -> data.classesOf(coarsestLevels()));
    }

    /** Greatest allowed level of each quasi-identifier. */
    private int[] coarsestLevels() {
        return quasiIdentifiers().stream()
                .mapToInt(name -> spec.attributes().stream()
                        .filter(attribute -> attribute.name().equals(name))
                        .mapToInt(AttributeSpec::highestLevel)
                        .findFirst()
                        .orElseThrow())
                .toArray();
    }

    /** A column of the records that were drawn, after masking. */
    Column column(String name) {
        return table.column(name);
    }

    GroupedMicrodata data() {
        return data;
    }

    StudiedData studied() {
        return studied;
    }

    DomainStatistics statistics() {
        return statistics;
    }

    /** Names of the input's columns. */
    public List<String> header() {
        return table.columns().stream().map(Column::name).toList();
    }

    /** Receives the released records. */
    public interface RowSink {
        /** @param cells one per column of the input, in its order */
        void accept(List<String> cells) throws IOException;
    }

    /**
     * Hands out every record in input order: quasi-identifiers generalized, or {@code *} where the record is suppressed or
     * not under study; direct identifiers {@code *}, or masked; other attributes as they are, or
     * masked.
     *
     * @throws IllegalStateException if there is no solution, or the records were grouped elsewhere
     */
    public void forEachReleasedRow(RowSink sink) throws IOException {
        released().forEachRow(sink);
    }

    /** Writes what {@link #forEachReleasedRow} hands out, faster than row by row. */
    public void writeReleased(DelimitedWriter writer) throws IOException {
        released().write(writer);
    }

    private ReleasedTable released() {
        if (!data.hasRows()) {
            throw new IllegalStateException("Only groups are here; whoever grouped the rows must release them.");
        }
        AnonymizedClasses anonymized = outcome.solution()
                .orElseThrow(() -> new IllegalStateException("There is no solution to release."))
                .classes();
        return new ReleasedTable(
                data,
                anonymized,
                classOfTuple(anonymized),
                table.columns().stream()
                        .map(column -> released(column, anonymized))
                        .toList());
    }

    private ReleasedColumn released(Column column, AnonymizedClasses anonymized) {
        Optional<AttributeSpec> attribute = spec.attributes().stream()
                .filter(a -> a.name().equals(column.name()))
                .findFirst();
        AttributeRole role = attribute.map(AttributeSpec::role).orElse(AttributeRole.INSENSITIVE);
        if (role == AttributeRole.DIRECT_IDENTIFIER
                && attribute.flatMap(AttributeSpec::masking).isEmpty()) {
            return ReleasedTable.constant(GeneralizationHierarchy.ANY);
        } else if (role != AttributeRole.QUASI_IDENTIFIER) {
            return ReleasedTable.ofRows(column);
        }
        return ReleasedTable.ofClass(labels(attribute.orElseThrow(), column, anonymized), GeneralizationHierarchy.ANY);
    }

    /**
     * What the records of each class show for a quasi-identifier; {@code *} where they are suppressed.
     *
     * @throws IllegalStateException if there is no solution
     */
    public List<String> labels(String quasiIdentifier) {
        AttributeSpec attribute = spec.attributes().stream()
                .filter(a -> a.name().equals(quasiIdentifier))
                .findFirst()
                .orElseThrow();
        Solution solution =
                outcome.solution().orElseThrow(() -> new IllegalStateException("There is no solution to release."));
        return List.of(labels(attribute, table.column(quasiIdentifier), solution.classes()));
    }

    private String[] labels(AttributeSpec attribute, Column column, AnonymizedClasses anonymized) {
        EquivalenceClasses classes = anonymized.classes();
        int position = quasiIdentifiers().indexOf(attribute.name());
        Optional<ClassAggregates> aggregates =
                attribute.microaggregation().map(how -> new ClassAggregates(how, column, attribute.dataType()));
        String[] labels = new String[classes.size()];
        for (int c = 0; c < labels.length; c++) {
            if (!anonymized.isKept(c)) {
                labels[c] = GeneralizationHierarchy.ANY;
            } else if (aggregates.isPresent()) {
                labels[c] = aggregates.get().of(classes.histograms(histogramOf(attribute)), c, classes.firstRow(c));
            } else {
                labels[c] = label(classes, c, position);
            }
        }
        return labels;
    }

    /** Histograms of microaggregated attributes follow those of the sensitive ones. */
    private int histogramOf(AttributeSpec attribute) {
        return studied.sensitive().size() + averaged.indexOf(attribute);
    }

    /**
     * Rows of the output that read as suppressed: of suppressed classes, outside the research subset, and, where
     * suppression is allowed, of the completely generalized class.
     */
    public long flaggedRows() {
        Solution solution = outcome.solution().orElseThrow();
        AnonymizedClasses anonymized = solution.classes();
        // What a last round without suppression generalized completely was wanted so.
        boolean marksTop = spec.suppressionLimit().fraction() > 0 && recodingRounds == 0;
        long flagged = data.rowCount() - data.studiedCount() + anonymized.suppressedRecords();
        for (int c = 0; c < anonymized.classes().size(); c++) {
            if (marksTop && anonymized.isKept(c) && anonymized.classes().isCompletelyGeneralized(c)) {
                flagged += anonymized.classes().count(c);
            }
        }
        return flagged;
    }

    /** Of quasi-identifiers that are numbers or dates; empty if none is, or the distinct tuples are not held. */
    Optional<SquaredErrors> squaredErrors() {
        double[][] numbers = quasiIdentifiers().stream()
                .map(name -> numbers(table.column(name)))
                .toArray(double[][]::new);
        if (!data.holdsTuples() || Arrays.stream(numbers).allMatch(of -> of.length == 0)) {
            return Optional.empty();
        }
        AnonymizedClasses anonymized = outcome.solution().orElseThrow().classes();
        return Optional.of(new SquaredErrors(data.tuples(), classOfTuple(anonymized), anonymized, numbers));
    }

    /** Per code its number, not a number where it is missing; empty if the values are not, or not declared as, numbers. */
    private double[] numbers(Column column) {
        DataType type = spec.attributes().stream()
                .filter(attribute -> attribute.name().equals(column.name()))
                .map(AttributeSpec::dataType)
                .findFirst()
                .orElseThrow();
        double[] numbers = new double[column.dictionary().size()];
        for (int code = 0; code < numbers.length; code++) {
            String value = column.dictionary().get(code);
            OptionalDouble number = type.toNumber(value);
            if (number.isEmpty() && !type.isMissing(value)) {
                return new double[0];
            }
            numbers[code] = number.orElse(Double.NaN);
        }
        return numbers;
    }

    /** The class of each distinct tuple. */
    int[] classOfTuple() {
        return classOfTuple(outcome.solution().orElseThrow().classes());
    }

    private int[] classOfTuple(AnonymizedClasses anonymized) {
        return recodedClassOfTuple.length > 0
                ? recodedClassOfTuple
                : ClassNumbering.ofTuples(data.tuples(), anonymized.classes());
    }

    private static String label(EquivalenceClasses classes, int c, int attribute) {
        return classes.quasiIdentifiers()
                .attribute(attribute)
                .label(classes.level(attribute), classes.code(c, attribute));
    }
}
