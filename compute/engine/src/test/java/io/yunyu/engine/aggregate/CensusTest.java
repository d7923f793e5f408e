package io.yunyu.engine.aggregate;

import static io.yunyu.contract.agreement.ColumnUse.FILTER;
import static io.yunyu.contract.agreement.ColumnUse.GROUP_BY;
import static io.yunyu.contract.agreement.ColumnUse.MEASURE;
import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.engine.perturbation.CellKey;
import io.yunyu.engine.perturbation.CountPerturbation;
import io.yunyu.engine.perturbation.PerturbationParameters;
import io.yunyu.engine.perturbation.PerturbationTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Real census records, each its own unit. */
class CensusTest {
    @Test
    void run_censusByEducationAndOccupation_equalsIndependentCounts() throws Exception {
        Path file = Path.of(System.getProperty("yunyu.shared", ""), "data", "adult", "adult.csv");
        Assumptions.assumeTrue(Files.exists(file), "The census records are not here; they are no part of the project.");
        List<Row> rows = new ArrayList<>();
        Map<List<String>, List<Long>> keys =
                new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (String line : lines.subList(1, lines.size())) {
            String[] f = line.split(";");
            long unit = Long.reverse(rows.size() + 1L) * 0x9E3779B97F4A7C15L;
            rows.add(RowFactory.create(unit, f[0], Long.valueOf(f[1]), f[4]));
            keys.computeIfAbsent(List.of(f[4], f[0]), k -> new ArrayList<>()).add(CellKey.recordKey(unit));
        }
        SparkSession spark = ExitFixture.session(2);
        ExitFixture exit = new ExitFixture(spark);
        exit.tables.put(
                "adult",
                spark.createDataFrame(
                        rows,
                        new StructType()
                                .add("__unit", DataTypes.LongType)
                                .add("sex", DataTypes.StringType)
                                .add("age", DataTypes.LongType)
                                .add("education", DataTypes.StringType)));
        GrantedTable adult = new GrantedTable(
                "adult",
                "ds-adult",
                0,
                "family",
                GrantedTable.ROW_UNIT,
                List.of(
                        new GrantedColumn("sex", "STRING", Set.of(GROUP_BY, FILTER)),
                        new GrantedColumn("age", "LONG", Set.of(GROUP_BY, MEASURE)),
                        new GrantedColumn("education", "STRING", Set.of(GROUP_BY))));

        ExitFixture.Outcome outcome = exit.run(
                ExitFixture.grant(Visits.RULES, adult),
                "SELECT education, sex, count(*) AS n, avg(age) AS mean_age FROM adult GROUP BY education, sex");

        CountPerturbation noise = new CountPerturbation(
                PerturbationTable.of(PerturbationParameters.counts(5, 3, 2)).shuffled(0.2, ExitFixture.SECRET));
        List<String> expected = new ArrayList<>();
        keys.forEach((labels, k) -> {
            long n = noise.perturb(
                    k.size(), CellKey.ofTotal(k.stream().mapToLong(x -> x).sum()));
            expected.add(labels.get(0) + "/" + labels.get(1) + "/" + (k.size() < 10 ? "-" : n));
        });
        assertThat(outcome.rows().stream().map(r -> r.get(0) + "/" + r.get(1) + "/" + r.get(2)))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(outcome.rows()).hasSizeGreaterThan(25);
    }
}
