package io.yunyu.anonymizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.anonymizer.classes.ClassOfTuple;
import io.yunyu.anonymizer.classes.DistantClasses;
import io.yunyu.anonymizer.classes.DistantRecords;
import io.yunyu.anonymizer.classes.DistantTuples;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.GroupedMicrodata;
import io.yunyu.anonymizer.classes.QuasiIdentifiers;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.privacy.StudiedData;
import io.yunyu.contract.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Cuts found from sums over parts are those found from the tuples, however few tuples are fetched at once. */
class DistantMondrianTest {
    private static final long SEED = Long.getLong("yunyu.seed", 20261129L);

    @Test
    void run_tuplesNotHeld_findsTheSameRegionsAndFetchesNoMoreThanItMay() {
        System.out.println("DistantMondrianTest: seed " + SEED);
        Random random = new Random(SEED);
        int fetches = 0;
        int unsolved = 0;
        for (int run = 0; run < 300; run++) {
            MicrodataTable table = table(random, 40 + random.nextInt(200));
            int k = 2 + random.nextInt(run % 2 == 0 ? 4 : table.rowCount() / 8);
            boolean sized = random.nextInt(3) == 0;
            GroupingPlan plan = GroupingPlan.of(table, spec(random, k, sized).boundTo(table))
                    .forSearch();
            GroupedMicrodata held = GroupedMicrodata.group(
                    plan.packing(),
                    plan.columnsOf(plan.quasiIdentifiers()),
                    plan.columnsOf(plan.histograms()),
                    table.rowCount(),
                    null,
                    plan.spec().objective().needsTupleSquares(),
                    null);
            int most = table.rowCount() / k + random.nextInt(20);
            Elsewhere elsewhere =
                    new Elsewhere(held, most, plan.spec().objective().needsTupleSquares());
            GroupedMicrodata distant = GroupedMicrodata.distant(
                    plan.packing(),
                    plan.columnsOf(plan.quasiIdentifiers()).stream()
                            .map(Column::counts)
                            .toList(),
                    plan.columnsOf(plan.histograms()),
                    false,
                    table.rowCount(),
                    new TuplesOnly(elsewhere, held));

            MondrianSearch.Found here = new MondrianSearch(plan, held, studied(plan, held)).run();
            MondrianSearch.Found there = new MondrianSearch(plan, distant, studied(plan, held)).run();

            String what = "seed " + SEED + ", run " + run;
            assertThat(there.partition().boxes())
                    .as(what)
                    .isEqualTo(here.partition().boxes());
            assertThat(there.partition().suppressed())
                    .as(what)
                    .isEqualTo(here.partition().suppressed());
            assertThat(there.partition().cuts())
                    .as(what)
                    .isEqualTo(here.partition().cuts());
            assertThat(there.partition().cutsTried())
                    .as(what)
                    .isEqualTo(here.partition().cutsTried());
            assertThat(there.partition().depth())
                    .as(what)
                    .isEqualTo(here.partition().depth());
            for (int tuple = 0; tuple < held.tuples().size(); tuple++) {
                int[] codes = codes(held.tuples(), tuple);
                assertThat(there.regions().of(codes))
                        .as(what)
                        .isEqualTo(here.regions().of(codes));
                assertThat(here.regions().of(codes)).as(what).isEqualTo(here.classOfTuple()[tuple]);
            }
            EquivalenceClasses expected = here.classes().classes();
            assertThat(there.classes().classes().size()).as(what).isEqualTo(expected.size());
            for (int c = 0; c < expected.size(); c++) {
                assertThat(there.classes().classes().count(c)).as(what).isEqualTo(expected.count(c));
            }
            assertThat(there.outcome().solution().map(s -> s.loss().toString()))
                    .isEqualTo(here.outcome().solution().map(s -> s.loss().toString()));
            if (here.outcome().solution().isEmpty()) {
                unsolved++;
                assertThat(sizes(there.uncut())).as(what).isEqualTo(sizes(here.uncut()));
            }
            fetches += elsewhere.fetches;
        }
        assertThat(fetches).isGreaterThan(600);
        assertThat(unsolved).isPositive();
    }

