package io.yunyu.anonymizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.contract.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mondrian where bounds of levels force cuts, where persons are counted, and where equal numbers differ in their text. */
class MondrianBoundsTest {
    private static final long SEED = Long.getLong("yunyu.seed", 20261125L);

    @TempDir
    Path folder;

    @BeforeEach
    void writeHierarchy() throws Exception {
        StringBuilder rows = new StringBuilder();
        for (int value = 0; value < 9; value++) {
            rows.append("b" + value + ";g" + value / 3 + ";h" + value / 6 + ";*\n");
        }
        Files.writeString(folder.resolve("b.csv"), rows);
    }

    private AnonymizationSpec parse(String json) {
        return AnonymizationSpec.parse(Json.parseObject(json.replace('\'', '"')), folder);
    }

    private static MicrodataTable table(Random random) {
        int rows = 10 + random.nextInt(100);
        List<List<String>> columns = new ArrayList<>();
        for (int column = 0; column < 5; column++) {
            columns.add(new ArrayList<>());
        }
        for (int row = 0; row < rows; row++) {
            columns.get(0).add(random.nextInt(20) + (random.nextBoolean() ? "" : ".0"));
            columns.get(1).add("t" + random.nextInt(4));
            columns.get(2).add("b" + Math.min(random.nextInt(9), random.nextInt(9)));
            columns.get(3).add("s" + random.nextInt(3));
            columns.get(4).add("p" + random.nextInt(rows));
        }
        return MicrodataTable.of(List.of(
                Column.of("n", columns.get(0)),
                Column.of("t", columns.get(1)),
                Column.of("b", columns.get(2)),
                Column.of("s", columns.get(3)),
                Column.of("p", columns.get(4))));
    }

    @Test
    void anonymize_boundsAndPersons_modelsHoldAndSuppressionStaysInItsLimit() throws Exception {
        System.out.println("MondrianBoundsTest: seed " + SEED);
        Random random = new Random(SEED);
        int suppressing = 0;
        for (int run = 0; run < 300; run++) {
            MicrodataTable table = table(random);
            int k = 2 + random.nextInt(4);
            int maxLevel = 1 + random.nextInt(3);
            boolean persons = run % 3 == 0;
            AnonymizationResult result = Anonymizer.anonymize(
                    table,
                    parse("{'attributes':[{'name':'n','role':'QUASI_IDENTIFIER','dataType':'decimal'},"
                            + "{'name':'t','role':'QUASI_IDENTIFIER'},{'name':'b','role':'QUASI_IDENTIFIER','minLevel':"
                            + random.nextInt(2) + ",'maxLevel':" + maxLevel
                            + ",'hierarchy':{'file':'b.csv'}},{'name':'s','role':'SENSITIVE'}],'privacyModels':["
                            + "{'model':'k-anonymity','k':" + k
                            + "},{'model':'distinct-l-diversity','attribute':'s','l':2}],'suppressionLimit':0.3,"
                            + (persons ? "'privacyUnit':'p'," : "") + "'search':{'algorithm':'mondrian','mode':'"
                            + (random.nextBoolean() ? "strict" : "relaxed") + "'}}"));
            if (result.outcome().solution().isEmpty()) {
                continue;
            }
            List<List<String>> rows = new ArrayList<>();
            result.forEachReleasedRow(row -> rows.add(List.copyOf(row)));
            Map<List<String>, Set<String>> owners = new HashMap<>();
            Map<List<String>, Set<String>> sensitive = new HashMap<>();
            int suppressed = 0;
            for (int row = 0; row < rows.size(); row++) {
                List<String> labels = rows.get(row).subList(0, 3);
                if (labels.equals(List.of("*", "*", "*"))) {
                    suppressed++;
                    continue;
                }
                String owner = persons ? table.column("p").value(row) : "row " + row;
                owners.computeIfAbsent(labels, key -> new HashSet<>()).add(owner);
                sensitive
                        .computeIfAbsent(labels, key -> new HashSet<>())
                        .add(rows.get(row).get(3));
            }
            suppressing += suppressed > 0 ? 1 : 0;
            assertThat(maxLevel == 3 && suppressed > 0)
                    .as("run %d: nothing forces a cut", run)
                    .isFalse();
            assertThat(suppressed).as("run %d", run).isLessThanOrEqualTo(rows.size() * 3 / 10);
            assertThat(owners.values()).as("run %d", run).allMatch(of -> of.size() >= k);
            assertThat(sensitive.values()).as("run %d", run).allMatch(of -> of.size() >= 2);
        }
        assertThat(suppressing).isPositive();
    }

