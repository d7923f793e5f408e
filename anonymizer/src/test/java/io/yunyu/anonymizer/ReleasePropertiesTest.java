package io.yunyu.anonymizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DelimitedFiles;
import io.yunyu.anonymizer.data.DelimitedFormat;
import io.yunyu.anonymizer.data.DelimitedWriter;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.privacy.BasicBetaLikeness;
import io.yunyu.anonymizer.privacy.DeltaDisclosure;
import io.yunyu.anonymizer.privacy.DistinctLDiversity;
import io.yunyu.anonymizer.privacy.EnhancedBetaLikeness;
import io.yunyu.anonymizer.privacy.EntropyLDiversity;
import io.yunyu.anonymizer.privacy.EqualTCloseness;
import io.yunyu.anonymizer.privacy.HierarchicalTCloseness;
import io.yunyu.anonymizer.privacy.KAnonymity;
import io.yunyu.anonymizer.privacy.OrderedTCloseness;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import io.yunyu.anonymizer.privacy.RecursiveCLDiversity;
import io.yunyu.anonymizer.privacy.SuppressionLimit;
import io.yunyu.anonymizer.quality.LossMeasure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads released cells only, and judges them by {@link ClassChecks}, which shares nothing with the engine. */
class ReleasePropertiesTest {
    private static final List<PrivacyModel> MODELS = List.of(
            new DistinctLDiversity("s", 3),
            new EntropyLDiversity("s", 2.2, EntropyLDiversity.Estimator.SHANNON),
            new EntropyLDiversity("s", 2.2, EntropyLDiversity.Estimator.GRASSBERGER),
            new RecursiveCLDiversity("s", 1.5, 2),
            new EqualTCloseness("s", 0.25),
            new OrderedTCloseness("s", 0.15),
            new HierarchicalTCloseness("s", 0.2),
            new DeltaDisclosure("s", 1.2),
            new BasicBetaLikeness("s", 0.8),
            new EnhancedBetaLikeness("s", 1.2));

    private static final List<String> HIDDEN = List.of("*", "*", "*");

    private final long seed = Long.getLong("yunyu.seed", 20261125L);
    private final Random random = new Random(seed);

    @Test
    void anonymize_anyModels_holdInEveryReleasedClassWithinTheLimit() throws IOException {
        System.out.println("anonymize_anyModels_holdInEveryReleasedClassWithinTheLimit: seed " + seed);
        int released = 0;
        for (int run = 0; run < 200; run++) {
            MicrodataTable table = RandomTables.table(random, 30 + random.nextInt(120));
            int k = 1 + random.nextInt(5);
            double limit = random.nextInt(5) * 0.15;
            List<PrivacyModel> models = List.of(
                    new KAnonymity(k), MODELS.get(run % MODELS.size()), MODELS.get(random.nextInt(MODELS.size())));
            AnonymizationResult result = Anonymizer.anonymize(table, spec(models, limit));
            if (result.outcome().solution().isEmpty()) {
                continue;
            }
            List<List<String>> rows = rows(result);
            List<String> all = rows.stream().map(row -> row.get(3)).toList();
            Map<List<String>, List<String>> classes = new HashMap<>();
            rows.forEach(row -> classes.computeIfAbsent(row.subList(0, 3), key -> new ArrayList<>())
                    .add(row.get(3)));
            List<String> hidden = classes.remove(HIDDEN);
            long suppressed = result.outcome().solution().get().classes().suppressedRecords();
            assertThat(suppressed).as("run %d", run).isLessThanOrEqualTo((long) Math.floor(limit * table.rowCount()));
            assertThat(hidden == null ? 0 : hidden.size()).isGreaterThanOrEqualTo((int) suppressed);
            for (List<String> values : classes.values()) {
                released++;
                for (PrivacyModel model : models) {
                    assertThat(ClassChecks.holds(model, values, all))
                            .as("seed %d, run %d, %s, class of %d", seed, run, model.label(), values.size())
                            .isTrue();
                }
            }
        }
        assertThat(released).isGreaterThan(200);
    }

    @Test
    void anonymize_coarserLevels_neverLowerTheSmallestClass() throws IOException {
        System.out.println("anonymize_coarserLevels_neverLowerTheSmallestClass: seed " + seed);
        for (int run = 0; run < 60; run++) {
            MicrodataTable table = RandomTables.table(random, 30 + random.nextInt(60));
            int[] levels = {random.nextInt(4), random.nextInt(3), random.nextInt(2)};
            int[] coarser = {
                levels[0] + random.nextInt(4 - levels[0]),
                levels[1] + random.nextInt(3 - levels[1]),
                levels[2] + random.nextInt(2 - levels[2])
            };
            assertThat(smallest(table, coarser)).isGreaterThanOrEqualTo(smallest(table, levels));
        }
    }

    /** With a sensitive column, without one (whole lines are written), with one of many values (encoded one by one). */
    @Test
    void writeReleased_anyColumns_writesTheReleasedRows(@TempDir Path directory) throws IOException {
        for (int rows : new int[] {200, 70_000}) {
            MicrodataTable table = RandomTables.table(random, rows);
            List<String> numbers =
                    IntStream.range(0, rows).mapToObj(i -> "n;" + i).toList();
            List<Column> columns = new ArrayList<>(table.columns());
            List<MicrodataTable> tables = new ArrayList<>();
            tables.add(MicrodataTable.of(columns.subList(0, 3)));
            tables.add(table);
            columns.add(Column.of("number", numbers));
            tables.add(MicrodataTable.of(columns));
            for (MicrodataTable one : tables) {
                List<AttributeSpec> attributes = RandomTables.attributes().subList(0, 3);
                AnonymizationSpec spec = AnonymizationSpec.of(
                        attributes,
                        List.of(new KAnonymity(5)),
                        new SuppressionLimit(0.2),
                        LossMeasure.DEFAULT,
                        Optional.empty());
                AnonymizationResult result = Anonymizer.anonymize(one, spec);
                Path file = directory.resolve("data.csv");
                try (DelimitedWriter writer = new DelimitedWriter(file, DelimitedFormat.SEMICOLON)) {
                    result.writeReleased(writer);
                }
                assertThat(DelimitedFiles.readRecords(file, DelimitedFormat.SEMICOLON))
                        .isEqualTo(rows(result));
            }
        }
    }

    private static int smallest(MicrodataTable table, int[] levels) throws IOException {
        List<AttributeSpec> attributes = RandomTables.attributes();
        AnonymizationSpec spec = AnonymizationSpec.of(
                List.of(
                        attributes.get(0).atLevel(levels[0]),
                        attributes.get(1).atLevel(levels[1]),
                        attributes.get(2).atLevel(levels[2])),
                List.of(new KAnonymity(1)),
                new SuppressionLimit(0),
                LossMeasure.DEFAULT,
                Optional.empty());
        Map<List<String>, Integer> sizes = new HashMap<>();
        rows(Anonymizer.anonymize(table, spec)).forEach(row -> sizes.merge(row.subList(0, 3), 1, Integer::sum));
        return sizes.values().stream().mapToInt(Integer::intValue).min().orElseThrow();
    }

    private static AnonymizationSpec spec(List<PrivacyModel> models, double limit) {
        return AnonymizationSpec.of(
                RandomTables.attributes(), models, new SuppressionLimit(limit), LossMeasure.DEFAULT, Optional.empty());
    }

    private static List<List<String>> rows(AnonymizationResult result) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        result.forEachReleasedRow(rows::add);
        return rows;
    }
}
