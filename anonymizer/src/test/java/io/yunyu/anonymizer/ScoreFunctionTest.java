package io.yunyu.anonymizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.GroupedMicrodata;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy.Degree;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy.LevelSearch;
import io.yunyu.anonymizer.privacy.DistinctLDiversity;
import io.yunyu.anonymizer.privacy.Fraction;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import io.yunyu.anonymizer.privacy.SuppressionLimit;
import io.yunyu.anonymizer.quality.Aggregate;
import io.yunyu.anonymizer.quality.AverageClassSizeMeasure;
import io.yunyu.anonymizer.quality.ClassificationMeasure;
import io.yunyu.anonymizer.quality.DiscernibilityMeasure;
import io.yunyu.anonymizer.quality.HeightMeasure;
import io.yunyu.anonymizer.quality.InformationLossMeasure;
import io.yunyu.anonymizer.quality.LossFactors;
import io.yunyu.anonymizer.quality.LossMeasure;
import io.yunyu.anonymizer.quality.PrecisionMeasure;
import io.yunyu.anonymizer.quality.ScoreFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreFunctionTest {
    private static final List<InformationLossMeasure> MEASURES = List.of(
            new AverageClassSizeMeasure(LossFactors.EVEN),
            new DiscernibilityMeasure(false),
            LossMeasure.DEFAULT,
            new PrecisionMeasure(false, LossFactors.EVEN, Aggregate.ARITHMETIC_MEAN),
            new ClassificationMeasure("s", LossFactors.EVEN));

    /** What differential privacy rests on: one record more changes no score by more than 1, at any levels. */
    @Test
    void of_oneRecordMore_changesTheScoreByAtMostOne() {
        Random random = new Random(20261125);
        Fraction one = Fraction.of(1, 1);
        Fraction minusOne = Fraction.of(-1, 1);
        Fraction greatest = Fraction.ZERO;
        for (int run = 0; run < 1_500; run++) {
            MicrodataTable larger = RandomTables.table(random, 1 + random.nextInt(40));
            if (larger.rowCount() < 2) {
                continue;
            }
            MicrodataTable smaller = firstRows(larger, larger.rowCount() - 1);
            InformationLossMeasure measure = MEASURES.get(run % MEASURES.size());
            int k = 1 + random.nextInt(5);
            int[] levels = {random.nextInt(4), random.nextInt(3), random.nextInt(2)};

            Fraction change = score(larger, measure, k, levels).minus(score(smaller, measure, k, levels));

            assertThat(change).as("run %d, k %d, %s", run, k, measure.label()).isBetween(minusOne, one);
            greatest = change.compareTo(greatest) > 0 ? change : greatest;
        }
        assertThat(greatest).isGreaterThan(Fraction.of(1, 2));
    }

    @Test
    void anonymize_dataDependentLevels_areRepeatableWithASeedAndFinerWithMoreBudget() {
        MicrodataTable table = RandomTables.table(new Random(9), 3_000);
        AnonymizationResult one = Anonymizer.anonymize(table, spec(LossMeasure.DEFAULT, 3, 7));
        AnonymizationResult same = Anonymizer.anonymize(table, spec(LossMeasure.DEFAULT, 3, 7));
        assertThat(levels(one)).isEqualTo(levels(same));

        double rich = 0;
        double poor = 0;
        for (int seed = 0; seed < 12; seed++) {
            rich += loss(Anonymizer.anonymize(table, spec(LossMeasure.DEFAULT, 3, seed)));
            poor += loss(Anonymizer.anonymize(table, spec(LossMeasure.DEFAULT, 1e-4, seed)));
        }
        assertThat(rich).isLessThan(poor);
    }

    @Test
    void anonymize_measureOrModelWithoutProof_isRefused() {
        MicrodataTable table = RandomTables.table(new Random(9), 200);

        assertThatThrownBy(() -> Anonymizer.anonymize(table, spec(new HeightMeasure(Aggregate.SUM), 1, 1)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("changes without bound");
        AnonymizationSpec two = AnonymizationSpec.of(
                RandomTables.attributes(),
                List.of(model(1, 1), new DistinctLDiversity("s", 2)),
                new SuppressionLimit(1),
                LossMeasure.DEFAULT,
                Optional.empty());
        assertThatThrownBy(() -> Anonymizer.anonymize(table, two))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("name no other model");
    }

    private static AnonymizationSpec spec(InformationLossMeasure measure, double budget, long seed) {
        return AnonymizationSpec.of(
                RandomTables.attributes().subList(0, 3),
                List.of(model(budget, seed)),
                new SuppressionLimit(1),
                measure,
                Optional.empty());
    }

    private static PrivacyModel model(double budget, long seed) {
        return new DifferentialPrivacy(
                budget + 1, 0.01, Degree.NONE, Optional.of(new LevelSearch(budget, 12)), OptionalLong.of(seed));
    }

    private static List<Integer> levels(AnonymizationResult result) {
        return result.outcome().solution().orElseThrow().transformation().levels();
    }

    private static double loss(AnonymizationResult result) {
        return result.outcome().solution().orElseThrow().loss().value();
    }

    private static Fraction score(MicrodataTable table, InformationLossMeasure measure, int k, int[] levels) {
        AnonymizationSpec spec = AnonymizationSpec.of(
                        RandomTables.attributes(),
                        List.of(new DistinctLDiversity("s", 1)),
                        new SuppressionLimit(1),
                        measure,
                        Optional.empty())
                .boundTo(table);
        GroupingPlan plan = GroupingPlan.of(table, spec);
        GroupedMicrodata data = GroupedMicrodata.group(
                plan.packing(),
                plan.columnsOf(plan.quasiIdentifiers()),
                plan.columnsOf(plan.histograms()),
                table.rowCount(),
                null,
                false,
                null);
        EquivalenceClasses classes = data.tuples().rollUp(levels);
        boolean[] suppressed = new boolean[classes.size()];
        long records = 0;
        for (int c = 0; c < suppressed.length; c++) {
            suppressed[c] = classes.count(c) < k;
            records += suppressed[c] ? classes.count(c) : 0;
        }
        return new ScoreFunction(measure, SearchRun.statistics(plan, data, k, table.rowCount()), k)
                .of(new AnonymizedClasses(
                        classes, suppressed, suppressed, records, records, AnonymizedClasses.Verdict.ANONYMOUS));
    }

    private static MicrodataTable firstRows(MicrodataTable table, int rows) {
        List<Column> columns = new ArrayList<>();
        for (Column column : table.columns()) {
            List<String> cells = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                cells.add(column.value(row));
            }
            columns.add(Column.of(column.name(), cells));
        }
        return MicrodataTable.of(columns);
    }
}
