package io.yunyu.anonymizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.anonymizer.classes.ClassOfTuple;
import io.yunyu.anonymizer.classes.DistantClasses;
import io.yunyu.anonymizer.classes.DistantRecords;
import io.yunyu.anonymizer.classes.DistantTuples;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.GroupedMicrodata;
import io.yunyu.anonymizer.classes.Histograms;
import io.yunyu.anonymizer.classes.QuasiIdentifiers;
import io.yunyu.anonymizer.classes.TupleGroups;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.privacy.DistinctLDiversity;
import io.yunyu.anonymizer.privacy.EqualTCloseness;
import io.yunyu.anonymizer.privacy.KAnonymity;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import io.yunyu.anonymizer.privacy.SuppressionLimit;
import io.yunyu.anonymizer.quality.LossFactors;
import io.yunyu.anonymizer.quality.LossMeasure;
import io.yunyu.contract.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Local recoding of tuples that are not held finds the rounds and classes that it finds of held ones. */
class DistantRecodingTest {
    private static final long SEED = Long.getLong("yunyu.seed", 20261130L);

    /** What needs the tuples themselves, and how the search went. */
    private static final Set<String> LEFT_OUT = Set.of("attributeRisks", "quasiIdentifierRanking", "search");

    private static final List<PrivacyModel> SENSITIVE_MODELS =
            List.of(new DistinctLDiversity("s", 2), new EqualTCloseness("s", 0.5), new DistinctLDiversity("s", 1));

    @Test
    void search_tuplesNotHeld_recodesAsIfTheyWere() {
        System.out.println("DistantRecodingTest: seed " + SEED);
        Random random = new Random(SEED);
        int compared = 0;
        int twiceElsewhere = 0;
        int endedHere = 0;
        int rounds = 0;
        for (int run = 0; run < 400; run++) {
            MicrodataTable table = RandomTables.table(random, 60 + random.nextInt(120));
            GroupingPlan plan = plan(random, table, run);
            GroupedMicrodata held = GroupedMicrodata.group(
                    plan.packing(),
                    plan.columnsOf(plan.quasiIdentifiers()),
                    plan.columnsOf(plan.histograms()),
                    table.rowCount(),
                    null,
                    false,
                    null);
            Asked asked = new Asked();
            int most = Math.max(4, held.tuples().size() * (1 + random.nextInt(3)) / 4);
            AnonymizationResult here = Anonymizer.search(plan, held);
            AnonymizationResult there = Anonymizer.search(plan, new Elsewhere(held, most, asked).data());
            if (asked.undecided > 0 || here.outcome().solution().isEmpty()) {
                continue;
            }
            String what = "seed " + SEED + ", run " + run;
            compared++;
            twiceElsewhere += asked.distantRests > 0 ? 1 : 0;
            endedHere += asked.heldRests > 0 ? 1 : 0;
            rounds += here.recodingRounds();
            assertThat(there.recodingRounds()).as(what).isEqualTo(here.recodingRounds());
            assertThat(report(there)).as(what).isEqualTo(report(here));
            assertThat(shown(there, held.tuples())).as(what).isEqualTo(shown(here, held.tuples()));
        }
        System.out.println("compared " + compared + ", a rest elsewhere in " + twiceElsewhere + ", here in " + endedHere
                + ", rounds " + rounds);
        assertThat(twiceElsewhere).isGreaterThan(10);
        assertThat(endedHere).isGreaterThan(100);
        assertThat(rounds).isGreaterThan(compared / 2);
    }

    private static GroupingPlan plan(Random random, MicrodataTable table, int run) {
        LocalRecoding.Mode mode = LocalRecoding.Mode.values()[run % 4];
        boolean adapts = mode == LocalRecoding.Mode.ITERATIVE && random.nextBoolean();
        AnonymizationSpec spec = AnonymizationSpec.of(
                        RandomTables.attributes(),
                        List.of(new KAnonymity(3 + random.nextInt(5)), SENSITIVE_MODELS.get(random.nextInt(3))),
                        new SuppressionLimit(0.3 + 0.1 * random.nextInt(6)),
                        LossMeasure.DEFAULT.withFactors(new LossFactors(0.1 * random.nextInt(4))),
                        Optional.empty())
                .withLocalRecoding(new LocalRecoding(
                        mode, adapts ? OptionalDouble.of(0.1) : OptionalDouble.empty(), 0.05, 20, adapts ? 0.2 : 0));
        return GroupingPlan.of(table, spec.boundTo(table));
    }

    /** What was asked of records elsewhere. */
    private static final class Asked {
        private int undecided;
        private int distantRests;
        private int heldRests;
    }

