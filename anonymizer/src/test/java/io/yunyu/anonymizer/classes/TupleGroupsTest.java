package io.yunyu.anonymizer.classes;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Persons with several records, grouped in any order, against a count of the persons in each class by their rows. */
class TupleGroupsTest {
    private static final int ROWS = 400;
    private static final int PERSONS = 90;
    private static final int VALUES = 12;

    private record Record(int person, int[] codes, int sensitive) {}

    @RepeatedTest(5)
    void build_personsWithSeveralRecords_countsEachPersonOncePerClass(RepetitionInfo repetition) {
        long seed = Long.getLong("yunyu.seed", 20261125L) + repetition.getCurrentRepetition();
        System.out.println("build_personsWithSeveralRecords: seed " + seed);
        Random random = new Random(seed);
        List<Record> records = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            records.add(new Record(
                    random.nextInt(PERSONS),
                    new int[] {random.nextInt(VALUES), random.nextInt(VALUES)},
                    random.nextInt(4)));
        }
        QuasiIdentifiers packing = packing();
        EquivalenceClasses tuples = group(records, packing, random).tuples();

        for (int[] levels : new int[][] {{0, 0}, {1, 0}, {1, 1}, {2, 1}, {2, 2}}) {
            EquivalenceClasses classes = tuples.rollUp(new int[] {levels[0], 0}).rollUp(levels);
            Map<List<Integer>, Set<Integer>> persons = new HashMap<>();
            Map<List<Integer>, Long> rows = new HashMap<>();
            for (Record record : records) {
                List<Integer> cls = classOf(packing, record, levels);
                persons.computeIfAbsent(cls, key -> new HashSet<>()).add(record.person());
                rows.merge(cls, 1L, Long::sum);
            }
            assertThat(classes.size()).as("seed %d", seed).isEqualTo(persons.size());
            for (int c = 0; c < classes.size(); c++) {
                List<Integer> cls = List.of(classes.code(c, 0), classes.code(c, 1));
                assertThat(classes.units(c))
                        .as("seed %d", seed)
                        .isEqualTo(persons.get(cls).size());
                assertThat(classes.count(c)).as("seed %d", seed).isEqualTo(rows.get(cls));
                assertThat(classes.inUnits().count(c)).isEqualTo(classes.units(c));
            }
        }
    }

    private static List<Integer> classOf(QuasiIdentifiers packing, Record record, int[] levels) {
        List<Integer> codes = new ArrayList<>();
        for (int i = 0; i < levels.length; i++) {
            codes.add(packing.attribute(i).generalize(record.codes()[i], levels[i]));
        }
        return codes;
    }

    private static GroupedMicrodata group(List<Record> records, QuasiIdentifiers packing, Random random) {
        Column sensitive = Column.summary("s", List.of("a", "b", "c", "d"), new long[4]);
        TupleGroups groups = new TupleGroups(packing, List.of(sensitive));
        Map<List<Integer>, List<Record>> byTuple = new HashMap<>();
        records.forEach(r -> byTuple.computeIfAbsent(List.of(r.codes()[0], r.codes()[1]), key -> new ArrayList<>())
                .add(r));
        List<List<Integer>> order = new ArrayList<>(byTuple.keySet());
        Collections.shuffle(order, random);
        for (List<Integer> tuple : order) {
            List<Record> of = byTuple.get(tuple);
            groups.add(key(packing, tuple), of.size(), TupleGroups.noOrder());
            groups.addUnits(of.stream().map(Record::person).distinct().count());
        }
        for (List<Integer> tuple : order) {
            byTuple.get(tuple).forEach(r -> groups.addValue(0, key(packing, tuple), r.sensitive(), 1));
        }
        for (int person = 0; person < PERSONS; person++) {
            int owner = person;
            List<List<Integer>> owned = order.stream()
                    .filter(t -> byTuple.get(t).stream().anyMatch(r -> r.person() == owner))
                    .toList();
            if (owned.size() > 1) {
                owned.forEach(t -> groups.addSharedUnit(owner, key(packing, t)));
            }
        }
        return groups.build(false);
    }

    private static long[] key(QuasiIdentifiers packing, List<Integer> codes) {
        long[] key = new long[packing.words()];
        packing.put(key, 0, 0, codes.get(0));
        packing.put(key, 0, 1, codes.get(1));
        return key;
    }

    private static QuasiIdentifiers packing() {
        List<List<String>> rows = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int value = 0; value < VALUES; value++) {
            rows.add(List.of("v" + value, "g" + value / 3, "*"));
            values.add("v" + value);
        }
        GeneralizationHierarchy hierarchy = GeneralizationHierarchy.of("h", rows);
        return new QuasiIdentifiers(List.of(hierarchy.bind("a", values), hierarchy.bind("b", values)));
    }
}
