package io.yunyu.anonymizer.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.Anonymizer;
import io.yunyu.anonymizer.AttributeSpec;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import io.yunyu.anonymizer.quality.LossMeasure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two groups of equal size with opposite illnesses: each lies half the distance of the tree's top from the whole. */
class HierarchicalTClosenessTest {
    /** 200 000 records: the product of class and table sizes exceeds 2^31, where ARX's arithmetic overflows. */
    @ParameterizedTest
    @CsvSource({"1000, 0.5, 0", "1000, 0.49, 1", "200000, 0.5, 0", "200000, 0.49, 1"})
    void check_groupsOfOppositeIllness_areHalfTheTreeApart(int rows, double t, int expectedLevel) {
        List<String> group = new ArrayList<>();
        List<String> illness = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            group.add(row % 2 == 0 ? "even" : "odd");
            illness.add(row % 2 == 0 ? "flu" : "gout");
        }
        MicrodataTable table = MicrodataTable.of(List.of(Column.of("group", group), Column.of("illness", illness)));
        GeneralizationHierarchy groups =
                GeneralizationHierarchy.of("group", List.of(List.of("even", "*"), List.of("odd", "*")));
        GeneralizationHierarchy illnesses = GeneralizationHierarchy.of(
                "illness", List.of(List.of("flu", "infection", "*"), List.of("gout", "metabolic", "*")));

        var solution = Anonymizer.anonymize(
                        table,
                        AnonymizationSpec.of(
                                List.of(
                                        AttributeSpec.quasiIdentifier("group", groups),
                                        AttributeSpec.sensitive("illness", DataType.STRING, Optional.of(illnesses))),
                                List.of(new HierarchicalTCloseness("illness", t)),
                                new SuppressionLimit(0),
                                LossMeasure.DEFAULT,
                                Optional.empty()))
                .outcome()
                .solution()
                .orElseThrow();

        assertThat(solution.transformation().levels()).containsExactly(expectedLevel);
    }
}