    /** Records as if they were somewhere else. */
    private record Elsewhere(GroupedMicrodata here, int most, Asked asked) implements DistantRecords, DistantClasses {
        GroupedMicrodata data() {
            List<long[]> counts = new ArrayList<>();
            for (int i = 0; i < here.quasiIdentifiers().dimension(); i++) {
                counts.add(here.valueCounts(i));
            }
            List<Column> histograms = new ArrayList<>();
            for (int h = 0; h < here.histogramColumns().size(); h++) {
                Column column = here.histogramColumns().get(h);
                histograms.add(Column.summary(column.name(), column.dictionary(), here.histogramTotals(h)));
            }
            return GroupedMicrodata.distant(here.quasiIdentifiers(), counts, histograms, false, here.rowCount(), this);
        }

        @Override
        public DistantClasses classes() {
            return this;
        }

        @Override
        public DistantTuples tuples() {
            throw new AssertionError("Only Mondrian asks for tuples.");
        }

        @Override
        public Formed form(int[] levels, long smallest, long mostBelow) {
            EquivalenceClasses classes = here.tuples().rollUp(levels);
            long below = IntStream.range(0, classes.size())
                    .mapToLong(classes::count)
                    .filter(count -> count < smallest)
                    .sum();
            boolean fits = classes.size() <= most;
            asked.undecided += !fits && below <= mostBelow ? 1 : 0;
            return new Formed(below, fits && below <= mostBelow ? Optional.of(classes) : Optional.empty());
        }

        @Override
        public long tupleCount() {
            return here.tupleCount();
        }

        @Override
        public double tupleSquares() {
            return here.tupleSquares();
        }

        @Override
        public SortedMap<Long, Long> tupleSizes() {
            return here.tupleSizes();
        }

        @Override
        public GroupedMicrodata outside(ClassOfTuple taken) {
            GroupedMicrodata rest =
                    here.restrictedTo(IntStream.range(0, here.tuples().size())
                            .filter(tuple -> taken.of(codes(here.tuples(), tuple)) < 0)
                            .toArray());
            if (rest.tuples().size() <= most) {
                asked.heldRests++;
                return rest;
            }
            asked.distantRests++;
            return new Elsewhere(rest, most, asked).data();
        }

        @Override
        public EquivalenceClasses joined(ClassOfTuple rounds, QuasiIdentifiers labels, long[][] keys) {
            EquivalenceClasses tuples = here.tuples();
            Map<Integer, List<Integer>> tuplesOf = new TreeMap<>();
            for (int tuple = 0; tuple < tuples.size(); tuple++) {
                tuplesOf.computeIfAbsent(rounds.of(codes(tuples, tuple)), number -> new ArrayList<>())
                        .add(tuple);
            }
            TupleGroups groups = new TupleGroups(labels, here.histogramColumns());
            tuplesOf.forEach((number, of) -> {
                long[] key = number < 0 ? new long[labels.words()] : keys[number];
                groups.add(
                        key,
                        of.stream().mapToLong(tuples::count).sum(),
                        of.stream().mapToLong(tuples::firstRow).min().orElseThrow());
                for (int tuple : of) {
                    Histograms histograms = tuples.histograms(0);
                    for (int entry = histograms.start(tuple); entry < histograms.end(tuple); entry++) {
                        groups.addValue(0, key, histograms.value(entry), histograms.count(entry));
                    }
                }
            });
            return groups.classes(labels.mixedLevels());
        }
    }

    private static int[] codes(EquivalenceClasses tuples, int tuple) {
        return IntStream.range(0, tuples.quasiIdentifiers().dimension())
                .map(i -> tuples.code(tuple, i))
                .toArray();
    }

    private static Map<String, Object> report(AnonymizationResult result) {
        Map<String, Object> report = new HashMap<>(
                Json.parseObject(AnonymizationReport.of(result).toJson()).asMap());
        report.keySet().removeAll(LEFT_OUT);
        return report;
    }

    /** What the records of each tuple read. */
    private static List<List<String>> shown(AnonymizationResult result, EquivalenceClasses tuples) {
        List<List<String>> shown = new ArrayList<>();
        for (int tuple = 0; tuple < tuples.size(); tuple++) {
            List<String> labels = new ArrayList<>();
            for (String attribute : result.quasiIdentifiers()) {
                labels.add(label(result, attribute, tuples, tuple));
            }
            shown.add(labels);
        }
        return shown;
    }

    private static String label(AnonymizationResult result, String attribute, EquivalenceClasses tuples, int tuple) {
        if (result.classLookup().isPresent()) {
            int c = result.classLookup().get().classOf().of(codes(tuples, tuple));
            return c < 0 ? "*" : result.labels(attribute).get(c);
        }
        // Nothing was recoded: the class is the one of the solution's levels.
        EquivalenceClasses classes =
                result.outcome().solution().orElseThrow().classes().classes();
        int[] codes = codes(tuples, tuple);
        int[] wanted = IntStream.range(0, codes.length)
                .map(i -> tuples.quasiIdentifiers().attribute(i).generalize(codes[i], classes.level(i)))
                .toArray();
        for (int c = 0; c < classes.size(); c++) {
            if (Arrays.equals(codes(classes, c), wanted)) {
                return result.labels(attribute).get(c);
            }
        }
        throw new AssertionError("A tuple has no class.");
    }
}
