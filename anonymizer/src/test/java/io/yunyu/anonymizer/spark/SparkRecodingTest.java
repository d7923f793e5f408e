package io.yunyu.anonymizer.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.anonymizer.AnonymizationResult;
import io.yunyu.anonymizer.Anonymizer;
import io.yunyu.anonymizer.data.MicrodataTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Local recoding where the distinct tuples do not fit on the driver; in some rounds what is left does not fit either. How the
 * rounds go over many tables is tested without Spark, by DistantRecodingTest.
 */
class SparkRecodingTest {
    private static final long SEED = Long.getLong("yunyu.seed", 20261130L);
    private static final boolean HEAVY = Boolean.getBoolean("yunyu.anonymizer.heavy");

    private final Random random = new Random(SEED);

    @TempDir
    Path folder;

    @BeforeEach
    void print() {
        System.out.println("SparkRecodingTest: seed " + SEED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            ITERATIVE | records | {'model':'k-anonymity','k':9} |
            FAST | records | {'model':'k-anonymity','k':4},{'model':'distinct-l-diversity','attribute':'s','l':3} | ,'objective':{'measure':'kl-divergence'}
            ITERATIVE_FAST | subset | {'model':'inclusion','subset':'subset.csv'},{'model':'k-anonymity','k':5},{'model':'equal-t-closeness','attribute':'s','t':0.4} |
            ITERATIVE | persons | {'model':'k-anonymity','k':7},{'model':'distinct-l-diversity','attribute':'s','l':2} |
            """)
    void anonymize_moreTuplesThanTheLimit_givesTheAnswerOfTheCore(
            String mode, String of, String models, String objective) throws IOException {
        MicrodataTable table = ManyTuples.table(random, 160);
        writeSubset(table);
        String more = ",'suppressionLimit':0.6,'localRecoding':{'mode':'" + mode + "','records':0.05}"
                + (objective == null ? "" : objective);
        boolean persons = of.equals("persons");
        AnonymizationResult core = Anonymizer.anonymize(
                table, ManyTuples.spec(models, more + (persons ? ",'privacyUnit':'person'" : ""), folder));
        for (int partitions : HEAVY ? new int[] {1, 3, 7} : new int[] {4}) {
            Dataset<Row> rows = Sessions.shuffled(table, partitions, random);
            SparkRecords records = persons
                    ? SparkRecords.of(rows.withColumn(
                                            "unit", functions.col("person").cast("bigint"))
                                    .drop("person"))
                            .ownedBy("unit")
                    : SparkRecords.of(rows);
            SparkAnonymization found = SparkAnonymizer.anonymize(
                    records.orderedBy(Sessions.ORDER),
                    ManyTuples.spec(models, more, folder),
                    new GroupLimits(ManyTuples.FEW, 1_000, 1_000));

            assertThat(core.recodingRounds()).isPositive();
            assertThat(found.result().recodingRounds()).isEqualTo(core.recodingRounds());
            assertThat(ManyTuples.report(found.result())).doesNotContainKey("attributeRisks");
            assertThat(ManyTuples.compared(found.result())).isEqualTo(ManyTuples.compared(core));
            assertThat(ManyTuples.released(found)).isEqualTo(ManyTuples.released(core));
        }
    }

    private void writeSubset(MicrodataTable table) throws IOException {
        List<Integer> rows =
                new ArrayList<>(IntStream.range(0, table.rowCount()).boxed().toList());
        Collections.shuffle(rows, random);
        StringBuilder text = new StringBuilder("a;b;s;person\n");
        for (int row : rows.subList(0, rows.size() * 2 / 3)) {
            text.append(String.join(
                            ";", table.columns().stream().map(c -> c.value(row)).toList()))
                    .append('\n');
        }
        Files.writeString(folder.resolve("subset.csv"), text);
    }
}
