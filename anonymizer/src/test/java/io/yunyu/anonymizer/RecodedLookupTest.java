package io.yunyu.anonymizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.privacy.KAnonymity;
import io.yunyu.anonymizer.privacy.SuppressionLimit;
import io.yunyu.anonymizer.quality.LossFactors;
import io.yunyu.anonymizer.quality.LossMeasure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who holds the records finds the classes of local recoding by its rounds, as the rows of the core have them. */
class RecodedLookupTest {
    private static final long SEED = Long.getLong("yunyu.seed", 20261129L);

    @Test
    void of_recodedTables_isTheClassThatTheRowShows() throws Exception {
        System.out.println("RecodedLookupTest: seed " + SEED);
        Random random = new Random(SEED);
        int recoded = 0;
        for (int run = 0; run < 60; run++) {
            MicrodataTable table = RandomTables.table(random, 60 + random.nextInt(100));
            AnonymizationSpec spec = AnonymizationSpec.of(
                            RandomTables.attributes().subList(0, 3),
                            List.of(new KAnonymity(2 + random.nextInt(4))),
                            new SuppressionLimit(0.6),
                            LossMeasure.DEFAULT.withFactors(new LossFactors(0.05)),
                            Optional.empty())
                    .withLocalRecoding(
                            new LocalRecoding(LocalRecoding.Mode.ITERATIVE, OptionalDouble.of(0.3), 0.05, 50, 0));
            AnonymizationResult result = Anonymizer.anonymize(table, spec);
            if (result.outcome().solution().isEmpty() || result.classLookup().isEmpty()) {
                continue;
            }
            recoded += result.recodingRounds();
            ClassLookup lookup = result.classLookup().get();
            EquivalenceClasses classes =
                    result.outcome().solution().get().classes().classes();
            List<List<String>> rows = new ArrayList<>();
            result.forEachReleasedRow(rows::add);
            for (int row = 0; row < rows.size(); row++) {
                int[] codes = new int[3];
                for (int i = 0; i < 3; i++) {
                    Column column = lookup.columns().get(i);
                    codes[i] =
                            column.dictionary().indexOf(table.columns().get(i).value(row));
                }
                int c = lookup.classOf().of(codes);
                assertThat(c).isLessThan(classes.size());
                for (int i = 0; i < 3; i++) {
                    String shown = c < 0
                            ? "*"
                            : result.labels(lookup.columns().get(i).name()).get(c);
                    assertThat(shown)
                            .as("seed %d, run %d, row %d", SEED, run, row)
                            .isEqualTo(rows.get(row).get(i));
                }
            }
        }
        assertThat(recoded).isPositive();
    }
}