    @Test
    void anonymize_fewRows_readsRangesOfTheirValuesAndTheLowestLabels() throws Exception {
        MicrodataTable table = MicrodataTable.of(List.of(
                Column.of("n", List.of("1", "2", "3", "10", "1", "3", "10")),
                Column.of("b", List.of("b0", "b0", "b1", "b1", "b0", "b2", "b1"))));
        List<String> rows = new ArrayList<>();

        Anonymizer.anonymize(
                        table,
                        parse("{'attributes':[{'name':'n','role':'QUASI_IDENTIFIER','dataType':'integer'},"
                                + "{'name':'b','role':'QUASI_IDENTIFIER','hierarchy':{'file':'b.csv'}}],'privacyModels':["
                                + "{'model':'k-anonymity','k':2}],'search':{'algorithm':'mondrian'}}"))
                .forEachReleasedRow(row -> rows.add(String.join(" ", row)));

        assertThat(rows).containsExactly("[1, 2] b0", "[1, 2] b0", "3 g0", "10 b1", "[1, 2] b0", "3 g0", "10 b1");
    }

    /** Ten records are cut 5 : 5; five of them could be cut 2 : 3 or 3 : 2, and the lower place is taken. */
    @Test
    void anonymize_numbers_areCutWhereTheSmallerSideIsLargestAndOfSuchPlacesAtTheLowest() throws Exception {
        MicrodataTable table =
                MicrodataTable.of(List.of(Column.of("n", List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10"))));
        List<String> rows = new ArrayList<>();

        Anonymizer.anonymize(
                        table,
                        parse("{'attributes':[{'name':'n','role':'QUASI_IDENTIFIER','dataType':'integer'}],"
                                + "'privacyModels':[{'model':'k-anonymity','k':2}],'search':{'algorithm':'mondrian'}}"))
                .forEachReleasedRow(row -> rows.add(String.join(" ", row)));

        assertThat(rows)
                .containsExactly(
                        "[1, 2]", "[1, 2]", "[3, 5]", "[3, 5]", "[3, 5]", "[6, 7]", "[6, 7]", "[8, 10]", "[8, 10]",
                        "[8, 10]");
    }

    /** What is missing is parted from the rest where both are large enough; where not, both read {@code *}. */
    @Test
    void anonymize_missingNumbers_areAPartOfTheirOwnOrReadAny() throws Exception {
        String spec = "{'attributes':[{'name':'n','role':'QUASI_IDENTIFIER','dataType':'integer'}],"
                + "'privacyModels':[{'model':'k-anonymity','k':2}],'search':{'algorithm':'mondrian'}}";

        assertThat(column("n", spec, "3", "", "9", "NULL", "4", "9"))
                .containsExactly("[3, 4]", "", "9", "", "[3, 4]", "9");
        assertThat(column("n", spec, "3", "", "9", "9", "9")).containsExactly("*", "*", "9", "9", "9");
        assertThat(column("n", spec, "", "", "NULL")).containsExactly("", "", "");
    }

    @Test
    void anonymize_missingNumberWithAHierarchy_coversTheWholeDomainWithOthers() throws Exception {
        Files.writeString(folder.resolve("n.csv"), "1;low;*\n2;low;*\n3;high;*\n4;high;*\nNULL;none;*\n");
        String spec = "{'attributes':[{'name':'n','role':'QUASI_IDENTIFIER','dataType':'integer',"
                + "'hierarchy':{'file':'n.csv'}}],'privacyModels':[{'model':'k-anonymity','k':2}],"
                + "'search':{'algorithm':'mondrian'}}";
        MicrodataTable table = MicrodataTable.of(List.of(Column.of("n", List.of("NULL", "1", "3", "4", "NULL", "1"))));

        AnonymizationResult result = Anonymizer.anonymize(table, parse(spec));

        List<String> rows = new ArrayList<>();
        result.forEachReleasedRow(row -> rows.add(row.get(0)));
        assertThat(rows).containsExactly("NULL", "1", "[3, 4]", "[3, 4]", "NULL", "1");
        // Loss is (share - 1/5) / (1 - 1/5): 0 for NULL and 1, a quarter for [3, 4]; geometric mean over one attribute.
        assertThat(result.outcome().solution().orElseThrow().loss().value()).isBetween(0.08, 0.09);
    }

    private List<String> column(String name, String spec, String... values) throws Exception {
        List<String> rows = new ArrayList<>();
        Anonymizer.anonymize(MicrodataTable.of(List.of(Column.of(name, List.of(values)))), parse(spec))
                .forEachReleasedRow(row -> rows.add(row.get(0)));
        return rows;
    }
}