    /** Tuples as if they were somewhere else. */
    private static final class Elsewhere implements DistantTuples {
        private final GroupedMicrodata data;
        private final EquivalenceClasses tuples;
        private final long most;
        private final boolean squared;
        private int fetches;

        Elsewhere(GroupedMicrodata data, long most, boolean squared) {
            this.squared = squared;
            this.data = data;
            this.tuples = data.tuples();
            this.most = most;
        }

        @Override
        public List<Summary> summaries(Parts parts, int number) {
            int dimension = tuples.quasiIdentifiers().dimension();
            int histograms = data.histogramColumns().size();
            long[] cells = new long[number];
            long[] squares = new long[number];
            long[][][] codes = new long[number][dimension][];
            long[][][] values = new long[number][histograms][];
            for (int part = 0; part < number; part++) {
                for (int i = 0; i < dimension; i++) {
                    codes[part][i] =
                            new long[tuples.quasiIdentifiers().attribute(i).cardinality(0)];
                }
                for (int h = 0; h < histograms; h++) {
                    values[part][h] =
                            new long[data.histogramColumns().get(h).dictionary().size()];
                }
            }
            for (int tuple = 0; tuple < tuples.size(); tuple++) {
                int[] own = codes(tuples, tuple);
                int part = parts.partOf(attribute -> own[attribute]);
                if (part < 0) {
                    continue;
                }
                cells[part]++;
                squares[part] += squared ? tuples.count(tuple) * tuples.count(tuple) : 0;
                for (int i = 0; i < dimension; i++) {
                    codes[part][i][own[i]] += tuples.count(tuple);
                }
                for (int h = 0; h < histograms; h++) {
                    for (int e = tuples.histograms(h).start(tuple);
                            e < tuples.histograms(h).end(tuple);
                            e++) {
                        values[part][h][tuples.histograms(h).value(e)] +=
                                tuples.histograms(h).count(e);
                    }
                }
            }
            List<Summary> summaries = new ArrayList<>();
            for (int part = 0; part < number; part++) {
                summaries.add(new Summary(cells[part], squares[part], codes[part], values[part]));
            }
            return summaries;
        }

        @Override
        public EquivalenceClasses tuples(Parts parts) {
            int[] wanted = IntStream.range(0, tuples.size())
                    .filter(tuple -> {
                        int[] own = codes(tuples, tuple);
                        return parts.partOf(attribute -> own[attribute]) >= 0;
                    })
                    .toArray();
            assertThat(wanted.length).isLessThanOrEqualTo((int) most);
            fetches++;
            return data.restrictedTo(wanted).tuples();
        }

        @Override
        public long mostHeld() {
            return most;
        }
    }

    private record TuplesOnly(DistantTuples tuples, GroupedMicrodata data) implements DistantRecords {
        @Override
        public DistantClasses classes() {
            return new DistantClasses() {
                @Override
                public Formed form(int[] levels, long smallest, long mostBelow) {
                    throw new AssertionError("Mondrian asks for no classes of levels.");
                }

                @Override
                public long tupleCount() {
                    throw new AssertionError("Neither loss nor divergence asks for the number of tuples.");
                }

                @Override
                public double tupleSquares() {
                    throw new AssertionError("Neither loss nor divergence asks for all squares.");
                }

                @Override
                public SortedMap<Long, Long> tupleSizes() {
                    return data.tupleSizes();
                }
            };
        }

        @Override
        public GroupedMicrodata outside(ClassOfTuple classes) {
            throw new AssertionError("Mondrian recodes nothing again.");
        }

