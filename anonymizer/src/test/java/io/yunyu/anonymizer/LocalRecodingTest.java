package io.yunyu.anonymizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.privacy.DeltaDisclosure;
import io.yunyu.anonymizer.privacy.DistinctLDiversity;
import io.yunyu.anonymizer.privacy.EqualTCloseness;
import io.yunyu.anonymizer.privacy.KAnonymity;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import io.yunyu.anonymizer.privacy.SampleUniqueness;
import io.yunyu.anonymizer.privacy.SuppressionLimit;
import io.yunyu.anonymizer.quality.LossMeasure;
import io.yunyu.anonymizer.quality.QualityReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalRecodingTest {
    private static final List<PrivacyModel> SENSITIVE_MODELS =
            List.of(new DistinctLDiversity("s", 2), new EqualTCloseness("s", 0.4), new DeltaDisclosure("s", 1.5));

    /** Read from the released cells alone: no class is smaller than k, and no record is lost that was released before. */
    @ParameterizedTest
    @EnumSource
    void anonymize_localRecoding_releasesMoreAndStillOnlyWhatSatisfiesTheModels(LocalRecoding.Mode mode)
            throws Exception {
        Random random = new Random(20261125);
        long recoded = 0;
        for (int run = 0; run < 40; run++) {
            MicrodataTable table = RandomTables.table(random, 40 + random.nextInt(60));
            int k = 2 + random.nextInt(3);
            AnonymizationSpec spec = AnonymizationSpec.of(
                    RandomTables.attributes(),
                    List.of(new KAnonymity(k), SENSITIVE_MODELS.get(run % SENSITIVE_MODELS.size())),
                    new SuppressionLimit(1),
                    LossMeasure.DEFAULT,
                    Optional.empty());
            AnonymizationResult before = Anonymizer.anonymize(table, spec);
            AnonymizationResult after = Anonymizer.anonymize(table, spec.withLocalRecoding(recoding(mode)));

            List<List<String>> rows = rows(after);
            long suppressed = suppressedOf(after);
            assertThat(suppressed).isLessThanOrEqualTo(suppressedOf(before));
            recoded += suppressedOf(before) - suppressed;
            Map<List<String>, List<String>> classes = new HashMap<>();
            rows.forEach(row -> classes.computeIfAbsent(row.subList(0, 3), key -> new ArrayList<>())
                    .add(row.get(3)));
            List<String> hidden = classes.getOrDefault(List.of("*", "*", "*"), List.of());
            assertThat(hidden.size()).as("run %d", run).isGreaterThanOrEqualTo((int) suppressed);
            classes.remove(List.of("*", "*", "*"));
            List<String> all = rows.stream().map(row -> row.get(3)).toList();
            for (List<String> values : classes.values()) {
                assertThat(values).as("run %d", run).hasSizeGreaterThanOrEqualTo(k);
                assertThat(ClassChecks.holds(spec.privacyModels().get(1), values, all))
                        .as("run %d, %s", run, spec.privacyModels().get(1).label())
                        .isTrue();
            }
            // Records released in the first round are released unchanged.
            List<List<String>> firstRows = rows(before);
            for (int row = 0; row < rows.size(); row++) {
                if (!firstRows.get(row).subList(0, 3).equals(List.of("*", "*", "*"))) {
                    assertThat(rows.get(row)).isEqualTo(firstRows.get(row));
                }
            }
            QualityReport quality = QualityReport.of(
                    after.outcome().solution().orElseThrow().classes(), after.statistics(), after.squaredErrors());
            assertThat(quality.granularity()).isBetween(0.0, 1.0);
        }
        assertThat(recoded).isPositive();
    }

    @Test
    void anonymize_modelOnTheReleaseAsAWhole_isRefused() {
        MicrodataTable table = RandomTables.table(new Random(1), 50);
        AnonymizationSpec spec = AnonymizationSpec.of(
                        RandomTables.attributes(),
                        List.of(new SampleUniqueness(0), new DistinctLDiversity("s", 1)),
                        new SuppressionLimit(1),
                        LossMeasure.DEFAULT,
                        Optional.empty())
                .withLocalRecoding(recoding(LocalRecoding.Mode.OPTIMIZE));

        assertThatThrownBy(() -> Anonymizer.anonymize(table, spec))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot be combined with localRecoding");
    }

    private static LocalRecoding recoding(LocalRecoding.Mode mode) {
        return new LocalRecoding(
                mode,
                mode == LocalRecoding.Mode.ITERATIVE ? OptionalDouble.of(0.3) : OptionalDouble.empty(),
                0.05,
                50,
                mode == LocalRecoding.Mode.ITERATIVE ? 0.1 : 0);
    }

    private static long suppressedOf(AnonymizationResult result) {
        return result.outcome().solution().orElseThrow().classes().suppressedRecords();
    }

    private static List<List<String>> rows(AnonymizationResult result) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        result.forEachReleasedRow(rows::add);
        return rows;
    }
}
