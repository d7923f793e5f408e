package io.yunyu.anonymizer;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.GroupedMicrodata;
import io.yunyu.anonymizer.data.AttributeRole;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import io.yunyu.anonymizer.privacy.StudiedData;
import io.yunyu.anonymizer.quality.DomainStatistics;
import io.yunyu.anonymizer.search.SearchOutcome;
import io.yunyu.anonymizer.search.SearchOutcome.Solution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the anonymizer found: the outcome of the search, and the released records. Holds the original table. */
public final class AnonymizationResult {
    private final MicrodataTable table;
    private final AnonymizationSpec spec;
    private final GroupedMicrodata data;
    private final StudiedData studied;
    private final DomainStatistics statistics;
    private final SearchOutcome outcome;
    private final double searchSeconds;

    AnonymizationResult(
            MicrodataTable table,
            AnonymizationSpec spec,
            GroupedMicrodata data,
            StudiedData studied,
            DomainStatistics statistics,
            SearchOutcome outcome,
            double searchSeconds) {
        this.table = table;
        this.spec = spec;
        this.data = data;
        this.studied = studied;
        this.statistics = statistics;
        this.outcome = outcome;
        this.searchSeconds = searchSeconds;
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

    public int rowCount() {
        return table.rowCount();
    }

    /** Names of the quasi-identifiers, in the order of the transformation's levels. */
    public List<String> quasiIdentifiers() {
        return data.tuples().quasiIdentifiers().attributes().stream()
                .map(attribute -> attribute.attribute())
                .toList();
    }

    /** Greatest allowed level of each quasi-identifier. */
    int[] coarsestLevels() {
        return quasiIdentifiers().stream()
                .mapToInt(name -> spec.attributes().stream()
                        .filter(attribute -> attribute.name().equals(name))
                        .mapToInt(AttributeSpec::highestLevel)
                        .findFirst()
                        .orElseThrow())
                .toArray();
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
     * not under study; direct identifiers {@code *}; other attributes as they are.
     *
     * @throws IllegalStateException if there is no solution
     */
    public void forEachReleasedRow(RowSink sink) throws IOException {
        Solution solution =
                outcome.solution().orElseThrow(() -> new IllegalStateException("There is no solution to release."));
        AnonymizedClasses anonymized = solution.classes();
        int[] classOfTuple = classOfTuple(anonymized);
        List<Column> columns = table.columns();
        int[] position = positions(columns);
        for (int row = 0; row < table.rowCount(); row++) {
            int c = classOfTuple[data.tupleOfRow(row)];
            boolean shown = data.isStudied(row) && !anonymized.suppressed()[c];
            List<String> cells = new ArrayList<>(columns.size());
            for (int i = 0; i < position.length; i++) {
                cells.add(
                        position[i] == AS_IT_IS
                                ? columns.get(i).value(row)
                                : position[i] == HIDDEN || !shown
                                        ? GeneralizationHierarchy.ANY
                                        : label(anonymized.classes(), c, position[i]));
            }
            sink.accept(cells);
        }
    }

    /**
     * Rows of the output that read as suppressed: of suppressed classes, outside the research subset, and, where
     * suppression is allowed, of the completely generalized class.
     */
    public long flaggedRows() {
        Solution solution = outcome.solution().orElseThrow();
        AnonymizedClasses anonymized = solution.classes();
        boolean marksTop = spec.suppressionLimit().fraction() > 0;
        long flagged = data.rowCount() - data.studiedCount() + anonymized.suppressedRecords();
        for (int c = 0; c < anonymized.classes().size(); c++) {
            if (marksTop && anonymized.isKept(c) && anonymized.classes().isCompletelyGeneralized(c)) {
                flagged += anonymized.classes().count(c);
            }
        }
        return flagged;
    }

    private int[] classOfTuple(AnonymizedClasses anonymized) {
        // Classes are numbered by the path they were rolled up on; the first row names a class on every path.
        EquivalenceClasses direct = data.tuples().rollUp(anonymized.classes().levels());
        int[] numberOf = ClassNumbering.translate(direct, anonymized.classes());
        int[] mapping = data.classOfTuple(anonymized.classes().levels());
        for (int tuple = 0; tuple < mapping.length; tuple++) {
            mapping[tuple] = numberOf[mapping[tuple]];
        }
        return mapping;
    }

    private static final int AS_IT_IS = -1;
    private static final int HIDDEN = -2;

    private int[] positions(List<Column> columns) {
        int[] positions = new int[columns.size()];
        List<String> quasiIdentifiers = quasiIdentifiers();
        for (int i = 0; i < positions.length; i++) {
            String name = columns.get(i).name();
            boolean direct = spec.attributes().stream()
                    .anyMatch(a -> a.name().equals(name) && a.role() == AttributeRole.DIRECT_IDENTIFIER);
            int found = quasiIdentifiers.indexOf(name);
            positions[i] = direct ? HIDDEN : found >= 0 ? found : AS_IT_IS;
        }
        return positions;
    }

    private static String label(EquivalenceClasses classes, int c, int attribute) {
        return classes.quasiIdentifiers()
                .attribute(attribute)
                .label(classes.level(attribute), classes.code(c, attribute));
    }
}