        @Override
        public EquivalenceClasses joined(ClassOfTuple classes, QuasiIdentifiers labels, long[][] keys) {
            throw new AssertionError("Mondrian joins regions.");
        }
    }

    private static int[] codes(EquivalenceClasses tuples, int tuple) {
        return IntStream.range(0, tuples.quasiIdentifiers().dimension())
                .map(i -> tuples.code(tuple, i))
                .toArray();
    }

    private static List<Long> sizes(EquivalenceClasses classes) {
        return IntStream.range(0, classes.size())
                .mapToObj(classes::count)
                .sorted()
                .toList();
    }

    private static StudiedData studied(GroupingPlan plan, GroupedMicrodata data) {
        List<StudiedData.SensitiveAttribute> sensitive = new ArrayList<>();
        for (int i = 0; i < plan.sensitive().size(); i++) {
            sensitive.add(new StudiedData.SensitiveAttribute(
                    plan.sensitive().get(i).name(),
                    plan.sensitive().get(i).dataType(),
                    data.histogramColumns().get(i).dictionary(),
                    data.histogramTotals(i),
                    null));
        }
        return new StudiedData(
                data.studiedCount(), data.rowCount(), data.hasSubset(), data.quasiIdentifiers(), sensitive);
    }

    private static MicrodataTable table(Random random, int rows) {
        List<List<String>> columns =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        int numbers = 1 + random.nextInt(30);
        // Where one value is most of all, a cut through it is soon all that is left.
        int often = random.nextBoolean() ? 0 : 85;
        for (int row = 0; row < rows; row++) {
            int number = random.nextInt(100) < often ? 0 : random.nextInt(numbers);
            columns.get(0).add(random.nextInt(20) == 0 ? "" : number + (random.nextBoolean() ? "" : ".0"));
            columns.get(1).add("b" + Math.min(random.nextInt(9), random.nextInt(9)));
            columns.get(2).add("t" + (random.nextInt(100) < often ? 0 : random.nextInt(3)));
            columns.get(3).add("s" + Math.min(random.nextInt(5), random.nextInt(5)));
        }
        return MicrodataTable.of(IntStream.range(0, 4)
                .mapToObj(i -> Column.of(List.of("n", "b", "t", "s").get(i), columns.get(i)))
                .toList());
    }

    private static AnonymizationSpec spec(Random random, int k, boolean sized) {
        List<String> rows = new ArrayList<>();
        for (int value = 0; value < 9; value++) {
            rows.add("['b" + value + "','g" + value / 3 + "','h" + value / 6 + "','*']");
        }
        List<String> models = List.of(
                "{'model':'distinct-l-diversity','attribute':'s','l':" + (2 + random.nextInt(5)) + "}",
                "{'model':'equal-t-closeness','attribute':'s','t':0.35}",
                "{'model':'recursive-c-l-diversity','attribute':'s','c':2,'l':2}");
        String json = "{'attributes':[{'name':'n','role':'QUASI_IDENTIFIER','dataType':'decimal'},"
                + "{'name':'b','role':'QUASI_IDENTIFIER','maxLevel':" + (1 + random.nextInt(3))
                + ",'hierarchy':{'rows':[" + String.join(",", rows) + "]}},{'name':'t','role':'QUASI_IDENTIFIER'}"
                + (sized ? "" : ",{'name':'s','role':'SENSITIVE'}") + "],'privacyModels':[{'model':'k-anonymity','k':"
                + k
                + "}" + (sized ? "" : "," + models.get(random.nextInt(models.size())))
                + "],'suppressionLimit':0.1,'search':{'algorithm':'mondrian','mode':'"
                + (random.nextBoolean() ? "strict" : "relaxed") + "'}"
                + (random.nextInt(3) == 0 ? ",'objective':{'measure':'kl-divergence'}" : "") + "}";
        return AnonymizationSpec.parse(Json.parseObject(json.replace('\'', '"')), Path.of(""));
    }
}
