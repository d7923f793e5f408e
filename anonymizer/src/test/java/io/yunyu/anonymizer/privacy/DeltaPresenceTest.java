package io.yunyu.anonymizer.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.Anonymizer;
import io.yunyu.anonymizer.AttributeSpec;
import io.yunyu.anonymizer.ResearchSubset;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import io.yunyu.anonymizer.quality.LossMeasure;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeltaPresenceTest {
    /** Half of a's records are in the subset and none of b's: the two must not be merged, though each is fine alone. */
    @Test
    void anonymize_coarserLevelViolates_findsTheFinerOne() {
        List<String> towns = Stream.concat(Collections.nCopies(10, "a").stream(), Collections.nCopies(10, "b").stream())
                .toList();
        MicrodataTable table = MicrodataTable.of(List.of(Column.of("town", towns)));
        MicrodataTable subset = MicrodataTable.of(List.of(Column.of("town", Collections.nCopies(5, "a"))));
        GeneralizationHierarchy hierarchy =
                GeneralizationHierarchy.of("town", List.of(List.of("a", "x", "*"), List.of("b", "x", "*")));

        var outcome = Anonymizer.anonymize(
                        table,
                        AnonymizationSpec.of(
                                List.of(AttributeSpec.quasiIdentifier("town", hierarchy)),
                                List.of(new KAnonymity(2), new DeltaPresence(0.4, 0.6)),
                                new SuppressionLimit(0),
                                LossMeasure.DEFAULT,
                                Optional.of(new ResearchSubset.Listed(subset))))
                .outcome();

        assertThat(outcome.solution().orElseThrow().transformation().levels()).containsExactly(0);
    }
}
