package io.yunyu.anonymizer.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.anonymizer.AnonymizationResult;
import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.Anonymizer;
import io.yunyu.anonymizer.classes.DistantClasses.Formed;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.GroupedMicrodata;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.contract.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Persons with several records, where the distinct tuples do not fit on the driver. */
class SparkUnitsTest {
    private static final long SEED = Long.getLong("yunyu.seed", 20261130L);
    private static final boolean HEAVY = Boolean.getBoolean("yunyu.anonymizer.heavy");

    private final Random random = new Random(SEED);

    @BeforeEach
    void print() {
        System.out.println("SparkUnitsTest: seed " + SEED);
    }

    private SparkRecords records(MicrodataTable table, int partitions) {
        Dataset<Row> rows = Sessions.shuffled(table, partitions, random)
                .withColumn("unit", functions.col("person").cast("bigint"))
                .drop("person");
        return SparkRecords.of(rows).orderedBy(Sessions.ORDER).ownedBy("unit");
    }

    /**
     * Every transformation, in an arbitrary order, so that some are rolled up from others: the persons of each class are those
     * that a set of them counts here.
     */
    @Test
    void form_anyTransformation_countsEachPersonOncePerClass() {
        MicrodataTable table = ManyTuples.table(random, 70);
        long smallest = 6;
        for (int sharedOnDriver : new int[] {1_000, 0}) {
            List<int[]> transformations = new ArrayList<>();
            for (int a = sharedOnDriver == 0 ? 2 : 0; a < 4; a++) {
                transformations.add(new int[] {a, 0});
                transformations.add(new int[] {a, 1});
            }
            Collections.shuffle(transformations, random);
            try (SparkGrouping grouping = SparkGrouping.of(
                    records(table, 3),
                    ManyTuples.spec("{'model':'k-anonymity','k':5}", ""),
                    new GroupLimits(ManyTuples.FEW, 1_000, sharedOnDriver))) {
                GroupedMicrodata data = grouping.cells().grouped();
                assertThat(data.holdsTuples()).isFalse();
                for (int[] levels : transformations) {
                    Formed formed = data.distantRecords().classes().form(levels, smallest, Long.MAX_VALUE);
                    Map<String, Set<String>> persons = persons(table, levels);
                    if (persons.size() > ManyTuples.FEW) {
                        assertThat(formed.classes()).isEmpty();
                        continue;
                    }
                    EquivalenceClasses classes = formed.classes().orElseThrow();
                    assertThat(units(classes)).as(Arrays.toString(levels)).isEqualTo(sizes(persons));
                    assertThat(formed.recordsBelow())
                            .as(Arrays.toString(levels))
                            .isEqualTo(IntStream.range(0, classes.size())
                                    .filter(c -> classes.units(c) < smallest)
                                    .mapToLong(classes::count)
                                    .sum());
                    boolean inSeveral =
                            persons.values().stream().mapToInt(Set::size).sum() > 70;
                    if (sharedOnDriver > 0 || !inSeveral) {
                        assertThat(units(classes.rollUp(new int[] {3, 1}))).isEqualTo(Map.of("* *", 70L));
                    } else {
                        assertThatThrownBy(() -> classes.rollUp(new int[] {3, 1}))
                                .isInstanceOf(IllegalStateException.class);
                    }
                }
            }
        }
    }

    private static Map<String, Set<String>> persons(MicrodataTable table, int[] levels) {
        Map<String, Set<String>> persons = new HashMap<>();
        for (int row = 0; row < table.rowCount(); row++) {
            int a = Integer.parseInt(table.column("a").value(row).substring(1));
            String labelOfA = List.of("a" + a, "g" + a / 2, "h" + a / 4, "*").get(levels[0]);
            String labelOfB = levels[1] == 0 ? table.column("b").value(row) : "*";
            persons.computeIfAbsent(labelOfA + " " + labelOfB, label -> new HashSet<>())
                    .add(table.column("person").value(row));
        }
        return persons;
    }

    private static Map<String, Long> sizes(Map<String, Set<String>> persons) {
        Map<String, Long> sizes = new HashMap<>();
        persons.forEach((label, of) -> sizes.put(label, (long) of.size()));
        return sizes;
    }

    private static Map<String, Long> units(EquivalenceClasses classes) {
        Map<String, Long> units = new HashMap<>();
        for (int c = 0; c < classes.size(); c++) {
            List<String> labels = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                labels.add(classes.quasiIdentifiers().attribute(i).label(classes.level(i), classes.code(c, i)));
            }
            units.put(String.join(" ", labels), classes.units(c));
        }
        return units;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            1000 | {'model':'k-anonymity','k':9} |
            0 | {'model':'k-anonymity','k':5},{'model':'distinct-l-diversity','attribute':'s','l':3} | ,'objective':{'measure':'kl-divergence'}
            1000 | {'model':'k-anonymity','k':6},{'model':'equal-t-closeness','attribute':'s','t':0.3} | ,'objective':{'measure':'discernibility'}
            20 | {'model':'k-anonymity','k':7} | ,'search':{'algorithm':'best-first-bottom-up'}
            """)
    void anonymize_personsOfMoreTuplesThanTheLimit_givesTheAnswerOfTheCore(
            int sharedOnDriver, String models, String more) throws IOException {
        MicrodataTable table = ManyTuples.table(random, 130);
        String beside = more == null ? "" : more;
        AnonymizationResult core =
                Anonymizer.anonymize(table, ManyTuples.spec(models, ",'privacyUnit':'person'" + beside));
        assertThat(core.outcome().solution()).isPresent();
        for (int partitions : HEAVY ? new int[] {1, 3, 7} : new int[] {sharedOnDriver == 0 ? 1 : 5}) {
            SparkAnonymization found = SparkAnonymizer.anonymize(
                    records(table, partitions),
                    ManyTuples.spec(models, beside),
                    new GroupLimits(ManyTuples.FEW, 1_000, sharedOnDriver));

            assertThat(ManyTuples.report(found.result())).doesNotContainKey("attributeRisks");
            assertThat(ManyTuples.compared(found.result())).isEqualTo(ManyTuples.compared(core));
            assertThat(ManyTuples.released(found)).isEqualTo(ManyTuples.released(core));
        }
    }

    @Test
    void anonymize_recordOfNobody_isRefused() {
        SparkRecords records = records(ManyTuples.table(random, 60), 2);
        Dataset<Row> rows = records.rows()
                .withColumn("unit", functions.when(functions.col(Sessions.ORDER).gt(3), functions.col("unit")));
        assertThatThrownBy(() -> SparkAnonymizer.anonymize(
                        records.with(rows), ManyTuples.spec("{'model':'k-anonymity','k':5}", "")))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("A record has no value in the column that says whose it is");
    }

    @Test
    void anonymize_personsByMondrianOfMoreTuplesThanTheLimit_isRefusedByName() {
        String json = "{'attributes':[{'name':'a','role':'QUASI_IDENTIFIER'},{'name':'b','role':'QUASI_IDENTIFIER'}],"
                + "'privacyModels':[{'model':'k-anonymity','k':5}],'search':{'algorithm':'mondrian'}}";
        AnonymizationSpec spec = AnonymizationSpec.parse(Json.parseObject(json.replace('\'', '"')), Path.of(""));
        SparkRecords records = records(ManyTuples.table(random, 60), 2);
        assertThatThrownBy(
                        () -> SparkAnonymizer.anonymize(records, spec, new GroupLimits(ManyTuples.FEW, 1_000, 1_000)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Mondrian counts no persons with several records there");
    }
}
