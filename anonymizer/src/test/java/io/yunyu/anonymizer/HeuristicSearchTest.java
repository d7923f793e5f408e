package io.yunyu.anonymizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import io.yunyu.anonymizer.privacy.DistinctLDiversity;
import io.yunyu.anonymizer.privacy.KAnonymity;
import io.yunyu.anonymizer.privacy.SuppressionLimit;
import io.yunyu.anonymizer.quality.LossMeasure;
import io.yunyu.anonymizer.search.SearchAlgorithm;
import io.yunyu.anonymizer.search.SearchLimits;
import io.yunyu.anonymizer.search.SearchOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A lattice of 3^24 transformations, far too large to be searched. */
class HeuristicSearchTest {
    private static final int ATTRIBUTES = 24;

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"OPTIMAL", "MONDRIAN_STRICT", "MONDRIAN_RELAXED"})
    void search_hugeLattice_findsASolutionAndDoesNotClaimTheOptimum(SearchAlgorithm algorithm) {
        AnonymizationSpec spec = AnonymizationSpec.of(
                        attributes(),
                        List.of(new KAnonymity(5)),
                        new SuppressionLimit(0.05),
                        LossMeasure.DEFAULT,
                        Optional.empty())
                .withSearch(algorithm, new SearchLimits(SearchLimits.NONE.time(), 400));

        SearchOutcome outcome = Anonymizer.anonymize(table(), spec).outcome();
        SearchOutcome again = Anonymizer.anonymize(table(), spec).outcome();

        assertThat(outcome.optimal()).isFalse();
        assertThat(outcome.checked()).isLessThanOrEqualTo(400);
        assertThat(outcome.solution().orElseThrow().classes().isAnonymous()).isTrue();
        assertThat(outcome.solution().orElseThrow().loss().value()).isLessThan(1);
        assertThat(again.solution().orElseThrow().transformation())
                .isEqualTo(outcome.solution().orElseThrow().transformation());
    }

    @Test
    void search_smallLattices_localSearchFindsTheOptimum() {
        Random random = new Random(7);
        int found = 0;
        for (int run = 0; run < 60; run++) {
            MicrodataTable table = RandomTables.table(random, 20 + random.nextInt(60));
            AnonymizationSpec spec = AnonymizationSpec.of(
                    RandomTables.attributes(),
                    List.of(new KAnonymity(2 + random.nextInt(4)), new DistinctLDiversity("s", 2)),
                    new SuppressionLimit(0.1 * random.nextInt(3)),
                    LossMeasure.DEFAULT,
                    Optional.empty());
            SearchOutcome best = Anonymizer.anonymize(
                            table, spec.withSearch(SearchAlgorithm.OPTIMAL, SearchLimits.NONE))
                    .outcome();
            SearchOutcome local = Anonymizer.anonymize(
                            table, spec.withSearch(SearchAlgorithm.LOCAL_SEARCH, SearchLimits.NONE))
                    .outcome();
            boolean same = best.solution()
                    .map(SearchOutcome.Solution::loss)
                    .equals(local.solution().map(SearchOutcome.Solution::loss));
            found += same ? 1 : 0;
        }
        assertThat(found).isEqualTo(60);
    }

    private static MicrodataTable table() {
        Random random = new Random(24);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < ATTRIBUTES; i++) {
            List<String> cells = new ArrayList<>();
            for (int row = 0; row < 500; row++) {
                cells.add("v" + random.nextInt(10));
            }
            columns.add(Column.of("q" + i, cells));
        }
        return MicrodataTable.of(columns);
    }

    private static List<AttributeSpec> attributes() {
        List<AttributeSpec> attributes = new ArrayList<>();
        for (int i = 0; i < ATTRIBUTES; i++) {
            List<List<String>> rows = new ArrayList<>();
            for (int value = 0; value < 10; value++) {
                rows.add(List.of("v" + value, value < 5 ? "low" : "high", "*"));
            }
            attributes.add(AttributeSpec.quasiIdentifier("q" + i, GeneralizationHierarchy.of("q" + i, rows)));
        }
        return attributes;
    }
}
